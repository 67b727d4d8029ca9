"""A notice covers nothing that is in use, wherever the keyboard goes; Escape takes it away; errors wait to be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserFacingError
from desktop.ui import notice_area
from desktop.ui.context import UiContext
from desktop.ui.in_use import InUse, best_place, overlap, point_of, seen_part
from desktop.ui.main_window import MainWindow
from desktop.ui.notice_area import NoticeArea
from desktop.ui.notify import Notifier
from desktop.ui.panes import stops_in
from desktop.ui.theme import Theme
from tests.ui.frame.conftest import wait

BROKE = UserFacingError("It broke.", safe="Work is safe.", todo="Try again.")
OTHER = UserFacingError("Something else broke.", safe="Work is safe.", todo="Try again.")


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def what(window: MainWindow) -> str:
    notice = window.notices.notice
    return notice.what if notice else ""


@pytest.fixture
def host(theme: Theme, qtbot: QtBot) -> QWidget:
    """An empty window of its own."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    return made


def shown(host: QWidget, qtbot: QtBot, theme: Theme) -> tuple[NoticeArea, Notifier]:
    notifier = Notifier()
    notices = NoticeArea(notifier, theme, host)
    host.show()
    with qtbot.waitActive(host):
        host.activateWindow()
    return notices, notifier


def test_escape_takes_an_error_away_from_anywhere_and_does_nothing_else(
    window: MainWindow, context: UiContext
) -> None:
    window.desk.focus_filter()
    window.desk._filter.setText("a")
    context.notify.error(BROKE)
    press(Qt.Key.Key_Escape)
    assert window.notices.isHidden()
    assert window.desk._filter.text() == "a"
    press(Qt.Key.Key_Escape)
    assert window.desk._filter.text() == ""


def test_escape_does_what_it_does_and_takes_a_message_away_besides(
    window: MainWindow, context: UiContext
) -> None:
    window.desk.focus_filter()
    window.desk._filter.setText("a")
    context.notify.info("Saved")
    press(Qt.Key.Key_Escape)
    assert window.notices.isHidden()
    assert window.desk._filter.text() == ""


def test_escape_closes_the_palette_before_an_error_under_it(window: MainWindow, context: UiContext) -> None:
    context.notify.error(BROKE)
    window.open_palette()
    press(Qt.Key.Key_Escape)
    assert window.palette_panel.isHidden()
    assert what(window) == "It broke."


def test_an_error_that_another_one_covered_comes_back(window: MainWindow, context: UiContext) -> None:
    window.desk.focus_list()
    for error in (BROKE, OTHER, OTHER):
        context.notify.error(error)
    assert what(window) == "Something else broke."
    press(Qt.Key.Key_Escape)
    assert what(window) == "It broke."
    press(Qt.Key.Key_Escape)
    assert window.notices.isHidden()


def test_the_keyboard_reaches_a_notice_and_goes_back_where_it_was(
    window: MainWindow, context: UiContext
) -> None:
    window.desk.focus_filter()
    before = QApplication.focusWidget()
    context.notify.info("Linked", undo=True)
    for _ in range(12):
        press(Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        if focused is not None and window.notices.isAncestorOf(focused):
            break
    else:
        raise AssertionError("F6 never came to the notice")
    window.desk.focus_filter()
    stops_in(window.notices)[-1].setFocus()
    press(Qt.Key.Key_Return)
    assert window.notices.isHidden()
    assert QApplication.focusWidget() is before


def test_what_happened_is_said_to_a_screen_reader_and_an_error_at_once(
    window: MainWindow, context: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Listening:
        Event = QAccessible.Event
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                said.append((event.message(), event.politeness()))

    monkeypatch.setattr(notice_area, "QAccessible", Listening)
    context.notify.info("Saved")
    context.notify.error(BROKE)
    politeness = QAccessible.AnnouncementPoliteness
    assert said == [
        ("Saved", politeness.Polite),
        ("It broke. Work is safe. Try again.", politeness.Assertive),
    ]


def test_a_notice_is_never_over_the_row_the_line_or_the_field_in_use(
    host: QWidget, theme: Theme, qtbot: QtBot
) -> None:
    items, text, field = QListWidget(host), QPlainTextEdit(host), QLineEdit(host)
    items.addItems([str(number) for number in range(40)])
    text.setPlainText("\n".join("words" for _ in range(60)))
    items.setGeometry(0, 60, 450, 500)
    text.setGeometry(450, 60, 450, 500)
    field.setGeometry(460, 562, 430, 34)
    notices, notifier = shown(host, qtbot, theme)
    notifier.info("A notice that lies somewhere", undo=True)
    for part, key in ((items, Qt.Key.Key_Down), (text, Qt.Key.Key_Down), (field, Qt.Key.Key_Left)):
        part.setFocus()
        for _ in range(25):
            press(key)
            wait(2)
            assert overlap(notices.geometry(), point_of(host, part)) == 0
            assert host.rect().contains(notices.geometry())


def test_a_notice_leaves_every_button_free_where_there_is_room(
    host: QWidget, theme: Theme, qtbot: QtBot
) -> None:
    made = [QPushButton(str(at), host) for at in range(8)]
    for at, item in enumerate(made):
        item.setGeometry(480, 60 + at * 66, 400, 50)
    notices, notifier = shown(host, qtbot, theme)
    made[0].setFocus()
    notifier.info("A notice")
    assert all(overlap(notices.geometry(), seen_part(host, item)) == 0 for item in made)


def test_a_message_stays_while_someone_is_at_its_button(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    notices, notifier = shown(host, qtbot, theme)
    notifier.info("Linked", undo=True)
    stops_in(notices)[0].setFocus()
    notices._time_out()
    assert notices.isVisible()
    other = QLineEdit(host)
    other.show()
    other.setFocus()
    notices._time_out()
    assert notices.isHidden()


def test_the_place_that_hides_least_is_taken_and_what_the_keyboard_is_at_comes_first() -> None:
    size, corner, middle = QSize(10, 10), QPoint(0, 0), QPoint(50, 50)
    free = InUse(QRect(), (), QRect(), ())
    assert best_place(size, (corner, middle), free) == corner
    button = QRect(0, 0, 5, 5)
    assert best_place(size, (corner, middle), InUse(QRect(), (), QRect(), (button,))) == middle
    assert best_place(size, (corner, middle), InUse(QRect(52, 52, 2, 2), (), QRect(), (button,))) == corner
    assert best_place(size, (corner, middle), InUse(QRect(), (), QRect(55, 55, 3, 3), (button,))) == corner
    read = InUse(QRect(), (QRect(55, 55, 3, 3),), QRect(0, 0, 5, 5), ())
    assert best_place(size, (corner, middle), read) == corner
