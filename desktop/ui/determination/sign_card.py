"""The sign-off: who signs, as what, meaning what; and, once signed, the signature and the way to supersede it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.audit import Actor
from desktop.domain.determination import Determination
from desktop.ui.field_grid import FieldGrid
from desktop.ui.forms import LineField
from desktop.ui.widgets.basics import button, label

MEANING = "I reviewed this record and these determinations are mine."


class SignCard(QFrame):
    """Asks for nothing twice: name and credential come from the profile and can be changed."""

    sign_wanted = Signal(str, str, str)
    """(name, credential, meaning)."""
    supersede_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = label("Sign off", "heading")
        self.signed = label("", wraps=True)
        self.signed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._seal = label("", "caption", wraps=True)
        self.name = LineField("Name")
        self.credential = LineField("Credential", placeholder="MD, RN")
        self.meaning = LineField("Meaning of the signature")
        self.meaning.show_value(MEANING)
        self.today = LineField("Date")
        self.today.set_read_only(True)
        self.missing = label("", "warning", wraps=True)
        self._warning = label(
            "Once signed, nothing here can be edited; a new version can supersede it.", "muted", wraps=True
        )
        self.sign_button = button("Sign determination", "primary")
        self.sign_button.clicked.connect(self._sign)
        self.supersede_button = button("Supersede…")
        self.supersede_button.clicked.connect(self._ask)
        self._question = label("", wraps=True)
        self.confirm_button = button("Open the new version", "primary")
        self.confirm_button.clicked.connect(self._confirm)
        self.cancel_button = button("Cancel")
        self.cancel_button.clicked.connect(self._cancel)
        self._lay_out()
        self._version = 1

    def show_determination(self, determination: Determination, day: str, missing: tuple[str, ...]) -> None:
        """Show the form to sign with, or the signature."""
        sign_off = determination.sign_off
        self._version = determination.version
        is_signed = sign_off is not None
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.isAncestorOf(focused)
        was_signed = not self.supersede_button.isHidden()
        self._title.setText("Signed" if is_signed else "Sign off")
        self._form.setVisible(not is_signed)
        self.signed.setVisible(is_signed)
        self._seal.setVisible(is_signed)
        self.supersede_button.setVisible(is_signed)
        self._asking.hide()
        if has_keyboard and is_signed != was_signed:
            # What had the keyboard is gone: it stays in the card, not on the first button of the window.
            (self.supersede_button if is_signed else self.name.editor).setFocus()
        if sign_off is not None:
            at = sign_off.signed_at.astimezone()
            self.signed.setText(
                f"{sign_off.name}, {sign_off.credential}, {at:%Y-%m-%d %H:%M}\n{sign_off.meaning}"
            )
            self._seal.setText(f"Version {determination.version}, sealed {sign_off.content_hash[:16]}…")
            return
        self.today.show_value(day)
        self.missing.setText("Still missing: " + "; ".join(missing) + "." if missing else "")
        self.missing.setVisible(bool(missing))
        self.sign_button.setEnabled(not missing)

    def offer_signer(self, actor: Actor) -> None:
        """Fill in who is at the keyboard, where nothing was typed."""
        for field, text in ((self.name, actor.name), (self.credential, actor.credential)):
            if not field.line.text():
                field.show_value(text)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        for field in (self.name, self.credential, self.today, self.meaning):
            yield from field.stops()
        yield from (self.sign_button, self.supersede_button, self.confirm_button, self.cancel_button)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.setSpacing(8)
        rows.addWidget(self._title)
        rows.addWidget(self.signed)
        rows.addWidget(self._seal)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(12)
        grid = FieldGrid()
        grid.add(self.name, 2)
        grid.add(self.credential)
        grid.add(self.today)
        grid.add(self.meaning, 4)
        form.addWidget(grid)
        form.addWidget(self.missing)
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.sign_button)
        last.addWidget(self._warning, 1)
        form.addLayout(last)
        rows.addWidget(self._form)
        rows.addWidget(self.supersede_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self._question)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        asking.addLayout(buttons)
        self._asking.hide()
        rows.addWidget(self._asking)

    def _sign(self) -> None:
        fields = (self.name, self.credential, self.meaning)
        problems = [field for field in fields if not field.check()]  # each says what is wrong beside itself
        if not problems:
            self.sign_wanted.emit(*(field.read() for field in fields))

    def _ask(self) -> None:
        self._question.setText(
            f"Version {self._version + 1} opens with these decisions as a start. "
            f"Version {self._version} stays as it was signed."
        )
        self._asking.show()
        self.confirm_button.setFocus()

    def _confirm(self) -> None:
        self._asking.hide()
        self.supersede_wanted.emit()

    def _cancel(self) -> None:
        self._asking.hide()
        self.supersede_button.setFocus()
