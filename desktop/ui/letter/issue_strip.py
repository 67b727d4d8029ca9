"""Asks in place whether a letter is to be issued for good; it issues nothing itself and stops nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.widgets.basics import button, label

QUESTION = "Issue for good? It cannot be edited afterward."


class IssueStrip(QFrame):
    """One line with two answers. Enter gives the one that has the keyboard; Escape is the one that changes nothing."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAccessibleName("Issue the letter")
        self.issue_button = button("Issue", "primary")
        self.not_yet_button = button("Not yet")
        self._came_from: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        self._question = label(QUESTION, "strong", wraps=True)
        row.addWidget(self._question, 1)
        row.addWidget(self.issue_button)
        row.addWidget(self.not_yet_button)
        self.issue_button.clicked.connect(self._confirm)
        self.not_yet_button.clicked.connect(self.decline)
        self.hide()

    def ask(self, warnings: int = 0) -> None:
        """Ask; asked again, the keyboard goes to the answer again. `warnings` do not stop it, but are said."""
        noun = "thing is" if warnings == 1 else "things are"
        words = f"{warnings} {noun} still listed to look at. {QUESTION}" if warnings else QUESTION
        self._question.setText(words)
        for answer in (self.issue_button, self.not_yet_button):
            answer.setAccessibleDescription(words)
        if self.isHidden():
            self._came_from = QApplication.focusWidget()
        self.show()
        self.issue_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def decline(self) -> None:
        """Not yet: the keyboard goes back to where it was."""
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        before, self._came_from = self._came_from, None
        self.hide()
        if had_keyboard and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, from either button."""
        if event.key() == Qt.Key.Key_Escape:
            self.decline()
            return
        super().keyPressEvent(event)

    def _confirm(self) -> None:
        self.decline()
        self.confirmed.emit()
