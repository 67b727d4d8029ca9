"""The references as a shelf of the window's library: reached by keys, undone by its own undo, walked by F6."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.reference import Standing
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.main_window import MainWindow
from tests.ui.references.conftest import settle, wait

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(context: UiContext, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    context.runner.wait_idle()
    qtbot.keyClick(made, Qt.Key.Key_B, CTRL)
    qtbot.keyClick(made, Qt.Key.Key_2, ALT)
    settle(context, made.library.references)
    yield made
    for _ in range(3):
        wait(60)
        context.runner.wait_idle()


def test_two_keys_lead_there_and_the_list_has_the_keyboard(window: MainWindow) -> None:
    assert window.library.references.isVisible()
    assert window.library.references.frame.list.hasFocus()


def test_undo_is_that_of_the_shelf_and_not_that_of_a_case(
    window: MainWindow, services: Services, context: UiContext, qtbot: QtBot
) -> None:
    shelf = window.library.references
    reference_id = shelf.desk.current_id
    services.references.mark(reference_id, Standing.RETRACTED, "Notice")
    shelf.reload()
    settle(context, shelf)
    for part in (shelf.frame.list, shelf.frame.page):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Z, CTRL)
        settle(context, shelf)
        found = services.references.library().get(reference_id)
        assert found is not None
        assert found.standing is Standing.CURRENT
        qtbot.keyClick(part, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
        settle(context, shelf)
        found = services.references.library().get(reference_id)
        assert found is not None
        assert found.standing is Standing.RETRACTED


def test_every_key_of_the_shelf_is_its_own(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    places = (window.library.references, window.library.topics, window.library.criteria)
    for shelf in places:
        taken = dict(keys)
        everywhere = [item.command for item in window.all_commands() if item.owner is window]
        for command in (*(command for command, _ in shelf.commands()), *everywhere):
            if command.shortcut and command.is_bound:
                assert taken.setdefault(command.shortcut, command.id) == command.id


def test_f6_walks_through_the_shelf(window: MainWindow, qtbot: QtBot) -> None:
    frame = window.library.references.frame
    parts = {"search": frame.search, "list": frame.list, "deeds": frame.deeds, "page": frame.page}
    seen: set[str] = set()
    for _ in range(14):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen |= {name for name, part in parts.items() if part is focused or part.isAncestorOf(focused)}
        qtbot.keyClick(focused, Qt.Key.Key_F6)
    assert seen == set(parts)


def test_the_palette_names_what_can_be_done(window: MainWindow) -> None:
    ids = {owned.command.id for owned in window.all_commands()}
    assert {"references.add", "references.verify", "references.check", "library.topics"} <= ids


def test_nothing_grows_the_window_at_the_largest_text(
    services: Services, qtbot: QtBot, context: UiContext
) -> None:
    context.theme.choose("dark", 200)
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.show_library()
    for go in (made.library.show_references, made.library.show_topics):
        go()
        settle(context, made.library.references)
        wait(50)
        assert made.height() == 800
    made.library.show_references()
    made.library.references.add()
    wait(50)
    assert made.height() == 800
    made.library.references.own.form.is_changed = False
    made.library.references.own.cancel()
    settle(context, made.library.references)


def test_references_and_topics_are_reached_from_anywhere_by_their_names(
    window: MainWindow, context: UiContext
) -> None:
    window.show_desk()
    by_id = {owned.command.id: owned for owned in window.all_commands()}
    by_id["topics"].run()
    settle(context, window.library.references)
    assert window.library.topics.isVisible()
    window.show_desk()
    by_id["references"].run()
    assert window.library.references.frame.list.hasFocus()
