"""The outline of a draft as an item model: rows to look at, and where a dragged one may be let go; changes none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from desktop.services.criteria_draft import CriteriaDraft, GroupDraft, NodeDraft
from desktop.services.criteria_draft_check import DraftProblem
from desktop.services.criteria_draft_trial import NodeResult
from desktop.ui.criteria.draft_rows import DraftRow, numbers_of, row_of
from desktop.ui.widgets.row_tree import Index, RowTreeModel

MIME = "application/x-indicated-criterion"


class _Node:
    """A node with its place. Kept by the model as long as an index may point at it."""

    __slots__ = ("children", "node", "parent", "position", "row")

    def __init__(self, node: NodeDraft, parent: _Node | None, position: int, row: DraftRow) -> None:
        self.node = node
        self.parent = parent
        self.position = position
        self.row = row
        self.children: list[_Node] = []


class DraftModel(RowTreeModel):
    """One column, one top row: the whole set."""

    drop_asked = Signal(int, int, int)
    """A node (by key) let go over a group (by key) before the child at an index."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = CriteriaDraft()
        self._root: _Node | None = None
        self._by_key: dict[int, _Node] = {}
        self._problems: dict[int, tuple[DraftProblem, ...]] = {}
        self._results: Mapping[int, NodeResult] = {}
        self.is_read_only = False

    @property
    def draft(self) -> CriteriaDraft:
        """The draft shown."""
        return self._draft

    def show(self, draft: CriteriaDraft) -> bool:
        """Show a draft. True when its rows stand otherwise than before: folding and place must be restored."""
        is_same = self._root is not None and _is_same_shape(self._draft.root, draft.root)
        self._draft = draft
        if is_same and self._root is not None:
            self._take(self._root, draft.root)
            return False
        self.beginResetModel()
        self._by_key = {}
        self._root = self._made(draft.root, None, 0, numbers_of(draft))
        self.endResetModel()
        return True

    def mark(self, problems: Sequence[DraftProblem]) -> None:
        """Mark the rows that these speak of."""
        found: dict[int, tuple[DraftProblem, ...]] = {}
        for item in problems:
            found[item.key] = (*found.get(item.key, ()), item)
        self._problems = found
        self._renew()

    def show_results(self, results: Mapping[int, NodeResult]) -> None:
        """Say what every node comes to for the open case; those not named have no badge."""
        self._results = results
        self._renew()

    def index_of(self, key: int) -> QModelIndex:
        """The index of a node; invalid when it is not there."""
        found = self._by_key.get(key)
        return self._index(found) if found else QModelIndex()

    def key_at(self, index: Index) -> int:
        """The key of the node at an index; 0 for none."""
        return _node(index).node.key if index.isValid() else 0

    def row_at(self, index: Index) -> DraftRow | None:
        """The row at an index, or None."""
        return _node(index).row if index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything but the whole can be dragged, and groups are where it can be let go."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.is_read_only:
            return found if index.isValid() else Qt.ItemFlag.NoItemFlags
        node = _node(index)
        if node.parent is not None:
            found |= Qt.ItemFlag.ItemIsDragEnabled
        if isinstance(node.node, GroupDraft):
            found |= Qt.ItemFlag.ItemIsDropEnabled
        return found

    def supportedDropActions(self) -> Qt.DropAction:
        """Moving only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Our own: a criterion is of no use outside the outline, and nothing from outside is let in."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The key of what is dragged; no words, which another program could read."""
        made = QMimeData()
        key = self.key_at(indexes[0]) if indexes else 0
        made.setData(MIME, QByteArray(f"{id(self)}:{key}".encode()))
        return made

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Into a group that is not inside what is dragged."""
        dragged = self._by_key.get(self._key_in(data))
        if dragged is None or not parent.isValid() or not isinstance(_node(parent).node, GroupDraft):
            return False
        above: _Node | None = _node(parent)
        while above is not None:
            if above is dragged:
                return False
            above = above.parent
        return True

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move. False always: whoever answers shows the tree anew, and the view must remove no row."""
        if self.canDropMimeData(data, action, row, column, parent):
            target = _node(parent)
            self.drop_asked.emit(
                self._key_in(data), target.node.key, row if row >= 0 else len(target.children)
            )
        return False

    def _key_in(self, data: QMimeData) -> int:
        """The key of a row dragged from this outline; 0 for anything else, such as a row of another editor."""
        owner, _, key = bytes(data.data(MIME).data()).decode("ascii", "replace").partition(":")
        return int(key) if owner == str(id(self)) and key.isdigit() else 0

    # Making

    def _made(self, node: NodeDraft, parent: _Node | None, at: int, numbers: Mapping[int, str]) -> _Node:
        made = _Node(node, parent, at, self._row(node, parent, numbers.get(node.key, "")))
        self._by_key[node.key] = made
        if isinstance(node, GroupDraft):
            made.children = [self._made(child, made, i, numbers) for i, child in enumerate(node.children)]
        return made

    def _row(self, node: NodeDraft, parent: _Node | None, number: str) -> DraftRow:
        above = parent.node if parent and isinstance(parent.node, GroupDraft) else None
        problems = self._problems.get(node.key, ())
        if parent is None:
            problems = (*problems, *self._problems.get(0, ()))
        return row_of(node, above, number, problems, self._results.get(node.key))

    def _take(self, made: _Node, node: NodeDraft) -> None:
        """Other words in the same places; a branch that is the same object needs no looking at."""
        if made.node is node:
            return
        made.node = node
        self._look_again(made)
        if isinstance(node, GroupDraft):
            for below, child in zip(made.children, node.children, strict=True):
                self._take(below, child)

    def _renew(self) -> None:
        """Look at every row again."""
        for made in self._by_key.values():
            self._look_again(made)

    def _look_again(self, made: _Node) -> None:
        row = self._row(made.node, made.parent, made.row.number)
        if row != made.row:
            made.row = row
            index = self._index(made)
            self.dataChanged.emit(index, index)


def _node(index: Index) -> _Node:
    # Every valid index was made by `_index`, which put a node into it.
    return cast("_Node", index.internalPointer())


def _is_same_shape(one: NodeDraft, other: NodeDraft) -> bool:
    """Whether rows stand where they stood: it is about keys, not words."""
    if one is other:
        return True
    if one.key != other.key:
        return False
    first = one.children if isinstance(one, GroupDraft) else ()
    second = other.children if isinstance(other, GroupDraft) else ()
    return len(first) == len(second) and all(map(_is_same_shape, first, second))
