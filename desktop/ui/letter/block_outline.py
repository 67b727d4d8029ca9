"""The paper's blocks by name, in order: what was edited, kept, or overtaken by the record, and what the check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.letter import LetterBlock
from desktop.domain.severity import Severity
from desktop.ui.letter.block_words import outline_words, title_of
from desktop.ui.letter.two_line_list import ListRow, Mark, TwoLineList
from desktop.ui.theme import Theme

_REMOVED = "removed:"
_HEADING = "heading.removed"


class BlockOutline(TwoLineList):
    """The current row is the block being written. A block is moved by dragging, or by the keys of the screen."""

    block_chosen = Signal(str)
    removed_chosen = Signal(str)
    """Enter or a double click on a block that was left out."""
    block_dragged = Signal(str, int)
    """(block id, how many places down; negative: up)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Blocks of the letter", parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.row_chosen.connect(self._chosen)
        self.row_opened.connect(self._opened_row)

    def show_blocks(
        self,
        blocks: Sequence[LetterBlock],
        severities: Mapping[str, Severity],
        current: str,
        *,
        removed: Sequence[LetterBlock] = (),
        comments: Mapping[str, int] | None = None,
    ) -> None:
        """Show the blocks with the current one chosen, and under them those left out."""
        said = comments or {}
        rows = [_row(block, severities.get(block.id), said.get(block.id, 0)) for block in blocks]
        if removed:
            rows.append(ListRow(_HEADING, "Left out", is_heading=True))
            rows += [
                ListRow(f"{_REMOVED}{block.id}", title_of(block), "Enter brings it back", is_faint=True)
                for block in removed
            ]
        self.show_rows(rows, current)

    def block_ids(self) -> list[str]:
        """The ids of the blocks that are printed, in the order shown."""
        return [row.id for row in self.rows if row.id != _HEADING and not row.id.startswith(_REMOVED)]

    @property
    def removed_id(self) -> str:
        """The block left out that is chosen; empty when a printed one is."""
        here = self.current_id
        return here.removeprefix(_REMOVED) if here.startswith(_REMOVED) else ""

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the block should go; the order itself comes back from the store."""
        ids = self.block_ids()
        source, target = self.currentIndex().row(), self.indexAt(event.position().toPoint())
        place = target.row() if target.isValid() else len(ids)
        if self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem:
            place += 1
        event.ignore()
        self.move_to(source, place)

    def move_to(self, source: int, place: int) -> None:
        """Ask for the block of a row to stand before another row; beside itself changes nothing."""
        ids = self.block_ids()
        place = min(place, len(ids))
        offset = place - source - (1 if place > source else 0)
        if 0 <= source < len(ids) and offset:
            self.block_dragged.emit(ids[source], offset)

    def _chosen(self, row_id: str) -> None:
        if not row_id.startswith(_REMOVED):
            self.block_chosen.emit(row_id)

    def _opened_row(self, row_id: str) -> None:
        if row_id.startswith(_REMOVED):
            self.removed_chosen.emit(row_id.removeprefix(_REMOVED))


def _row(block: LetterBlock, severity: Severity | None, comments: int) -> ListRow:
    title, detail = outline_words(block)
    marks: list[Mark] = []
    if block.is_stale:
        marks.append(Mark("undo", "unclear", "the record has changed since"))
    if block.is_locked:
        marks.append(Mark("lock", "muted", "kept as it is"))
    if severity is not None:
        is_error = severity is Severity.ERROR
        words = "to put right" if is_error else "to look at"
        marks.append(Mark("warning", "not_met" if is_error else "unclear", words))
    if comments:
        detail = " · ".join((f"{comments} {'comment' if comments == 1 else 'comments'}", detail))
    return ListRow(block.id, title, detail, marks=tuple(marks))
