"""The first start: who you are, a password, the recovery key; it must not open anything before all three are done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock
from desktop.security.vault import password_problem
from desktop.ui.entry_page import EntryPage, ErrorText
from desktop.ui.password_field import PasswordField, strength_words
from desktop.ui.recovery_sheet import RecoverySheet
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label


class FirstRunScreen(EntryPage):
    """Emits `wanted(password, actor)` once, and `finished` after the recovery key was confirmed."""

    wanted = Signal(str, object)
    finished = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._clock = clock
        self._title = label("Welcome to Indicated", "title")
        self._hint = label("", "muted", wraps=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._hint)
        self._who = self._make_who()
        self._secret = self._make_secret()
        self._error = ErrorText()
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Working")
        self._progress.hide()
        for part in (self._who, self._secret, self._error, self._progress):
            self.column.addWidget(part)
        self._ask_who()

    def focus_field(self) -> None:
        """Put the keyboard where typing is expected."""
        (self._name if not self._who.isHidden() else self._first).setFocus()

    def show_recovery_key(self, key: str) -> None:
        """The store was made: show its recovery key."""
        self._progress.hide()
        self._secret.hide()
        self._title.setText("Your recovery key")
        self._hint.setText("It is shown only now. Print it or save it before you go on.")
        sheet = RecoverySheet(self._theme, key, self._clock.today())
        sheet.confirmed.connect(self.finished)
        self.column.addWidget(sheet)
        sheet.show()  # a layout shows it only later, and a hidden field takes no focus
        sheet.focus_field()

    def show_error(self, error: Exception) -> None:
        """The store could not be made."""
        self._progress.hide()
        self._set_asking(True)
        self._error.show_error(error)
        self._first.setFocus()

    def _make_who(self) -> QWidget:
        form, add = _form()
        self._name = QLineEdit()
        self._name.setAccessibleName("Your name")
        self._credential = QLineEdit()
        self._credential.setAccessibleName("Your credential")
        self._credential.setPlaceholderText("for example RN or MD")
        self._credential.returnPressed.connect(self._ask_secret)
        self._name.returnPressed.connect(self._credential.setFocus)
        onward = button("Continue", "primary")
        onward.clicked.connect(self._ask_secret)
        for part in (label("Your name"), self._name, label("Your credential"), self._credential, onward):
            add(part)
        return form

    def _make_secret(self) -> QWidget:
        form, add = _form()
        self._first = PasswordField(self._theme, "Password")
        self._second = PasswordField(self._theme, "Password again")
        self._strength = label("", "caption")
        self._create = button("Make the store", "primary")
        self._back = button("Back", "link")
        self._first.textChanged.connect(self._show_strength)
        self._first.submitted.connect(self._second.setFocus)
        self._second.submitted.connect(self._submit)
        self._create.clicked.connect(self._submit)
        self._back.clicked.connect(self._ask_who)
        for part in (
            label("Password, at least 12 characters"),
            self._first,
            self._strength,
            label("Once more"),
            self._second,
            self._create,
            self._back,
        ):
            add(part)
        return form

    def _ask_who(self) -> None:
        self._hint.setText(
            "Everything stays on this computer, encrypted. Your name and credential stand beside what you do "
            "and under what you sign."
        )
        self._secret.hide()
        self._who.show()
        self._error.clear()
        self._name.setFocus()

    def _ask_secret(self) -> None:
        if not self._name.text().strip():
            self._error.show_words("Type your name: every step is recorded with it.")
            self._name.setFocus()
            return
        self._error.clear()
        self._hint.setText(
            "The password is the only way in, with the recovery key that comes next. A few unrelated words "
            "are strong and easy to remember."
        )
        self._who.hide()
        self._secret.show()
        self._first.setFocus()

    def _show_strength(self) -> None:
        self._strength.setText(strength_words(self._first.text()))

    def _set_asking(self, is_asking: bool) -> None:
        for part in (self._first, self._second, self._create, self._back):
            part.setEnabled(is_asking)

    def _submit(self) -> None:
        if not self._create.isEnabled():
            return
        problem = password_problem(self._first.text())
        if problem is None and self._first.text() != self._second.text():
            problem = "The two passwords differ."
        if problem is not None:
            self._error.show_words(problem)
            # Whatever is wrong, it is put right by typing both again.
            self._second.take()
            self._first.setFocus()
            self._first.selectAll()
            return
        self._error.clear()
        self._set_asking(False)
        self._progress.show()
        self._hint.setText(
            "Making the store. This measures how fast the computer is, so it takes a few seconds."
        )
        actor = Actor(name=self._name.text().strip(), credential=self._credential.text().strip())
        self._second.take()
        self.wanted.emit(self._first.take(), actor)


def _form() -> tuple[QWidget, Callable[[QWidget], None]]:
    form = QWidget()
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)

    def add(part: QWidget) -> None:
        column.addWidget(part)

    return form, add
