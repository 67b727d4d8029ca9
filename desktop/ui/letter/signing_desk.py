"""Signs a copy of the issued paper in front, off the GUI thread; the passphrase is never kept or logged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.services.letter_signing import read_certificate
from desktop.ui.letter.output import write_file
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers
from desktop.ui.letter.sign_strip import SignStrip


class SigningDesk(QObject):
    """First the certificate is tried, then the place of the copy is asked for, then it is signed and written."""

    def __init__(self, desk: PaperDesk, strip: SignStrip, window: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._strip = strip
        self._window = window
        self._dialog: QFileDialog | None = None
        self._letter_id = ""
        desk.shown.connect(self._show)
        strip.file_wanted.connect(self._ask_for_certificate)
        strip.submitted.connect(self._try_certificate)

    def ask(self) -> None:
        """Ask for what a signed copy takes; a draft cannot be signed."""
        read = self._desk.read
        if read is None or read.letter is None:
            return
        if not read.is_issued:
            self._desk.context.notify.info("Only an issued letter can be signed. Issue this draft first.")
            return
        self._letter_id = read.letter.id
        self._strip.ask()

    def write(self, path: str) -> None:
        """Sign, and write the copy to a file."""
        letters, runner = self._desk.context.services.letters, self._desk.context.runner
        case_id, letter_id, certificate = self._desk.case_id, self._letter_id, Path(self._strip.path)
        passphrase, reason, target = self._strip.passphrase.text(), self._strip.read_reason(), Path(path)

        def job() -> str:
            content = read_certificate(certificate)
            signed = letters.signed_copy(case_id, letter_id, content, passphrase, reason=reason)
            write_file(target, signed)
            return target.name

        self._strip.set_busy(True)
        runner.run(job, self._written, self._failed, lane="cpu")

    def _show(self, read: ReadPapers) -> None:
        if read.letter is None or read.letter.id != self._letter_id:
            self._letter_id = ""
            self._strip.dismiss()

    def _try_certificate(self) -> None:
        letters, runner = self._desk.context.services.letters, self._desk.context.runner
        case_id, letter_id, certificate = self._desk.case_id, self._letter_id, Path(self._strip.path)
        passphrase = self._strip.passphrase.text()

        def job() -> str:
            return letters.require_signable(case_id, letter_id, read_certificate(certificate), passphrase)

        self._strip.set_busy(True)
        runner.run(job, self._ask_for_place, self._failed, lane="cpu")

    def _ask_for_certificate(self) -> None:
        dialog = QFileDialog(self._window, "Your certificate")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Certificates (*.p12 *.pfx *.P12 *.PFX)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._strip.take_file)
        self._dialog = dialog
        dialog.open()

    def _ask_for_place(self, name: str) -> None:
        self._strip.set_busy(False)
        read = self._desk.read
        if read is None or read.letter is None or read.letter.id != self._letter_id:
            return
        dialog = QFileDialog(self._window, f"Save the copy signed as {name}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{read.letter.kind.label} {read.case.number} signed.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        self._dialog = dialog
        dialog.open()

    def _written(self, name: str) -> None:
        self._strip.set_busy(False)
        self._strip.dismiss()
        self._desk.context.notify.info(
            f"Saved {name}, signed. It begins with the archived letter, which stays as it was issued."
        )

    def _failed(self, error: Exception) -> None:
        self._strip.set_busy(False)
        if isinstance(error, UserFacingError):
            self._strip.refuse(error)
            return
        self._strip.dismiss()
        self._desk.context.notify.failure(error)
