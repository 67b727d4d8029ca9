"""The bottom line: when work was saved, what undo would take back, keys and lock; it must start nothing itself."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label


class StatusLine(QFrame):
    """Quiet words on the left, three buttons on the right."""

    undo_pressed = Signal()
    redo_pressed = Signal()
    keys_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = label("", "caption")
        self._step = ElidedLabel("", "caption")
        self._undo = button("Undo", "quiet")
        self._redo = button("Redo", "quiet")
        keys = button("Keys  ?", "quiet")
        keys.setAccessibleName("Show the keys")
        lock = button("Lock", "quiet")
        self._undo.clicked.connect(self.undo_pressed)
        self._redo.clicked.connect(self.redo_pressed)
        keys.clicked.connect(self.keys_pressed)
        lock.clicked.connect(self.lock_pressed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(12), 2, theme.px(8), 2)
        row.setSpacing(theme.px(8))
        row.addWidget(self._saved)
        row.addWidget(self._step, 1)
        for part in (self._undo, self._redo, keys, lock):
            row.addWidget(part)
        outer.addLayout(row)
        self._steps: tuple[str | None, str | None] = (None, None)
        self._is_case_in_front = False
        self._show()

    def show_saved(self, at: datetime) -> None:
        """Say when something was last written; `at` is an instant, shown in local time."""
        self._saved.setText(f"Saved {at.astimezone():%H:%M}")

    def show_text(self, text: str) -> None:
        """Say something instead of a saving time, for example that the store is read only."""
        self._saved.setText(text)

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo would do; None switches a button off."""
        self._steps = (undo, redo)
        self._show()

    def set_case_in_front(self, is_in_front: bool) -> None:
        """Steps belong to the open case: where something else is in front, nothing is taken back."""
        self._is_case_in_front = is_in_front
        self._show()

    def _show(self) -> None:
        undo, redo = self._steps if self._is_case_in_front else (None, None)
        dot = "·  " if self._saved.text() else ""
        self._step.setText(f"{dot}Undo: {undo}" if undo else "")
        for made, step, word in ((self._undo, undo, "Undo"), (self._redo, redo, "Redo")):
            made.setEnabled(step is not None)
            made.setAccessibleName(f"{word}: {step}" if step else word)
