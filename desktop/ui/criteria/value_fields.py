"""Fields of several parts: a value with its comparison and unit, an age, a recorded value, a day; none judges it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.window import TimeUnit
from desktop.ui.criteria.choices import COMPARISONS, FREE_MEASURES, TIME_UNITS, measures
from desktop.ui.field_values import FieldTextError, read_date, show_date
from desktop.ui.forms import ChoiceBox, Field, LineField

_SIGN = re.compile(r"\s*(>=|<=|≥|≤|>|<)\s*")
_NUMBER_AND_UNIT = re.compile(r"\s*(-?[0-9.]+)\s+(\S.*?)\s*")
_PLAIN = {"≥": ">=", "≤": "<="}


class ValueWords(NamedTuple):
    """A value as typed."""

    comparison: str
    number: str
    unit: str


class _Parts(QWidget):
    """Editors side by side under one label."""

    def __init__(self, *parts: tuple[QWidget, int]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part, stretch in parts:
            row.addWidget(part, stretch)
        self.setFocusProxy(parts[0][0])


class ValueField(Field):
    """Comparison, number and unit. A whole value typed or pasted into the number (`>= 4 mm`) is told apart."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box, self.number, self.unit = ChoiceBox(), QLineEdit(), QLineEdit()
        self.box.addItems([words for _, words in COMPARISONS])
        self.number.setPlaceholderText("number")
        self.unit.setPlaceholderText("unit: mm, weeks, %")
        super().__init__(label, _Parts((self.box, 4), (self.number, 2), (self.unit, 3)), parent=parent)
        self.box.setAccessibleName(f"{label}: comparison")
        self.number.setAccessibleName(f"{label}: number")
        self.unit.setAccessibleName(f"{label}: unit")
        self.box.currentIndexChanged.connect(self._changed)
        self.number.textChanged.connect(self._number_typed)
        self.unit.textChanged.connect(self._changed)
        self.number.editingFinished.connect(self._tell_apart)

    def read(self) -> ValueWords:
        """The value as typed."""
        return ValueWords(COMPARISONS[self.box.currentIndex()][0], self.number.text(), self.unit.text())

    def fill(self, value: ValueWords) -> None:
        """Show a value."""
        codes = [code for code, _ in COMPARISONS]
        self.box.setCurrentIndex(codes.index(value.comparison) if value.comparison in codes else 0)
        self.number.setText(value.number)
        self.unit.setText(value.unit)

    def stops(self) -> Sequence[QWidget]:
        """Its three parts."""
        return (self.box, self.number, self.unit)

    def _number_typed(self, text: str) -> None:
        found = _SIGN.match(text)
        if found and not self._is_showing:
            sign = _PLAIN.get(found[1], found[1])
            if text[found.end() :].strip():
                self._is_showing = True
                self.box.setCurrentIndex([code for code, _ in COMPARISONS].index(sign))
                self.number.setText(text[found.end() :])
                self._is_showing = False
        self._changed()

    def _tell_apart(self) -> None:
        found = _NUMBER_AND_UNIT.fullmatch(self.number.text())
        if found and not self.unit.text().strip():
            self.number.setText(found[1])
            self.unit.setText(found[2])


class AgeWords(NamedTuple):
    """How old something may be, as typed."""

    number: str
    unit: TimeUnit


class AgeField(Field):
    """A number and days, weeks, months or years."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.count, self.box = QLineEdit(), ChoiceBox()
        self.count.setPlaceholderText("any age")
        self.box.addItems([words for _, words in TIME_UNITS])
        super().__init__(label, _Parts((self.count, 2), (self.box, 3)), parent=parent)
        self.count.setAccessibleName(f"{label}: number")
        self.box.setAccessibleName(f"{label}: unit")
        self.count.textChanged.connect(self._changed)
        self.box.currentIndexChanged.connect(self._changed)

    def read(self) -> AgeWords:
        """The age as typed."""
        return AgeWords(self.count.text(), TIME_UNITS[self.box.currentIndex()][0])

    def fill(self, value: AgeWords) -> None:
        """Show an age."""
        self.count.setText(value.number)
        self.box.setCurrentIndex([unit for unit, _ in TIME_UNITS].index(value.unit))

    def stops(self) -> Sequence[QWidget]:
        """Its two parts."""
        return (self.count, self.box)


class MeasureField(Field):
    """Which recorded value answers it, in words; some are told by a name that is typed."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box, self.name = ChoiceBox(), QLineEdit()
        self._codes = [code for code, _ in measures()]
        self.box.addItems([words for _, words in measures()])
        self.name.setPlaceholderText("its name: ODI, translation, CT")
        super().__init__(label, _Parts((self.box, 3), (self.name, 2)), parent=parent)
        self.box.setAccessibleName(label)
        self.name.setAccessibleName(f"{label}: name")
        self.name.hide()
        self.box.currentIndexChanged.connect(self._chosen)
        self.name.textChanged.connect(self._changed)

    def read(self) -> str:
        """The measure as criteria files write it."""
        code = self._codes[self.box.currentIndex()]
        return code + self.name.text().strip() if code.endswith(".") else code

    def fill(self, value: str) -> None:
        """Show a measure."""
        kind, _, name = value.partition(".")
        free = {kind.value for kind in FREE_MEASURES}
        code = f"{kind}." if kind in free and "." in value else value
        if code not in self._codes:
            self._codes.append(code)
            self.box.addItem(code)
        self.box.setCurrentIndex(self._codes.index(code))
        self.name.setText(name if code.endswith(".") else "")
        self.name.setVisible(code.endswith("."))

    def stops(self) -> Sequence[QWidget]:
        """The choice and the name."""
        return (self.box, self.name)

    def _chosen(self) -> None:
        self.name.setVisible(self._codes[self.box.currentIndex()].endswith("."))
        self._changed()


class DayField(LineField):
    """A day as typed; one that can be read is written year first when the keyboard leaves it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, _day, placeholder="YYYY-MM-DD", parent=parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tidy up when the keyboard leaves."""
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            self.tidy()
        return super().eventFilter(watched, event)


def _day(text: str) -> str:
    """The day year first; whatever else was typed stays, and the check says what is wrong with it."""
    try:
        return show_date(read_date(text))
    except FieldTextError:
        return text
