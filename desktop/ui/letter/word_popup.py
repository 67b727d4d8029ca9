"""A short list of words under the cursor, chosen by the keys of the text it belongs to; it takes no keyboard itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit

from desktop.ui.theme import Theme

_VALUE = int(Qt.ItemDataRole.UserRole)
_MOST_ROWS = 8


class WordPopup(QListWidget):
    """Lies over its text. Up and Down choose, Enter or Tab takes, Escape leaves all as it is."""

    taken = Signal(str)

    def __init__(self, theme: Theme, text: QPlainTextEdit) -> None:
        super().__init__(text.viewport())
        self._theme = theme
        self._text = text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Words to insert")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget { border: 1px solid palette(dark); border-radius: 6px; }")
        self.itemClicked.connect(self._take)
        self.hide()

    def offer(self, choices: Sequence[tuple[str, str]], at: QRect) -> None:
        """Offer values with their words under a place of the text; nothing to offer takes the list away."""
        self.clear()
        for value, words in choices:
            item = QListWidgetItem(words, self)
            item.setData(_VALUE, value)
        if not choices:
            self.dismiss()
            return
        self.setCurrentRow(0)
        room = self._text.viewport().rect()
        width = min(self._theme.px(320), room.width() - 8)
        height = self.sizeHintForRow(0) * min(_MOST_ROWS, len(choices)) + 6
        top = at.bottom() + 2 if at.bottom() + 2 + height <= room.height() else at.top() - height - 2
        self.setGeometry(
            QRect(QPoint(max(0, min(at.left(), room.width() - width)), max(0, top)), self.size())
        )
        self.resize(width, min(height, room.height()))
        self.show()
        self.raise_()
        self._say()

    def dismiss(self) -> None:
        """Take the list away."""
        if not self.isHidden():
            self.hide()
            self._text.setAccessibleDescription("")

    def steer(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for the list."""
        if self.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self.setCurrentRow((self.currentRow() + 1) % self.count())
            case Qt.Key.Key_Up:
                self.setCurrentRow((self.currentRow() - 1) % self.count())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self._take(self.currentItem())
            case Qt.Key.Key_Escape:
                self.dismiss()
            case _:
                return False
        self._say()
        return True

    def _take(self, item: QListWidgetItem) -> None:
        self.dismiss()
        self.taken.emit(str(item.data(_VALUE)))

    def _say(self) -> None:
        # The list never has the keyboard: the text says what Enter would take.
        if not self.isHidden():
            self._text.setAccessibleDescription(f"Enter inserts: {self.currentItem().text()}")
