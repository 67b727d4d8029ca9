"""Ways into the record: paste text, open files; what was pasted and not added yet survives a restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.document import Document, DocumentOrigin
from desktop.domain.value import new_id
from desktop.ui.context import UiContext
from desktop.ui.forms import TextField
from desktop.ui.intake.document_files import READABLE, ReadFile, read_document_file
from desktop.ui.widgets.basics import button, label

_KEEP_AFTER_MS = 800


class DocumentsPanel(QWidget):
    """Emits each document as it comes in; the section adds it to the case."""

    document_read = Signal(object, object)
    """A `Document` to add, and the `ReceivedFile` it was read from, or None."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._reading: list[str] = []
        self._dialog: QFileDialog | None = None
        self.paste = TextField(
            "Paste the text of a document", placeholder="Paste here, then Ctrl+Enter", least_lines=4
        )
        self.paste.edited.connect(self._pasted)
        self.add_button = button("Add pasted text")
        self.add_button.setEnabled(False)
        self.add_button.clicked.connect(self.add_pasted)
        self.open_button = button("Open files…")
        self.open_button.clicked.connect(self.choose_files)
        self._progress = label("", "caption")
        self._progress.setAccessibleName("Files being read")
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self._progress, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.paste)
        rows.addLayout(buttons)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield from (self.paste.area, self.add_button, self.open_button)

    def show_case(self, case_id: str) -> None:
        """Show what was pasted for a case and not added yet."""
        if case_id == self._case_id:
            return
        self._case_id = case_id
        self.paste.show_value("")
        view_state = self._context.services.view_state

        def job() -> tuple[str, str | None]:
            return case_id, view_state.recall(_key(case_id))

        self._context.runner.run(job, self._recalled, self._context.notify.failure)

    def keep(self) -> None:
        """Start keeping what is in the paste box."""
        self._keep.stop()
        if not self._case_id or not self.paste.check():
            return
        view_state, key, text = self._context.services.view_state, _key(self._case_id), self.paste.read()

        def job() -> None:
            view_state.remember(key, json.dumps({"pasted": text}))

        self._context.runner.run(job, None, self._context.notify.failure)

    def flush(self) -> None:
        """Keep now what would be kept in a moment."""
        if self._keep.isActive():
            self.keep()

    def add_pasted(self) -> None:
        """Make a document of the pasted text."""
        if not self.paste.check() or not self.paste.read().strip():
            return
        document = Document(id=new_id(), origin=DocumentOrigin.PASTED, text=self.paste.read())
        self.paste.show_value("")
        self.add_button.setEnabled(False)
        self.keep()
        self.document_read.emit(document, None)

    def choose_files(self) -> None:
        """Let the user choose files, without stopping the window."""
        dialog = QFileDialog(self, "Open documents")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in READABLE)
        dialog.setNameFilter(f"Text, PDF, Word and pictures ({patterns})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.read_files)
        self._dialog = dialog
        dialog.open()

    def read_files(self, paths: list[str]) -> None:
        """Read files one by one off the GUI thread; each becomes a document or a sentence about why not."""
        for path in paths:
            self._read(Path(path))

    def _read(self, path: Path) -> None:
        name = path.name
        self._reading.append(name)
        self._show_progress()

        def job() -> ReadFile:
            return read_document_file(path)

        def done(read: ReadFile) -> None:
            self._finish(name)
            for notice in read.notices:
                self._context.notify.info(f"{name}: {notice}")
            self.document_read.emit(read.document, read.file)

        def failed(error: Exception) -> None:
            self._finish(name)
            self._context.notify.failure(error)

        self._context.runner.run(job, done, failed, lane="cpu")

    def _finish(self, name: str) -> None:
        self._reading.remove(name)
        self._show_progress()

    def _show_progress(self) -> None:
        self._progress.setText(f"Reading {', '.join(self._reading)}…" if self._reading else "")

    def _pasted(self, _field: object) -> None:
        self.add_button.setEnabled(not self.paste.area.document().isEmpty())
        self._keep.start()

    def _recalled(self, found: tuple[str, str | None]) -> None:
        case_id, kept = found
        if case_id != self._case_id or not kept or not self.paste.area.document().isEmpty():
            return
        text = json.loads(kept).get("pasted", "")
        self.paste.show_value(str(text))
        self.add_button.setEnabled(bool(text))


def _key(case_id: str) -> str:
    return f"intake.pasted.{case_id}"
