"""A rule with exceptions and questions asked side by side are shown, walked and answered like any other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.service_line import Laterality
from desktop.ui.review.criteria_rows import CriteriaRow, RowKind, rows_under
from desktop.ui.review.result_rows import line_result
from desktop.ui.review.row_building import build_rows
from desktop.ui.review.row_layout import group_visual, lay_out
from desktop.ui.theme import Theme
from tests.ui.review.conftest import Reviewer
from tests.ui.review.fake_services import FakeServices, small_services, view_of
from tests.ui.review.small_case import EXCEPTION_SET, sided_case

CASE = "case-1"


def key(criterion_id: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id="payer.joint", criterion_id=criterion_id, subject=subject)


def services(laterality: Laterality = Laterality.BILATERAL) -> FakeServices:
    return small_services(sided_case(laterality), EXCEPTION_SET)


def rows(made: FakeServices) -> CriteriaRow:
    view = view_of(made)
    return build_rows(view.sets[0], view.case.service_lines[0], view)


def of_kind(root: CriteriaRow, kind: RowKind) -> CriteriaRow:
    return next(row for row in rows_under(root) if row.kind is kind)


def answer(made: FakeServices, criterion_id: str, state: AssessmentState, subject: str = "") -> None:
    made.review.set_state(CASE, key(criterion_id, subject), state)


def test_the_exceptions_of_a_rule_stand_under_their_own_words_with_a_shield(theme: Theme) -> None:
    pair = of_kind(rows(services()), RowKind.WAIVABLE)
    rule, exceptions = pair.children
    assert (rule.id, exceptions.rule) == ("therapy", "UNLESS ONE OF")
    assert [row.id for row in exceptions.children] == ["deficit", "fracture"]
    for row in exceptions.children:
        assert row.spoken().startswith("exception: ")
        assert "shield" in [part.kind for part in lay_out(theme, row, 300).parts]
    assert "shield" not in [part.kind for part in lay_out(theme, rule, 300).parts]


def test_an_exception_that_holds_waives_the_rule_and_both_say_so() -> None:
    made = services()
    answer(made, "therapy", AssessmentState.NOT_MET)
    answer(made, "deficit", AssessmentState.MET)
    pair = of_kind(rows(made), RowKind.WAIVABLE)
    exceptions = pair.children[1]
    assert (pair.truth_word, group_visual(pair).icon) == ("waived", "shield")
    assert (exceptions.truth_word, group_visual(exceptions).icon) == ("waives the rule", "shield")


def test_a_rule_that_holds_by_itself_is_met_and_not_waived() -> None:
    made = services()
    answer(made, "therapy", AssessmentState.MET)
    answer(made, "deficit", AssessmentState.MET)
    assert of_kind(rows(made), RowKind.WAIVABLE).truth_word == "met"


def test_exceptions_that_fail_waive_nothing() -> None:
    made = services()
    answer(made, "deficit", AssessmentState.NOT_MET)
    answer(made, "fracture", AssessmentState.NOT_MET)
    exceptions = of_kind(rows(made), RowKind.EXCEPTIONS)
    assert (exceptions.truth_word, group_visual(exceptions).icon) == ("waives nothing", "dash")


def test_a_rule_that_does_not_apply_takes_its_exceptions_along() -> None:
    made = services()
    answer(made, "therapy", AssessmentState.NOT_APPLICABLE)
    root = rows(made)
    assert of_kind(root, RowKind.WAIVABLE).truth_word == "not applicable"
    assert of_kind(root, RowKind.EXCEPTIONS).truth_word == "not applicable"


def test_a_question_asked_side_by_side_has_a_cell_for_each_side_of_the_line() -> None:
    captions = [
        [
            cell.caption
            for row in rows_under(rows(services(side)))
            if row.id == "arthritis"
            for cell in row.cells
        ]
        for side in (Laterality.BILATERAL, Laterality.LEFT, Laterality.NONE)
    ]
    assert captions == [["left", "right"], ["left"], []]
    bare = next(row for row in rows_under(rows(services(Laterality.NONE))) if row.id == "arthritis")
    assert "names no side" in bare.spoken()


def test_groups_and_the_line_say_at_which_side_they_are_met() -> None:
    made = services()
    for name in ("therapy", "weight"):
        answer(made, name, AssessmentState.MET)
    answer(made, "arthritis", AssessmentState.MET, "left")
    result = line_result(view_of(made), "line-1", "payer.joint")
    assert result is not None
    assert result.word == "not established · met at left"
    assert rows(made).truth_word == "met at 1 of 2 sides"
    assert [item.caption for item in result.missing] == ["a weight-bearing film · right"]


def test_sides_are_walked_and_answered_like_levels(theme: Theme, qtbot: QtBot) -> None:
    reviewer = Reviewer(services(), theme, qtbot)
    reviewer.stand_on("arthritis")
    reviewer.press(Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_N)
    assert reviewer.state("arthritis", "left") == "met"
    assert reviewer.state("arthritis", "right") == "not_met"
    reviewer.screen.flush()
    reviewer.wait()
    again = reviewer.open_screen()
    assert again.active_pane.tree.current_side == "right"
    reviewer.runner.close()


def test_the_panel_says_what_an_exception_is(theme: Theme, qtbot: QtBot) -> None:
    reviewer = Reviewer(services(), theme, qtbot)
    reviewer.stand_on("deficit")
    assert "waives the rule" in reviewer.screen.panel.where.text()
    reviewer.runner.close()


@pytest.mark.parametrize("folded", [True, False])
def test_exceptions_can_be_folded_away(theme: Theme, qtbot: QtBot, folded: bool) -> None:
    reviewer = Reviewer(services(), theme, qtbot)
    reviewer.stand_on("therapy")
    reviewer.press(Qt.Key.Key_Down)
    if folded:
        reviewer.press(Qt.Key.Key_Left)
    assert ("deficit" in reviewer.tree.numbers) is not folded
    reviewer.runner.close()
