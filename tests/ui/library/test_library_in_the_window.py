"""The library as a place of the window: reached by key, rail and palette, with and without an open case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.main_window import MainWindow
from tests.ui.library.conftest import rest, settle


@pytest.fixture
def window(context: UiContext, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    context.runner.wait_idle()
    yield made
    rest(context)


def test_the_library_is_reached_by_key_and_its_list_has_the_keyboard(
    window: MainWindow, context: UiContext, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    settle(context, window.library.criteria)
    assert window.library.isVisible()
    assert window.library.criteria.frame.list.hasFocus()


def test_the_rail_leads_there_and_back(window: MainWindow, context: UiContext, qtbot: QtBot) -> None:
    criteria = window.findChild(QToolButton, "library")
    assert criteria is not None
    assert criteria.text() == "Library"
    qtbot.mouseClick(criteria, Qt.MouseButton.LeftButton)
    settle(context, window.library.criteria)
    assert criteria.isChecked()
    assert window.library.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not window.library.isVisible()


def test_palette_and_key_sheet_name_what_can_be_done_there(window: MainWindow, context: UiContext) -> None:
    assert "library" in {owned.command.id for owned in window.all_commands()}
    window.show_library()
    settle(context, window.library.criteria)
    ids = {owned.command.id for owned in window.all_commands()}
    assert {"library.find", "library.compare", "library.run", "library.export", "library.import"} <= ids


def test_f6_walks_through_the_parts_of_the_library(
    window: MainWindow, context: UiContext, qtbot: QtBot
) -> None:
    window.show_library()
    settle(context, window.library.criteria)
    frame = window.library.criteria.frame
    seen: set[str] = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        for name, part in (("search", frame.search), ("list", frame.list), ("page", frame.page)):
            if part is focused:
                seen.add(name)
        if frame.set_actions.isAncestorOf(focused):
            seen.add("actions")
        qtbot.keyClick(focused, Qt.Key.Key_F6)
    assert seen == {"search", "list", "actions", "page"}


def test_the_key_for_typing_a_set_types_one_here_without_a_case(
    window: MainWindow, context: UiContext
) -> None:
    window.show_library()
    settle(context, window.library.criteria)
    window.type_criteria_set()
    settle(context, window.library.criteria)
    assert window.library.criteria.editor is not None
    assert window.library.criteria.editor.is_open
    window.library.criteria.editor.close_panel()


def test_a_case_that_uses_a_set_opens_from_here(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    case_id = services.cases.new_case().value.id
    window.show_library()
    settle(context, window.library.criteria)
    window.library.case_opened.emit(case_id)
    context.runner.wait_idle()
    assert window.case_page.isVisible()
    assert window.case_page.case_id == case_id
