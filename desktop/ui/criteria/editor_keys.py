"""The keys that work wherever the keyboard is in the editor; it says which was meant and changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier

_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Up, _ALT): "up",
    (Qt.Key.Key_Down, _ALT): "down",
    (Qt.Key.Key_Right, _ALT): "indent",
    (Qt.Key.Key_Left, _ALT): "outdent",
    (Qt.Key.Key_Up, _CTRL): "previous",
    (Qt.Key.Key_Down, _CTRL): "next",
    (Qt.Key.Key_G, _CTRL): "group",
    (Qt.Key.Key_U, _CTRL): "exception",
    (Qt.Key.Key_D, _CTRL | _SHIFT): "duplicate",
    (Qt.Key.Key_Z, _CTRL): "undo",
    (Qt.Key.Key_Z, _CTRL | _SHIFT): "redo",
}


class EditorKeys(QObject):
    """Watches fields and outline. A field would take some of these keys for itself, so it is asked first."""

    pressed = Signal(str)
    """One of the words above, or `enter`, `remove`, `words` from a widget that was watched for them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._enters: set[QWidget] = set()
        self._outline: QWidget | None = None

    def watch(self, *widgets: QWidget) -> None:
        """Handle the keys that work everywhere."""
        for widget in widgets:
            widget.installEventFilter(self)

    def watch_enter(self, *widgets: QWidget) -> None:
        """Handle Enter too: it goes on to the next criterion."""
        self._enters.update(widgets)

    def watch_outline(self, outline: QWidget) -> None:
        """Handle Enter, Insert, Delete and F2 too."""
        self._outline = outline
        self._enters.add(outline)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key before the field does, and before a shortcut of the window."""
        if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            return False
        meant = self._meant(watched, event) if isinstance(event, QKeyEvent) else ""
        if not meant:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            self.pressed.emit(meant)
        return True

    def _meant(self, watched: QObject, event: QKeyEvent) -> str:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if modifiers or watched not in self._enters:
            return _KEYS.get((key, modifiers), "")
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "enter"
        if watched is self._outline:
            return _OUTLINE.get(key, "")
        return ""


_OUTLINE = {Qt.Key.Key_Insert: "enter", Qt.Key.Key_Delete: "remove", Qt.Key.Key_F2: "words"}
