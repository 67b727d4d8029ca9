"""The reviewer's note to a question, saved while it is typed; it must never overwrite what is being typed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.assessment import AssessmentKey

SAVE_AFTER_MS = 1_500


class NoteEditor(QPlainTextEdit):
    """Belongs to one question at a time. `save_asked` comes at most 2 s after a key, and when it is left.

    Until `confirm` or `refuse` answers a `save_asked`, texts read from the store for that question are older ones.
    """

    save_asked = Signal(object, str)
    """The AssessmentKey and the text."""
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: AssessmentKey | None = None
        self._stored = ""
        self._clean = ""
        self._is_taking = False
        self._under_way: dict[AssessmentKey, tuple[str, int]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Note on this criterion")
        self.textChanged.connect(self._edited)

    @property
    def exact_text(self) -> str:
        """What is typed; `toPlainText` would turn non-breaking spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_note(self, key: AssessmentKey | None, text: str) -> None:
        """Show the stored note of a question, unless newer words for it are typed or on their way to the store."""
        if key is not None and key in self._under_way:
            text = self._under_way[key][0]
        if key != self._key:
            self.flush()
            self._key = key
            self._take(text)
        elif text != self._stored:
            if self.exact_text == self._clean:
                self._take(text)
            else:
                self._stored = text
        self.setEnabled(key is not None)

    def flush(self) -> None:
        """Ask to save what is typed but not yet saved."""
        self._timer.stop()
        key, text = self._key, self.exact_text
        if key is None or text == self._clean or self.isReadOnly():
            return
        _, count = self._under_way.get(key, ("", 0))
        self._under_way[key] = (text, count + 1)
        self._stored = self._clean = text
        self.save_asked.emit(key, text)

    def confirm(self, key: AssessmentKey) -> None:
        """A save that was asked for is done."""
        text, count = self._under_way.get(key, ("", 1))
        if count > 1:
            self._under_way[key] = (text, count - 1)
        else:
            self._under_way.pop(key, None)

    def refuse(self, key: AssessmentKey) -> None:
        """A save failed: what was typed stays here as unsaved, and is tried again when it is left."""
        self.confirm(key)
        if key == self._key:
            self._clean = "\0"

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only."""
        self.insertPlainText(source.text())

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Escape goes back to the tree."""
        if e.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(e)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(e)
        self.flush()

    def _take(self, text: str) -> None:
        self._is_taking = True
        self.setPlainText(text)
        self._is_taking = False
        self._stored = text
        self._clean = self.exact_text
        self._timer.stop()

    def _edited(self) -> None:
        # Not restarted while it runs: someone who types without a pause is saved as well.
        if not self._is_taking and self._key is not None and not self._timer.isActive():
            self._timer.start()
