"""References on their way in and out of files: shown before anything is stored, written whole or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.letters.references.exchange import ReferenceForm
from desktop.letters.references.library import ReferenceLibrary
from desktop.security.atomic_file import write_private
from desktop.services.reference_library import Proposed
from desktop.ui.context import UiContext
from desktop.ui.library.wording import counted
from desktop.ui.references.reading import ReadImport, export_text, read_import

READABLE = "References (*.ris *.bib *.bibtex *.nbib *.txt *.json);;All files (*)"
_SUFFIXES = {
    ReferenceForm.RIS: ("ris", "RIS (*.ris)"),
    ReferenceForm.BIBTEX: ("bib", "BibTeX (*.bib)"),
    ReferenceForm.NBIB: ("nbib", "NBIB (*.nbib)"),
    ReferenceForm.CSL_JSON: ("json", "CSL-JSON (*.json)"),
}
_MOST_REMARKS = 3


class ReferenceExchange(QObject):
    """One file at a time."""

    file_read = Signal(object)
    """A `ReadImport`, to be shown before anything is stored."""
    stored = Signal(str)
    """The id of the first entry that came in."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: QFileDialog | None = None
        self._export: tuple[ReferenceLibrary, tuple[str, ...], ReferenceForm] | None = None

    def bring(self) -> None:
        """Ask which file to read."""
        dialog = QFileDialog(self._window, "Import references")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(READABLE)
        dialog.fileSelected.connect(self.read_from)
        self._open(dialog)

    def read_from(self, path: str) -> None:
        """Read a file; nothing is stored."""
        self._context.runner.run(
            partial(read_import, self._context.services, Path(path)),
            self._show,
            self._context.notify.failure,
            key="references.import",
        )

    def take(self, proposed: tuple[Proposed, ...], origin: str) -> None:
        """Store what was ticked."""
        job = partial(self._context.services.references.take, proposed, origin)
        self._context.commit(job, self._taken, initiator=self)

    def export(self, library: ReferenceLibrary, ids: tuple[str, ...], form: ReferenceForm) -> None:
        """Ask where these references go."""
        self._export = (library, ids, form)
        suffix, names = _SUFFIXES[form]
        dialog = QFileDialog(self._window, f"Export {counted(len(ids), 'reference', 'references')}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(names)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{ids[0] if len(ids) == 1 else 'references'}.{suffix}")
        dialog.fileSelected.connect(self.write_to)
        self._open(dialog)

    def write_to(self, path: str) -> None:
        """Write what a place was asked for."""
        if self._export is not None:
            job = partial(_write, Path(path), *self._export)
            self._context.runner.run(job, self._written, self._context.notify.failure, lane="cpu")

    def _show(self, read: ReadImport) -> None:
        self.file_read.emit(read)

    def _taken(self, ids: tuple[str, ...]) -> None:
        self._context.notify.info(f"Stored, not verified: {counted(len(ids), 'reference', 'references')}.")
        if ids:
            self.stored.emit(ids[0])

    def _written(self, words: str) -> None:
        self._context.notify.info(words)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()


def _write(path: Path, library: ReferenceLibrary, ids: tuple[str, ...], form: ReferenceForm) -> str:
    """Write the file; returns what became of it, with what the form cannot hold."""
    text, remarks = export_text(library, ids, form.value)
    try:
        write_private(path, text.encode("utf-8"))
    except OSError as error:
        raise UserFacingError(
            f"{path.name} could not be written ({error.strerror or 'no reason given'}).",
            safe="The references are unchanged, and no half file was left behind.",
            todo="Choose another folder, or make room on the disk.",
        ) from error
    told = "; ".join(remarks[:_MOST_REMARKS])
    more = f"; and {len(remarks) - _MOST_REMARKS} more" if len(remarks) > _MOST_REMARKS else ""
    return f"Saved {path.name}. Not in it: {told}{more}." if remarks else f"Saved {path.name}."
