"""The entries of a file as a list with a tick each, for tens of thousands of them; it must not know where they go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.services.reference_library import Proposed
from desktop.ui.widgets.basics import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class ImportModel(QAbstractListModel):
    """An entry is a row; what repeats another, or has no title, is not ticked at first."""

    ticks_changed = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Proposed] = ()
        self._ticked: set[int] = set()

    @property
    def ticked(self) -> tuple[Proposed, ...]:
        """The entries that are ticked, in their order."""
        return tuple(self._entries[place] for place in sorted(self._ticked))

    @property
    def ticked_count(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def show(self, entries: Sequence[Proposed]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._entries = entries
        self._ticked = {place for place, item in enumerate(entries) if item.is_worth_storing}
        self.endResetModel()
        self.ticks_changed.emit()

    def tick_all(self, *, is_ticked: bool) -> None:
        """Tick every entry, or none."""
        self._ticked = set(range(len(self._entries))) if is_ticked else set()
        if self._entries:
            role = [int(Qt.ItemDataRole.CheckStateRole)]
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1), role)
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return _words(self._entries[index.row()])
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(_words(self._entries[index.row()]))
            case Qt.ItemDataRole.CheckStateRole:
                is_ticked = index.row() in self._ticked
                return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(index.row())
        else:
            self._ticked.discard(index.row())
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True


def _words(item: Proposed) -> str:
    entry = item.bibliography
    words = entry.title or "Without a title"
    if item.repeats:
        place = " further up in the file" if item.is_repeat_in_file else ""
        return f"{words} (has {item.reason} as {item.repeats}{place})"
    return f"{words} ({entry.year})" if entry.year else words
