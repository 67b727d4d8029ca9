"""A row that says two things and how it is painted: title, quieter words below, a sign, a badge or marks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.state_badge import StateVisual, badge_size, paint_badge

ROW = Qt.ItemDataRole.UserRole + 1
SIGN_ROOM = 32
"""Room for the sign that says in which state a row is, and switches it."""
_BESIDE = 10
_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign at the right of a row. Its words are for the tooltip and the screen reader."""

    icon: str
    color: str
    words: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. A heading is a quiet line over the rows that follow, and cannot be chosen."""

    id: str
    title: str
    detail: str = ""
    badge: StateVisual | None = None
    marks: tuple[Mark, ...] = ()
    is_heading: bool = False
    is_faint: bool = False
    """Set back, because it is not part of what is written."""
    sign: StateVisual | None = None
    """The state it is in: its icon stands before the row, its word before the detail."""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = [self.sign.word if self.sign else "", self.title, self.badge.word if self.badge else ""]
        return ", ".join(part for part in (*parts, self.detail, *(mark.words for mark in self.marks)) if part)

    @property
    def below(self) -> str:
        """What stands under the title."""
        return " · ".join(part for part in (self.sign.word if self.sign else "", self.detail) if part)


class RowPainter(QStyledItemDelegate):
    """The row's name on as many lines as the list allows, and quieter under it what more there is to say."""

    def __init__(self, theme: Theme, view: QListView, title_lines: int) -> None:
        super().__init__(view)
        self._theme = theme
        self._list = view
        self._lines = title_lines

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme, row = self._theme, row_of(index)
        small = QFontMetrics(theme.font(12)).height()
        if row is None or row.is_heading:
            return QSize(theme.px(120), small + theme.px(14))
        width = self._list.viewport().width() - self._left_of(row) - theme.px(_BESIDE)
        lines = len(self._broken(row.title, width, self._title_font(is_chosen=False)))
        height = lines * QFontMetrics(theme.font(13)).height() + theme.px(12)
        return QSize(theme.px(120), height + (small if row.below else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = row_of(index), QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_heading(painter, rect, row)
        else:
            self._paint_row(painter, rect, row, is_chosen=bool(state & QStyle.StateFlag.State_Selected))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self._theme)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: ListRow) -> None:
        theme = self._theme
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("muted"))
        inner = rect.adjusted(theme.px(_BESIDE), 0, -theme.px(_BESIDE), -theme.px(3))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom), row.title)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: ListRow, *, is_chosen: bool) -> None:
        theme = self._theme
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        font = self._title_font(is_chosen=is_chosen)
        metrics = QFontMetrics(font)
        left, right = rect.left() + self._left_of(row), rect.right() - theme.px(_BESIDE)
        line = QRectF(left, rect.top() + theme.px(5), right - left, metrics.height())
        if not row.below and self._lines == 1:
            line.moveTop(rect.center().y() - metrics.height() / 2)
        if row.sign is not None:
            side = theme.px(14)
            box = QRectF(rect.left() + theme.px(_BESIDE), line.center().y() - side / 2, side, side)
            paint_icon(painter, row.sign.icon, box, theme.color(row.sign.color), 1.15)
        end = self._paint_right(painter, row, line)
        painter.setFont(font)
        painter.setPen(theme.color("muted" if row.is_faint else "accent" if is_chosen else "text"))
        for words in self._broken(row.title, int(end - left), font):
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
            line.translate(0, metrics.height())
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("muted"))
        small = QFontMetrics(painter.font())
        below = QRectF(left, line.top() + theme.px(1), right - left, small.height())
        words = small.elidedText(row.below, _ELIDE, int(below.width()))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_right(self, painter: QPainter, row: ListRow, line: QRectF) -> float:
        """Paint badge or marks; returns where the title must end."""
        theme, right = self._theme, line.right()
        if row.badge is not None:
            width = badge_size(theme, row.badge).width()
            paint_badge(painter, theme, row.badge, QPointF(right - width, line.center().y() + 1))
            return right - width - theme.px(8)
        side = theme.px(14)
        for mark in reversed(row.marks):
            box = QRectF(right - side, line.center().y() - side / 2, side, side)
            paint_icon(painter, mark.icon, box, theme.color(mark.color))
            right -= side + theme.px(6)
        return right

    def _left_of(self, row: ListRow) -> int:
        return self._theme.px(SIGN_ROOM if row.sign is not None else _BESIDE)

    def _title_font(self, *, is_chosen: bool) -> QFont:
        # On several lines one weight for both: a bolder chosen row would break its lines anew and jump.
        is_bold = is_chosen and self._lines == 1
        return self._theme.font(13, QFont.Weight.DemiBold if is_bold else QFont.Weight.Medium)

    def _broken(self, text: str, width: int, font: QFont) -> list[str]:
        """The text on at most so many lines, the last shortened with an ellipsis."""
        metrics = QFontMetrics(font)
        if self._lines == 1:
            return [metrics.elidedText(text, _ELIDE, width)]
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= self._lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(self._theme.px(60), width))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1 : self._lines], len(text)]
        lines = [text[start:end].rstrip() for start, end in zip(starts, ends, strict=False)]
        return (
            [*lines[:-1], metrics.elidedText(lines[-1], _ELIDE, width)]
            if len(starts) > self._lines
            else lines
        )


def row_of(index: QModelIndex | QPersistentModelIndex) -> ListRow | None:
    """What the row of an index says."""
    row: object = index.data(ROW)
    return row if isinstance(row, ListRow) else None
