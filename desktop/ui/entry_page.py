"""The frame of the screens before the desk: a narrow column in the middle; it must hold no behaviour of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import UserFacingError
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label

WIDTH = 440


class EntryPage(QScrollArea):
    """A card in the middle of an empty window; scrolls where large text makes it taller than the window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("role", "page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(page)
        across.addStretch(1)
        down = QVBoxLayout()
        down.addStretch(2)
        self.banner = QVBoxLayout()
        """Above the card: what is to be said before anything is asked."""
        down.addLayout(self.banner)
        down.addSpacing(theme.px(16))
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(theme.px(WIDTH))
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(theme.px(32), theme.px(28), theme.px(32), theme.px(28))
        self.column.setSpacing(theme.px(10))
        down.addWidget(card)
        down.addStretch(3)
        across.addLayout(down)
        across.addStretch(1)
        self.setWidget(page)


class ErrorText(QWidget):
    """Three lines: what happened, whether work is safe, what to do. Empty until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._what = label("", "error", wraps=True)
        self._safe = label("", "muted", wraps=True)
        self._todo = label("", wraps=True)
        for part in (self._what, self._safe, self._todo):
            column.addWidget(part)
        self.hide()

    def show_error(self, error: Exception) -> None:
        """Show an error in words; one that has none is named by its type only."""
        if isinstance(error, UserFacingError):
            self._say(error.what, error.safe, error.todo)
        else:
            self._say(
                f"Something went wrong inside the program ({type(error).__name__}).",
                "What was saved before is safe.",
                "Close the program, start it again, and send the crash report if it comes back.",
            )

    def show_words(self, what: str) -> None:
        """Show one sentence."""
        self._say(what, "", "")

    def text(self) -> str:
        """Everything it says now."""
        return " ".join(part.text() for part in (self._what, self._safe, self._todo) if part.text())

    def clear(self) -> None:
        """Say nothing."""
        self._say("", "", "")

    def _say(self, what: str, safe: str, todo: str) -> None:
        for part, words in ((self._what, what), (self._safe, safe), (self._todo, todo)):
            part.setText(words)
            part.setVisible(bool(words))
        self.setVisible(bool(what))
