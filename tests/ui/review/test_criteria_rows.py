"""The rows that the tree paints say what was answered and what the evaluation made of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, Stance
from desktop.domain.document import SpanState
from desktop.domain.truth import Truth
from desktop.ui.review.answer_fields import amount_words
from desktop.ui.review.criteria_rows import (
    CriteriaRow,
    criterion_rows,
    key_numbers,
    next_gap,
    open_questions,
    rows_under,
    trace_of,
)
from desktop.ui.review.highlights import at_offset, evidence_rows, highlights_in
from desktop.ui.review.result_rows import line_result, line_results
from desktop.ui.review.row_building import build_rows
from tests.ui.review.fake_services import FakeServices, small_services, view_of
from tests.ui.review.small_case import CT_TEXT, PAYER_SET, PUBLIC_SET, small_case

CASE = "case-1"


def key(criterion_id: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id="payer.fusion", criterion_id=criterion_id, subject=subject)


def services() -> FakeServices:
    return small_services(small_case(), PAYER_SET, PUBLIC_SET)


def rows(made: FakeServices, line: int = 0) -> CriteriaRow:
    view = view_of(made)
    return build_rows(view.sets[0], view.case.service_lines[line], view)


def row(root: CriteriaRow, row_id: str) -> CriteriaRow:
    return next(item for item in rows_under(root) if item.id == row_id)


def test_a_per_level_criterion_has_one_cell_for_each_level_of_the_line() -> None:
    cells = row(rows(services()), "nonunion").cells
    assert [cell.caption for cell in cells] == ["L4-L5", "L5-S1"]


def test_a_line_without_levels_gives_a_per_level_criterion_no_cell_and_says_so() -> None:
    nonunion = row(rows(services(), line=1), "nonunion")
    assert nonunion.cells == ()
    assert "names no level" in nonunion.spoken()


def test_an_answer_at_one_level_does_not_answer_the_other() -> None:
    made = services()
    made.review.set_state(CASE, key("nonunion", "L5-S1"), AssessmentState.MET)
    states = [cell.state for cell in row(rows(made), "nonunion").cells]
    assert states == [None, AssessmentState.MET]


def test_a_group_that_differs_by_level_says_at_how_many_it_is_met() -> None:
    made = services()
    for question, state in (
        (key("pain"), AssessmentState.MET),
        (key("smoking"), AssessmentState.MET),
        (key("broken"), AssessmentState.MET),
        (key("nonunion", "L5-S1"), AssessmentState.MET),
        (key("nonunion", "L4-L5"), AssessmentState.NOT_MET),
    ):
        made.review.set_state(CASE, question, state)
    root = rows(made)
    assert root.truth is None
    assert root.truth_word == "met at 1 of 2 levels"
    assert row(root, "unstable").truth_word == "met"


def test_rules_thresholds_and_polarity_are_in_words() -> None:
    root = rows(services())
    assert root.rule == "ALL OF"
    assert row(root, "unstable").rule == "ANY OF"
    assert row(root, "gap").threshold == "≥ 4 mm"
    assert row(root, "smoking").must_be_absent
    assert "must be absent" in row(root, "smoking").spoken()


def test_a_group_marked_not_applicable_throughout_does_not_count() -> None:
    made = services()
    for name in ("gap", "broken"):
        made.review.set_state(CASE, key(name), AssessmentState.NOT_APPLICABLE)
    assert row(rows(made), "unstable").truth_word == "not applicable"


def test_evidence_is_counted_by_what_it_does() -> None:
    made = services()
    made.review.link(CASE, key("nonunion", "L5-S1"), "ct", 5, 20, Stance.SUPPORTS)
    made.review.link(CASE, key("nonunion", "L5-S1"), "clinic", 0, 6, Stance.CONTRADICTS)
    cell = row(rows(made), "nonunion").cells[1]
    assert (cell.supports, cell.contradicts) == (1, 1)
    assert cell.evidence_word == "1 supporting, 1 contradicting"


def test_a_changed_quotation_is_marked_and_not_painted_over_other_words() -> None:
    made = services()
    made.review.link(CASE, key("pain"), "ct", 0, 8, Stance.SUPPORTS)
    link = made.review.links[key("pain")][0]
    view = view_of(made, span_states={link.id: SpanState.CHANGED})
    built = build_rows(view.sets[0], view.case.service_lines[0], view)
    assert row(built, "pain").cells[0].is_broken
    assert highlights_in(view, "ct") == ()
    assert "changed" in evidence_rows(view, key("pain"))[0].warning


def test_digits_count_only_criteria_that_can_be_seen() -> None:
    root = rows(services())
    assert key_numbers(root) == {"pain": 1, "nonunion": 2, "smoking": 3, "gap": 4, "broken": 5}
    assert key_numbers(root, {"unstable"}) == {"pain": 1, "nonunion": 2, "smoking": 3}


def test_the_next_gap_goes_in_reading_order_level_by_level_and_round_the_end() -> None:
    made = services()
    made.review.set_state(CASE, key("pain"), AssessmentState.MET)
    made.review.set_state(CASE, key("broken"), AssessmentState.MET)
    root = rows(made)
    trace = trace_of(view_of(made), "payer.fusion", "line-1")
    walked = [next_gap(root, trace, None)]
    for _ in range(3):
        walked.append(next_gap(root, trace, walked[-1]))
    assert walked == [
        key("nonunion", "L4-L5"),
        key("nonunion", "L5-S1"),
        key("smoking"),
        key("nonunion", "L4-L5"),
    ]


def test_without_an_evaluation_the_unanswered_questions_are_the_gaps() -> None:
    made = services()
    made.review.set_state(CASE, key("pain"), AssessmentState.MET)
    assert key("pain") not in open_questions(rows(made), None)
    assert key("smoking") in open_questions(rows(made), None)


def test_nothing_open_has_no_next_gap() -> None:
    made = services()
    for name in ("pain", "smoking", "broken"):
        made.review.set_state(CASE, key(name), AssessmentState.MET)
    for level in ("L4-L5", "L5-S1"):
        made.review.set_state(CASE, key("nonunion", level), AssessmentState.MET)
    assert next_gap(rows(made), trace_of(view_of(made), "payer.fusion", "line-1"), None) is None


def test_what_is_missing_names_the_document_that_closes_it_and_its_level() -> None:
    made = services()
    for name in ("pain", "smoking", "broken"):
        made.review.set_state(CASE, key(name), AssessmentState.MET)
    made.review.set_state(CASE, key("nonunion", "L5-S1"), AssessmentState.MET)
    result = line_result(view_of(made), "line-1", "payer.fusion")
    assert result is not None
    assert result.truth is Truth.UNKNOWN
    assert [item.caption for item in result.missing] == ["a CT report that names the level · L4-L5"]
    assert result.word == "not established · met at L5-S1"


def test_a_question_open_at_every_level_is_listed_once_without_levels() -> None:
    result = line_result(view_of(services()), "line-1", "payer.fusion")
    assert result is not None
    captions = [item.caption for item in result.missing]
    assert captions.count("a dated clinic note") == 1


def test_a_line_that_is_not_held_against_the_set_shows_its_own() -> None:
    results = line_results(view_of(services()), "public.fusion")
    assert [result.set_id for result in results] == ["public.fusion", "payer.fusion"]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), max_size=6), st.integers(0, 45))
def test_the_highlights_at_a_place_are_exactly_those_that_cover_it(
    spans: list[tuple[int, int]], at: int
) -> None:
    made = services()
    for start, length in spans:
        made.review.link(CASE, key("pain"), "ct", start, start + length, Stance.SUPPORTS)
    highlights = highlights_in(view_of(made), "ct")
    assert [item.start for item in highlights] == sorted(item.start for item in highlights)
    assert {item.link_id for item in at_offset(highlights, at)} == {
        item.link_id for item in highlights if item.start <= at < item.end
    }


def test_every_criterion_of_the_set_has_a_row() -> None:
    made = services()
    assert [item.id for item in criterion_rows(rows(made))] == [
        item.id for item in view_of(made).sets[0].criteria()
    ]
    assert CT_TEXT


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("3.57", "weeks", "3 weeks 4 days (3.57 weeks)"),
        ("7.14", "weeks", "7 weeks 1 day (7.14 weeks)"),
        ("5.857", "weeks", "5 weeks 6 days (5.857 weeks)"),
        ("7", "weeks", "7 weeks"),
        ("3.5", "weeks", "3.5 weeks"),
        ("3.57", "months", "3.57 months"),
        ("1E+999999", "weeks", "1E+999999 weeks"),
    ],
)
def test_weeks_of_whole_days_are_said_as_people_count_them(value: str, unit: str, words: str) -> None:
    assert amount_words(Amount(value=Decimal(value), unit=unit)) == words
