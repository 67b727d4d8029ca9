"""Which keys mean undo and redo on a shelf that has steps of its own; it takes none back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def step_of(event: QKeyEvent) -> str:
    """`undo` or `redo` for their keys; empty for any other."""
    if event.key() != Qt.Key.Key_Z:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == _CTRL:
        return "undo"
    return "redo" if modifiers == _CTRL | _SHIFT else ""
