"""Remarks on an item or a list as a whole, where no single field can carry them; hidden while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.forms import MARKS, Loudness
from desktop.ui.widgets.basics import set_role


class Remarks(QLabel):
    """Words in the colour of their loudness."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, messages: tuple[str, ...], loudness: Loudness = Loudness.WARNING) -> None:
        """Show these remarks, one a line; none hides it."""
        self.setText("\n".join(f"{MARKS[loudness]}{message}" for message in messages))
        set_role(self, loudness.value)
        # Without a parent it would open as a window of its own; it is told again once it has its place.
        self.setVisible(bool(messages) and self.parentWidget() is not None)
