"""The one line that an item folds into: chevron, title, quieter detail, and a mark where something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.intake.field_specs import Caption
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon


class SummaryButton(QAbstractButton):
    """Opens and closes the item it names."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caption = Caption("")
        self._problems = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    @property
    def caption(self) -> Caption:
        """What it says."""
        return self._caption

    def set_caption(self, caption: Caption) -> None:
        """Say something else."""
        if caption != self._caption:
            self._caption = caption
            self._rename()

    def set_problems(self, count: int) -> None:
        """How many remarks wait inside."""
        if count != self._problems:
            self._problems = count
            self._rename()

    def sizeHint(self) -> QSize:
        """A line of text with room to click."""
        height = QFontMetrics(self._theme.font(13)).height() + self._theme.px(14)
        return QSize(self._theme.px(200), max(32, height))

    def minimumSizeHint(self) -> QSize:
        """The whole height, and room for a few words."""
        return QSize(self._theme.px(60), self.sizeHint().height())

    def paintEvent(self, e: QPaintEvent) -> None:
        """Paint chevron, title and detail, each shortened where the room ends."""
        painter = QPainter(self)
        theme = self._theme
        if self.underMouse() or self.isDown():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        side, x = theme.px(12), theme.px(6)
        middle = self.height() / 2
        arrow = "down" if self.isChecked() else "right"
        paint_icon(painter, arrow, QRectF(x, middle - side / 2, side, side), theme.color("muted"))
        x += side + theme.px(8)
        right = self.width() - theme.px(8)
        if self._problems:
            mark = theme.px(14)
            box = QRectF(right - mark, middle - mark / 2, mark, mark)
            paint_icon(painter, "warning", box, theme.color("unclear"))
            right -= mark + theme.px(8)
        title_font = theme.font(13, QFont.Weight.DemiBold)
        detail_font = theme.font(12, tabular=True)
        title_metrics, detail_metrics = QFontMetrics(title_font), QFontMetrics(detail_font)
        room = max(0, right - x)
        detail_width = min(detail_metrics.horizontalAdvance(self._caption.detail) + 2, round(room * 0.6))
        title_room = room - detail_width - theme.px(16)
        painter.setFont(title_font)
        painter.setPen(theme.color("text"))
        title = title_metrics.elidedText(self._caption.title, Qt.TextElideMode.ElideRight, title_room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(x, 0, title_room, self.height()), flags, title)
        painter.setFont(detail_font)
        painter.setPen(theme.color("muted"))
        detail = detail_metrics.elidedText(self._caption.detail, Qt.TextElideMode.ElideRight, detail_width)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(right - detail_width, 0, detail_width, self.height()), flags, detail)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme)
        painter.end()

    def _rename(self) -> None:
        name = ", ".join(part for part in (self._caption.title, self._caption.detail) if part)
        remarks = f", {self._problems} to look at" if self._problems else ""
        self.setAccessibleName(name + remarks)
        self.update()
