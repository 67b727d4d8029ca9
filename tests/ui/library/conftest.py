"""An open store with two editions of an own set, and the library screen or the whole window over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.clock import FixedClock
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.library.criteria_shelf import CriteriaShelf
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store
from tests.ui.library.sets import LATER, OWN

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "open")
    made.catalogue.type_set(OWN)
    made.catalogue.type_set(LATER)
    yield made
    made.close()


@pytest.fixture
def context(services: Services, qapp: QApplication) -> Iterator[UiContext]:
    theme = Theme("light", 100, resources_dir())
    theme.apply()
    runner, notifier = TaskRunner(), Notifier()
    runner.unhandled = notifier.failure
    yield UiContext(services, runner, RefreshHub(), notifier, theme, CLOCK)
    runner.close()


@pytest.fixture
def screen(context: UiContext, qtbot: QtBot) -> Iterator[CriteriaShelf]:
    made = CriteriaShelf(context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    settle(context, made)
    yield made
    rest(context)


def rest(context: UiContext) -> None:
    """Let what was started come to an end; the widgets may be gone by now."""
    for _ in range(3):  # timers of the screens start jobs of their own
        wait(60)
        context.runner.wait_idle()


def wait(ms: int) -> None:
    """Handle events for a while. QTest.qWait would keep the interpreter lock from the worker threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def settle(context: UiContext, screen: CriteriaShelf) -> None:
    """Handle events until everything asked for is shown."""
    for _ in range(200):
        context.runner.wait_idle()
        if screen.is_still and context.runner.pending == 0:
            return
        wait(20)
    raise AssertionError("the library never came to rest")


@pytest.fixture
def still(context: UiContext, screen: CriteriaShelf) -> Callable[[], None]:
    """Waits until everything asked for is shown."""

    def wait() -> None:
        settle(context, screen)

    return wait
