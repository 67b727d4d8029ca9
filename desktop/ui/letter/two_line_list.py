"""A list in which every row says two things; it must not know what the rows are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from desktop.ui.letter.list_row import ROW, SIGN_ROOM, ListRow, Mark, RowPainter
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import plain_tooltip

__all__ = ["ListRow", "Mark", "ToggleList", "TwoLineList"]


class TwoLineList(QListView):
    """Rows by id. Choosing from outside does not announce itself. A title may go over several lines."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    """Enter or a double click."""

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, title_lines: int = 1
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._rows: tuple[ListRow, ...] = ()
        self._title_lines = title_lines
        self.setModel(self._model)
        self.setItemDelegate(RowPainter(theme, self, title_lines))
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
            item.setData(row, ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain_tooltip("\n".join((row.title, row.detail, *(m.words for m in row.marks)))))
        self.choose(kept)
        self._is_filling = False

    def choose(self, row_id: str) -> None:
        """Make a row the chosen one."""
        place = next((at for at, row in enumerate(self._rows) if row.id == row_id and not row.is_heading), -1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))

    def wanted_height(self, most: int) -> int:
        """How high it must be for its first `most` rows, in pixels."""
        count = min(most, len(self._rows))
        return sum(self.sizeHintForRow(place) for place in range(count)) + 4

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Titles break anew with the width."""
        super().resizeEvent(e)
        if self._title_lines > 1:
            self.doItemsLayout()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_filling:
            self.row_chosen.emit(self._rows[current.row()].id)

    def _opened(self, index: QModelIndex) -> None:
        if index.isValid() and not self._rows[index.row()].is_heading:
            self.row_opened.emit(self._rows[index.row()].id)


class ToggleList(TwoLineList):
    """The space bar, or a click on its sign, takes a row in or out. Where one goes, its neighbour is chosen."""

    toggled = Signal(str)

    def show_rows(self, rows: Sequence[ListRow], current: str = "") -> None:
        """Show rows, keeping the chosen one or its neighbour, and the place that was scrolled to."""
        at, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        super().show_rows(rows, current)
        if not self.currentIndex().isValid():
            self._is_filling = True
            places = [place for place, row in enumerate(self._rows) if not row.is_heading]
            nearest = min(places, key=lambda place: abs(place - max(at, 0)), default=-1)
            self.setCurrentIndex(self._model.index(nearest, 0))
            self._is_filling = False
        if not current:
            self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and letters are left to the screen."""
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Space:
            if self.current_id:
                self.toggled.emit(self.current_id)
        elif has_alt or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        """The sign of a row is its switch."""
        super().mouseReleaseEvent(e)
        index = self.indexAt(e.position().toPoint())
        if e.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self._rows[index.row()]
        is_on_sign = e.position().x() - self.visualRect(index).left() < self._theme.px(SIGN_ROOM)
        if row.sign is not None and is_on_sign and row.id == self.current_id:
            self.toggled.emit(row.id)
