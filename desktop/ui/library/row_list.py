"""A list of entries in three lines each: name, title, and marks with their words; it must not know what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, plain_tooltip
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.state_badge import StateVisual, badge_size, paint_badge

Index = QModelIndex | QPersistentModelIndex
_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class RowMark:
    """A sign with its word. Without an icon the word stands alone."""

    word: str
    icon: str = ""
    color: str = "muted"


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of one entry."""

    id: str
    name: str
    title: str
    marks: tuple[RowMark, ...] = ()
    badge: StateVisual | None = None
    is_faint: bool = False

    @property
    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        parts = (self.name, self.badge.word if self.badge else "", self.title)
        return ", ".join(part for part in (*parts, *(mark.word for mark in self.marks)) if part)


class _Model(QAbstractListModel):
    rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(f"{row.name}\n{row.title}")
            case _ if role == _ROW_ROLE:
                return row
            case _:
                return None


class RowList(QListView):
    """Rows by id; several can be selected where that was asked for."""

    row_chosen = Signal()
    """Another row is in front, or none."""
    selection_changed = Signal()
    row_opened = Signal()
    """Enter or a double click."""

    def __init__(
        self, theme: Theme, name: str, *, takes_several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._is_filling = False
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        if takes_several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.activated.connect(self._opened)
        theme.changed.connect(self.doItemsLayout)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def current_id(self) -> str:
        """The row in front; empty for none."""
        index = self.currentIndex()
        return self.rows[index.row()].id if index.isValid() else ""

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """The rows selected, in the order of the list."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.rows[place].id for place in places)

    def show_rows(self, rows: Sequence[Row], wanted: str = "") -> None:
        """Show rows, with the wanted one in front, else the one that was, else the first."""
        kept = self.current_id
        if tuple(rows) != self.rows:
            self._is_filling = True
            self._model.show(tuple(rows))
            self._is_filling = False
        ids = [row.id for row in rows]
        place = next((ids.index(item) for item in (wanted, kept) if item in ids), 0 if ids else -1)
        self.go_to(place)
        self.row_chosen.emit()

    def choose(self, row_id: str) -> bool:
        """Put a row in front; False when it is not shown."""
        place = next((at for at, row in enumerate(self.rows) if row.id == row_id), -1)
        if place >= 0:
            self.go_to(place)
        return place >= 0

    def go_to(self, place: int) -> None:
        """Put the row at a place in front; nothing for one that is not there."""
        index = self._model.index(place, 0)
        if index.isValid() and index != self.currentIndex():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_filling:
            self.row_chosen.emit()

    def _selection_changed(self) -> None:
        if not self._is_filling:
            self.selection_changed.emit()

    def _opened(self, _index: QModelIndex) -> None:
        self.row_opened.emit()


class _Delegate(QStyledItemDelegate):
    """Name, then title, then marks with as many words as there is room for."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, 2 * self._line() + self._small_line() + self._theme.px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: object = index.data(_ROW_ROLE)
        if not isinstance(row, Row):
            return
        theme = self._theme
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss the members of QStyleOption
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if is_selected else "accent_soft"))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, area.adjusted(4, 1, -4, -1), theme)
        inner = area.adjusted(theme.px(12), theme.px(7), -theme.px(12), 0)
        color = theme.color("muted" if row.is_faint else "text")
        line = QRect(inner.left(), inner.top(), inner.width(), self._line())
        room = line.adjusted(0, 0, -self._paint_badge(painter, row, line), 0)
        _write(painter, room, row.name, theme.font(13, QFont.Weight.DemiBold, tabular=True), color)
        line.translate(0, self._line() + theme.px(2))
        _write(painter, line, row.title, theme.font(13), color)
        line.translate(0, self._line() + theme.px(3))
        line.setHeight(self._small_line())
        self._paint_marks(painter, row, line)
        painter.restore()

    def _paint_badge(self, painter: QPainter, row: Row, line: QRect) -> int:
        """The badge at the right; returns the width that it takes."""
        if row.badge is None:
            return 0
        width = badge_size(self._theme, row.badge).width()
        at = QPointF(line.right() - width, line.center().y())
        paint_badge(painter, self._theme, row.badge, at, outlined=True)
        return width + self._theme.px(8)

    def _paint_marks(self, painter: QPainter, row: Row, box: QRect) -> None:
        theme, font = self._theme, self._theme.font(12, tabular=True)
        metrics = QFontMetrics(font)
        left, side, gap = box.left(), theme.px(11), theme.px(4)
        for mark in row.marks:
            if box.right() - left < theme.px(48):
                return  # a sign without its word would say it by colour alone
            color = theme.color(mark.color)
            if mark.icon:
                place = QRectF(left, box.center().y() - side / 2 + 1, side, side)
                paint_icon(painter, mark.icon, place, color, 1.1)
                left += side + gap
            words = QRect(left, box.top(), box.right() - left, box.height())
            _write(painter, words, mark.word, font, color)
            left += metrics.horizontalAdvance(mark.word) + theme.px(12)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(13, QFont.Weight.DemiBold)).height()

    def _small_line(self) -> int:
        return QFontMetrics(self._theme.font(12)).height()


def _write(painter: QPainter, box: QRect, words: str, font: QFont, color: QColor) -> None:
    if box.width() <= 0:
        return
    painter.setFont(font)
    painter.setPen(color)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
