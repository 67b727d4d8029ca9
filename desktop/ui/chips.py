"""Values to switch on and off side by side: levels found necessary, lines a reason speaks of; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from desktop.ui.forms import Field


class FlowLayout(QLayout):
    """Places widgets side by side and goes on in the next line when the width is used up."""

    def __init__(
        self, parent: QWidget | None = None, gap: int = 6, *, is_right_aligned: bool = False
    ) -> None:
        super().__init__(parent)
        self._is_right_aligned = is_right_aligned
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, arg__1: QLayoutItem) -> None:
        """Take an item in; called by `addWidget`."""
        self._items.append(arg__1)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The item at an index, or None outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the height it needs and no more."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, arg__1: int) -> int:
        """The height at a width."""
        return self._arrange(QRect(0, 0, arg__1, 0), is_trial=True)

    def setGeometry(self, arg__1: QRect) -> None:
        """Place the items."""
        super().setGeometry(arg__1)
        self._arrange(arg__1, is_trial=False)

    def sizeHint(self) -> QSize:
        """As little as the widest item needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As little as the widest item needs."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, area: QRect, *, is_trial: bool) -> int:
        y = area.y()
        for line in self._lines(area.width()):
            sizes = [item.sizeHint() for item in line]
            height = max(size.height() for size in sizes)
            if not is_trial:
                used = sum(size.width() for size in sizes) + self._gap * (len(line) - 1)
                x = area.x() + (max(0, area.width() - used) if self._is_right_aligned else 0)
                for item, size in zip(line, sizes, strict=True):
                    item.setGeometry(QRect(x, y, min(size.width(), area.width()), size.height()))
                    x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap - area.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if not lines or wanted > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= wanted + self._gap
        return lines


class ChipRow(QWidget):
    """Chips that flow; a focus proxy for the first of them."""

    def __init__(self, parent: QWidget | None = None, *, is_right_aligned: bool = False) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, is_right_aligned=is_right_aligned)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Chip(QPushButton):
    """A button that stays down; wide enough for its words in bold, which they are while it is down."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setAutoDefault(True)

    def sizeHint(self) -> QSize:
        """The size with bold words."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = self.text().replace("&&", "&")
        extra = QFontMetrics(bold).horizontalAdvance(words) - self.fontMetrics().horizontalAdvance(words)
        size = super().sizeHint()
        return QSize(size.width() + max(0, extra) + 2, size.height())


class ChipsField(Field):
    """Any number of the values on offer. `none_means` says what no choice stands for."""

    def __init__(self, label: str, *, none_means: str = "", parent: QWidget | None = None) -> None:
        self._row = ChipRow()
        self._none_means = none_means
        self._chips: dict[Any, Chip] = {}
        self._offered: list[tuple[Any, str]] = []
        super().__init__(label, self._row, parent=parent)
        self.set_hint(none_means)

    @property
    def chips(self) -> dict[Any, Chip]:
        """The chip of each value on offer."""
        return dict(self._chips)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer values; those switched on stay on where they are still offered."""
        if self._offered == list(choices):
            return
        self._offered = list(choices)
        chosen = self.read()
        for chip in self._chips.values():
            self._row.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for value, words in choices:
            chip = Chip(words, self._row)
            chip.setAccessibleName(f"{self.label}: {words}")
            chip.setChecked(value in chosen)
            chip.toggled.connect(self._toggled)
            self._row.flow.addWidget(chip)
            chip.show()
            self._chips[value] = chip
        self._row.updateGeometry()

    def stops(self) -> Sequence[QWidget]:
        """Every chip."""
        return tuple(self._chips.values())

    def read(self) -> tuple[Any, ...]:
        """The values switched on, in the order offered."""
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def fill(self, value: Any) -> None:
        """Switch on exactly these values."""
        for offered, chip in self._chips.items():
            chip.setChecked(offered in value)
        self.set_hint("" if value else self._none_means)

    def set_read_only(self, value: bool) -> None:
        """Stop or allow switching."""
        for chip in self._chips.values():
            chip.setEnabled(not value)

    def _toggled(self, _is_on: bool) -> None:
        self.set_hint("" if self.read() else self._none_means)
        self._changed()
