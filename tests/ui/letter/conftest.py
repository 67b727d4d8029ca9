"""The letter page over a real store with the sample case in it, signed and ready to be written about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case_file import CaseFile
from desktop.domain.clock import FixedClock
from desktop.domain.letter import Letter
from desktop.intake.case_json import load_case_file
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.letter.letter_screen import LetterScreen
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))


class Desk:
    """The screen with what surrounds it."""

    def __init__(self, screen: LetterScreen, context: UiContext, case_id: str, qtbot: QtBot) -> None:
        self.screen = screen
        self.context = context
        self.case_id = case_id
        self.frame = screen.frame
        self._qtbot = qtbot

    def settle(self) -> None:
        """Let everything under way end, the pages included."""
        self._qtbot.waitUntil(self._is_still, timeout=20_000)

    def _is_still(self) -> bool:
        is_checking = self.screen.checking.is_waiting
        return self.context.runner.pending == 0 and not self.frame.preview.is_waiting and not is_checking

    def compose(self) -> None:
        self.screen.compose()
        self.settle()

    def letter(self) -> Letter:
        letter = self.context.services.letters.current(self.case_id)
        assert letter is not None
        return letter

    def block_text(self, block_id: str) -> str:
        return next(block.text for block in self.letter().content.blocks if block.id == block_id)


@pytest.fixture(scope="session")
def sample_file() -> CaseFile:
    path = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
    return load_case_file(path.read_bytes(), path.name).case_file


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = made_store(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture
def open_letter(services: Services, sample_file: CaseFile, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    """Call it (signed or not, with a look and a text scale) to get the page on the sample case."""
    opened: list[Desk] = []

    def build(is_signed: bool = True, look: str = "light", scale: int = 100) -> Desk:
        case_id = services.cases.import_case(sample_file).value.id
        if is_signed and sample_file.sign_off is not None:
            services.determinations.sign(case_id, **sample_file.sign_off.model_dump())
        theme = Theme(look, scale, resources_dir())  # type: ignore[arg-type]
        theme.apply()
        context = UiContext(services, TaskRunner(), RefreshHub(), Notifier(), theme, CLOCK)
        screen = LetterScreen(context)
        screen.resize(1280, 800)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.show_case(case_id)
        desk = Desk(screen, context, case_id, qtbot)
        opened.append(desk)
        desk.settle()
        return desk

    yield build
    for desk in opened:
        desk.context.runner.close()
        if hasattr(desk, "screen"):  # a test may have freed it itself
            desk.screen.close()
            desk.screen.deleteLater()
