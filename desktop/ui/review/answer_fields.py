"""The measured value of a threshold and the source of an exception, typed inline; both ask, neither records."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.assessment import Amount, AssessmentKey
from desktop.domain.criteria import Threshold
from desktop.domain.errors import UserFacingError
from desktop.domain.typed import require_keepable
from desktop.domain.window import TimeUnit
from desktop.rules.calendar_lengths import weeks_and_days
from desktop.ui.widgets.basics import label

_AROUND = 30
"""Border, padding and caret of a field."""
_WIDEST_UNIT = 180
_MOST_WEEKS = 10_000
_ROUNDED = Decimal("0.035")
"""Days by which weeks of two decimals may be off."""


def amount_in(value: str, unit: str) -> Amount | None:
    """The amount typed, None for an empty value. Raises ValueError in words."""
    if not value.strip():
        return None
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError("Write a number with a point, for example 2.5")
    if not unit.strip():
        raise ValueError("Write the unit too")
    try:
        require_keepable(unit)
    except UserFacingError:
        raise ValueError("The unit holds a character that cannot be kept: type it again") from None
    return Amount(value=number, unit=unit.strip())


class TypedField(QLineEdit):
    """A line that says how its typing ended: Enter, Escape, or leaving it."""

    entered = Signal()
    left = Signal()
    cancelled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape end the typing."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape:
                self.cancelled.emit()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving counts as done, so that nothing typed is lost."""
        super().focusOutEvent(event)
        self.left.emit()


class AmountField(QWidget):
    """Value, unit and what they are held against."""

    amount_asked = Signal(object)
    """The Amount to record, or None to clear it."""
    closed = Signal()
    """Typing ended by a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: AssessmentKey | None = None
        self._shown: Amount | None = None
        self._threshold: Threshold | None = None
        self.value = TypedField()
        self.value.setAccessibleName("Measured value")
        self.value.setMaximumWidth(96)
        self.unit = TypedField()
        self.unit.setAccessibleName("Unit of the value")
        self.says = label("", "error", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (label("Value", "muted"), self.value, self.unit, self.says):
            row.addWidget(widget)
        row.setStretch(2, 1)
        row.setStretch(3, 1)
        for field in (self.value, self.unit):
            field.entered.connect(self._enter)
            field.left.connect(self._commit)
            field.cancelled.connect(self._cancel)

    def show_amount(
        self, key: AssessmentKey | None, threshold: Threshold | None, amount: Amount | None
    ) -> None:
        """Show what is recorded; hidden where the criterion has no threshold. Typing in progress is left alone."""
        self.setVisible(threshold is not None or amount is not None)
        is_typing = self.value.hasFocus() or self.unit.hasFocus()
        if key != self._key or (amount != self._shown and not is_typing):
            self._key, self._shown, self._threshold = key, amount, threshold
            self._reset()

    def ask(self) -> None:
        """Put the caret where the value goes."""
        self.value.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.value.selectAll()

    def _reset(self) -> None:
        self.value.setMinimumWidth(self.value.fontMetrics().horizontalAdvance("0000") + _AROUND)
        unit = self._threshold.unit if self._threshold else ""
        self.value.setText(str(self._shown.value) if self._shown else "")
        self.unit.setText(self._shown.unit if self._shown else unit)
        self.unit.setMinimumWidth(
            min(self.unit.fontMetrics().horizontalAdvance(self.unit.text()) + _AROUND, _WIDEST_UNIT)
        )
        self._say()

    def _say(self, problem: str = "") -> None:
        # What the threshold asks for stands under the field already.
        self.says.setText(problem)
        self.says.setVisible(bool(problem))

    def _commit(self) -> bool:
        try:
            amount = amount_in(self.value.text(), self.unit.text())
        except ValueError as problem:
            self._say(str(problem))
            return False
        self._say()
        if amount != self._shown:
            self._shown = amount
            self.amount_asked.emit(amount)
        return True

    def _enter(self) -> None:
        if self._commit():
            self.closed.emit()

    def _cancel(self) -> None:
        self._reset()
        self.closed.emit()


class ExceptionField(QWidget):
    """What waives the criterion. An exception without a source does not count, so it is asked for on the spot."""

    source_given = Signal(str)
    closed = Signal()
    """Typing ended by a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: AssessmentKey | None = None
        self._shown = ""
        self._is_exception = False
        self.field = TypedField()
        self.field.setAccessibleName("What waives this criterion")
        self.field.setPlaceholderText("Document, section and date that waive this criterion; then Enter")
        self.says = label("", "error")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label("Waived by", "muted"))
        row.addWidget(self.field, 1)
        row.addWidget(self.says)
        self.field.entered.connect(self._enter)
        self.field.left.connect(self._leave)
        self.field.cancelled.connect(self._cancel)

    def show_source(self, key: AssessmentKey | None, source: str, *, is_exception: bool) -> None:
        """Show the source of a recorded exception; hidden for any other answer unless it is being typed."""
        self._is_exception = is_exception
        if key != self._key or not self.field.hasFocus():
            self._key, self._shown = key, source
            self._reset()

    def ask(self) -> None:
        """Ask for the source now."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _reset(self) -> None:
        self.field.setText(self._shown)
        self.says.setText("")
        self.setVisible(self._is_exception)

    def _give(self, source: str) -> None:
        self._shown = source
        self.says.setText("")
        self.source_given.emit(source)

    def _enter(self) -> None:
        source = self.field.text().strip()
        if not source:
            self.says.setText("Name what waives it, or press Esc")
            return
        self._give(source)
        self.closed.emit()

    def _leave(self) -> None:
        source = self.field.text().strip()
        if source and source != self._shown.strip():
            self._give(source)
        elif not self._is_exception:
            self._reset()

    def _cancel(self) -> None:
        self._reset()
        self.closed.emit()


def signs(threshold: Threshold) -> str:
    """A threshold with typographic signs."""
    return threshold.caption.replace(">=", "≥").replace("<=", "≤")


def amount_words(amount: Amount) -> str:
    """A recorded value as read; weeks and whole days also as such: `3 weeks 4 days (3.57 weeks)`."""
    plain = f"{amount.value} {amount.unit}"
    if amount.unit != TimeUnit.WEEKS.value or not 0 < amount.value < _MOST_WEEKS or amount.value % 1 == 0:
        return plain
    days = round(amount.value * 7)
    return f"{weeks_and_days(days)} ({plain})" if abs(amount.value * 7 - days) <= _ROUNDED else plain
