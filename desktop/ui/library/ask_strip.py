"""Asks once, in the page and not over it, before something leaves, goes or comes; it does nothing by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.forms import restyle
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ButtonKind, button, label


class AskStrip(QFrame):
    """A question with two answers. Escape is the careful one, and the keyboard begins there."""

    agreed = Signal()
    declined = Signal()
    is_asking = Signal(bool)
    """A question came into view, or went away: where there is little room, others make way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._words = label("", wraps=True)
        self.yes = button("Yes")
        self.no = button("No")
        answers = ChipRow()
        answers.flow.addWidget(self.yes)
        answers.flow.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(8))
        column.addWidget(self._words)
        column.addWidget(answers)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.dismiss)
        self.hide()

    @property
    def question(self) -> str:
        """What is asked now; empty when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def ask(self, words: str, yes: str, no: str, kind: ButtonKind = "primary") -> None:
        """Ask; `kind` is how the answer looks that does something."""
        self._words.setText(words)
        for made, text in ((self.yes, yes), (self.no, no)):
            made.setText(text)
            made.setAccessibleName(text)
            made.setAccessibleDescription(words)
        self.yes.setProperty("kind", kind)
        restyle(self.yes)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """The careful answer."""
        if not self.isHidden():
            self.hide()
            self.declined.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the others make way."""
        super().showEvent(event)
        self.is_asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Have the others come back."""
        super().hideEvent(event)
        self.is_asking.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape answers carefully."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()


class Asker(QObject):
    """Asks on a strip and does what was agreed to; a newer question takes the place of the one before."""

    ended = Signal()
    """The question was answered, or there is nothing to ask any more."""

    def __init__(self, strip: AskStrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self._when_agreed: Callable[[], None] | None = None
        strip.agreed.connect(self._agreed)
        strip.declined.connect(self._declined)

    def ask(
        self, words: str, answers: tuple[str, str], then: Callable[[], None], *, is_dangerous: bool = False
    ) -> None:
        """Ask; `then` is done after the first of the answers."""
        self._when_agreed = then
        self._strip.ask(words, *answers, "danger" if is_dangerous else "primary")

    def forget(self) -> None:
        """Drop a question that belongs to what is not in front any more."""
        self._when_agreed = None
        self._strip.hide()

    def _agreed(self) -> None:
        then, self._when_agreed = self._when_agreed, None
        self.ended.emit()
        if then is not None:
            then()

    def _declined(self) -> None:
        self._when_agreed = None
        self.ended.emit()
