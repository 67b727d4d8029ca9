"""The packet's list of documents: the space bar encloses or leaves out; it knows no packet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.ui.letter.two_line_list import TwoLineList


class ExhibitList(TwoLineList):
    """Rows by document."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles; Alt and letters are left to the screen."""
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif has_alt or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)
