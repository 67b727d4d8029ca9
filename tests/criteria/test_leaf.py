"""One criterion: what a state, a recorded value, a waiver and linked words make of it, and the words that say so."""

from __future__ import annotations

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.assessment import Stance
from desktop.domain.document import Document, DocumentKind
from desktop.domain.truth import Truth
from desktop.rules.leaf import LeafResult, judge
from desktop.rules.units import same_unit
from tests.criteria.sets import REPORT, amount, answer, leaf, link, threshold

RECORD = {REPORT.id: REPORT}
LIMIT = leaf("a", threshold=threshold("<=", "10", "ng/mL"))


def _judge(criterion, assessment, *links) -> LeafResult:
    return judge(criterion, assessment, links, RECORD)


@pytest.mark.parametrize(
    ("state", "truth", "reason"),
    [
        (State.MET, Truth.TRUE, "Met. No words linked."),
        (State.NOT_MET, Truth.FALSE, "Not met."),
        (State.UNCLEAR, Truth.UNKNOWN, "Unclear."),
        (State.NOT_DOCUMENTED, Truth.UNKNOWN, "Not documented."),
        (None, Truth.UNKNOWN, "Not answered yet."),
    ],
)
def test_a_state_gives_truth_and_reason(state, truth, reason) -> None:
    result = _judge(leaf("a"), answer(state))
    assert (result.truth, result.reason, result.is_applicable) == (truth, reason, True)


def test_no_answer_at_all_is_unknown() -> None:
    assert _judge(leaf("a"), None) == LeafResult(Truth.UNKNOWN, "Not answered yet.")


@pytest.mark.parametrize(
    ("state", "truth", "words"),
    [
        (State.MET, Truth.TRUE, "shown to be absent"),
        (State.NOT_MET, Truth.FALSE, "shown to be present, and it must be absent"),
        (State.UNCLEAR, Truth.UNKNOWN, "unknown never counts as absent"),
        (State.NOT_DOCUMENTED, Truth.UNKNOWN, "Not documented: unknown never counts as absent"),
    ],
)
def test_what_must_be_absent_reads_right(state, truth, words) -> None:
    result = _judge(leaf("a", polarity="absent"), answer(state))
    assert result.truth is truth
    assert words in result.reason


def test_not_applicable_does_not_count() -> None:
    result = _judge(LIMIT, answer(State.NOT_APPLICABLE, amount=amount("3", "ng/mL")))
    assert (result.truth, result.is_applicable) == (Truth.UNKNOWN, False)
    assert result.amount == "3 ng/mL (needs <= 10 ng/mL)"


def test_an_exception_counts_only_with_what_waives_it() -> None:
    waived = _judge(leaf("a"), answer(State.EXCEPTION, exception_source="plan section 4"), link())
    assert (waived.truth, waived.reason) == (Truth.TRUE, "Exception: waived under plan section 4.")
    bare = _judge(leaf("a"), answer(State.EXCEPTION, exception_source="  "))
    assert bare.truth is Truth.UNKNOWN
    assert "nothing is cited" in bare.reason


@pytest.mark.parametrize(
    ("comparison", "value", "truth"),
    [
        (">=", "10", Truth.TRUE),
        (">=", "9.99", Truth.FALSE),
        (">", "10", Truth.FALSE),
        (">", "10.01", Truth.TRUE),
        ("<=", "10", Truth.TRUE),
        ("<=", "10.01", Truth.FALSE),
        ("<", "10", Truth.FALSE),
        ("<", "9.99", Truth.TRUE),
    ],
)
def test_a_recorded_value_decides_when_nothing_was_answered(comparison, value, truth) -> None:
    criterion = leaf("a", threshold=threshold(comparison, "10", "mm"))
    assert _judge(criterion, answer(None, amount=amount(value, "mm"))).truth is truth


def test_a_value_that_agrees_with_the_answer_is_named() -> None:
    result = _judge(LIMIT, answer(State.MET, amount=amount("3", "ng/mL")), link())
    assert (result.truth, result.reason) == (Truth.TRUE, "Met. 3 ng/mL meets <= 10 ng/mL.")


