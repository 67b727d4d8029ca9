"""Finds words in the note while they are typed; plain text only, and it must never change the note."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.widgets.basics import button, label

MOST_MATCHES = 9_999


def matches_in(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where words stand, whatever their case and however white space falls between them. At most 9,999 places."""
    words = wanted.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        found.append(match.span())
        if len(found) == MOST_MATCHES:
            break
    return found


class FindField(QLineEdit):
    """Enter goes to the next place, Shift+Enter to the one before, Escape closes."""

    stepped = Signal(int)
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The three keys of a find bar."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.stepped.emit(-1 if is_back else 1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)


class FindBar(QWidget):
    """A line over the note. Emits the place to show; the note view does the rest."""

    found = Signal(int, int)
    """Start and end offset of the place found."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._from = 0
        self._at = -1
        self._matches: list[tuple[int, int]] = []
        self.field = FindField(self)
        self.field.setAccessibleName("Find in this note")
        self.field.setPlaceholderText("Find in this note")
        self.count = label("", "caption")
        self._close = button("Close", "quiet")
        self._close.setAccessibleName("Close the find bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addWidget(self._close)
        self.field.textChanged.connect(self._search)
        self.field.stepped.connect(self.step)
        self.field.closed.connect(self.closed)
        self._close.clicked.connect(self.closed)
        self.hide()

    def open(self, text: str, from_offset: int) -> None:
        """Search this text from a place on; what was typed before is selected to be typed over."""
        self._text, self._from = text, from_offset
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search(self.field.text())

    def set_text(self, text: str) -> None:
        """Another document is shown; a search that is open goes on in it."""
        self._text, self._from = text, 0
        if self.isVisible():
            self._search(self.field.text())

    def step(self, by: int) -> None:
        """Go to the next place or the one before, round the end."""
        if self._matches:
            self._show((self._at + by) % len(self._matches))

    def _search(self, wanted: str) -> None:
        self._matches = matches_in(self._text, wanted)
        if not self._matches:
            self._at = -1
            self.count.setText("Not in this note" if wanted.strip() else "")
            return
        ahead = (at for at, (start, _) in enumerate(self._matches) if start >= self._from)
        self._show(next(ahead, 0))

    def _show(self, at: int) -> None:
        self._at = at
        start, end = self._matches[at]
        self._from = start
        self.count.setText(f"{at + 1} of {len(self._matches)}")
        self.found.emit(start, end)
