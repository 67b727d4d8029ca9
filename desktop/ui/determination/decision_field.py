"""The decision on a service line as four buttons of which at most one is down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.determination import Decision
from desktop.ui.chips import Chip, ChipRow
from desktop.ui.forms import Field

_OFFERED = tuple(decision for decision in Decision if decision is not Decision.UNDECIDED)


class DecisionField(Field):
    """Pressing the button that is down takes the decision back. Left and Right walk between them."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self._row = ChipRow()
        self.buttons: dict[Decision, Chip] = {}
        super().__init__(label, self._row, parent=parent)
        for decision in _OFFERED:
            button = Chip(decision.label, self._row)
            button.setAccessibleName(f"{label}: {decision.label}")
            button.clicked.connect(self._pressed)
            button.installEventFilter(self)
            self._row.flow.addWidget(button)
            self.buttons[decision] = button

    def read(self) -> Decision:
        """The decision whose button is down, or undecided."""
        down = (decision for decision, button in self.buttons.items() if button.isChecked())
        return next(down, Decision.UNDECIDED)

    def fill(self, value: Any) -> None:
        """Press the button of a decision."""
        for decision, button in self.buttons.items():
            button.setChecked(decision is value)

    def stops(self) -> Sequence[QWidget]:
        """Every button."""
        return tuple(self.buttons.values())

    def set_read_only(self, value: bool) -> None:
        """Stop or allow deciding."""
        for button in self.buttons.values():
            button.setEnabled(not value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right go to the neighbouring button."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            step = steps.get(Qt.Key(event.key()))
            row = list(self.buttons.values())
            if step is not None and watched in row:
                row[(row.index(watched) + step) % len(row)].setFocus()  # pyright: ignore[reportArgumentType]
                return True
        return super().eventFilter(watched, event)

    def _pressed(self) -> None:
        pressed = self.sender()
        for button in self.buttons.values():
            if button is not pressed:
                button.setChecked(False)
        self._changed()
