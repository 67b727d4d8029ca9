"""References on their way in and out of files: shown before anything is stored, written whole or not at all."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.letters.references.exchange import ReferenceForm
from desktop.letters.references.library import ReferenceLibrary
from desktop.security.atomic_file import write_whole
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
_KEY = "references.import"
_WHOLE = "All of them are stored or none: locking or closing before the end stores none."


class ReferenceExchange(QObject):
    """One file at a time."""

    file_read = Signal(object)
    """A `ReadImport`, to be shown before anything is stored."""
    stored = Signal(str)
    """The id of the first entry that came in."""
    begun = Signal(str, str)
    """What is under way from now on, in words, and what to know of it; it can be stopped."""
    progressed = Signal(str, int, int)
    """Of what is under way: what is done, how much, of how many."""
    _told_of = Signal(object, str, int, int)
    """What `progressed` tells, with the run it belongs to before it; sent from the thread that does it."""
    came_to_nothing = Signal(bool)
    """What was begun was stopped, or failed; nothing was stored. True: its entries are still there to be stored."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: QFileDialog | None = None
        self._run: threading.Event | None = None
        """Set to stop it; another object for every run, so that late news of an old one is known."""
        self._is_storing = False
        self._is_leaving = False
        self.was_dropped = False
        """Whether the store was stopped because the window was left: nothing of the file came in."""
        self._told_of.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._export: tuple[ReferenceLibrary, tuple[str, ...], ReferenceForm] | None = None

    def bring(self) -> None:
        """Ask which file to read."""
        dialog = QFileDialog(self._window, "Import references")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(READABLE)
        dialog.fileSelected.connect(self.read_from)
        self._open(dialog)

    def read_from(self, path: str) -> None:
        """Read a file; nothing is stored. The store is asked for its library only, so that saving does not wait."""
        if self._is_storing:
            self._context.notify.info("Entries are being stored: import the file when that is done.")
            return
        self.stop_reading()
        run = self._begin(f"Reading {Path(path).name}…", "")
        self._context.runner.run(
            self._context.services.references.library,
            partial(self._compare, run, Path(path)),
            self._failed,
            key=_KEY,
        )

    def take(self, proposed: tuple[Proposed, ...], origin: str) -> None:
        """Store what was ticked, all of it or nothing."""
        run = self._begin(f"Storing {counted(len(proposed), 'entry', 'entries')}…", _WHOLE)
        self._is_storing = True
        watch = partial(self._told, run, "stored")
        job = partial(self._context.services.references.take, proposed, origin, watch)
        self._context.commit(job, self._taken, initiator=self, failed=self._not_taken)

    def stop(self) -> None:
        """End what is under way. A write is waited for: it says itself that nothing is left of it."""
        if self._is_storing and self._run is not None:
            self._run.set()
        else:
            self.stop_reading()

    def stop_reading(self) -> None:
        """Let a file go that is being read."""
        if self._run is not None and not self._is_storing:
            self._run.set()
            self._run = None
            self._context.runner.forget(_KEY)
            self.came_to_nothing.emit(False)

    def leave(self) -> None:
        """End whatever is under way, a write too: it is undone whole, and locking or closing does not wait for it."""
        self._is_leaving = self._is_storing
        self.stop()

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

    def _begin(self, words: str, to_know: str) -> threading.Event:
        self._run = threading.Event()
        self.begun.emit(words, to_know)
        return self._run

    def _told(self, run: threading.Event, what: str, done: int, of: int) -> None:
        """In the thread that does the work."""
        if run.is_set():
            raise UserFacingError(
                "Stopped.", safe="Nothing was stored.", todo="Import the file again to go on."
            )
        self._told_of.emit(run, what, done, of)

    def _show_progress(self, run: object, what: str, done: int, of: int) -> None:
        if run is self._run:
            self.progressed.emit(what, done, of)

    def _compare(self, run: threading.Event, path: Path, library: ReferenceLibrary) -> None:
        job = partial(read_import, path, library, partial(self._told, run))
        self._context.runner.run(job, self._show, self._failed, lane="cpu", key=_KEY)

    def _show(self, read: ReadImport) -> None:
        self._run = None
        self.file_read.emit(read)

    def _failed(self, error: Exception) -> None:
        self._run = None
        self.came_to_nothing.emit(False)
        self._context.notify.failure(error)

    def _not_taken(self, _error: Exception) -> None:
        self._run, self._is_storing = None, False
        self.was_dropped = self._is_leaving
        self.came_to_nothing.emit(True)

    def _taken(self, ids: tuple[str, ...]) -> None:
        self._run, self._is_storing = None, False
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
    name = write_whole(path, text, "The references are unchanged")
    told = "; ".join(remarks[:_MOST_REMARKS])
    more = f"; and {len(remarks) - _MOST_REMARKS} more" if len(remarks) > _MOST_REMARKS else ""
    return f"Saved {name}. Not in it: {told}{more}." if remarks else f"Saved {name}."
