"""The shelf as a list for Qt: sets under the headings of their families; it finds and reads nothing itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.ui.library.shelf import Entry, Listing, SetRow

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ShelfModel(QAbstractListModel):
    """Headings, which cannot be selected, and sets."""

    _entries: tuple[Entry, ...] = ()

    def show(self, listing: Listing) -> None:
        """Replace everything."""
        if listing.entries == self._entries:
            return
        self.beginResetModel()
        self._entries = listing.entries
        self.endResetModel()

    def row_at(self, index: Index) -> SetRow | None:
        """The set at an index; None for a heading or an invalid index."""
        entry = self._entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, SetRow) else None

    def index_of(self, set_id: str) -> QModelIndex:
        """Where a set stands; invalid when it is not shown."""
        at = next(
            (at for at, item in enumerate(self._entries) if isinstance(item, SetRow) and item.id == set_id),
            -1,
        )
        return self.index(at) if at >= 0 else QModelIndex()

    def first_set(self) -> QModelIndex:
        """The first line that can be selected."""
        at = next((at for at, item in enumerate(self._entries) if isinstance(item, SetRow)), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.spoken if isinstance(entry, SetRow) else f"{entry.text}. {entry.why}".strip()
        return None
