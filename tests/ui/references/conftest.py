"""An open store and the references shelf over it, with what the tests type and drop."""

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
from desktop.ui.notify import Notifier
from desktop.ui.references.screen import ReferencesShelf
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
RIS = """\
TY  - JOUR
TI  - Pedicle screws in osteoporotic bone
AU  - Doe, Jane
PY  - 2020
ZZ  - a field of no form
ER  -
TY  - JOUR
TI  - A record that is here already
DO  - 10.1177/21925682251336715
ER  -
"""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "open")
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
def shelf(context: UiContext, qtbot: QtBot) -> Iterator[ReferencesShelf]:
    made = ReferencesShelf(context)
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    settle(context, made)
    made.focus_list()
    yield made
    for _ in range(3):
        wait(60)
        context.runner.wait_idle()


def wait(ms: int) -> None:
    """Handle events for a while. QTest.qWait would keep the interpreter lock from the worker threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def settle(context: UiContext, shelf: ReferencesShelf) -> None:
    """Handle events until everything asked for is shown."""
    for _ in range(200):
        context.runner.wait_idle()
        if shelf.is_still and context.runner.pending == 0:
            return
        wait(20)
    raise AssertionError("the shelf never came to rest")


@pytest.fixture
def still(context: UiContext, shelf: ReferencesShelf) -> Callable[[], None]:
    """Waits until everything asked for is shown."""

    def rest() -> None:
        settle(context, shelf)

    return rest
