"""Asks for words in the page before something is recorded: a reason, a note; it records nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.chips import ChipRow
from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label


class ReasonStrip(QFrame):
    """A question, a line for the answer, and two buttons. Enter records, Escape leaves all as it is."""

    is_asking = Signal(bool)
    """A question came into view, or went away: where there is little room, others make way."""
    given = Signal(str, str)
    """(what it is for, the words): the words are empty where a recorded reason is taken back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject = ""
        self._came_from: QWidget | None = None
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._question = label("", "strong", wraps=True)
        self.line = QLineEdit()
        self.problem = label("", "error", wraps=True)
        self.record_button = button("Record the reason", "primary")
        self.back_button = button("Take it back")
        self.cancel_button = button("Cancel")
        answers = ChipRow()
        for item in (self.record_button, self.back_button, self.cancel_button):
            answers.flow.addWidget(item)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        rows.setSpacing(theme.px(6))
        for part in (self._question, self.line, self.problem, answers):
            rows.addWidget(part)
        self.line.returnPressed.connect(self._record)
        self.record_button.clicked.connect(self._record)
        self.back_button.clicked.connect(self._take_back)
        self.cancel_button.clicked.connect(self.dismiss)
        self.hide()

    @property
    def question(self) -> str:
        """What is asked now; empty when nothing is."""
        return "" if self.isHidden() else self._question.text()

    def ask(self, subject: str, question: str, *, recorded: str = "", placeholder: str = "") -> None:
        """Ask about a subject; `recorded` is what was answered before."""
        if self.isHidden():
            self._came_from = QApplication.focusWidget()
        self._subject = subject
        self._question.setText(question)
        self.line.setAccessibleName(question)
        self.line.setText(recorded)
        self.line.setPlaceholderText(placeholder)
        self.back_button.setVisible(bool(recorded))
        self.problem.hide()
        self.show()
        self.is_asking.emit(True)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def dismiss(self) -> None:
        """Leave all as it is; the keyboard goes back to where it was."""
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        before, self._came_from = self._came_from, None
        self.hide()
        self.is_asking.emit(False)
        if had_keyboard and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, from anywhere in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _record(self) -> None:
        try:
            words = read_text(self.line.text()).strip()
        except FieldTextError as error:
            self._refuse(str(error))
            return
        if not words:
            self._refuse("Say in a few words why.")
            return
        self.dismiss()
        self.given.emit(self._subject, words)

    def _take_back(self) -> None:
        self.dismiss()
        self.given.emit(self._subject, "")

    def _refuse(self, words: str) -> None:
        self.problem.setText(f"× {words}")
        self.problem.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
