"""The whole program on a folder of its own, with a key that is weak and therefore quick; ended after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock, FixedClock
from desktop.security.vault import TEST_PROFILE
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.app import Application
from desktop.ui.crash_notice import CrashKeeper
from desktop.ui.preferences import Preferences
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.e2e.keyboard import Keyboard

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))


def create_quickly(folder: Path, password: str, actor: Actor, clock: Clock) -> tuple[Services, str]:
    return create_workspace(folder, password, actor, profile=TEST_PROFILE, clock=clock)


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def start(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Application]]:
    """Starts the program for the first time."""
    monkeypatch.setattr("desktop.ui.app.create_store_with", create_quickly)
    started: list[tuple[Application, TaskRunner]] = []

    def begin() -> Application:
        theme = Theme("light", 100, resources_dir())
        theme.apply()
        runner = TaskRunner()
        keeper = CrashKeeper(tmp_path / "crashes", CLOCK)
        made = Application(tmp_path / "store", theme, runner, Preferences(), keeper, CLOCK)
        started.append((made, runner))
        made.start()
        with qtbot.waitActive(made.shell):
            made.shell.activateWindow()
        return made

    yield begin
    for application, runner in started:
        with qtbot.waitSignal(application.ended, timeout=10_000):
            application.quit()
        runner.close()
        application.shell.deleteLater()
        application.deleteLater()
    assert not list(tmp_path.glob("crashes/*")), "the program kept a crash report"
