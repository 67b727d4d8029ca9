"""A text of one sentence that wraps as it grows; it must never hold a line break."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.forms import Field
from desktop.ui.text_area import TextArea


class SentenceArea(TextArea):
    """Line breaks that come with a pasted text become spaces; undoing is the editor's, which knows the whole set."""

    emptied_again = Signal()
    """Backspace in an empty sentence."""

    def __init__(self, *, least_lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(least_lines=least_lines, parent=parent)
        self.setUndoRedoEnabled(False)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste a sentence."""
        self.insertPlainText(" ".join(source.text().split()))

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Enter belongs to the editor around; Backspace in nothing asks for the whole thing to go."""
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            e.ignore()
            return
        if e.key() == Qt.Key.Key_Backspace and not e.modifiers() and self.document().isEmpty():
            self.emptied_again.emit()
            return
        super().keyPressEvent(e)


class SentenceField(Field):
    """A labelled sentence."""

    def __init__(self, label: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        self.area = SentenceArea(least_lines=2)
        self.area.setPlaceholderText(placeholder)
        super().__init__(label, self.area, parent=parent)
        self.area.textChanged.connect(self._changed)

    def read(self) -> str:
        """The sentence, exactly."""
        return self.area.exact_text()

    def fill(self, value: str) -> None:
        """Replace the sentence, the cursor at its end."""
        self.area.setPlainText(value)
        self.area.moveCursor(self.area.textCursor().MoveOperation.End)
