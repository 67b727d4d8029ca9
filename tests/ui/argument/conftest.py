"""The argument tab over a real store that holds the sample case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.workspace import Services
from desktop.ui.argument.argument_screen import ArgumentScreen
from desktop.ui.context import UiContext
from desktop.ui.worklist.sample import open_sample
from tests.ui.tab_desk import TabDesk, context, services

__all__ = ["Desk", "context", "services"]


@dataclass
class Desk(TabDesk[ArgumentScreen]):
    """The argument tab."""

    def choose(self, key: str) -> None:
        self.screen.frame.list.choose(key)
        self.screen.frame.list.setFocus()
        self.settle()
        assert self.screen.frame.list.current_id == key

    def text(self) -> str:
        return self.screen.frame.page.toPlainText()


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
