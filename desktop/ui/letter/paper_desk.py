"""The paper in front: which one, what was read of it, and the one way to change it; it writes no words itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.letter import LetterBlock
from desktop.ui.context import UiContext
from desktop.ui.letter.case_screen import LETTER_RESTS_ON
from desktop.ui.letter.paper_reading import ReadPapers, read_papers

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult

T = TypeVar("T")


class PaperDesk(QObject):
    """Loads when the case, the paper or the record changes, and says `shown`; everyone else listens to that."""

    shown = Signal(object)
    """The `ReadPapers` as they were just read."""
    block_chosen = Signal()
    """Another block came to the front."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.case_id = ""
        self.letter_id = ""
        self.block_id = ""
        self.read: ReadPapers | None = None
        self._papers_left: dict[str, str] = {}
        """The paper in front of each case when it was left; it comes to the front again."""
        self._blocks_left: dict[str, str] = {}
        """The block in front of each paper."""
        context.refresh.changes_committed.connect(self._committed)

    @property
    def block(self) -> LetterBlock | None:
        """The block in front, as it was read."""
        return self.read.block(self.block_id) if self.read else None

    @property
    def may_write(self) -> bool:
        """Whether the paper in front is a draft."""
        return self.read is not None and self.read.letter is not None and not self.read.is_issued

    def show_case(self, case_id: str) -> None:
        """Turn to a case, with the paper in front that was left last, else its latest."""
        if case_id != self.case_id:
            letter_id = self._papers_left.get(case_id, "")
            self.case_id, self.letter_id, self.block_id, self.read = case_id, letter_id, "", None
        self.load()

    def show_letter(self, letter_id: str) -> None:
        """Bring a paper of the case to the front."""
        if letter_id != self.letter_id:
            self.letter_id, self.block_id = letter_id, ""
        self.load()

    def choose_block(self, block_id: str) -> None:
        """Bring a block to the front."""
        if block_id != self.block_id:
            self.block_id = self._blocks_left[self.letter_id] = block_id
            self.block_chosen.emit()

    def load(self) -> None:
        """Read again; what comes late is dropped."""
        services, case_id, letter_id = self.context.services, self.case_id, self.letter_id

        def job() -> ReadPapers:
            return read_papers(services, case_id, letter_id)

        self.context.runner.run(job, self._show, self.context.notify.failure, key=f"letter-{id(self)}")

    def commit(
        self,
        job: Callable[[], OperationResult[T]],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        is_own: bool = False,
    ) -> None:
        """Run an operation; its announcement makes this desk read again. `is_own`: the caller does."""
        self.context.commit(job, done, initiator=self if is_own else None, failed=failed)

    def _show(self, read: ReadPapers) -> None:
        if read.case.id != self.case_id:
            return
        self.read = read
        letter = read.letter
        self.letter_id = letter.id if letter else ""
        self._papers_left[self.case_id] = self.letter_id
        ids = {block.id for block in letter.content.blocks} if letter else set[str]()
        if self.block_id not in ids:
            left = self._blocks_left.get(self.letter_id, "")
            self.block_id = left if left in ids else read.where_work_begins
        self.shown.emit(read)

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self and self.case_id and changes.touches(LETTER_RESTS_ON, self.case_id):
            self.load()
