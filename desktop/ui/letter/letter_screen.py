"""The letter page: write block by block beside the real pages, check, issue, print and save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.letter import Letter, LetterBlock, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.ui.actions import bind
from desktop.ui.context import UiContext
from desktop.ui.letter.delivery import Delivery
from desktop.ui.letter.letter_commands import letter_commands
from desktop.ui.letter.letter_frame import LetterFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.services.operation import OperationResult
    from desktop.ui.actions import Command

_RECORD = frozenset(
    {
        ChangeFlag.CASE,
        ChangeFlag.DOCUMENTS,
        ChangeFlag.CRITERIA,
        ChangeFlag.ASSESSMENTS,
        ChangeFlag.EVIDENCE,
        ChangeFlag.DETERMINATION,
    }
)
_SAVE_AFTER_MS = 700
_LONGEST_WAIT_MS = 1600


@dataclass(frozen=True, slots=True)
class _Loaded:
    case_id: str
    number: str
    letter: Letter | None
    problems: tuple[LetterProblem, ...]


class LetterScreen(QWidget):
    """One letter of one case. A draft can be edited; an issued letter can only be read, saved and printed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._letter: Letter | None = None
        self._problems: tuple[LetterProblem, ...] = ()
        self._block_id = ""
        self._is_dirty = False
        self._in_flight = 0
        self.frame = LetterFrame(context)
        self.delivery = Delivery(context, self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.frame)
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_WAIT_MS)
        self._connect()
        self.setProperty("role", "page")
        bind(self, self.commands())

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load the case's letter; what was typed before is saved first."""
        self.flush()
        if case_id != self._case_id:
            self._letter, self._block_id, self._is_dirty = None, "", False
            self.frame.hint.hide()
            self.frame.issue_strip.decline()
        self._case_id = case_id
        self._load()

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self._pause.stop()
        self._longest.stop()
        if not self._is_dirty or not self.frame.editor.check():
            return
        self._is_dirty = False
        case_id, letters = self._case_id, self._context.services.letters
        block_id, text = self.frame.editor.block_id, self.frame.editor.read()
        self._in_flight += 1

        def job() -> OperationResult[Letter]:
            return letters.edit_block(case_id, block_id, text)

        def done(letter: Letter) -> None:
            self._in_flight -= 1
            if case_id == self._case_id:
                self._take(letter)
                self._load()

        def failed(_error: Exception) -> None:
            self._in_flight -= 1
            if case_id == self._case_id and block_id == self.frame.editor.block_id:
                self._is_dirty = True
            self._show_state("Not saved yet")

        self._context.commit(job, done, initiator=self, failed=failed)

    def commands(self) -> list[Command]:
        """What can be done here."""
        return letter_commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        frame = self.frame
        if not frame.has_workplace:
            return [frame.first_button]
        return [frame.outline, frame.editor, frame.preview, frame.check]

    # Commands

    def compose(self) -> None:
        """Compose the letter from the record; edited blocks and their order are kept."""
        self.flush()
        letters, case_id = self._context.services.letters, self._case_id

        def job() -> OperationResult[Letter]:
            return letters.compose(case_id)

        self.frame.hint.hide()
        self._change(job)

    def issue(self) -> None:
        """Ask whether to issue the letter for good; refused in words while something required is missing."""
        if self._letter is None or self._letter.state is LetterState.ISSUED or not self._is_all_saved():
            return
        if not any(problem.severity is Severity.ERROR for problem in self._problems):
            self.frame.issue_strip.ask()
            return
        letters, case_id = self._context.services.letters, self._case_id

        def job() -> str:
            letters.require_issuable(case_id)
            return case_id

        self._context.runner.run(job, self._ask_to_issue, self._context.notify.failure)

    def restore_block(self) -> None:
        """Take the composed text of the block again."""
        self._is_dirty = False
        self._pause.stop()
        letters, case_id, block_id = self._context.services.letters, self._case_id, self._block_id

        def job() -> OperationResult[Letter]:
            return letters.restore_block(case_id, block_id)

        self._change(job)

    def move_up(self) -> None:
        """Move the block before its neighbour above."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the block after its neighbour below."""
        self._move(1)

    def next_block(self) -> None:
        """Write the block below."""
        self._step(1)

    def previous_block(self) -> None:
        """Write the block above."""
        self._step(-1)

    def next_problem(self) -> None:
        """Go to the block of the next finding of the letter check."""
        self.frame.check.go_to_next()

    def save_pdf(self) -> None:
        """Ask where the PDF goes."""
        self._deliver(self.delivery.ask_for_pdf)

    def save_text(self) -> None:
        """Ask where the plain text goes."""
        self._deliver(self.delivery.ask_for_text)

    def print_letter(self) -> None:
        """Choose a printer."""
        self._deliver(self.delivery.ask_for_printer)

    # Loading and showing

    def _load(self) -> None:
        case_id, services = self._case_id, self._context.services

        def job() -> _Loaded:
            number = services.cases.case(case_id).number
            return _Loaded(
                case_id, number, services.letters.current(case_id), services.letters.problems(case_id)
            )

        self._context.runner.run(job, self._show, self._context.notify.failure, key=f"letter-{id(self)}")

    def _show(self, loaded: _Loaded) -> None:
        if loaded.case_id != self._case_id:
            return
        self._problems = loaded.problems
        self.delivery.case_id, self.delivery.number = loaded.case_id, loaded.number
        was_empty = self.frame.first_button.hasFocus()
        self.frame.show_workplace(loaded.letter is not None)
        if loaded.letter is not None:
            self._take(loaded.letter)
            if was_empty:
                self.frame.outline.setFocus()
        else:
            self._letter = None

    def _take(self, letter: Letter) -> None:
        """Show a letter, but never over text that is not saved yet."""
        self._letter = letter
        frame, blocks = self.frame, letter.content.blocks
        is_issued = letter.state is LetterState.ISSUED
        if self._block_id not in {block.id for block in blocks} and blocks:
            self._block_id = blocks[0].id
        frame.outline.show_blocks(blocks, self._severities(), self._block_id)
        block = self._block()
        if block is not None and not self._is_dirty and not self._in_flight:
            frame.editor.show_block(block, is_read_only=is_issued)
        frame.check.show_problems(() if is_issued else self._problems)
        frame.check.setVisible(not is_issued)
        if is_issued:
            frame.hint.hide()
            frame.issue_strip.decline()
        frame.preview.show_letter(self._case_id, letter)
        for item in (frame.compose_button, frame.issue_button):
            item.setVisible(not is_issued)
        frame.compose_button.setVisible(True)
        frame.compose_button.setText("Compose a new letter" if is_issued else "Compose again")
        self._show_state("")

    def _show_state(self, remark: str) -> None:
        letter = self._letter
        if letter is None:
            return
        if letter.state is LetterState.ISSUED and letter.issued_at is not None:
            at = letter.issued_at.astimezone()
            words = f"Issued {at:%Y-%m-%d %H:%M}, sealed {letter.pdf_sha256[:12]}…"
        else:
            words = f"Draft · {remark}" if remark else "Draft"
        self.frame.state.setText(words)

    def _severities(self) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for problem in self._problems:
            if problem.block_id and found.get(problem.block_id) is not Severity.ERROR:
                found[problem.block_id] = problem.severity
        return found

    def _block(self) -> LetterBlock | None:
        blocks = self._letter.content.blocks if self._letter else ()
        return next((block for block in blocks if block.id == self._block_id), None)

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is self or not self._case_id:
            return
        is_ours = changes.touches(frozenset({ChangeFlag.LETTER}), self._case_id)
        is_record = changes.touches(_RECORD, self._case_id)
        if is_record and not is_ours and self._letter is not None:
            self.frame.hint.setText(
                "The record changed since this letter was composed. Compose again; what you edited is kept."
            )
            self.frame.hint.setVisible(self._letter.state is LetterState.DRAFT)
        if is_ours or is_record:
            self._load()

    # Doing

    def _choose(self, block_id: str) -> None:
        if block_id == self._block_id:
            return
        self.flush()
        if self._is_dirty:  # a character cannot be kept: leaving now would lose the text
            self.frame.outline.choose(self._block_id)
            self.frame.editor.text.setFocus()
            return
        self._block_id = block_id
        self.frame.outline.choose(block_id)
        block = self._block()
        if block is not None and self._letter is not None:
            self.frame.editor.show_block(block, is_read_only=self._letter.state is LetterState.ISSUED)
            self.frame.preview.follow(block_id)

    def _typed(self) -> None:
        self._is_dirty = True
        self._show_state("typing")
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _change(self, job: Callable[[], OperationResult[Letter]]) -> None:
        """Run an operation on the letter; its own announcement makes this screen load again."""
        self._context.commit(job)

    def _move(self, offset: int) -> None:
        self.flush()
        letters, case_id, block_id = self._context.services.letters, self._case_id, self._block_id
        if not block_id:
            return

        def job() -> OperationResult[Letter]:
            return letters.move_block(case_id, block_id, offset)

        self._change(job)

    def _step(self, by: int) -> None:
        ids = self.frame.outline.block_ids()
        if self._block_id in ids:
            self._choose(ids[max(0, min(len(ids) - 1, ids.index(self._block_id) + by))])

    def _ask_to_issue(self, case_id: str) -> None:
        if case_id == self._case_id:
            self.frame.issue_strip.ask()

    def _issue(self) -> None:
        if not self._is_all_saved():
            return
        letters, case_id = self._context.services.letters, self._case_id

        def job() -> OperationResult[Letter]:
            return letters.issue(case_id)

        self._change(job)

    def _is_all_saved(self) -> bool:
        """Whether all that is typed can be saved, and is being saved; the keyboard goes to what cannot."""
        self.flush()
        if self._is_dirty:
            self.frame.editor.text.setFocus()
        return not self._is_dirty

    def _deliver(self, ask: Callable[[], None]) -> None:
        if self._letter is not None:
            self.flush()
            ask()

    def _connect(self) -> None:
        frame = self.frame
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)
        frame.outline.block_chosen.connect(self._choose)
        frame.check.block_wanted.connect(self._go_to_block)
        frame.editor.typed.connect(self._typed)
        frame.editor.restore_wanted.connect(self.restore_block)
        frame.first_button.clicked.connect(self.compose)
        frame.compose_button.clicked.connect(self.compose)
        frame.issue_button.clicked.connect(self.issue)
        frame.issue_strip.confirmed.connect(self._issue)
        frame.pdf_button.clicked.connect(self.save_pdf)
        frame.text_button.clicked.connect(self.save_text)
        frame.print_button.clicked.connect(self.print_letter)
        self._context.refresh.changes_committed.connect(self._committed)
        frame.hint.hide()

    def _go_to_block(self, block_id: str) -> None:
        self._choose(block_id)
        self.frame.editor.text.setFocus()
