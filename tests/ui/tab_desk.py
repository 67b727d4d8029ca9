"""One tab of a case over a real store that holds the sample case, in a window of its own; fixtures for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.clock import FixedClock
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
NO_KEY = Qt.KeyboardModifier.NoModifier

Screen = TypeVar("Screen", bound=QWidget)


def wait(ms: int) -> None:
    """Handle events for a while. QTest.qWait would keep the interpreter lock from the worker threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


@dataclass
class TabDesk(Generic[Screen]):
    """A screen with the services behind it."""

    screen: Screen
    services: Services
    context: UiContext
    case_id: str

    def settle(self) -> None:
        for _ in range(2):
            assert self.context.runner.wait_idle(20_000)
            wait(20)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY, on: QWidget | None = None) -> None:
        target = on or QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)
        self.settle()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "store")
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
