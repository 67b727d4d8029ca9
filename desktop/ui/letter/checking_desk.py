"""Keeps the letter check in step with what is typed, off the GUI thread, and carries out fixes and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.domain.letter import Letter, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.letters.spelling import Misspelling, Spelling
from desktop.ui.field_values import FieldTextError
from desktop.ui.letter.check_list import CheckList
from desktop.ui.letter.finding_walk import FindingWalk
from desktop.ui.letter.letter_frame import LetterFrame
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers
from desktop.ui.letter.writing_desk import WritingDesk

if TYPE_CHECKING:
    from desktop.domain.stationery import KnownWord
    from desktop.services.operation import OperationResult

_CHECK_AFTER_MS = 250
"""Long enough not to check every letter of a word, short enough to be there when the sentence is done."""


class CheckingDesk(QObject):
    """The findings as they would be with what stands in the editor now; older answers are dropped."""

    def __init__(self, desk: PaperDesk, frame: LetterFrame, writing: WritingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._editor = frame.editor
        self._outline = frame.outline
        self._list: CheckList = frame.check
        self._writing = writing
        self._walk = FindingWalk()
        self._walked = ""
        """The paper whose findings were gone to."""
        self._spelling = Spelling()
        self._wait = QTimer(self, singleShot=True, interval=_CHECK_AFTER_MS)
        self._wait.timeout.connect(self._check)
        self._key = f"letter-check-{id(self)}"
        self._spelling_key = f"letter-spelling-{id(self)}"
        desk.shown.connect(self._show)
        desk.block_chosen.connect(self._mark)
        self._editor.typed.connect(self._typed)
        self._editor.text.word_added.connect(self._add_word)
        self._list.problem_wanted.connect(self._go)
        self._list.fix_wanted.connect(self._fix)
        self._list.reason_given.connect(self._give_reason)

    @property
    def is_waiting(self) -> bool:
        """Whether a check is about to run."""
        return self._wait.isActive()

    def go_to_next(self) -> None:
        """Go to the next finding from the cursor on: errors first, what concerns the whole letter last."""
        ids = self._outline.block_ids()
        block_id = self._editor.block_id
        at = (ids.index(block_id) if block_id in ids else 0, *self._editor.place_of_cursor())
        problem = self._walk.next(self._list.problems, ids, at)
        if problem is not None:
            self._list.choose(problem)
            self._go(problem)

    def spell(self) -> None:
        """Offer what may have been meant by the unknown word at the cursor, or by the next one."""
        word, spelling = self._editor.misspelt_at_cursor(), self._spelling
        if word is None:
            self._desk.context.notify.info("No word here is unknown to the dictionary.")
            return

        def job() -> tuple[str, ...]:
            return spelling.suggest(word.word)

        def offer(found: tuple[str, ...]) -> None:
            self._editor.focus_text()
            self._editor.text.offer_spellings(word, found)

        self._desk.context.runner.run(
            job, offer, self._desk.context.notify.failure, lane="cpu", key=f"{self._spelling_key}-suggest"
        )

    # Showing

    def _show(self, read: ReadPapers) -> None:
        is_draft = read.letter is not None and read.letter.state is LetterState.DRAFT
        if self._walked != self._desk.letter_id:
            self._walked = self._desk.letter_id
            self._walk.forget()
        self._list.setVisible(is_draft)
        member = read.case.member
        names = [member.full_name, *(part.name for part in read.case.providers), *read.house.words]
        texts = (document.facility + " " + document.author for document in read.case.documents)
        self._spelling = Spelling((*names, read.case.coverage.payer, read.case.coverage.plan_name, *texts))
        if self._writing.is_dirty:
            self._wait.start()  # what was read is older than what stands in the editor
            return
        self._desk.context.runner.forget(self._key)
        self._take(read.problems if is_draft else ())

    def _take(self, problems: tuple[LetterProblem, ...]) -> None:
        self._list.show_problems(problems)
        self._mark()

    def _mark(self) -> None:
        comments = self._desk.read.comments if self._desk.read else ()
        self._editor.show_findings(self._list.problems, comments)
        self._look_for_misspelt()

    def _typed(self) -> None:
        self._wait.start()

    def _check(self) -> None:
        session = self._desk.read.session if self._desk.read else None
        block_id = self._editor.block_id
        if session is None or not self._desk.may_write:
            return
        try:
            text = self._editor.read()
        except FieldTextError:
            return  # it says so itself, and cannot be saved either

        def job() -> tuple[LetterProblem, ...]:
            return session.with_text(block_id, text)

        self._desk.context.runner.run(
            job, self._take, self._desk.context.notify.failure, lane="cpu", key=self._key
        )

    def _look_for_misspelt(self) -> None:
        block, spelling = self._editor.block, self._spelling
        if block is None or (not block.is_edited and not self._writing.is_dirty):
            self._editor.show_misspelt(())
            return
        text = self._editor.text.exact_text()

        def job() -> tuple[str, tuple[Misspelling, ...]]:
            return text, spelling.misspelt(text)

        def show(found: tuple[str, tuple[Misspelling, ...]]) -> None:
            if found[0] == self._editor.text.exact_text():
                self._editor.show_misspelt(found[1])

        self._desk.context.runner.run(
            job, show, self._desk.context.notify.failure, lane="cpu", key=self._spelling_key
        )

    # Doing

    def _go(self, problem: LetterProblem) -> None:
        self._walk.visit(problem)
        if problem.block_id and problem.block_id in self._outline.block_ids():
            self._writing.choose(problem.block_id)
            self._editor.go_to_place(problem)
        else:
            # It stands nowhere but here: the list reads it out, and its keys are at hand.
            self._list.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fix(self, problem: LetterProblem) -> None:
        if problem.fix is None:
            self._desk.context.notify.info(
                "No one-key fix is known for this finding. Correct it where it stands."
            )
            return
        if not self._desk.may_write or not self._writing.is_all_saved():
            return
        label = problem.fix.label
        letters, case_id, letter_id = (
            self._desk.context.services.letters,
            self._desk.case_id,
            self._desk.letter_id,
        )

        def job() -> OperationResult[Letter]:
            return letters.apply_fix(case_id, letter_id, problem.key)

        def done(_letter: Letter) -> None:
            self._desk.context.notify.info(f"Done: {label}", undo=True)

        self._desk.commit(job, done)

    def _give_reason(self, key: str, reason: str) -> None:
        if not self._writing.is_all_saved():
            return
        letters, case_id, letter_id = (
            self._desk.context.services.letters,
            self._desk.case_id,
            self._desk.letter_id,
        )

        def job() -> OperationResult[Letter]:
            return letters.override(case_id, letter_id, key, reason)

        self._desk.commit(job)

    def _add_word(self, word: str) -> None:
        stationery = self._desk.context.services.stationery

        def job() -> OperationResult[KnownWord]:
            return stationery.add_word(word)

        self._desk.commit(job)
