"""What the tabs of a case share that show what letters rest on: they read again when it changes, once they are seen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.changes import ChangeFlag, Changes
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext

LETTER_RESTS_ON = frozenset(
    {
        ChangeFlag.CASE,
        ChangeFlag.DOCUMENTS,
        ChangeFlag.CRITERIA,
        ChangeFlag.ASSESSMENTS,
        ChangeFlag.EVIDENCE,
        ChangeFlag.DETERMINATION,
        ChangeFlag.REFERENCES,
        ChangeFlag.ARGUMENT,
        ChangeFlag.PACKET,
        ChangeFlag.PEER_TO_PEER,
        ChangeFlag.STATIONERY,
        ChangeFlag.LETTER,
    }
)
"""All that a letter is composed from, and the letter itself."""


class CaseScreen(QWidget):
    """A tab with one frame. A subclass says how it loads; it is not asked to while another tab is in front."""

    depends = LETTER_RESTS_ON
    """The changes that it shows."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._is_outdated = False
        context.refresh.changes_committed.connect(self._committed)

    def commands(self) -> list[Command]:
        """What can be done here."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another tab was in front is read now."""
        super().showEvent(event)
        if self._is_outdated and self._case_id:
            self._load()

    def _load(self) -> None:
        """Read the case in front again; a subclass clears `_is_outdated` with it."""
        raise NotImplementedError

    def _hold(self, frame: QWidget) -> None:
        """Fill the tab with its frame, and give its keys to the commands."""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(frame)
        self.setProperty("role", "page")
        bind(self, self.commands())

    def _load_when_seen(self) -> None:
        if self.isVisible():
            self._load()
        else:
            self._is_outdated = True

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self and self._case_id and changes.touches(self.depends, self._case_id):
            self._load_when_seen()
