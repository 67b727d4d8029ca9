"""Saves and prints the letter from the screen's dialogs; it changes nothing in the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.ui.context import UiContext
from desktop.ui.letter.output import print_pdf, printer_for, write_file


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
        self._write(Path(path), self._pdf())

    def write_text(self, path: str) -> None:
        """Write the letter as plain text to a file."""
        letters, case_id = self._context.services.letters, self.case_id

        def content() -> bytes:
            return letters.text(case_id).encode()

        self._write(Path(path), content)

    def print_on(self, printer: QPrinter) -> None:
        """Print the letter; the printer belongs to the job until it ends."""
        runner, notify = self._context.runner, self._context.notify

        def to_paper(pdf: bytes) -> None:
            def put() -> int:
                return print_pdf(printer, pdf)

            runner.run(put, self._printed, notify.failure, lane="cpu")

        runner.run(self._pdf(), to_paper, notify.failure)

    def _pdf(self) -> Callable[[], bytes]:
        letters, case_id = self._context.services.letters, self.case_id

        def content() -> bytes:
            return letters.issued_pdf(case_id) or letters.preview_pdf(case_id)

        return content

    def _write(self, path: Path, content: Callable[[], bytes]) -> None:
        runner, notify = self._context.runner, self._context.notify

        def to_disk(data: bytes) -> None:
            def write() -> str:
                write_file(path, data)
                return path.name

            runner.run(write, self._written, notify.failure, lane="cpu")

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

    def _written(self, name: str) -> None:
        self._context.notify.info(f"Saved {name}.")

    def _printed(self, count: int) -> None:
        self._context.notify.info(f"Sent {count} page{'s' if count != 1 else ''} to the printer.")
