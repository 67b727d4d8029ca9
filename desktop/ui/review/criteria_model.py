"""The tree of one criteria set as an item model; it changes only what changed, so that nothing folds or jumps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from PySide6.QtCore import QModelIndex, QObject

from desktop.domain.assessment import AssessmentKey
from desktop.ui.review.criteria_rows import AnswerCell, CriteriaRow
from desktop.ui.widgets.row_tree import Index, RowTreeModel


class _Node:
    """A row with its place. Kept by the model as long as an index may point at it."""

    __slots__ = ("children", "parent", "position", "row")

    def __init__(self, row: CriteriaRow, parent: _Node | None, position: int) -> None:
        self.row = row
        self.parent = parent
        self.position = position
        self.children = [_Node(child, self, at) for at, child in enumerate(row.children)]

    def walk(self) -> Iterator[_Node]:
        yield self
        for child in self.children:
            yield from child.walk()


class CriteriaModel(RowTreeModel):
    """One column, one top row: the set's root group. Also holds what is lit, numbered and current for painting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: _Node | None = None
        self.numbers: dict[str, int] = {}
        self.lit: frozenset[AssessmentKey] = frozenset()
        self.current_level = ""
        self.current_side = ""

    @property
    def root(self) -> CriteriaRow | None:
        """The tree shown, or None."""
        return self._root.row if self._root else None

    def show(self, root: CriteriaRow | None) -> bool:
        """Show a tree. True when it is another tree than before, so that folding and place must be restored."""
        if root is not None and self._root is not None and _shape(root) == _shape(self._root.row):
            self._replace(self._root, root)
            return False
        self.beginResetModel()
        self._root = _Node(root, None, 0) if root else None
        self.endResetModel()
        return True

    def number(self, numbers: dict[str, int]) -> None:
        """Paint these digits beside the criteria."""
        if numbers != self.numbers:
            touched = {*self.numbers, *numbers}
            self.numbers = numbers
            self._repaint(touched)

    def light(self, keys: frozenset[AssessmentKey]) -> None:
        """Light the criteria whose words the mouse or the caret is on."""
        if keys != self.lit:
            touched = {key.criterion_id for key in self.lit ^ keys}
            self.lit = keys
            self._repaint(touched)

    def choose_level(self, level: str) -> None:
        """Mark a level's cells as the ones that the keys act on."""
        if level != self.current_level:
            self.current_level = level
            self._repaint({node.row.id for node in self._nodes() if node.row.is_per_place})

    def choose_side(self, side: str) -> None:
        """Mark a side's cells as the ones that the keys act on."""
        if side != self.current_side:
            self.current_side = side
            self._repaint({node.row.id for node in self._nodes() if node.row.is_per_side})

    def current_cell(self, row: CriteriaRow | None) -> AnswerCell | None:
        """The cell of a row that the keys act on, at the current level or side; None where it has none."""
        return row.cell(self.current_side if row.is_per_side else self.current_level) if row else None

    def index_of(self, row_id: str) -> QModelIndex:
        """The index of a node by its id; invalid when it is not in this tree."""
        return next((self._index(node) for node in self._nodes() if node.row.id == row_id), QModelIndex())

    def group_indexes(self) -> list[tuple[str, QModelIndex]]:
        """Every group with its id, for folding and unfolding."""
        return [(node.row.id, self._index(node)) for node in self._nodes() if node.row.is_group]

    def row_at(self, index: Index) -> CriteriaRow | None:
        """The row at an index, or None."""
        return _node(index).row if index.isValid() else None

    def _nodes(self) -> Iterator[_Node]:
        return self._root.walk() if self._root else iter(())

    def _replace(self, node: _Node, row: CriteriaRow) -> None:
        is_changed = node.row != row
        node.row = row
        if is_changed:
            for child, child_row in zip(node.children, row.children, strict=True):
                self._replace(child, child_row)
            index = self._index(node)
            self.dataChanged.emit(index, index)

    def _repaint(self, row_ids: Collection[str]) -> None:
        for node in self._nodes():
            if node.row.id in row_ids:
                index = self._index(node)
                self.dataChanged.emit(index, index)


def _node(index: Index) -> _Node:
    # Every valid index was made by `_index`, which put a node into it.
    return cast("_Node", index.internalPointer())


def _shape(row: CriteriaRow) -> tuple[object, ...]:
    """What decides how tall and where rows are: ids, texts and cells, but no answers."""
    cells = tuple(cell.key for cell in row.cells)
    return (row.id, row.text, cells, bool(row.threshold), tuple(_shape(child) for child in row.children))
