"""Saves the review of the line and set in front as a FHIR response: asked first, then made and written in threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.security.atomic_file import write_private
from desktop.ui.context import UiContext
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.question_page import Question, QuestionPage

if TYPE_CHECKING:
    from desktop.services.criteria_exchange import ExportedResponse

NOTHING_TO_SAVE = "No criteria set is chosen for this service line, so there is no review to save."
WHAT = (
    "The answers, values, notes and linked words of this line under this set leave as a FHIR R4 "
    "QuestionnaireResponse (JSON). Quoted words and notes stand as they are and may name the patient."
)
TICK = (
    "Name the member in the file\n"
    "Off: the file says of no one whose review it is. On: it holds the member's name and id."
)
CONSENT = {
    LicenceClass.USER: "This set is your own (license class user).",
    LicenceClass.LICENSED_REFERENCE: (
        "This set holds a publisher's licensed criteria (license class licensed-reference)."
    ),
}
PASSING_ON = "Whoever gets the file gets its words. Save it only if its license allows that."


@dataclass(frozen=True, slots=True)
class _Wanted:
    case_id: str
    number: str
    line_id: str
    set_id: str
    title: str
    with_user_text: bool
    with_subject: bool = False


class ResponseFile(QObject):
    """One review at a time, the one in front when it was asked for."""

    saved = Signal(str, str)
    """A title, and what to know of the file that was written."""

    def __init__(self, desk: QuestionDesk, context: UiContext, questions: QuestionPage) -> None:
        super().__init__(desk)
        self._desk = desk
        self._context = context
        self._questions = questions
        self._wanted: _Wanted | None = None
        self._dialog: QFileDialog | None = None

    def ask(self) -> None:
        """Say what leaves, and ask where the words are not public."""
        view, line, found = self._desk.view, self._desk.line, self._set()
        if view is None or line is None or found is None:
            self._context.notify.info(NOTHING_TO_SAVE)
            return
        is_public = found.licence is LicenceClass.PUBLIC
        self._wanted = _Wanted(
            view.case.id, view.case.number, line.id, found.id, found.title, with_user_text=not is_public
        )
        words = [f"{line.caption or line.id}, under “{found.title}” ({found.caption}).", WHAT]
        if not is_public:
            words.append(f"{CONSENT[found.licence]} {PASSING_ON}")
        asked = Question(
            line_id=line.id,
            set_id=found.id,
            title="Save this review as a FHIR response",
            words="\n\n".join(words),
            yes="Choose where to save it…" if is_public else "Yes, save it with the words of this set…",
            no="Keep it here (Esc)",
            is_careful=not is_public,
            tick=TICK,
        )
        self._questions.ask(asked, self._agreed)

    def write_to(self, path: str) -> None:
        """Make the response and write it to a file."""
        wanted = self._wanted
        if wanted is None:
            return
        exchange, runner = self._context.services.criteria_exchange, self._context.runner
        notify = self._context.notify

        def job() -> ExportedResponse:
            return exchange.export_response(
                wanted.case_id,
                wanted.line_id,
                wanted.set_id,
                with_user_text=wanted.with_user_text,
                with_subject=wanted.with_subject,
            )

        def made(response: ExportedResponse) -> None:
            def write() -> str:
                return write_response(Path(path), response.text)

            def written(name: str) -> None:
                self._written(wanted, name, response.remarks)

            runner.run(write, written, notify.failure, lane="cpu")

        runner.run(job, made, notify.failure)

    def _set(self) -> CriteriaSet | None:
        view, set_id = self._desk.view, self._desk.active_pane.set_id
        return next((item for item in view.sets if item.id == set_id), None) if view else None

    def _agreed(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._wanted = replace(wanted, with_subject=self._questions.is_ticked)
        dialog = QFileDialog(self._desk.window(), "Save the review as a FHIR response")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("FHIR QuestionnaireResponse (*.json)")
        dialog.setDefaultSuffix("json")
        # The case number and no name, as for letters.
        dialog.selectFile(f"Review {wanted.number} {wanted.set_id}.json".replace("  ", " "))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_to)
        self._dialog = dialog
        dialog.open()

    def _written(self, wanted: _Wanted, name: str, remarks: tuple[str, ...]) -> None:
        exchange, case_id = self._context.services.criteria_exchange, wanted.case_id

        def note() -> None:
            exchange.note_response(case_id)

        self._context.runner.run(note, None, self._context.notify.failure)
        self._context.notify.info(f"Saved {name}.")
        view = self._desk.view
        if view is None or view.case.id != case_id:
            return
        whose = (
            "It names the member."
            if wanted.with_subject
            else "It does not say whose review it is: the member is left out."
        )
        paragraphs = (f"The review under “{wanted.title}” was saved as {name}.", whose, *remarks)
        self.saved.emit(f"Saved: {name}", "\n\n".join(paragraphs) + "\n")


def write_response(path: Path, text: str) -> str:
    """Write a response, readable by its owner only; returns the file's name. Raises UserFacingError."""
    try:
        write_private(path, text.encode())
    except OSError as error:
        raise UserFacingError(
            f"{path.name} could not be written ({error.strerror or 'no reason given'}).",
            safe="The review in the program is unchanged, and no half file was left behind.",
            todo="Choose another folder, or make room on the disk.",
        ) from error
    return path.name
