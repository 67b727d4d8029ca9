"""A field for a password, with a way to see it; it must never hand its text to a log or a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

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
        self._theme = theme
        self._eye = QToolButton(self)
        self._eye.setIcon(themed_icon(theme, "eye", "text"))
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.setAccessibleName("Show the password")
        self._eye.setToolTip("Show the password (Ctrl+H)")
        self._eye.toggled.connect(self._show)
        # Of this field only: two fields that both claim a key of the window leave it without effect.
        show = QAction("Show the password", self)
        show.setShortcut("Ctrl+H")
        show.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        show.triggered.connect(self._eye.toggle)
        self.addAction(show)
        theme.changed.connect(self._make_room)
        self._make_room()
        self.returnPressed.connect(self.submitted)

    def take(self) -> str:
        """The text, which is cleared from the field."""
        text = self.text()
        self.clear()
        self._eye.setChecked(False)
        return text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stands at the end, as high as the field."""
        super().resizeEvent(event)
        self._eye.setGeometry(self.width() - self._eye_width(), 0, self._eye_width(), self.height())

    def _make_room(self) -> None:
        # Not an action inside the field: Qt draws those in 16 pixels, whatever the size of the text.
        side = self._theme.px(16)
        self._eye.setIconSize(QSize(side, side))
        self.setTextMargins(0, 0, self._eye_width() - self._theme.px(8), 0)

    def _eye_width(self) -> int:
        return self._theme.px(32)

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
