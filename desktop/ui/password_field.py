"""A field for a password, with a way to see it; it must never hand its text to a log or a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.icons import themed_icon


class PasswordField(QLineEdit):
    """Hidden until the eye (or Ctrl+H) shows it. Pasting is allowed: password managers are welcome."""

    submitted = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setMinimumWidth(theme.px(320))
        self._eye = QAction(themed_icon(theme, "eye", "text"), "Show the password", self)
        self._eye.setCheckable(True)
        self._eye.setShortcut("Ctrl+H")
        # Of this field only: two fields that both claim a key of the window leave it without effect.
        self._eye.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._eye.setToolTip("Show the password (Ctrl+H)")
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        for child in self.findChildren(QWidget):
            child.setAccessibleName("Show the password")
        self.returnPressed.connect(self.submitted)

    def take(self) -> str:
        """The text, which is cleared from the field."""
        text = self.text()
        self.clear()
        self._eye.setChecked(False)
        return text

    def _show(self, is_shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)


def strength_words(password: str) -> str:
    """How hard a password is to guess, in words: a rough lower bound by length and variety, never a promise."""
    if not password:
        return ""
    kinds = sum(
        (
            any(letter.islower() for letter in password),
            any(letter.isupper() for letter in password),
            any(letter.isdigit() for letter in password),
            any(not letter.isalnum() for letter in password),
        )
    )
    distinct = len(set(password.lower()))
    score = min(len(password), distinct * 2) + 2 * (kinds - 1) + 2 * password.strip().count(" ")
    if len(password) < 12:
        return f"Too short: {12 - len(password)} more"
    if score < 18:
        return "Weak: easy to guess"
    if score < 26:
        return "Fair: longer is better"
    return "Strong"
