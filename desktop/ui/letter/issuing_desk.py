"""Asks before a paper is issued for good, and issues it; refused in words while the check has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.domain.letter import Letter
from desktop.domain.severity import Severity
from desktop.ui.letter.letter_frame import LetterFrame
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers
from desktop.ui.letter.writing_desk import WritingDesk

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult


class IssuingDesk(QObject):
    """Between the button and the store. Errors stop it; warnings are counted in the question."""

    def __init__(self, desk: PaperDesk, frame: LetterFrame, writing: WritingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._frame = frame
        self._writing = writing
        desk.shown.connect(self._show)
        frame.issue_button.clicked.connect(self.ask)
        frame.issue_strip.confirmed.connect(self._issue)

    def ask(self) -> None:
        """Ask whether to issue the paper for good."""
        if not self._desk.may_write or not self._writing.is_all_saved():
            return
        if not any(problem.severity is Severity.ERROR for problem in self._frame.check.problems):
            self._ask(self._desk.letter_id)
            return
        letters, case_id, letter_id = (
            self._desk.context.services.letters,
            self._desk.case_id,
            self._desk.letter_id,
        )

        def job() -> str:
            letters.require_issuable(case_id, letter_id)
            return letter_id

        self._desk.context.runner.run(job, self._ask, self._desk.context.notify.failure)

    def _ask(self, letter_id: str) -> None:
        if letter_id == self._desk.letter_id:
            warnings = sum(problem.severity is Severity.WARNING for problem in self._frame.check.problems)
            self._frame.issue_strip.ask(warnings)

    def _issue(self) -> None:
        if not self._writing.is_all_saved():
            return
        letters, case_id, letter_id = (
            self._desk.context.services.letters,
            self._desk.case_id,
            self._desk.letter_id,
        )

        def job() -> OperationResult[Letter]:
            return letters.issue(case_id, letter_id)

        def done(letter: Letter) -> None:
            self._desk.context.notify.info(f"{letter.kind.label} issued and sealed.")
            if letter.id != self._desk.letter_id:
                return
            # The button that had the keyboard is gone: Qt would hand it to the head of the window.
            self._frame.outline.setFocus(Qt.FocusReason.OtherFocusReason)
            if letter.kind.is_sent:
                self._frame.side.set_available("delivery", True)
                self._frame.side.show_panel("delivery")

        self._desk.commit(job, done)

    def _show(self, read: ReadPapers) -> None:
        if read.is_issued or read.letter is None:
            self._frame.issue_strip.decline()
