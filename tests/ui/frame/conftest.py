"""An open store with a weak test key and the window on it, all closed again with their threads after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.clock import FixedClock
from desktop.domain.denial import AdverseDetermination
from desktop.domain.member import Coverage, Member, Sex
from desktop.domain.service_line import ServiceLine
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.app import Application
from desktop.ui.context import UiContext
from desktop.ui.crash_notice import CrashKeeper
from desktop.ui.main_window import MainWindow
from desktop.ui.notify import Notifier
from desktop.ui.preferences import Preferences
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import lay_store, made_store

PASSWORD = "correct horse battery"
NOW = datetime(2026, 6, 15, 14, 2, tzinfo=UTC)  # a Monday
CLOCK = FixedClock(NOW)
TODAY = date(2026, 6, 15)


def wait(ms: int) -> None:
    """Handle events for a while. QTest.qWait would keep the interpreter lock from the worker threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light", 100, resources_dir())
    made.apply()
    return made


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    """A store that was made before and is closed."""
    folder = tmp_path / "store"
    lay_store(folder)
    return folder


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """An empty open store."""
    made = made_store(tmp_path / "open", clock=CLOCK)
    yield made
    made.close()


@pytest.fixture
def context(services: Services, runner: TaskRunner, theme: Theme) -> UiContext:
    notifier = Notifier()
    runner.unhandled = notifier.failure
    return UiContext(services, runner, RefreshHub(), notifier, theme, CLOCK)


@pytest.fixture
def window(context: UiContext, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    assert context.runner.wait_idle()
    yield made
    for _ in range(3):  # timers of the screens start jobs of their own
        wait(60)
        context.runner.wait_idle()


def add_case(
    services: Services, label: str = "Revision arthrodesis", days: int | None = 12, payer: str = "Summit Plan"
) -> str:
    """A draft with one service line, due in some days; returns its id."""
    case_id = services.cases.new_case().value.id
    member = Member(
        family_name="Lopez", given_name="Marta", date_of_birth=date(1962, 3, 1), sex=Sex.FEMALE, member_id="X"
    )
    services.cases.save_member(case_id, member)
    services.cases.save_coverage(case_id, Coverage(payer=payer))
    line = ServiceLine(id="line-1", code="22612", label=label, levels=("L4-L5", "L5-S1"))
    services.cases.save_service_lines(case_id, (line,))
    if days is not None:
        stated = TODAY + timedelta(days=days)
        services.cases.save_denial(case_id, AdverseDetermination(deadline_stated_on=stated))
    return case_id


@pytest.fixture
def start(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Path], Application]]:
    """Starts the whole program on a folder; ends it after the test."""
    started: list[tuple[Application, TaskRunner]] = []

    def begin(folder: Path) -> Application:
        runner = TaskRunner()
        keeper = CrashKeeper(tmp_path / "crashes", CLOCK)
        application = Application(folder, theme, runner, Preferences(), keeper, CLOCK)
        started.append((application, runner))
        application.start()
        with qtbot.waitActive(application.shell):
            application.shell.activateWindow()
        return application

    yield begin
    for application, runner in started:
        with qtbot.waitSignal(application.ended, timeout=10_000):
            application.quit()
        runner.close()
        application.shell.deleteLater()
        application.deleteLater()
