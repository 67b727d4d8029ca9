"""Asks for what a signed copy takes: certificate file, passphrase, reason; it signs nothing and keeps no passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import UserFacingError
from desktop.ui.chips import ChipRow
from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.password_field import PasswordField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, plain_tooltip

_WHAT = "Sign a copy with your own certificate. It is read here, and neither it nor the passphrase is kept."


class SignStrip(QFrame):
    """Three answers and a button, in the page. Enter goes on, Escape leaves all as it is."""

    file_wanted = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._came_from: QWidget | None = None
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Sign a copy")
        self.file_button = button("Choose the certificate (.p12, .pfx)…")
        self.passphrase = PasswordField(theme, "Passphrase of the certificate")
        self.passphrase.setPlaceholderText("Its passphrase")
        self.passphrase.setMinimumWidth(theme.px(200))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason for signing")
        self.reason.setPlaceholderText("Reason, as PDF readers show it")
        self.reason.setMaxLength(200)
        self.reason.setMinimumWidth(theme.px(240))
        self.problem = label("", "error", wraps=True)
        self.save_button = button("Sign and save…", "primary")
        self.cancel_button = button("Cancel")
        answers = ChipRow()
        for item in (self.file_button, self.passphrase, self.reason, self.save_button, self.cancel_button):
            answers.flow.addWidget(item)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        rows.setSpacing(theme.px(6))
        for part in (label(_WHAT, "strong", wraps=True), answers, self.problem):
            rows.addWidget(part)
        self.file_button.clicked.connect(self.file_wanted)
        self.passphrase.submitted.connect(self._submit)
        self.reason.returnPressed.connect(self._submit)
        self.save_button.clicked.connect(self._submit)
        self.cancel_button.clicked.connect(self.dismiss)
        self.hide()

    def ask(self) -> None:
        """Ask; the file chosen before is still chosen."""
        if self.isHidden():
            self._came_from = QApplication.focusWidget()
        self.problem.hide()
        self.show()
        target = self.passphrase if self.path else self.file_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_file(self, path: str) -> None:
        """The certificate is in this file."""
        self.path = path
        self.file_button.setText(f"Certificate: {Path(path).name}")
        self.file_button.setToolTip(plain_tooltip(path))
        self.problem.hide()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_reason(self) -> str:
        """The reason as typed. Raises FieldTextError for what is no text."""
        return read_text(self.reason.text()).strip()

    def set_busy(self, is_busy: bool) -> None:
        """While it is signed, nothing can be answered."""
        for part in (self.file_button, self.passphrase, self.reason, self.save_button):
            part.setEnabled(not is_busy)

    def refuse(self, error: UserFacingError) -> None:
        """Say why it was not signed; the passphrase is to be typed again."""
        self._say(f"{error.what} {error.todo}")
        self.passphrase.take()
        if self.isVisible():
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Leave all as it is, and forget the passphrase; the keyboard goes back to where it was."""
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        before, self._came_from = self._came_from, None
        self.passphrase.take()
        self.hide()
        if had_keyboard and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, from anywhere in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _submit(self) -> None:
        if not self.path:
            self._say("Choose the file of your certificate first.")
            self.file_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            self.read_reason()
        except FieldTextError as error:
            self._say(str(error))
            return
        self.problem.hide()
        self.submitted.emit()

    def _say(self, words: str) -> None:
        self.problem.setText(f"× {words}")
        self.problem.show()
