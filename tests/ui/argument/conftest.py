"""The argument tab over a real store that holds the sample case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.audit import Actor
from desktop.domain.clock import FixedClock
from desktop.security.vault import TEST_PROFILE
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.argument.argument_screen import ArgumentScreen
from desktop.ui.context import UiContext
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from desktop.ui.worklist.sample import open_sample

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
NO_KEY = Qt.KeyboardModifier.NoModifier


def wait(ms: int) -> None:
    """Handle events for a while. QTest.qWait would keep the interpreter lock from the worker threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


@dataclass
class Desk:
    """A screen in a window of its own, with the services behind it."""

    screen: ArgumentScreen
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

    def choose(self, key: str) -> None:
        self.screen.frame.list.choose(key)
        self.screen.frame.list.setFocus()
        self.settle()
        assert self.screen.frame.list.current_key == key

    def text(self) -> str:
        return self.screen.frame.page.toPlainText()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    actor = Actor(name="R. Reviewer", credential="RN")
    made, _ = create_workspace(
        tmp_path / "store", "correct horse battery", actor, profile=TEST_PROFILE, clock=CLOCK
    )
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
def desk(context: UiContext, services: Services, qtbot: QtBot) -> Iterator[Desk]:
    """The tab on the sample case, shown and active."""
    made = Desk(ArgumentScreen(context), services, context, open_sample(services).value.id)
    qtbot.addWidget(made.screen)
    made.screen.resize(1180, 680)
    made.screen.show()
    with qtbot.waitActive(made.screen):
        made.screen.activateWindow()
    made.screen.show_case(made.case_id)
    made.settle()
    made.screen.frame.list.setFocus()
    yield made
    made.screen.flush()
    made.settle()
