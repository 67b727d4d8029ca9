"""Asks for the password or the recovery key and hands over the data key; it must open no store and keep no secret."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.security.vault import (
    DataKey,
    TooManyTriesError,
    WrongPasswordError,
    change_password,
    password_problem,
    unlock,
    unlock_with_recovery_key,
    wait_s,
)
from desktop.ui.entry_page import EntryPage, ErrorText
from desktop.ui.password_field import PasswordField, strength_words
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_HINTS = (
    "Your cases are encrypted. Type your password to open them.",
    "The recovery key was shown once, when this store was made, to be printed.",
    "The recovery key fits. Choose a new password; the old one stops working.",
)
"""What stands above each form."""


class LockScreen(EntryPage):
    """Three forms in one card: password, recovery key, and the new password after a recovery."""

    unlocked = Signal(object)
    """A `DataKey`; whoever opens the store owns it."""

    def __init__(self, theme: Theme, runner: TaskRunner, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._runner = runner
        self._vault = vault
        self._recovered: DataKey | None = None
        self._wait_left = 0
        self._is_busy = False
        self.column.addWidget(label("Indicated", "title"))
        self._hint = label(_HINTS[0], "muted", wraps=True)
        self.column.addWidget(self._hint)
        self._forms = [self._make_password(), self._make_recovery(), self._make_new_password()]
        for form in self._forms:
            self.column.addWidget(form)
        self._error = ErrorText()
        self.column.addWidget(self._error)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Working")
        self._progress.hide()
        self.column.addWidget(self._progress)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._show_form(0)
        self._start_waiting(wait_s(vault))

    def focus_field(self) -> None:
        """Put the keyboard where typing is expected."""
        field = (self._password, self._recovery, self._first)[self._form]
        field.setFocus()

    def set_busy(self, is_busy: bool, hint: str = "") -> None:
        """Show that something is under way; nothing can be submitted meanwhile."""
        self._is_busy = is_busy
        self._progress.setVisible(is_busy)
        if hint:
            self._hint.setText(hint)
        self._enable()

    def show_error(self, error: Exception) -> None:
        """Show why it did not open, and take the next try."""
        self.set_busy(False, _HINTS[self._form])
        self._error.show_error(error)
        if isinstance(error, WrongPasswordError | TooManyTriesError):
            self._start_waiting(error.wait_s)
        self.focus_field()

    def say(self, hint: str) -> None:
        """Change the sentence above the field, for example why it was locked."""
        self._hint.setText(hint)

    # Forms

    def _make_password(self) -> QWidget:
        form, column = _form()
        self._password = PasswordField(self._theme, "Password")
        self._password.submitted.connect(self._submit_password)
        self._unlock = button("Unlock", "primary")
        self._unlock.clicked.connect(self._submit_password)
        self._lost = button("Use the recovery key", "link")
        self._lost.clicked.connect(self._ask_recovery)
        for part in (label("Password"), self._password, self._unlock, self._lost):
            column.addWidget(part)
        return form

    def _make_recovery(self) -> QWidget:
        form, column = _form()
        self._recovery = QLineEdit()
        self._recovery.setAccessibleName("Recovery key")
        self._recovery.setFont(self._theme.font(13, face="mono"))
        self._recovery.setPlaceholderText("XXXXX-XXXXX-…")
        self._recovery.returnPressed.connect(self._submit_recovery)
        self._recover = button("Open with the recovery key", "primary")
        self._recover.clicked.connect(self._submit_recovery)
        back = button("Back to the password", "link")
        back.clicked.connect(self._ask_password)
        for part in (label("Recovery key, as printed on your sheet"), self._recovery, self._recover, back):
            column.addWidget(part)
        return form

    def _make_new_password(self) -> QWidget:
        form, column = _form()
        self._first = PasswordField(self._theme, "New password")
        self._second = PasswordField(self._theme, "New password again")
        self._strength = label("", "caption")
        self._first.textChanged.connect(self._show_strength)
        self._second.submitted.connect(self._submit_new_password)
        self._renew = button("Set the password and open", "primary")
        self._renew.clicked.connect(self._submit_new_password)
        for part in (
            label("New password"),
            self._first,
            self._strength,
            label("Once more"),
            self._second,
            self._renew,
        ):
            column.addWidget(part)
        return form

    def _show_form(self, index: int) -> None:
        self._form = index
        for at, form in enumerate(self._forms):
            form.setVisible(at == index)
        self._error.clear()
        self.focus_field()

    def _ask_recovery(self) -> None:
        self._hint.setText(_HINTS[1])
        self._show_form(1)

    def _ask_password(self) -> None:
        self._hint.setText(_HINTS[0])
        self._show_form(0)

    def _show_strength(self) -> None:
        self._strength.setText(strength_words(self._first.text()))

    # Submitting

    def _submit_password(self) -> None:
        if self._is_busy or self._wait_left or not self._password.text():
            return
        self._error.clear()
        self.set_busy(True)
        self._runner.run(
            partial(unlock, self._vault, self._password.take()), self._hand_over, self.show_error, lane="cpu"
        )

    def _submit_recovery(self) -> None:
        if self._is_busy or not self._recovery.text().strip():
            return
        self._error.clear()
        self.set_busy(True)
        job = partial(unlock_with_recovery_key, self._vault, self._recovery.text())
        self._runner.run(job, self._ask_new_password, self.show_error, lane="cpu")

    def _ask_new_password(self, key: DataKey) -> None:
        self._recovered = key
        self._recovery.clear()
        self.set_busy(False, _HINTS[2])
        self._show_form(2)

    def _submit_new_password(self) -> None:
        problem = password_problem(self._first.text())
        if self._first.text() != self._second.text():
            problem = "The two passwords differ."
        if problem is not None:
            self._error.show_words(problem)
            return
        if self._is_busy or self._recovered is None:
            return
        self._second.take()
        self.set_busy(True)
        job = partial(change_password, self._vault, self._recovered, self._first.take())
        self._runner.run(job, self._open_recovered, self.show_error, lane="cpu")

    def _open_recovered(self, _: None) -> None:
        key, self._recovered = self._recovered, None
        if key is not None:
            self._hand_over(key)

    def _hand_over(self, key: DataKey) -> None:
        self.set_busy(True, "Opening your cases…")
        self.unlocked.emit(key)

    # Waiting after wrong passwords

    def _start_waiting(self, seconds: int) -> None:
        self._wait_left = seconds
        if seconds:
            self._tick.start()
        self._enable()

    def _count_down(self) -> None:
        self._wait_left = max(self._wait_left - 1, 0)
        if not self._wait_left:
            self._tick.stop()
            self._error.clear()
        self._enable()

    def _enable(self) -> None:
        self._unlock.setText(f"Wait {self._wait_left} s" if self._wait_left else "Unlock")
        self._unlock.setAccessibleName(self._unlock.text())
        self._unlock.setEnabled(not self._wait_left and not self._is_busy)
        for made in (self._recover, self._renew, self._lost):
            made.setEnabled(not self._is_busy)


def _form() -> tuple[QWidget, QVBoxLayout]:
    form = QWidget()
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    return form, column
