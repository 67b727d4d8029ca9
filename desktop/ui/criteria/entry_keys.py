"""The keys that work anywhere in a typed row or group; it says which was meant and changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryKeys(QObject):
    """Watches the fields of one entry."""

    entered = Signal()
    moved = Signal(int)
    """-1 up, 1 down."""
    removed = Signal()
    grouped = Signal()

    def watch(self, *widgets: QWidget) -> None:
        """Handle the keys of these fields."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if keys == _ALT and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key is Qt.Key.Key_Up else 1)
        elif keys == _CTRL and key is Qt.Key.Key_Backspace:
            self.removed.emit()
        elif keys == _CTRL and key is Qt.Key.Key_G:
            self.grouped.emit()
        elif keys == _NONE and key in _ENTER and not isinstance(watched, QPushButton):
            self.entered.emit()
        else:
            return False
        return True