@pytest.mark.parametrize(("state", "value"), [(State.MET, "45"), (State.NOT_MET, "3")])
def test_a_value_against_the_answer_is_a_conflict_that_names_both(state, value) -> None:
    result = _judge(LIMIT, answer(state, amount=amount(value, "ng/mL")))
    assert result.truth is Truth.UNKNOWN
    assert state.label.lower() in result.reason
    assert f"{value} ng/mL" in result.reason


def test_a_value_does_not_overrule_unclear() -> None:
    result = _judge(LIMIT, answer(State.UNCLEAR, amount=amount("3", "ng/mL")))
    assert (result.truth, result.reason) == (Truth.UNKNOWN, "Unclear. 3 ng/mL meets <= 10 ng/mL.")


@pytest.mark.parametrize("state", [None, State.MET, State.NOT_MET])
def test_a_value_in_another_unit_decides_nothing(state) -> None:
    result = _judge(LIMIT, answer(state, amount=amount("3", "ug/L")))
    assert result.truth is Truth.UNKNOWN
    assert "units differ" in result.reason


def test_a_value_without_a_threshold_is_shown_and_changes_nothing() -> None:
    result = _judge(leaf("a"), answer(State.MET, amount=amount("3", "mm")), link())
    assert (result.truth, result.amount, result.reason) == (Truth.TRUE, "3 mm", "Met.")
    assert _judge(leaf("a"), answer(None, amount=amount("3", "mm"))).truth is Truth.UNKNOWN


def test_a_value_taken_from_the_record_shows_how_it_was_worked_out() -> None:
    criterion = leaf("a", threshold=threshold(">=", "6", "weeks"))
    worked = "Physical therapy 2026-02-03 to 2026-03-24: 7 weeks 0 days, 11 visits"
    taken = answer(None, amount=amount("7", "weeks"), arithmetic=worked)
    result = _judge(criterion, taken, link())
    assert (result.truth, result.reason) == (Truth.TRUE, f"{worked}; 7 weeks meets >= 6 weeks.")
    unclear = answer(State.UNCLEAR, amount=amount("4", "weeks"), arithmetic="Four weeks.")
    result = _judge(criterion, unclear)
    assert (result.truth, result.reason) == (
        Truth.UNKNOWN,
        "Unclear. Four weeks; 4 weeks does not meet >= 6 weeks.",
    )


def test_contradicting_words_are_named_and_change_nothing() -> None:
    one = _judge(leaf("a"), answer(State.MET), link(), link(Stance.CONTRADICTS, link_id="x"))
    assert (one.truth, one.reason) == (Truth.TRUE, "Met. 1 linked passage contradicts it.")
    two = _judge(leaf("a"), answer(State.MET), *(link(Stance.CONTRADICTS, link_id=i) for i in "xy"))
    assert two.reason == "Met. No words linked. 2 linked passages contradict it."


def test_words_from_the_wrong_kind_of_document_are_pointed_out() -> None:
    criterion = leaf("a", evidence_types=("lab_report",))
    wrong = _judge(criterion, answer(State.MET), link())
    assert wrong.truth is Truth.TRUE
    assert "not from the kind of document asked for (lab report)" in wrong.reason
    laboratory = Document(id="lab", kind=DocumentKind.LAB_REPORT, text="Cotinine below 10 ng/mL")
    right = judge(
        criterion, answer(State.MET), [link(), link(document=laboratory)], {**RECORD, "lab": laboratory}
    )
    assert right.reason == "Met."
    not_there = judge(criterion, answer(State.MET), [link()], {})
    assert not_there.reason == "Met."


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        ("months", "Month", True),
        ("mm", "millimetres", True),
        ("ng / mL", "ng/ml", True),
        ("level", "levels", True),
        ("tests", "test", True),
        ("sessions", "levels", False),
        ("mm", "cm", False),
        ("weeks", "months", False),
        ("", "mm", False),
    ],
)
def test_units_are_the_same_only_when_spelt_alike(left, right, is_same) -> None:
    assert same_unit(left, right) is is_same
