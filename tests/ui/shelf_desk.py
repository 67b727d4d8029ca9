"""A shelf of the library in a window of its own: shown, waited for, and left at rest; for the tests of all three."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.context import UiContext
from tests.ui.tab_desk import CLOCK, context, services, wait

__all__ = ["CLOCK", "context", "put_on_screen", "rest", "services", "settle", "wait"]


class Settling(Protocol):
    """What can say whether anything is waiting to be shown."""

    @property
    def is_still(self) -> bool: ...


def put_on_screen(shelf: QWidget, qtbot: QtBot, width: int, height: int) -> None:
    """Show it in an active window. Whoever asks settles it, and lets it come to rest."""
    qtbot.addWidget(shelf)
    shelf.resize(width, height)
    shelf.show()
    with qtbot.waitActive(shelf):
        shelf.activateWindow()


def rest(context: UiContext) -> None:
    """Let what was started come to an end; the widgets may be gone by now."""
    for _ in range(3):  # timers of the screens start jobs of their own
        wait(60)
        context.runner.wait_idle()


def settle(context: UiContext, shelf: Settling) -> None:
    """Handle events until everything asked for is shown."""
    for _ in range(200):
        context.runner.wait_idle()
        if shelf.is_still and context.runner.pending == 0:
            return
        wait(20)
    raise AssertionError("the shelf never came to rest")
