"""A page of sentences to read, select and copy, in the place of the note; it makes up none of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

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
        self._words = ""
        self.text = QTextEdit()
        self.text.setAcceptRichText(False)
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
        if words != self._words:
            self._words = words
            self._write()
            self.text.verticalScrollBar().setValue(place)

    @property
    def words(self) -> str:
        """What is shown, with its indentation."""
        return self._words

    def _write(self) -> None:
        """Each line a block that is set in as far as it begins with spaces, so that its later lines are so too."""
        document = self.text.document()
        document.clear()
        cursor = QTextCursor(document)
        step = self.text.fontMetrics().horizontalAdvance("nn")
        for number, line in enumerate(self._words.splitlines()):
            depth = (len(line) - len(line.lstrip(" "))) // 2
            shape = QTextBlockFormat()
            shape.setLeftMargin(depth * step)
            shape.setBottomMargin(step / 4)
            if number:
                cursor.insertBlock(shape)
            else:
                cursor.setBlockFormat(shape)
            cursor.insertText(line.strip(" "))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; a letter must not answer the criterion while its note is out of sight."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not event.text().isalnum() or event.key() == Qt.Key.Key_I:
            event.ignore()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.copied.emit()
