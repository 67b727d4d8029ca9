"""The drawn spine: levels by finding and by service line, clickable and readable; it must decide nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.vertebra import is_vertebra
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, plain_tooltip
from desktop.ui.widgets.spine_model import SpineModel, spoken_row, summary_rows
from desktop.ui.widgets.spine_painter import SpinePainter
from desktop.ui.widgets.spine_shapes import place_bones

PITCH = 58
"""Height of one bone with its disc, in design pixels: two rows of text fit."""
BODY_DEPTH = 52
_COLUMN = 116
"""Width of the drawing itself."""
_MARKS = 88
"""Width in which the commonest findings stand in words."""


class SpinePicture(QWidget):
    """Shows a `SpineModel`. Up and Down walk the levels, Enter or a click chooses one."""

    level_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = SpineModel()
        self._current = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Spine")
        self._describe()
        theme.changed.connect(self._restyle)

    @property
    def current_level(self) -> str:
        """The level that is highlighted; empty when none is."""
        return self._current

    def set_model(self, model: SpineModel) -> None:
        """Show another case or another state of it; the current level stays where it still exists."""
        self._model = model
        if self._current not in model.levels:
            self._current = ""
        self.setVisible(not model.is_empty)
        self._describe()
        self._restyle()

    def set_current_level(self, level: str) -> None:
        """Highlight a level, or none with an empty name. Emits nothing."""
        if level != self._current and (not level or level in self._model.levels):
            self._current = level
            self._describe()
            self.update()

    def accessible_summary(self) -> str:
        """The whole picture as a table in plain text, one row a line."""
        if self._model.is_empty:
            return "This case names no spinal level."
        return "\n".join(" | ".join(row) for row in summary_rows(self._model))

    def sizeHint(self) -> QSize:
        if self._model.is_empty:
            return QSize(0, 0)
        width = self._theme.px(_COLUMN + _MARKS) + len(self._model.lines) * self._result_width()
        pitch = self._theme.px(PITCH)
        return QSize(width, self._header_height() + pitch * len(self._model.bones) + self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        if self._model.is_empty:
            return QSize(0, 0)
        width = self._theme.px(_COLUMN + 56) + len(self._model.lines) * self._result_width()
        return QSize(width, self.sizeHint().height())

    def level_rect(self, level: str) -> QRectF:
        """The row that belongs to a level, in this widget's coordinates; empty for one that is not drawn."""
        if level not in self._model.levels:
            return QRectF()
        pitch = self._pitch()
        upper = level.split("-", maxsplit=1)[0]
        top = self._header_height() + self._model.bones.index(upper) * pitch
        offset = 0.0 if is_vertebra(level) else pitch * 0.60
        height = pitch * (0.60 if is_vertebra(level) else 0.40)
        # A bone's row reaches from under the disc above to the disc below it.
        start = top + offset + pitch * 0.20
        return QRectF(0, start, self.width(), height)

    def level_at(self, position: QPointF) -> str:
        """The level drawn at a point; empty where there is none."""
        return next((level for level in self._model.levels if self.level_rect(level).contains(position)), "")

    def _pitch(self) -> float:
        return float(self._theme.px(PITCH))

    def _header_height(self) -> int:
        return self._theme.px(26) if self._model.lines else self._theme.px(4)

    def _result_width(self) -> int:
        metrics = QFontMetrics(self._theme.font(12, QFont.Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(line.caption) for line in self._model.lines), default=0)
        return min(max(widest + self._theme.px(6), self._theme.px(32)), self._theme.px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._model.is_empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_rows(painter)
        depth = float(self._theme.px(BODY_DEPTH))
        left, top = self._theme.px(10), self._header_height()
        bones = place_bones(self._model.bones, left, top, self._pitch(), depth)
        SpinePainter(painter, self._theme, self._model).paint_column(bones)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), self._theme)
        painter.end()

    def _paint_rows(self, painter: QPainter) -> None:
        theme = self._theme
        frame = SpinePainter(painter, theme, self._model)
        width = self._result_width()
        first = self.width() - width * len(self._model.lines)
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("muted"))
        for index, line in enumerate(self._model.lines):
            head = QRectF(first + index * width, 0, width, self._header_height())
            shown = painter.fontMetrics().elidedText(line.caption, Qt.TextElideMode.ElideRight, width - 4)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, shown)
        for level in self._model.levels:
            row = self.level_rect(level)
            if level == self._current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("selection"))
                painter.drawRoundedRect(row.adjusted(2, 1, -2, -1), 5, 5)
            left = theme.px(_COLUMN)
            frame.paint_marks(level, QRectF(left, row.top(), first - left - theme.px(4), row.height()))
            frame.paint_results(
                level,
                {
                    line.service_line_id: QRectF(first + index * width, row.top(), width, row.height())
                    for index, line in enumerate(self._model.lines)
                },
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        level = self.level_at(event.position())
        if level and event.button() == Qt.MouseButton.LeftButton:
            self.set_current_level(level)
            self.level_clicked.emit(level)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        levels = self._model.levels
        at = levels.index(self._current) if self._current in levels else -1
        match event.key():
            case Qt.Key.Key_Down if at + 1 < len(levels):
                self.set_current_level(levels[at + 1])
            case Qt.Key.Key_Up if at > 0:
                self.set_current_level(levels[at - 1])
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self._current:
                self.level_clicked.emit(self._current)
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            level = self.level_at(QPointF(event.pos()))
            text = spoken_row(self._model, level).replace("; ", "\n") if level else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def _describe(self) -> None:
        current = spoken_row(self._model, self._current) + "\n\n" if self._current else ""
        self.setAccessibleDescription(current + self.accessible_summary())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
