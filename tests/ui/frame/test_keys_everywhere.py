"""Small things that a walk by keyboard alone showed: Enter presses, lists open before they choose, windows fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.first_run import FirstRunScreen
from desktop.ui.recovery_sheet import RecoverySheet
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, press_on_enter
from desktop.ui.widgets.pick_box import PickBox
from tests.ui.frame.conftest import CLOCK

Show = Callable[..., QWidget]
KEY = "AAAAA-BBBBB-CCCCC-DDDDD"


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Shows parts under one another in a window that has the keyboard."""
    pages: list[QWidget] = []  # pytest-qt keeps no reference of its own

    def build(*parts: QWidget) -> QWidget:
        page = QWidget()
        pages.append(page)
        rows = QVBoxLayout(page)
        for part in parts:
            rows.addWidget(part)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        return page

    yield build
    for page in pages:
        page.close()
        page.deleteLater()


def test_enter_presses_a_button_of_either_kind(theme: Theme, show: Show, qtbot: QtBot) -> None:
    pushed, tool = button("Add"), QToolButton()
    press_on_enter(tool)
    show(pushed, tool)
    for made in (pushed, tool):
        made.setFocus()
        with qtbot.waitSignal(made.clicked):
            qtbot.keyClick(made, Qt.Key.Key_Return)


def test_control_and_enter_stay_with_the_screen(theme: Theme, show: Show, qtbot: QtBot) -> None:
    tool = QToolButton()
    press_on_enter(tool)
    show(tool)
    with qtbot.assertNotEmitted(tool.clicked):
        qtbot.keyClick(tool, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of the offscreen platform
def test_a_list_of_deeds_does_nothing_before_it_is_open(theme: Theme, show: Show, qtbot: QtBot) -> None:
    box = PickBox()
    box.addItems(["Aetna", "Take this set off the service line"])
    box.setCurrentIndex(0)
    show(box)
    box.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(box.activated):
        QApplication.sendEvent(box, turn)
        qtbot.keyClick(box, Qt.Key.Key_T)
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is not None
    box.hidePopup()


def test_a_long_entry_is_shortened_and_whole_in_the_tooltip(theme: Theme, show: Show, qtbot: QtBot) -> None:
    box = PickBox()
    box.addItem("Lumbar fusion <3 for pseudarthrosis or failed hardware, as reported in the bulletin")
    page = show(box)
    page.resize(200, 60)
    qtbot.waitUntil(lambda: "as reported in the bulletin" in box.toolTip())
    assert "&lt;3" in box.toolTip()


def test_the_window_starts_no_larger_than_the_screen(theme: Theme, qtbot: QtBot) -> None:
    shell = Shell()
    shell.may_close = True
    qtbot.addWidget(shell)
    room = shell.screen().availableSize()
    least = shell.minimumSize()
    assert shell.width() <= max(room.width(), least.width())
    assert shell.height() <= max(room.height(), least.height())


def test_a_refused_password_is_typed_again_from_the_first_field(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    page = FirstRunScreen(theme, CLOCK)
    show(page)
    page._name.setText("R. Reviewer")
    page._ask_secret()
    page._first.setText("correct horse battery")
    page._second.setText("correct horse batter")
    qtbot.keyClick(page._second, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page._first
    assert page._second.text() == ""


def test_nothing_can_be_changed_while_the_store_is_being_made(theme: Theme, show: Show, qtbot: QtBot) -> None:
    page = FirstRunScreen(theme, CLOCK)
    show(page)
    page._name.setText("R. Reviewer")
    page._ask_secret()
    for field in (page._first, page._second):
        field.setText("correct horse battery")
    with qtbot.waitSignal(page.wanted):
        page._submit()
    assert not page._back.isEnabled()
    page.show_error(OSError())
    assert page._back.isEnabled()


def test_each_password_field_shows_itself_by_its_own_key(theme: Theme, show: Show, qtbot: QtBot) -> None:
    page = FirstRunScreen(theme, CLOCK)
    show(page)
    page._name.setText("R. Reviewer")
    page._ask_secret()
    page._second.setFocus()
    qtbot.keyClick(page._second, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert page._second.echoMode() is QLineEdit.EchoMode.Normal
    assert page._first.echoMode() is QLineEdit.EchoMode.Password


def test_saving_the_recovery_key_says_where_it_went_or_why_not(
    theme: Theme, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = RecoverySheet(theme, KEY, CLOCK.today())
    show(sheet)
    sheet.save_as(str(tmp_path / "missing" / "key.txt"))
    assert "could not be written" in sheet._error.text()
    assert "nothing is lost" in sheet._error.text()
    sheet.save_as(str(tmp_path / "key.txt"))
    assert sheet._error.text() == ""
    assert "key.txt" in sheet._told.text()
    assert KEY in (tmp_path / "key.txt").read_text("utf-8")
