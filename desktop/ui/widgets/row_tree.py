"""A tree of rows under one root, as Qt walks through it; what a row is, and when it changes, its owner knows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row itself, for the delegate."""


class RowTreeModel(QAbstractItemModel):
    """One column. Its nodes have `row` (with `caption` and `spoken()`), `parent`, `position` and `children`."""

    _root: Any = None
    """The one node at the top. Whoever makes nodes keeps them as long as an index may point at them."""

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Qt's way to a node by its place under another."""
        if column != 0 or row < 0:
            return QModelIndex()
        below = parent.internalPointer().children if parent.isValid() else self._tops()
        return self._index(below[row]) if row < len(below) else QModelIndex()

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride]  # Qt overloads it with QObject.parent
        """Qt's way up."""
        above = child.internalPointer().parent if child.isValid() else None
        return self._index(above) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many nodes stand directly below."""
        return len(parent.internalPointer().children if parent.isValid() else self._tops())

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """One column: the delegate paints everything in it."""
        return 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The row for the delegate; words for a screen reader and a tool tip."""
        row = index.internalPointer().row if index.isValid() else None
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.caption
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _tops(self) -> list[Any]:
        return [self._root] if self._root else []

    def _index(self, node: Any) -> QModelIndex:
        return self.createIndex(node.position, 0, node)
