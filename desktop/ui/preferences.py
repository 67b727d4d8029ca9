"""The preferences of this workstation while the program runs; it must keep no patient data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.settings.model import Settings, load_settings, save_settings
from desktop.ui.task_runner import TaskRunner


class Preferences(QObject):
    """Reads the settings once and writes every change at once, off the GUI thread."""

    changed = Signal()

    def __init__(self, file: Path | None = None, runner: TaskRunner | None = None) -> None:
        """Without a file nothing is read or written: for pictures and tests."""
        super().__init__()
        self._file = file
        self._runner = runner
        self._settings = load_settings(file) if file else Settings()

    @property
    def settings(self) -> Settings:
        """The values in force."""
        return self._settings

    def update(self, **values: Any) -> None:
        """Change some values. Raises pydantic's ValidationError for one out of range."""
        fresh = Settings.model_validate({**self._settings.model_dump(), **values})
        if fresh == self._settings:
            return
        self._settings = fresh
        self.changed.emit()
        if self._file is not None and self._runner is not None:
            # One lane, so that the newest write is also the last.
            self._runner.run(partial(save_settings, self._file, fresh), lane="db")
