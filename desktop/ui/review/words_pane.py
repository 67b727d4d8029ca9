"""A page of sentences to read, select and copy, in the place of the note; it makes up none of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.widgets.basics import ElidedLabel, button, hairline


class WordsPane(QWidget):
    """Title, text, and a button that copies all of it."""

    copied = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel("", "strong")
        self.copy = button("Copy all", "quiet")
        self.back = button("Back (Esc)", "quiet")
        self.text = QPlainTextEdit()
        self.text.setProperty("role", "reading")
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 6)
        head.addWidget(self.title, 1)
        head.addWidget(self.copy)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.text, 1)
        self.copy.clicked.connect(self._copy)
        self.back.clicked.connect(self.closed)

    def show_words(self, title: str, words: str) -> None:
        """Show other sentences; the same title keeps the place."""
        place = self.text.verticalScrollBar().value() if title == self.title.text() else 0
        self.title.setText(title)
        self.text.setAccessibleName(title)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
            self.text.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; a letter must not answer the criterion while its note is out of sight."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not event.text().isalnum() or event.key() == Qt.Key.Key_I:
            event.ignore()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.emit()
