"""The window: every place and command by keyboard, undo by name, notices that stop nobody."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserFacingError
from desktop.services.workspace import Services
from desktop.ui.actions import Command, OwnedCommand, handler_of
from desktop.ui.argument.argument_screen import ArgumentScreen
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.in_use import overlap, point_of
from desktop.ui.main_window import MainWindow
from desktop.ui.palette import matches
from desktop.ui.review.result_strip import ResultStrip
from desktop.ui.review.review_screen import ReviewScreen
from desktop.ui.review.task_pane import TaskForm
from desktop.ui.window_commands import COMMANDS
from tests.ui.accessibility import assert_accessible
from tests.ui.frame.conftest import add_case, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def case_id(services: Services) -> str:
    return add_case(services)


def press(
    window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def settle(context: UiContext) -> None:
    assert context.runner.wait_idle()
    wait(30)
    assert context.runner.wait_idle()


def test_every_command_of_the_window_has_its_handler_and_a_key_of_its_own(window: MainWindow) -> None:
    for command in COMMANDS:
        assert callable(handler_of(window, command))
    keys = [command.shortcut for command in COMMANDS if command.shortcut]
    assert len(set(keys)) == len(keys)


def test_opening_a_case_shows_its_number_and_nothing_else_in_the_title(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id)
    settle(context)
    assert window.windowTitle() == "Indicated – 26-0001"
    window.show_desk()
    assert window.windowTitle() == "Indicated"
    settle(context)


def test_control_and_a_digit_walk_the_tabs_of_the_open_case(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    for key, tab in (
        (Qt.Key.Key_2, CaseTab.REVIEW),
        (Qt.Key.Key_3, CaseTab.DETERMINATION),
        (Qt.Key.Key_4, CaseTab.ARGUMENT),
        (Qt.Key.Key_5, CaseTab.LETTER),
        (Qt.Key.Key_6, CaseTab.PACKET),
        (Qt.Key.Key_1, CaseTab.INTAKE),
    ):
        press(window, key, CTRL)
        settle(context)
        assert window.case_page.tab == tab
        focused, screen = QApplication.focusWidget(), window.case_page.screen_in_front
        assert focused is not None
        assert screen is not None
        assert screen.isAncestorOf(focused)


@pytest.mark.parametrize("beside", ["Lock", "Search or jump to…    Ctrl+K"])
def test_the_keys_of_a_screen_work_while_the_keyboard_is_in_the_status_line_or_the_head(
    beside: str, case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.ARGUMENT)
    settle(context)
    next(item for item in window.findChildren(QPushButton) if item.text() == beside).setFocus()
    press(window, Qt.Key.Key_J, CTRL)
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, ArgumentScreen)
    assert screen.frame.is_calls


def test_undo_and_redo_are_named_and_carried_out_by_key(
    case_id: str, window: MainWindow, context: UiContext, services: Services
) -> None:
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    context.commit(lambda: services.cases.save_question(case_id, "Is it necessary?"))
    settle(context)
    assert services.history.labels(case_id)[0] == "Edit review question"
    window.undo()
    settle(context)
    assert services.cases.case(case_id).review_question == ""
    assert context.notify.notices[-1].what == "Taken back: Edit review question"
    window.redo()
    settle(context)
    assert services.cases.case(case_id).review_question == "Is it necessary?"


def test_nothing_to_undo_is_a_word_in_passing_that_hides_no_later_notice(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    window.redo()
    settle(context)
    assert context.notify.notices[-1].what.startswith("There is nothing to redo.")
    context.notify.info("Stored")
    assert window.notices.notice is not None
    assert window.notices.notice.what == "Stored"


def test_a_longer_notice_after_a_short_one_is_shown_whole(window: MainWindow, context: UiContext) -> None:
    context.notify.info("Short.")
    wait(30)
    context.notify.info("A sentence that goes on for as long as it takes to fill a line of a notice. " * 3)
    words = window.notices.findChildren(QLabel)
    wait(30)
    for part in words:
        if part.isVisible() and part.wordWrap():
            assert part.height() >= part.heightForWidth(part.width())


def test_the_palette_runs_a_command_by_its_first_letters(window: MainWindow, context: UiContext) -> None:
    window.open_palette()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "sett")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.settings.isVisible()
    assert window.palette_panel.isHidden()
    settle(context)


def test_the_palette_finds_a_case_by_its_number(case_id: str, window: MainWindow, context: UiContext) -> None:
    window.open_palette()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "26-0001")
    wait(200)
    settle(context)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(context)
    assert window.case_page.case_id == case_id


def test_escape_closes_the_palette_and_gives_the_keyboard_back(
    window: MainWindow, context: UiContext
) -> None:
    window.desk.focus_filter()
    before = QApplication.focusWidget()
    press(window, Qt.Key.Key_K, CTRL)
    assert window.palette_panel.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert window.palette_panel.isHidden()
    assert QApplication.focusWidget() is before
    settle(context)


def test_matching_takes_word_beginnings_in_any_order() -> None:
    assert matches("Case Go to the next gap", ["gap", "go"])
    assert not matches("Case Go to the next gap", ["ap"])
    assert matches("anything", [])


def test_keys_that_are_only_to_be_read_about_are_not_in_the_palette(
    window: MainWindow,
) -> None:
    told = OwnedCommand(Command("digit", "Link to the numbered criterion", "1 – 9", is_bound=False), window)
    window.palette_panel.offer([told, *window.all_commands()])
    listed = window.palette_panel.findChildren(QListWidget)[0]
    offered = [listed.item(row).text() for row in range(listed.count())]
    assert offered
    assert not any("numbered criterion" in text for text in offered)
    window.key_sheet.offer([told.command])
    assert "1 – 9: Link to the numbered criterion" in window.key_sheet.accessibleDescription()


def test_the_key_sheet_lists_what_is_bound_here(window: MainWindow, context: UiContext) -> None:
    press(window, Qt.Key.Key_F1)
    assert window.key_sheet.isVisible()
    assert "Ctrl+K: Search or jump to" in window.key_sheet.accessibleDescription()
    assert "Ctrl+F: Filter the cases" in window.key_sheet.accessibleDescription()
    press(window, Qt.Key.Key_Escape)
    assert window.key_sheet.isHidden()
    settle(context)


def test_f6_goes_round_the_parts_of_the_window_and_comes_back(window: MainWindow, context: UiContext) -> None:
    window.desk.focus_filter()
    seen: list[QWidget | None] = []
    for _ in range(6):
        window.focus_next_pane()
        seen.append(QApplication.focusWidget())
    assert None not in seen
    assert len({id(part) for part in seen}) >= 4
    window.desk.focus_filter()
    first = QApplication.focusWidget()
    window.focus_next_pane()
    window.focus_previous_pane()
    assert QApplication.focusWidget() is first
    settle(context)


def test_an_error_stays_until_dismissed_and_an_info_does_not_push_it_away(
    window: MainWindow, context: UiContext
) -> None:
    context.notify.error(UserFacingError("It broke.", safe="Work is safe.", todo="Try again."))
    context.notify.info("Saved")
    assert window.notices.isVisible()
    assert window.notices.notice is not None
    assert window.notices.notice.what == "It broke."
    assert window.notices.accessibleDescription() == "It broke. Work is safe. Try again."
    window.notices.dismiss()
    context.notify.info("Linked", undo=True)
    assert window.notices.isVisible()


@pytest.mark.parametrize("scale", [100, 200])
def test_a_notice_leaves_the_open_questions_of_the_review_in_sight(
    case_id: str, context: UiContext, qtbot: QtBot, scale: int
) -> None:
    context.theme.choose("light", scale)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.open_case(case_id, CaseTab.REVIEW)
    settle(context)
    context.notify.info("A notice")
    strip = window.findChildren(ResultStrip)[0]
    assert strip.isVisible()
    place = QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())
    assert not window.notices.geometry().intersects(place)


def test_a_notice_leaves_the_form_with_the_keyboard_in_sight_wherever_the_keyboard_goes(
    window: MainWindow, context: UiContext
) -> None:
    context.notify.info("Task added", undo=True)
    usual = window.notices.geometry()
    form = TaskForm(window)
    form.setGeometry(usual.adjusted(-40, -10, 0, 40))
    form.show()
    for line in (form.due_on.line, form.text.line):
        line.setFocus()
        wait(30)
        assert window.notices.isVisible()
        assert not window.notices.geometry().intersects(form.geometry())
        assert window.rect().contains(window.notices.geometry())
    context.notify.info("Another")
    assert not window.notices.geometry().intersects(form.geometry())
    form.hide()
    window.desk.focus_filter()
    wait(30)
    assert window.notices.geometry().right() == usual.right()
    assert window.notices.geometry().bottom() == usual.bottom()


def test_words_about_one_case_go_when_another_opens_and_an_unread_error_stays(
    case_id: str, window: MainWindow, context: UiContext, services: Services
) -> None:
    window.open_case(case_id, CaseTab.REVIEW)
    settle(context)
    context.notify.info("Task added", undo=True)
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    assert window.notices.isVisible()
    window.open_case(add_case(services), CaseTab.REVIEW)
    assert window.notices.isHidden()
    settle(context)
    context.notify.error(UserFacingError("It broke.", safe="Work is safe.", todo="Try again."))
    window.open_case(case_id)
    settle(context)
    assert window.notices.isVisible()


def test_steps_and_number_of_the_open_case_are_told_only_while_it_is_in_front(
    case_id: str, window: MainWindow, context: UiContext, services: Services
) -> None:
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    context.commit(lambda: services.cases.save_question(case_id, "Is it necessary?"))
    settle(context)
    undo = window._status._undo
    assert undo.isEnabled()
    for go in (window.show_library, window.show_settings, window.show_desk):
        go()
        settle(context)
        assert not undo.isEnabled()
        # What is saved late, or by another screen, has the header of the case read anew.
        context.commit(partial(services.cases.save_question, case_id, f"Is it, {go.__name__}?"))
        settle(context)
        assert not undo.isEnabled()
        assert window.windowTitle() == "Indicated"
        window.show_intake()
        settle(context)
        assert undo.isEnabled()
        assert window.windowTitle() == "Indicated – 26-0001"


def test_markup_in_an_error_is_shown_as_it_is(window: MainWindow, context: UiContext) -> None:
    context.notify.error(UserFacingError("<b>A&B <3</b>", safe="<img src=x>", todo="<a>"))
    shown = [part.text() for part in window.notices.findChildren(QLabel)]
    assert "<b>A&B <3</b>" in shown


def test_the_place_is_remembered_and_found_again(
    case_id: str, window: MainWindow, context: UiContext, qtbot: QtBot
) -> None:
    window.open_case(case_id, CaseTab.DETERMINATION)
    settle(context)
    window.flush()
    settle(context)
    again = MainWindow(context)
    qtbot.addWidget(again)
    again.show()
    again.restore_place()
    settle(context)
    settle(context)
    assert (again.case_page.case_id, again.case_page.tab) == (case_id, CaseTab.DETERMINATION)


def test_a_remembered_case_that_is_gone_leads_to_the_desk(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    services.view_state.remember("window.place", '{"case": "gone", "tab": 1, "is_open": true}')
    window.restore_place()
    settle(context)
    assert window.desk.isVisible()
    assert window.notices.isHidden()


def test_desk_settings_and_palette_have_names_and_targets_for_everyone(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    settle(context)
    assert_accessible(window)
    window.show_settings()
    settle(context)
    assert_accessible(window)
    window.open_palette()
    assert_accessible(window)
    assert any(isinstance(part, QListWidget) for part in window.palette_panel.findChildren(QListWidget))


def test_choosing_a_look_in_the_settings_is_in_force_at_once(window: MainWindow, context: UiContext) -> None:
    window.show_settings()
    window.settings._look.setCurrentIndex(2)
    window.settings._scale.setValue(15)
    assert context.theme.look == "dark"
    assert context.theme.scale_percent == 150
    assert context.preferences.settings.theme.value == "dark"
    settle(context)


def test_a_new_name_stands_beside_what_is_done_from_then_on(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    window.show_settings()
    window.settings._name.setText("A. Physician")
    window.settings._credential.setText("MD")
    window.settings._credential.editingFinished.emit()
    settle(context)
    assert (services.actor.name, services.actor.credential) == ("A. Physician", "MD")
    assert any(part.text() == "A. Physician, MD" for part in window.findChildren(QLabel))
    services.cases.new_case()
    assert services.audit(limit=1)[0].actor == "A. Physician, MD"


def test_the_preview_never_needs_more_width_than_it_has(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    settle(context)
    page = window.desk._preview.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= window.desk._preview.viewport().width()


def test_another_case_is_begun_at_its_start_not_in_the_field_of_the_one_before(
    case_id: str, services: Services, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.INTAKE)
    settle(context)
    start = QApplication.focusWidget()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not start
    window.show_desk()
    settle(context)
    window.open_case(add_case(services), CaseTab.INTAKE)
    settle(context)
    assert QApplication.focusWidget() is start


def test_a_new_case_begins_in_the_intake_whatever_was_in_front(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.REVIEW)
    settle(context)
    press(window, Qt.Key.Key_N, CTRL)
    settle(context)
    assert window.case_page.case_id not in {"", case_id}
    assert window.case_page.tab == CaseTab.INTAKE


def test_nothing_of_the_case_before_stands_in_the_review_of_an_empty_one(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    window.open_sample_case()
    settle(context)
    window.show_review()
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, ReviewScreen)
    note = screen.note_pane
    assert "Imaging" in note.details.text()
    note.open_find()
    window.new_case()
    settle(context)
    window.show_review()
    settle(context)
    assert (note.place.text(), note.details.text(), note.view.toPlainText()) == ("", "", "")
    assert note.view.accessibleName() == "Note"
    assert note.find_bar.isHidden()


def test_a_first_case_without_documents_says_where_they_come_from(
    case_id: str, window: MainWindow, context: UiContext
) -> None:
    window.open_case(case_id, CaseTab.REVIEW)
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, ReviewScreen)
    assert screen.note_pane.empty.isVisible()
    assert screen.note_pane.empty.height() >= screen.note_pane.empty.heightForWidth(
        screen.note_pane.empty.width()
    )
    assert screen.note_pane.view.isHidden()


def test_at_the_largest_text_a_notice_leaves_the_lines_that_are_read_and_the_way_to_met(
    context: UiContext, qtbot: QtBot
) -> None:
    context.theme.choose("light", 200)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.open_sample_case()
    settle(context)
    window.show_review()
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, ReviewScreen)
    view, strip = screen.note_pane.view, window.findChildren(ResultStrip)[0]
    view.setFocus()
    settle(context)
    context.notify.info("No words are selected. Select them with Shift and the arrow keys, then Enter.")
    for _ in range(12):
        press(window, Qt.Key.Key_Down)
        wait(20)
        assert overlap(window.notices.geometry(), point_of(window, view)) == 0
        assert overlap(window.notices.geometry(), QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())) == 0
