"""Changes the password and the recovery key of an open store; it must keep neither."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.security.vault import change_password, new_recovery_key, password_problem, unlock
from desktop.ui.context import UiContext
from desktop.ui.entry_page import ErrorText
from desktop.ui.password_field import PasswordField, strength_words
from desktop.ui.recovery_sheet import RecoverySheet
from desktop.ui.widgets.basics import button, label

T = TypeVar("T")


class PasswordSettings(QWidget):
    """Both need the present password, so that an unattended open program cannot be taken over."""

    def __init__(self, context: UiContext, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._vault = vault
        self._sheet: RecoverySheet | None = None
        theme = context.theme
        self._current = PasswordField(theme, "Present password")
        self._fresh = PasswordField(theme, "New password")
        self._again = PasswordField(theme, "New password again")
        self._strength = label("", "caption")
        self._fresh.textChanged.connect(self._show_strength)
        self._change = button("Change the password")
        self._change.clicked.connect(self._change_password)
        self._renew = button("Make a new recovery key")
        self._renew.clicked.connect(self._make_recovery_key)
        self._error = ErrorText()

        def named(text: str) -> QLabel:
            made = label(text)
            made.setFixedWidth(theme.px(130))
            return made

        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setHorizontalSpacing(theme.px(16))
        form.setVerticalSpacing(theme.px(8))
        form.addRow(named("Present password"), self._current)
        form.addRow(named("New password"), self._fresh)
        form.addRow(named(""), self._strength)
        form.addRow(named("Once more"), self._again)
        form.addRow(named(""), self._change)
        form.addRow(named(""), self._renew)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(form)
        self._column.addWidget(self._error)

    def _show_strength(self) -> None:
        self._strength.setText(strength_words(self._fresh.text()))

    def _change_password(self) -> None:
        problem = password_problem(self._fresh.text())
        if problem is None and self._fresh.text() != self._again.text():
            problem = "The two passwords differ."
        if problem is not None:
            self._error.show_words(problem)
            return
        self._again.take()
        self._work(
            partial(rewrap, self._vault, self._current.take(), self._fresh.take()), self._password_changed
        )

    def _password_changed(self, _: None) -> None:
        self._finish()
        self._context.notify.info("The password was changed.")

    def _make_recovery_key(self) -> None:
        if not self._current.text():
            self._error.show_words("Type your present password above first.")
            self._current.setFocus()
            return
        self._work(partial(renew, self._vault, self._current.take()), self._show_recovery_key)

    def _show_recovery_key(self, key: str) -> None:
        self._finish()
        self._put_sheet_away()
        self._sheet = RecoverySheet(self._context.theme, key, self._context.clock.today())
        self._sheet.confirmed.connect(self._recovery_key_kept)
        self._column.addWidget(self._sheet)
        self._sheet.show()  # a layout shows it only later, and a hidden field takes no focus
        self._sheet.focus_field()

    def _recovery_key_kept(self) -> None:
        self._put_sheet_away()
        self._context.notify.info("The new recovery key is in force. The old sheet opens nothing any more.")

    def _put_sheet_away(self) -> None:
        if self._sheet is not None:
            self._column.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    def _work(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._error.clear()
        self._change.setEnabled(False)
        self._renew.setEnabled(False)
        self._context.runner.run(job, done, self._refused, lane="cpu")

    def _refused(self, error: Exception) -> None:
        self._finish()
        self._error.show_error(error)

    def _finish(self) -> None:
        self._change.setEnabled(True)
        self._renew.setEnabled(True)


def rewrap(vault: Path, current: str, fresh: str) -> None:
    """Change the password of a vault. Raises WrongPasswordError and the vault's other errors."""
    key = unlock(vault, current)
    try:
        change_password(vault, key, fresh)
    finally:
        key.wipe()


def renew(vault: Path, current: str) -> str:
    """Replace the recovery key of a vault and return the new one. Raises as `rewrap` does."""
    key = unlock(vault, current)
    try:
        return new_recovery_key(vault, key)
    finally:
        key.wipe()
