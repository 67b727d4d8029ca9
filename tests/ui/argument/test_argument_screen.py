"""Choosing what a case is argued with, by key and mouse, over a real store."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.argument import ExceptionKind
from desktop.domain.letter import LetterKind
from desktop.ui.argument.argument_screen import ArgumentScreen
from desktop.ui.argument.offer_rows import Filter
from desktop.ui.case_tabs import CaseTab
from tests.ui.accessibility import assert_accessible
from tests.ui.argument.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
RED_FLAG = "exception.red_flag.line-reinsertion"
JUDGEMENT = "exception.clinical_judgement.line-reinsertion"
LOOSENING = "lumbar-fusion-revision:loosening-on-ct"
NONUNION = "lumbar-fusion-revision:nonunion-on-ct"


def test_exceptions_come_first_then_claims_by_section_in_the_order_of_an_opinion(desk: Desk) -> None:
    headings = [row.title.rpartition("  ")[0] for row in desk.screen.frame.list.rows if row.is_heading]
    assert headings[0] == "Exceptions"
    assert headings[1:4] == ["Clinical rationale", "What imaging can show", "Criteria and clinical judgment"]
    assert headings[-1] == "Rules of review and appeal"


def test_space_takes_an_exception_in_and_says_at_once_what_is_new_in_the_letter(desk: Desk) -> None:
    desk.services.letters.compose(desk.case_id)
    desk.choose(RED_FLAG)
    assert "– Left out" in desk.text()
    desk.press(Qt.Key.Key_Space)
    view = desk.services.argument.view(desk.case_id)
    assert view.choices[RED_FLAG].is_included
    assert "is new" in desk.screen.frame.changed.text()
    assert desk.screen.frame.changed.isVisible()
    assert "stands in the first-level appeal, draft" in desk.text()
    letter = desk.services.letters.current(desk.case_id)
    assert letter is not None
    assert any(block.id == RED_FLAG for block in letter.content.blocks)
    desk.press(Qt.Key.Key_Space)
    assert "is gone" in desk.screen.frame.changed.text()
    letter = desk.services.letters.current(desk.case_id)
    assert letter is not None
    assert not any(block.id == RED_FLAG for block in letter.content.blocks)


def test_without_a_letter_a_choice_says_that_it_waits_for_one(desk: Desk) -> None:
    desk.choose(LOOSENING)
    desk.press(Qt.Key.Key_Space)
    assert desk.screen.frame.changed.text().startswith("No letter is written yet")
    assert not desk.services.argument.view(desk.case_id).choices[LOOSENING].is_included


def test_a_choice_is_undone_with_the_case_and_the_list_follows(desk: Desk) -> None:
    desk.choose(LOOSENING)
    desk.press(Qt.Key.Key_Space)
    row = next(row for row in desk.screen.frame.list.rows if row.id == LOOSENING)
    assert row.spoken.startswith("Left out")
    desk.context.commit(lambda: desk.services.history.undo(desk.case_id))
    desk.settle()
    row = next(row for row in desk.screen.frame.list.rows if row.id == LOOSENING)
    assert row.spoken.startswith("Taken")


def test_a_claim_shows_its_grounds_sources_figures_and_verification(desk: Desk) -> None:
    desk.choose(LOOSENING)
    text = desk.text()
    assert "Hardware loosening is reported where the service is asked for." in text
    assert "A circumferential lucent zone surrounds both S1 screws" in text
    assert "Spirig JM" in text
    assert "prospective study · 2019 · ✓ verified" in text
    assert "96.7%" in text
    assert "[@" not in text


def test_what_the_plan_may_raise_stands_beside_the_answer(desk: Desk) -> None:
    desk.choose(NONUNION)
    text = desk.text()
    assert text.index("What the plan may raise against it") < text.index("The answer")


def test_own_words_for_an_exception_are_saved_while_typing_and_printed(desk: Desk) -> None:
    desk.services.letters.compose(desk.case_id)
    desk.choose(JUDGEMENT)
    desk.press(Qt.Key.Key_E, CTRL)
    area = desk.screen.frame.note.area
    assert area.hasFocus()
    QTest.keyClicks(area, "The screws are loose on two studies. ")
    desk.screen.flush()
    desk.settle()
    assert desk.services.argument.view(desk.case_id).note(JUDGEMENT) == "The screws are loose on two studies."
    assert area.exact_text().endswith(" "), "a space being typed must not vanish when it is saved"
    letter = desk.services.letters.current(desk.case_id)
    assert letter is not None
    assert "The screws are loose on two studies." in "\n".join(block.text for block in letter.content.blocks)


def test_words_are_saved_before_another_row_is_shown(desk: Desk) -> None:
    desk.choose(JUDGEMENT)
    desk.press(Qt.Key.Key_E, CTRL)
    QTest.keyClicks(desk.screen.frame.note.area, "Kept")
    desk.choose(RED_FLAG)
    assert desk.services.argument.view(desk.case_id).note(JUDGEMENT) == "Kept"
    assert desk.screen.frame.note.read() == ""


def test_the_search_looks_into_claims_sources_and_objections(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CTRL)
    field = desk.screen.frame.search
    assert field.hasFocus()
    QTest.keyClicks(field, "spirig torque")
    desk.settle()
    keys = [row.id for row in desk.screen.frame.list.rows if not row.is_heading]
    assert LOOSENING in keys
    assert len(keys) < 6
    desk.press(Qt.Key.Key_Down)
    assert desk.screen.frame.list.hasFocus()
    desk.press(Qt.Key.Key_F, CTRL)
    desk.press(Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    desk.screen.frame.search.setText("zebra")
    desk.settle()
    assert "Nothing matches" in desk.text()
    assert not desk.screen.frame.toggle_button.isVisible()


def test_the_filters_count_and_list_what_is_left_out(desk: Desk) -> None:
    frame = desk.screen.frame
    pill = frame.filters[Filter.LEFT_OUT]
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    desk.settle()
    rows = [row for row in frame.list.rows if not row.is_heading]
    assert rows
    assert all(row.spoken.startswith("Left out") for row in rows)
    assert pill.text() == f"Left out {len(rows)}"
    desk.press(Qt.Key.Key_G, CTRL)
    assert frame.filters[Filter.NEEDS].isChecked()


def test_taking_a_choice_back_lets_the_program_decide_again(desk: Desk) -> None:
    desk.choose(RED_FLAG)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_R, CTRL)
    assert RED_FLAG not in desk.services.argument.view(desk.case_id).choices
    assert "– Left out" in desk.text()


def test_the_mouse_does_what_the_space_bar_does(desk: Desk) -> None:
    desk.choose(LOOSENING)
    button = desk.screen.frame.toggle_button
    assert button.accessibleName() == "Leave out"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert button.accessibleName() == "Take into the papers"


def test_what_changes_behind_another_tab_is_read_when_the_tab_comes_to_the_front(desk: Desk) -> None:
    desk.screen.hide()
    desk.context.commit(lambda: desk.services.argument.choose(desk.case_id, LOOSENING, False))
    desk.settle()
    row = next(row for row in desk.screen.frame.list.rows if row.id == LOOSENING)
    assert row.spoken.startswith("Taken")
    desk.screen.show()
    desk.settle()
    row = next(row for row in desk.screen.frame.list.rows if row.id == LOOSENING)
    assert row.spoken.startswith("Left out")


def test_a_case_that_bears_nothing_out_says_what_the_place_is_for(desk: Desk) -> None:
    empty = desk.services.cases.new_case().value.id
    desk.screen.show_case(empty)
    desk.settle()
    keys = [row.id for row in desk.screen.frame.list.rows if row.id]
    for key in keys:  # rules of review hold whatever was asked for
        assert key.startswith("external-review-process")
    if not keys:
        assert "Nothing to argue with yet" in desk.text()


def test_every_part_is_named_on_both_pages(desk: Desk) -> None:
    assert_accessible(desk.screen)
    desk.screen.toggle_calls()
    desk.settle()
    assert_accessible(desk.screen)


def test_the_letter_and_the_card_are_asked_of_the_window(desk: Desk) -> None:
    tabs: list[object] = []
    papers: list[object] = []
    screen: ArgumentScreen = desk.screen
    screen.tab_asked.connect(tabs.append)
    screen.paper_asked.connect(papers.append)
    QTest.mouseClick(screen.frame.letter_button, Qt.MouseButton.LeftButton)
    screen.compose_card()
    screen.compose_request()
    assert tabs == [CaseTab.LETTER]
    assert papers == [LetterKind.PEER_TO_PEER_CARD, LetterKind.PEER_TO_PEER]


def test_an_exception_that_lacks_something_says_what_and_is_taken_in_by_words(desk: Desk) -> None:
    view = desk.services.argument.view(desk.case_id)
    needing = [item for item in view.exceptions if item.needs]
    for item in needing:
        desk.choose(item.key)
        assert "What it still needs" in desk.text()
        assert item.needs[0] in desk.text()
    assert all(item.kind is not ExceptionKind.SILENT_SET for item in needing)


def test_focus_stays_in_the_list_while_rows_are_toggled(desk: Desk) -> None:
    desk.choose(LOOSENING)
    desk.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is desk.screen.frame.list
    assert desk.screen.frame.list.current_id == LOOSENING


def test_a_click_on_the_sign_of_a_row_switches_it_and_a_click_on_its_words_does_not(desk: Desk) -> None:
    desk.choose(LOOSENING)
    view = desk.screen.frame.list
    row = view.visualRect(view.currentIndex())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    desk.settle()
    assert LOOSENING not in desk.services.argument.view(desk.case_id).choices
    sign = QPoint(row.left() + 16, row.top() + 14)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    desk.settle()
    assert not desk.services.argument.view(desk.case_id).choices[LOOSENING].is_included
