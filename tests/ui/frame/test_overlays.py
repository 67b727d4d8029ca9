"""While the palette or the key sheet is open, the window under it stands still, whatever key is pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.workspace import Services
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.main_window import MainWindow
from desktop.ui.overlay import Overlay
from desktop.ui.window_commands import COMMANDS
from tests.ui.frame.conftest import add_case, wait

CTRL = Qt.KeyboardModifier.ControlModifier
RESTING = [
    part.strip()
    for command in COMMANDS
    for part in command.shortcut.split(" / ")
    if part.strip() and not command.is_for_leaving
]


def settle(context: UiContext) -> None:
    assert context.runner.wait_idle()
    wait(30)
    assert context.runner.wait_idle()


def press(key: str) -> None:
    """Press a key given as text on whatever has the keyboard."""
    combination = QKeySequence.fromString(key)[0]  # pyright: ignore[reportIndexIssue] (missing in the stubs)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, combination.key(), combination.keyboardModifiers())


def field_of(window: MainWindow) -> QLineEdit:
    field = window.palette_panel.findChild(QLineEdit)
    assert field is not None
    return field


@pytest.fixture
def reviewing(services: Services, window: MainWindow, context: UiContext) -> MainWindow:
    window.open_case(add_case(services), CaseTab.REVIEW)
    settle(context)
    return window


def state_of(window: MainWindow) -> tuple[object, ...]:
    return (window.case_page.isVisible(), window.case_page.tab, window.windowTitle())


def test_no_key_of_the_window_reaches_it_under_the_palette(reviewing: MainWindow, context: UiContext) -> None:
    before = state_of(reviewing)
    for key in RESTING:
        reviewing.open_palette()
        press(key)
        settle(context)
        assert state_of(reviewing) == before, key
        assert reviewing.key_sheet.isHidden(), key
        assert reviewing.palette_panel.isVisible() or key == "Ctrl+K", key
    assert context.notify.notices == ()


def test_no_key_of_the_window_reaches_it_under_the_key_sheet(
    reviewing: MainWindow, context: UiContext
) -> None:
    before = state_of(reviewing)
    for key in RESTING:
        reviewing.key_sheet.dismiss()
        reviewing.show_keys()
        press(key)
        settle(context)
        assert state_of(reviewing) == before, key
        assert reviewing.palette_panel.isHidden(), key
        assert reviewing.key_sheet.isVisible() or key in {"F1", "?"}, key
    assert context.notify.notices == ()


def test_no_key_of_the_screen_reaches_it_either(
    reviewing: MainWindow, context: UiContext, services: Services
) -> None:
    before = state_of(reviewing)
    undo_before = services.history.labels(reviewing.case_page.case_id)
    reviewing.show_keys()
    for key in ("M", "G", "Alt+1", "Ctrl+J", "Ctrl+Shift+M", "Ctrl+Return"):
        press(key)
        settle(context)
        assert state_of(reviewing) == before, key
    assert services.history.labels(reviewing.case_page.case_id) == undo_before
    assert not context.preferences.settings.privacy_mode


@pytest.mark.parametrize("name", ["open_palette", "show_keys"])
def test_locking_works_whatever_lies_over_the_window(
    reviewing: MainWindow, context: UiContext, qtbot: QtBot, name: str
) -> None:
    getattr(reviewing, name)()
    with qtbot.waitSignal(reviewing.lock_requested, timeout=1000):
        press("Ctrl+L")


def test_the_key_that_opened_a_panel_closes_it(reviewing: MainWindow) -> None:
    press("Ctrl+K")
    assert reviewing.palette_panel.isVisible()
    press("Ctrl+K")
    assert reviewing.palette_panel.isHidden()
    for key in ("F1", "?"):
        reviewing.show_keys()
        press(key)
        assert reviewing.key_sheet.isHidden()


@pytest.mark.parametrize("name", ["open_palette", "show_keys"])
def test_tab_and_f6_stay_inside(reviewing: MainWindow, name: str) -> None:
    getattr(reviewing, name)()
    panel = next(item for item in reviewing.findChildren(Overlay) if item.isVisible())
    for key in ("Tab", "Shift+Tab", "F6", "Shift+F6"):
        press(key)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused is panel or panel.isAncestorOf(focused)


def test_typing_editing_and_choosing_work_in_the_palette(reviewing: MainWindow) -> None:
    reviewing.open_palette()
    field = field_of(reviewing)
    QTest.keyClicks(field, "settinx")
    press("Ctrl+Z")
    press("Ctrl+A")
    QTest.keyClicks(field, "settings")
    press("Return")
    assert reviewing.settings.isVisible()


def test_a_screen_that_asks_for_the_keyboard_gets_it_when_the_panel_closes(reviewing: MainWindow) -> None:
    thief = QLineEdit(reviewing)
    thief.show()
    reviewing.open_palette()
    thief.setFocus()
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is field_of(reviewing)
    press("Escape")
    assert QApplication.focusWidget() is thief


def test_the_sample_case_is_opened_from_the_palette_wherever_one_is(
    reviewing: MainWindow, context: UiContext
) -> None:
    own, sample = reviewing.case_page.case_id, ""
    for place in ("show_desk", "show_library", "show_settings", "show_review"):
        reviewing.open_case(own)
        getattr(reviewing, place)()
        settle(context)
        reviewing.open_palette()
        field = field_of(reviewing)
        QTest.keyClicks(field, "sample")
        press("Return")
        settle(context)
        assert reviewing.case_page.isVisible(), place
        assert reviewing.case_page.case_id != own, place
        sample = sample or reviewing.case_page.case_id
        assert reviewing.case_page.case_id == sample, place
