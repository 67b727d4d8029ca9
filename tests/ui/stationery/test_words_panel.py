"""Known words are added, taken back and brought again in the settings, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.audit import Actor
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.settings_screen import SettingsScreen
from desktop.ui.stationery.words_panel import WordsPanel
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "open", actor=Actor(name="R. Reviewer"))
    yield made
    made.close()


@pytest.fixture
def panel(services: Services, qapp: QApplication, qtbot: QtBot) -> Iterator[WordsPanel]:
    theme = Theme("light", 100, resources_dir())
    theme.apply()
    runner, notifier = TaskRunner(), Notifier()
    runner.unhandled = notifier.failure
    context = UiContext(services, runner, RefreshHub(), notifier, theme, services.clock)
    screen = SettingsScreen(context)
    qtbot.addWidget(screen)
    screen.resize(900, 1400)
    screen.show()
    made = screen.findChild(WordsPanel)
    assert made is not None
    runner.wait_idle()
    yield made
    runner.wait_idle()
    runner.close()


def known(panel: WordsPanel) -> list[str]:
    panel._context.runner.wait_idle()  # pyright: ignore[reportPrivateUsage]
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def test_a_word_is_added_taken_back_and_brought_again(
    panel: WordsPanel, services: Services, qtbot: QtBot
) -> None:
    assert panel.nothing.isVisible()
    for word in ("Summitflex", "<b>Acme</b>"):
        qtbot.keyClicks(panel.word.line, word)
        qtbot.keyClick(panel.word.line, Qt.Key.Key_Return)
        assert word in known(panel)
        assert panel.word.line.text() == ""
    panel.list.setFocus()
    panel.list.setCurrentRow(1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert known(panel) == ["<b>Acme</b>"]
    qtbot.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    assert known(panel) == ["<b>Acme</b>", "Summitflex"]
    assert {item.word for item in services.stationery.words()} == {"Summitflex", "<b>Acme</b>"}


def test_two_words_are_refused_beside_the_field(panel: WordsPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.word.line, "two words")
    qtbot.keyClick(panel.word.line, Qt.Key.Key_Return)
    assert "one word" in panel.word.message
    assert known(panel) == []


def test_words_added_elsewhere_are_shown(panel: WordsPanel, services: Services) -> None:
    result = services.stationery.add_word("Elsewhere")
    panel._context.refresh.changes_committed.emit(result.changes, None)  # pyright: ignore[reportPrivateUsage]
    assert known(panel) == ["Elsewhere"]


def test_the_panel_is_named_for_a_screen_reader(panel: WordsPanel, services: Services) -> None:
    services.stationery.add_word("Elsewhere")
    panel._load()  # pyright: ignore[reportPrivateUsage]
    known(panel)
    assert_accessible(panel.window())
    assert labels_that_guess_their_format(panel.window()) == []
