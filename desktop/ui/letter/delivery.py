"""Saves and prints the paper in front from the screen's dialogs; the store only hears that a copy left it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.services.letter_paper import PaperForm
from desktop.ui.context import UiContext
from desktop.ui.letter.output import print_pdf, printer_for, require_printer, write_file

Copy = Literal["printed", "saved_as_pdf", "saved_as_accessible_pdf", "saved_as_docx", "saved_as_text"]

_COPIES: dict[PaperForm, Copy] = {
    PaperForm.PDF: "saved_as_pdf",
    PaperForm.ACCESSIBLE_PDF: "saved_as_accessible_pdf",
    PaperForm.DOCX: "saved_as_docx",
    PaperForm.TEXT: "saved_as_text",
}
_FILTERS = {
    PaperForm.PDF: "PDF (*.pdf)",
    PaperForm.ACCESSIBLE_PDF: "PDF (*.pdf)",
    PaperForm.DOCX: "Word document (*.docx)",
    PaperForm.TEXT: "Text (*.txt)",
}


_ARCHIVED_IS_PDF = "The archived original is the PDF."


class Delivery(QObject):
    """Works on the paper it was told last. The PDF is the archived one once the paper is issued."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: QFileDialog | QPrintDialog | None = None
        self._printer: QPrinter | None = None
        self._form = PaperForm.PDF
        self.case_id = ""
        self.letter_id = ""
        self.number = ""
        self.kind = ""
        self.is_issued = False

    @property
    def name(self) -> str:
        """What files and print jobs are called: the kind of paper and the case number, and no name."""
        return " ".join(part for part in (self.kind or "Letter", self.number) if part)

    def ask_for_file(self, form: PaperForm) -> None:
        """Ask where the paper goes, in a form."""
        self._form = form
        dialog = QFileDialog(self._window, "Save the letter")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_FILTERS[form])
        dialog.setDefaultSuffix(form.suffix.removeprefix("."))
        dialog.selectFile(f"{self.name}{form.suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._write_chosen)
        self._dialog = dialog
        dialog.open()

    def ask_for_printer(self) -> None:
        """Choose a printer; the job's title names no one. Where there is none, the way to a PDF opens instead."""
        try:
            require_printer()
        except UserFacingError as error:
            self._context.notify.error(error)
            self.ask_for_file(PaperForm.PDF)
            return
        self._printer = printer_for(self.name)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setWindowTitle("Print the letter")
        dialog.accepted.connect(self._print_chosen)
        self._dialog = dialog
        QDialog.open(dialog)

    def write(self, path: str, form: PaperForm) -> None:
        """Write the paper to a file, in a form."""
        runner, notify, case_id = self._context.runner, self._context.notify, self.case_id
        target = Path(path)
        # The other forms say the same words, but it is the PDF that was sealed: said once to whoever saves them.
        is_other = self.is_issued and form is not PaperForm.PDF
        words = f" {_ARCHIVED_IS_PDF}" if is_other else ""

        def written(name: str) -> None:
            self._note_copy(case_id, _COPIES[form])
            notify.info(f"Saved {name}.{words}")

        def to_disk(content: bytes) -> None:
            def put() -> str:
                write_file(target, content)
                return target.name

            runner.run(put, written, notify.failure, lane="cpu")

        runner.run(self._content(form), to_disk, notify.failure)

    def print_on(self, printer: QPrinter) -> None:
        """Print the paper; the printer belongs to the job until it ends."""
        runner, notify = self._context.runner, self._context.notify
        case_id = self.case_id

        def printed(count: int) -> None:
            self._note_copy(case_id, "printed")
            notify.info(f"Sent {count} page{'s' if count != 1 else ''} to the printer.")

        def to_paper(pdf: bytes) -> None:
            def put() -> int:
                return print_pdf(printer, pdf)

            runner.run(put, printed, notify.failure, lane="cpu")

        runner.run(self._content(PaperForm.PDF), to_paper, notify.failure)

    def _content(self, form: PaperForm) -> Callable[[], bytes]:
        letters, case_id, letter_id = self._context.services.letters, self.case_id, self.letter_id

        def content() -> bytes:
            return letters.render(case_id, letter_id or None, form)

        return content

    def _write_chosen(self, path: str) -> None:
        self.write(path, self._form)

    def _print_chosen(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer)

    def _note_copy(self, case_id: str, how: Copy) -> None:
        letters = self._context.services.letters

        def note() -> None:
            letters.note_copy(case_id, how)

        self._context.runner.run(note, None, self._context.notify.failure)
