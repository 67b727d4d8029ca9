"""A window with the intake screen on a case in memory, closed again with its threads after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.intake.intake_screen import IntakeScreen
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.ui.intake.fakes import CLOCK, fake_services


class Intake:
    """The screen with what surrounds it."""

    def __init__(self, screen: IntakeScreen, context: UiContext) -> None:
        self.screen = screen
        self.context = context
        self.services: Any = context.services
        self.cases: Any = context.services.cases

    def settle(self) -> None:
        """Let everything under way end."""
        assert self.context.runner.wait_idle()

    def save(self) -> None:
        """Save what was typed, as a pause of the keyboard would."""
        self.screen.flush()
        self.settle()

    def field(self, *path: str) -> Any:
        """The field that edits what stands at a path."""
        for section in self.screen.sections:
            fields = dict(section.fields())
            if path in fields:
                return fields[path]
        raise LookupError(path)

    def list(self, *path: str) -> Any:
        """The list at a path of a section."""
        return next(view for section in self.screen.sections for view in section.lists if view.path == path)


@pytest.fixture
def open_intake(qtbot: QtBot) -> Iterator[Callable[..., Intake]]:
    """Call it with a case (and, if wanted, a look and a text scale) to get the screen."""
    opened: list[Intake] = []

    def build(case: Case, look: str = "light", scale: int = 100, services: Any = None) -> Intake:
        theme = Theme(look, scale, resources_dir())  # type: ignore[arg-type]
        theme.apply()
        context = UiContext(
            services or fake_services(case), TaskRunner(), RefreshHub(), Notifier(), theme, CLOCK
        )
        screen = IntakeScreen(context)
        screen.resize(1280, 800)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        intake = Intake(screen, context)
        opened.append(intake)
        screen.show_case(case.id)
        intake.settle()
        return intake

    yield build
    for intake in opened:
        intake.context.runner.close()
        intake.screen.close()
        intake.screen.deleteLater()
