"""Asks where a set's file goes, and where one comes from; it reads and writes none."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

KINDS = {
    "yaml": ("Save the criteria file", "yaml", "Criteria file (*.yaml)"),
    "questionnaire": ("Save the Questionnaire", "json", "FHIR Questionnaire (*.json)"),
}
READABLE = "Criteria file or FHIR Questionnaire (*.yaml *.yml *.json);;All files (*)"


class LibraryFiles(QObject):
    """The two dialogs of the library."""

    place_chosen = Signal(str)
    """Where what was asked for goes."""
    file_chosen = Signal(str)
    """What to read."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: QFileDialog | None = None

    def ask_place(self, kind: str, set_id: str) -> None:
        """Ask where a set goes, as `yaml` or `questionnaire`."""
        title, suffix, names = KINDS[kind]
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(names)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{set_id}.{suffix}")
        dialog.fileSelected.connect(self.place_chosen)
        self._open(dialog)

    def ask_file(self) -> None:
        """Ask which file to read."""
        dialog = QFileDialog(self._window, "Import a criteria set")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(READABLE)
        dialog.fileSelected.connect(self.file_chosen)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()
