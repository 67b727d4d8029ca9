"""A reviewer's hands on the keyboard: keys go to whatever has the keyboard; it must not reach into any widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 15_000
MOST_TABS = 80
"""More than any page of the program has between two things: further on is a trap."""


class Keyboard:
    """Types and presses; fails when nothing has the keyboard, which a reviewer would feel as a dead key."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key where the keyboard is."""
        for _ in range(times):
            QTest.keyClick(self.focused(), key, modifiers)

    def type(self, text: str, *, end: Qt.Key | None = None) -> None:
        """Type, and end with a key."""
        QTest.keyClicks(self.focused(), text)
        if end is not None:
            self.press(end)

    def go_to(self, name: str) -> None:
        """Press Tab until what is called `name` has the keyboard."""
        passed: list[str] = []
        for _ in range(MOST_TABS):
            here = self.name_of_focused()
            if here == name or here.startswith((f"{name},", f"{name}:")):
                return
            passed.append(here)
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}; it passed {passed}")

    def fill(self, *values: tuple[str, str]) -> None:
        """Go to each field by Tab, in the order given, and type."""
        for name, text in values:
            self.go_to(name)
            self.type(text)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what was asked for; nothing here waits for a time."""
        self._qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def focused(self) -> QWidget:
        """What has the keyboard, and can be seen."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        assert widget.isVisible(), f"the keyboard is in something hidden: {widget}"
        return widget

    def name_of_focused(self) -> str:
        """What a screen reader would say that it is."""
        widget = self.focused()
        if widget.accessibleName():
            return widget.accessibleName()
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None:
            return ""
        for related, relation in interface.relations():
            if relation & QAccessible.RelationFlag.Label:
                return related.text(QAccessible.Text.Name)
        return interface.text(QAccessible.Text.Name)
