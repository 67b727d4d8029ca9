"""A list in which every row says two things, with a badge or marks at its right; it must not know what the rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, plain_tooltip
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.state_badge import StateVisual, badge_size, paint_badge

_ROW = Qt.ItemDataRole.UserRole + 1
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

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = [self.title, self.badge.word if self.badge else "", self.detail]
        return ", ".join(part for part in (*parts, *(mark.words for mark in self.marks)) if part)


class TwoLineList(QListView):
    """Rows by id. Choosing from outside does not announce itself."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    """Enter or a double click."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._rows: tuple[ListRow, ...] = ()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setProperty("role", "rail")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self._opened)
        theme.changed.connect(self.doItemsLayout)
        self._is_filling = False

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def current_id(self) -> str:
        """The chosen row's id; empty while none is."""
        index = self.currentIndex()
        return self._rows[index.row()].id if index.isValid() else ""

    def show_rows(self, rows: Sequence[ListRow], current: str = "") -> None:
        """Show rows with one chosen; the same ids keep their places."""
        self._is_filling = True
        kept, ids = current or self.current_id, [row.id for row in rows]
        if ids != [row.id for row in self._rows]:
            self._rows = ()
            self._model.clear()
            for row in rows:
                item = QStandardItem()
                item.setEditable(False)
                if row.is_heading:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(item)
        self._rows = tuple(rows)
        for place, row in enumerate(rows):
            item = self._model.item(place)
            item.setText(row.title)
            item.setData(row, _ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain_tooltip("\n".join((row.title, row.detail, *(m.words for m in row.marks)))))
        self._choose(kept)
        self._is_filling = False

    def choose(self, row_id: str) -> None:
        """Make a row the chosen one."""
        self._choose(row_id)

    def wanted_height(self, most: int) -> int:
        """How high it must be for its first `most` rows, in pixels."""
        count = min(most, len(self._rows))
        return sum(self.sizeHintForRow(place) for place in range(count)) + 4

    def _choose(self, row_id: str) -> None:
        place = next((at for at, row in enumerate(self._rows) if row.id == row_id), -1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_filling:
            self.row_chosen.emit(self._rows[current.row()].id)

    def _opened(self, index: QModelIndex) -> None:
        if index.isValid() and not self._rows[index.row()].is_heading:
            self.row_opened.emit(self._rows[index.row()].id)


class _Delegate(QStyledItemDelegate):
    """The row's name, and quieter under it what more there is to say."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme, row = self._theme, _row_of(index)
        height = QFontMetrics(theme.font(13)).height() + theme.px(12)
        if row is not None and row.is_heading:
            return QSize(theme.px(120), QFontMetrics(theme.font(12)).height() + theme.px(14))
        if row is not None and row.detail:
            height += QFontMetrics(theme.font(12)).height()
        return QSize(theme.px(120), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = _row_of(index), QRectF(option.rect)  # type: ignore[attr-defined]
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
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), -theme.px(3))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom), row.title)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: ListRow, *, is_chosen: bool) -> None:
        theme = self._theme
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        left, right = rect.left() + theme.px(10), rect.right() - theme.px(10)
        font = theme.font(13, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        line = QRectF(left, rect.top() + theme.px(5), right - left, metrics.height())
        if not row.detail:
            line.moveTop(rect.center().y() - metrics.height() / 2)
        end = self._paint_right(painter, row, line)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if is_chosen else "muted" if row.is_faint else "text"))
        title = metrics.elidedText(row.title, _ELIDE, int(end - left))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), title)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("muted"))
        small = QFontMetrics(painter.font())
        below = QRectF(left, line.bottom() + theme.px(1), right - left, small.height())
        painter.drawText(
            below,
            int(Qt.AlignmentFlag.AlignVCenter),
            small.elidedText(row.detail, _ELIDE, int(below.width())),
        )

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


def _row_of(index: QModelIndex | QPersistentModelIndex) -> ListRow | None:
    row: object = index.data(_ROW)
    return row if isinstance(row, ListRow) else None
