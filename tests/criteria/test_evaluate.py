"""A set is evaluated per level, in three-valued logic, and says why."""

from __future__ import annotations

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.clinical import Finding, FindingKind, ImagingStudy
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from tests.criteria.sets import (
    REPORT,
    all_of,
    answer,
    any_of,
    at_least,
    by_key,
    key,
    leaf,
    link,
    links_to,
    node,
    none_of,
    run,
    set_of,
)

A, B, C = leaf("a"), leaf("b"), leaf("c")
MET, NOT_MET, UNCLEAR = State.MET, State.NOT_MET, State.UNCLEAR
NOT_DOCUMENTED, NOT_APPLICABLE = State.NOT_DOCUMENTED, State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("tree", "answers", "truth"),
    [
        (all_of(A, B), {"a": MET, "b": MET}, Truth.TRUE),
        (all_of(A, B), {"a": MET, "b": UNCLEAR}, Truth.UNKNOWN),
        (all_of(A, B), {"a": NOT_MET, "b": UNCLEAR}, Truth.FALSE),
        (any_of(A, B), {"a": MET, "b": UNCLEAR}, Truth.TRUE),
        (any_of(A, B), {"a": NOT_MET, "b": NOT_DOCUMENTED}, Truth.UNKNOWN),
        (any_of(A, B), {"a": NOT_MET, "b": NOT_MET}, Truth.FALSE),
        (at_least(2, A, B, C), {"a": MET, "b": MET}, Truth.TRUE),
        (at_least(2, A, B, C), {"a": MET, "b": NOT_MET}, Truth.UNKNOWN),
        (at_least(2, A, B, C), {"a": NOT_MET, "b": NOT_MET, "c": MET}, Truth.FALSE),
        (none_of(A), {"a": NOT_MET}, Truth.TRUE),
        (none_of(A), {"a": MET}, Truth.FALSE),
        (none_of(A), {"a": NOT_DOCUMENTED}, Truth.UNKNOWN),
        (none_of(any_of(A, B)), {"a": NOT_MET, "b": NOT_MET}, Truth.TRUE),
    ],
)
def test_groups_combine_by_kleene_logic(tree, answers, truth) -> None:
    assert run(tree, answers).truth is truth


@pytest.mark.parametrize(
    ("tree", "answers", "truth"),
    [
        (all_of(A, B), {"a": NOT_APPLICABLE, "b": MET}, Truth.TRUE),
        (any_of(A, B), {"a": NOT_APPLICABLE, "b": NOT_MET}, Truth.FALSE),
        (at_least(2, A, B, C), {"a": NOT_APPLICABLE, "b": MET, "c": MET}, Truth.TRUE),
        (at_least(2, A, B, C), {"a": NOT_APPLICABLE, "b": NOT_APPLICABLE, "c": MET}, Truth.FALSE),
        (all_of(any_of(A, B), C), {"a": NOT_APPLICABLE, "b": NOT_APPLICABLE, "c": MET}, Truth.TRUE),
        (all_of(none_of(A), C), {"a": NOT_APPLICABLE, "c": NOT_MET}, Truth.FALSE),
        (all_of(A, B), {"a": NOT_APPLICABLE, "b": NOT_APPLICABLE}, Truth.UNKNOWN),
    ],
)
def test_what_is_not_applicable_does_not_count(tree, answers, truth) -> None:
    assert run(tree, answers).truth is truth


def test_a_group_of_which_nothing_applies_does_not_apply_and_says_so() -> None:
    trace = run(all_of(any_of(A, B), C), {"a": NOT_APPLICABLE, "b": NOT_APPLICABLE, "c": MET})
    inner = node(trace, "any-a-b")
    assert not inner.is_applicable
    assert inner.reason == "Nothing under it applies."


def test_each_level_is_evaluated_with_its_own_answers() -> None:
    tree = all_of(leaf("a", per="level"), B)
    answers = [answer(MET, "a", "L4-L5"), answer(NOT_MET, "a", "L5-S1"), answer(MET, "b")]
    trace = run(tree, levels=("L4-L5", "L5-S1"), recorded=answers)
    assert [(level.level, level.truth) for level in trace.levels] == [
        ("L4-L5", Truth.TRUE),
        ("L5-S1", Truth.FALSE),
    ]
    assert trace.truth is Truth.FALSE


def test_a_line_is_met_only_when_every_level_is() -> None:
    tree = leaf("a", per="level")
    answers = [answer(MET, "a", "L4-L5"), answer(UNCLEAR, "a", "L5-S1")]
    assert run(tree, levels=("L4-L5", "L5-S1"), recorded=answers).truth is Truth.UNKNOWN


def test_an_answer_for_one_service_line_says_nothing_about_another() -> None:
    criteria_set = set_of(leaf("a", per="service_line"))
    recorded = answer(MET, "a", "line-1")
    for line_id, truth in (("line-1", Truth.TRUE), ("line-2", Truth.UNKNOWN)):
        line = ServiceLine(id=line_id, levels=("L4-L5",))
        assert evaluate(criteria_set, line, by_key(recorded)).truth is truth


def test_a_line_without_levels_leaves_per_level_criteria_open_and_says_why() -> None:
    stray = answer(MET, "a", "")
    trace = run(all_of(leaf("a", per="level"), B), {"b": MET}, recorded=[stray])
    assert [level.level for level in trace.levels] == [""]
    found = node(trace, "a")
    assert found.truth is Truth.UNKNOWN
    assert "names no level" in found.reason
    assert found.state is None


def test_an_answer_of_another_set_is_not_read() -> None:
    other = answer(MET).model_copy(update={"key": key("a").model_copy(update={"set_id": "another"})})
    assert run(all_of(A), recorded=[other]).truth is Truth.UNKNOWN


def test_the_trace_names_the_set_its_edition_and_its_hash() -> None:
    criteria_set = set_of(all_of(A), content_hash="abc")
    trace = evaluate(criteria_set, ServiceLine(id="line"), {})
    assert (trace.set_id, trace.set_title, trace.publisher) == ("a-set", "A set", "Nobody")
    assert (trace.edition, trace.set_hash, trace.service_line_id) == ("first", "abc", "line")


def test_a_leaf_carries_note_source_state_and_evidence() -> None:
    recorded = answer(MET, note="Seen on the sagittal view")
    trace = run(all_of(A), recorded=[recorded], links=links_to("a", link()), documents=[REPORT])
    found = node(trace, "a")
    assert (found.state, found.note, found.evidence_ids) == (MET, "Seen on the sagittal view", ("link",))
    assert found.source == A.source


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (all_of(A, B), "All must hold: 1 true, 0 false, 1 not established."),
        (any_of(A, B), "One is enough: 1 true, 0 false, 1 not established."),
        (at_least(2, A, B), "At least 2 must hold: 1 true, 0 false, 1 not established."),
        (none_of(A), "It must not hold: 1 true, 0 false, 0 not established."),
    ],
)
def test_a_group_says_how_its_parts_came_out(tree, reason) -> None:
    assert run(tree, {"a": MET}).levels[0].root.reason == reason


def test_silence_is_found_from_the_imaging_given() -> None:
    criteria_set = set_of(all_of(A), covers=(FindingKind.INSTABILITY,))
    study = ImagingStudy(id="ct", findings=(Finding(id="f", kind=FindingKind.NONUNION),))
    trace = evaluate(criteria_set, ServiceLine(id="line"), {}, imaging=(study,))
    assert trace.is_silent
    assert "nonunion" in trace.silence_reason
    assert not evaluate(criteria_set, ServiceLine(id="line"), {}).is_silent
