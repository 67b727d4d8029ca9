"""The key sheet: what every key does here, by group; it must list what is bound, not what was once planned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.actions import Command
from desktop.ui.overlay import Overlay
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, section_header


class KeySheet(Overlay):
    """Keys and what they do, in two columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, 640, 560)
        self.setAccessibleName("Keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 8, 12)
        column.addWidget(label("Keys", "heading"))
        column.addWidget(self._scroll, 1)

    def offer(self, commands: Sequence[Command]) -> None:
        """Open with the keys of these commands."""
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        at = 0
        spoken: list[str] = []
        for group in dict.fromkeys(command.group for command in commands if command.shortcut):
            grid.addWidget(section_header(group or "Everywhere"), at, 0, 1, 2)
            at += 1
            for command in commands:
                if command.group == group and command.shortcut:
                    grid.addWidget(label(command.key_text, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
                    grid.addWidget(label(command.text, wraps=True), at, 1)
                    spoken.append(f"{command.key_text}: {command.text}")
                    at += 1
        grid.setRowStretch(at, 1)
        self._scroll.setWidget(page)
        self.setAccessibleDescription("\n".join(spoken))
        self.open()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
