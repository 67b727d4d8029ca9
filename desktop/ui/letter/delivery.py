"""Saves and prints the letter from the screen's dialogs; the store only hears that a copy left it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.ui.context import UiContext
from desktop.ui.letter.output import print_pdf, printer_for, write_file

Copy = Literal["printed", "saved_as_pdf", "saved_as_text"]


class Delivery(QObject):
    """Works on the case it was told last. The bytes are the archived ones once the letter is issued."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: QFileDialog | QPrintDialog | None = None
        self._printer: QPrinter | None = None
        self.case_id = ""
        self.number = ""

    @property
    def name(self) -> str:
        """What files and print jobs are called: the case number and no name."""
        return f"Letter {self.number}".strip()

    def ask_for_pdf(self) -> None:
        """Ask where the PDF goes."""
        self._ask("Save the letter as PDF", "pdf", "PDF (*.pdf)", self.write_pdf)

    def ask_for_text(self) -> None:
        """Ask where the plain text goes."""
        self._ask("Save the letter as text", "txt", "Text (*.txt)", self.write_text)

    def ask_for_printer(self) -> None:
        """Choose a printer; the job's title names no one."""
        self._printer = printer_for(self.name)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setWindowTitle("Print the letter")
        dialog.accepted.connect(self._print_chosen)
        self._dialog = dialog
        QDialog.open(dialog)

    def write_pdf(self, path: str) -> None:
        """Write the PDF to a file."""
        self._write(Path(path), self._pdf(), "saved_as_pdf")

    def write_text(self, path: str) -> None:
        """Write the letter as plain text to a file."""
        letters, case_id = self._context.services.letters, self.case_id

        def content() -> bytes:
            return letters.text(case_id).encode()

        self._write(Path(path), content, "saved_as_text")

    def print_on(self, printer: QPrinter) -> None:
        """Print the letter; the printer belongs to the job until it ends."""
        runner, notify = self._context.runner, self._context.notify

        case_id = self.case_id

        def printed(count: int) -> None:
            self._note_copy(case_id, "printed")
            notify.info(f"Sent {count} page{'s' if count != 1 else ''} to the printer.")

        def to_paper(pdf: bytes) -> None:
            def put() -> int:
                return print_pdf(printer, pdf)

            runner.run(put, printed, notify.failure, lane="cpu")

        runner.run(self._pdf(), to_paper, notify.failure)

    def _pdf(self) -> Callable[[], bytes]:
        letters, case_id = self._context.services.letters, self.case_id

        def content() -> bytes:
            return letters.issued_pdf(case_id) or letters.preview_pdf(case_id)

        return content

    def _write(self, path: Path, content: Callable[[], bytes], how: Copy) -> None:
        runner, notify, case_id = self._context.runner, self._context.notify, self.case_id

        def written(name: str) -> None:
            self._note_copy(case_id, how)
            notify.info(f"Saved {name}.")

        def to_disk(data: bytes) -> None:
            def write() -> str:
                write_file(path, data)
                return path.name

            runner.run(write, written, notify.failure, lane="cpu")

        runner.run(content, to_disk, notify.failure)

    def _ask(self, title: str, suffix: str, kinds: str, chosen: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kinds)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self.name}.{suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        self._dialog = dialog
        dialog.open()

    def _print_chosen(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer)

    def _note_copy(self, case_id: str, how: Copy) -> None:
        letters = self._context.services.letters

        def note() -> None:
            letters.note_copy(case_id, how)

        self._context.runner.run(note, None, self._context.notify.failure)
