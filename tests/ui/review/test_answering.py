"""Criteria are answered by key and by mouse, and what it comes to is shown at once."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.assessment import AssessmentState
from desktop.domain.changes import ChangeFlag, Changes
from desktop.ui.review.answer_fields import amount_in
from desktop.ui.review.criteria_delegate import CriteriaDelegate
from desktop.ui.theme import Theme
from tests.ui.review.conftest import Reviewer
from tests.ui.review.fake_services import small_services
from tests.ui.review.small_case import PAYER_SET, small_case

KEYS = [
    (Qt.Key.Key_M, "met"),
    (Qt.Key.Key_N, "not_met"),
    (Qt.Key.Key_U, "unclear"),
    (Qt.Key.Key_D, "not_documented"),
    (Qt.Key.Key_A, "not_applicable"),
]


@pytest.mark.parametrize(("key", "state"), KEYS)
def test_a_letter_answers_the_current_criterion(reviewer: Reviewer, key: Qt.Key, state: str) -> None:
    reviewer.stand_on("pain")
    reviewer.press(key)
    assert reviewer.state("pain") == state


def test_arrows_walk_the_tree(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    walked = []
    for _ in range(4):
        walked.append(reviewer.tree.current_row_id())
        reviewer.press(Qt.Key.Key_Down)
    assert walked == ["pain", "nonunion", "smoking", "unstable"]
    reviewer.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert reviewer.tree.current_row_id() == "smoking"


def test_left_and_right_choose_the_level_that_is_answered(reviewer: Reviewer) -> None:
    reviewer.stand_on("nonunion", "L4-L5")
    reviewer.press(Qt.Key.Key_N, Qt.Key.Key_Right, Qt.Key.Key_M)
    assert reviewer.state("nonunion", "L4-L5") == "not_met"
    assert reviewer.state("nonunion", "L5-S1") == "met"
    reviewer.press(Qt.Key.Key_Right)
    assert reviewer.tree.current_level == "L5-S1"


def test_left_and_right_fold_a_group_and_numbers_follow(reviewer: Reviewer) -> None:
    reviewer.stand_on("unstable")
    assert reviewer.tree.numbers["gap"] == 4
    reviewer.press(Qt.Key.Key_Left)
    assert "gap" not in reviewer.tree.numbers
    reviewer.press(Qt.Key.Key_Right)
    assert reviewer.tree.numbers["gap"] == 4


def test_the_result_follows_every_answer(reviewer: Reviewer) -> None:
    strip = reviewer.screen.strip
    assert strip.badge.visual.word == "Not established"
    for name in ("pain", "smoking", "broken"):
        reviewer.stand_on(name)
        reviewer.press(Qt.Key.Key_M)
    for level in ("L4-L5", "L5-S1"):
        reviewer.stand_on("nonunion", level)
        reviewer.press(Qt.Key.Key_M)
    assert strip.badge.visual.word == "Met"
    assert "nothing is missing" in strip.says.text()
    reviewer.press(Qt.Key.Key_N)
    assert strip.badge.visual.word == "Not met"


def test_keys_pressed_in_quick_succession_all_arrive(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    for key in (Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_U):
        QTest.keyClick(reviewer.tree, key)
    reviewer.wait()
    assert reviewer.state("pain") == "met"
    assert reviewer.state("nonunion", "L4-L5") == "not_met"
    assert reviewer.state("smoking") == "unclear"


def test_an_exception_asks_for_its_source_before_it_counts(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_E)
    field = reviewer.screen.panel.exception.field
    assert field.hasFocus()
    assert reviewer.state("pain") is None
    reviewer.press(Qt.Key.Key_Return)
    assert "Name what waives it" in reviewer.screen.panel.exception.says.text()
    QTest.keyClicks(field, "Plan letter 3 May 2026")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.state("pain") == "exception"
    stored = next(iter(reviewer.review.assessments.values()))
    assert stored.exception_source == "Plan letter 3 May 2026"
    assert reviewer.tree.hasFocus()


def test_escape_leaves_the_exception_unasked(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_E)
    QTest.keyClicks(reviewer.screen.panel.exception.field, "half a thought")
    reviewer.press(Qt.Key.Key_Escape)
    assert reviewer.state("pain") is None
    assert not reviewer.screen.panel.exception.isVisible()
    assert reviewer.tree.hasFocus()


def test_backspace_takes_an_answer_back(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_M, Qt.Key.Key_Backspace)
    assert reviewer.state("pain") is None


def test_a_button_answers_like_its_key(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    button = reviewer.screen.panel.states.buttons[AssessmentState.UNCLEAR]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    reviewer.wait()
    assert reviewer.state("pain") == "unclear"
    assert button.isChecked()


def test_a_click_on_a_level_makes_it_current(reviewer: Reviewer) -> None:
    tree = reviewer.tree
    index = tree.model().index(1, 0, tree.model().index(0, 0))
    rect = tree.visualRect(index)
    delegate = cast("CriteriaDelegate", tree.itemDelegate())
    spot = next(
        QPoint(x, y)
        for y in range(rect.top(), rect.bottom(), 4)
        for x in range(rect.left(), rect.right(), 4)
        if (cell := delegate.cell_at(index, QPoint(x, y))) is not None and cell.caption == "L5-S1"
    )
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tree.current_row_id() == "nonunion"
    assert tree.current_level == "L5-S1"
    reviewer.press(Qt.Key.Key_M, on=tree)
    assert reviewer.state("nonunion", "L5-S1") == "met"


def test_a_value_decides_against_the_threshold(reviewer: Reviewer) -> None:
    reviewer.stand_on("gap")
    reviewer.press(Qt.Key.Key_V)
    field = reviewer.screen.panel.amount
    assert field.value.hasFocus()
    QTest.keyClicks(field.value, "4,5")
    reviewer.press(Qt.Key.Key_Return)
    assert "Write a number" in field.says.text()
    field.value.clear()
    QTest.keyClicks(field.value, "4.5")
    reviewer.press(Qt.Key.Key_Return)
    stored = next(iter(reviewer.review.assessments.values()))
    assert stored.amount is not None
    assert (str(stored.amount.value), stored.amount.unit) == ("4.5", "mm")
    assert "meets" in reviewer.screen.panel.reason.text()


def test_a_value_is_not_asked_for_where_there_is_no_threshold(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    assert not reviewer.screen.panel.amount.isVisible()
    reviewer.press(Qt.Key.Key_V)
    assert "no threshold" in reviewer.notify.notices[-1].what


def test_a_group_has_no_answer_of_its_own(reviewer: Reviewer) -> None:
    reviewer.stand_on("unstable")
    reviewer.press(Qt.Key.Key_M)
    assert reviewer.review.calls == []
    assert "Choose a criterion" in reviewer.notify.notices[-1].what


def test_g_goes_to_what_is_still_open(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_M, Qt.Key.Key_G)
    assert (reviewer.tree.current_row_id(), reviewer.tree.current_level) == ("nonunion", "L4-L5")
    reviewer.press(Qt.Key.Key_G)
    assert (reviewer.tree.current_row_id(), reviewer.tree.current_level) == ("nonunion", "L5-S1")


def test_a_named_gap_can_be_clicked(reviewer: Reviewer) -> None:
    button = reviewer.screen.strip.buttons[2]
    assert button.item is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reviewer.screen.current_key == button.item.key


def test_two_sets_stand_side_by_side_and_go_together(reviewer: Reviewer) -> None:
    left, right = reviewer.screen.set_panes
    assert left.isVisible()
    assert right.isVisible()
    reviewer.stand_on("nonunion", "L5-S1")
    assert right.tree.current_row_id() == "failed-fusion"
    reviewer.press(Qt.Key.Key_S)
    assert right.tree.hasFocus()
    reviewer.press(Qt.Key.Key_M)
    assert reviewer.state("failed-fusion", "L5-S1") == "met"
    assert reviewer.state("nonunion", "L5-S1") is None


def test_a_second_set_that_comes_back_has_room_to_be_read(reviewer: Reviewer) -> None:
    reviewer.screen.choose_line("line-2")
    reviewer.wait()
    reviewer.screen.choose_line("line-1")
    reviewer.wait()
    left, right = reviewer.screen.pane_splitter.sizes()
    assert right * 3 >= left + right


def test_one_set_can_be_shown_alone(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_Backslash)
    assert not reviewer.screen.set_panes[1].isVisible()
    reviewer.press(Qt.Key.Key_S)
    assert reviewer.screen.active_pane.set_id == "public.fusion"


def test_the_key_for_two_sets_says_what_to_do_where_there_is_only_one(theme: Theme, qtbot: QtBot) -> None:
    alone = Reviewer(small_services(small_case(), PAYER_SET), theme, qtbot)
    alone.stand_on("pain")
    alone.press(Qt.Key.Key_Backslash)
    assert "Choose another one" in alone.notify.notices[-1].what
    alone.screen.resize(700, 600)
    alone.wait()
    alone.press(Qt.Key.Key_Backslash)
    assert "Make the window wider" in alone.notify.notices[-1].what
    alone.runner.close()


def test_another_service_line_has_its_own_answers(reviewer: Reviewer) -> None:
    reviewer.screen.side.lines.setFocus()
    reviewer.press(Qt.Key.Key_Down)
    line = reviewer.screen.line
    assert line is not None
    assert line.id == "line-2"
    assert not reviewer.screen.set_panes[1].isVisible()
    assert "63047" in reviewer.screen.strip.caption.text()


def test_what_is_committed_elsewhere_is_shown(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_M)
    reviewer.review.undo()
    changes = Changes(frozenset({ChangeFlag.ASSESSMENTS}), frozenset({"case-1"}))
    reviewer.context.refresh.changes_committed.emit(changes, None)
    reviewer.wait()
    assert not reviewer.screen.panel.states.buttons[AssessmentState.MET].isChecked()
    assert reviewer.tree.current_row_id() == "pain"


def test_a_hidden_screen_catches_up_when_it_is_shown(reviewer: Reviewer) -> None:
    reviewer.screen.hide()
    key = reviewer.screen.current_key
    assert key is not None
    reviewer.review.set_state("case-1", key, AssessmentState.MET)
    changes = Changes(frozenset({ChangeFlag.ASSESSMENTS}), frozenset({"case-1"}))
    reviewer.context.refresh.changes_committed.emit(changes, None)
    reviewer.wait()
    assert not reviewer.screen.panel.states.buttons[AssessmentState.MET].isChecked()
    reviewer.screen.show()
    reviewer.wait()
    assert reviewer.screen.panel.states.buttons[AssessmentState.MET].isChecked()


def test_a_signed_review_says_so_and_changes_nothing(reviewer: Reviewer) -> None:
    reviewer.review.is_signed = True
    reviewer.screen.show_case("case-1")
    reviewer.wait()
    assert reviewer.screen.signed.isVisible()
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_M)
    reviewer.select("lucency around")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.review.calls == []
    assert "signed" in reviewer.notify.notices[-1].what
    assert reviewer.screen.panel.note.isReadOnly()


def test_a_case_without_service_lines_says_what_to_do(reviewer: Reviewer) -> None:
    case = reviewer.review.case
    reviewer.review.case = case.model_copy(update={"service_lines": (), "documents": ()})
    reviewer.screen.show_case(case.id)
    reviewer.wait()
    assert "Intake" in reviewer.screen.set_panes[0].empty.text()
    assert reviewer.screen.set_panes[0].empty.isVisible()
    assert reviewer.screen.note_pane.empty.isVisible()
    assert QApplication.focusWidget() is not None
    reviewer.screen.answer_met()
    assert reviewer.review.calls == []


@pytest.mark.parametrize("unit", ["mg\x00", "\ufeff\x00"])
def test_a_unit_that_cannot_be_kept_is_refused_in_words(unit: str) -> None:
    with pytest.raises(ValueError, match="cannot be kept") as refused:
        amount_in("3", unit)
    assert "\n" not in str(refused.value)
