"""A window with the determination page on a case in memory, closed again with its threads after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.determination.determination_screen import DeterminationScreen
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.ui.determination.fakes import CLOCK, fake_services


class Page:
    """The screen with what surrounds it."""

    def __init__(self, screen: DeterminationScreen, context: UiContext) -> None:
        self.screen = screen
        self.context = context
        self.services: Any = context.services
        self.store: Any = self.services.determinations

    def settle(self) -> None:
        assert self.context.runner.wait_idle()

    def save(self) -> None:
        self.screen.flush()
        self.settle()


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Callable[..., Page]]:
    opened: list[Page] = []

    def build(look: str = "light", scale: int = 100, services: Any = None) -> Page:
        theme = Theme(look, scale, resources_dir())  # type: ignore[arg-type]
        theme.apply()
        context = UiContext(services or fake_services(), TaskRunner(), RefreshHub(), Notifier(), theme, CLOCK)
        screen = DeterminationScreen(context)
        screen.resize(1280, 800)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        page = Page(screen, context)
        opened.append(page)
        screen.show_case("case1")
        page.settle()
        return page

    yield build
    for page in opened:
        page.context.runner.close()
        page.screen.close()
        page.screen.deleteLater()
