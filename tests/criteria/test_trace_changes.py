"""Two evaluations of one line under one set are held against each other down to the single answer."""

from __future__ import annotations

import pytest

from desktop.domain.assessment import AssessmentState
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.truth import Truth
from desktop.rules.trace_changes import changes_of


def leaf(criterion_id: str, truth: Truth, **more: object) -> NodeTrace:
    return NodeTrace(id=criterion_id, kind="criterion", text=f"About {criterion_id}", truth=truth).model_copy(
        update=more
    )


def level(name: str, truth: Truth, *leaves: NodeTrace) -> LevelTrace:
    root = NodeTrace(id="root", kind="all", text="", truth=truth, children=leaves)
    return LevelTrace(level=name, truth=truth, root=root)


def trace(*levels: LevelTrace, **more: object) -> EvaluationTrace:
    made = EvaluationTrace(
        set_id="s",
        set_title="A set",
        publisher="P",
        edition="1",
        set_hash="0",
        service_line_id="l",
        truth=Truth.TRUE,
        levels=levels,
    )
    return made.model_copy(update=more)


def test_the_same_trace_has_no_changes() -> None:
    one = trace(level("L4-L5", Truth.TRUE, leaf("a", Truth.TRUE)))
    assert changes_of(one, one.model_copy()) == ()


def test_line_level_and_criterion_are_named_with_before_and_after() -> None:
    before = trace(level("L4-L5", Truth.TRUE, leaf("a", Truth.TRUE, state=AssessmentState.MET)))
    after = trace(
        level("L4-L5", Truth.UNKNOWN, leaf("a", Truth.UNKNOWN, reason="Nothing is recorded.")),
        truth=Truth.UNKNOWN,
    )
    assert changes_of(before, after) == (
        "The line was met and is now not established.",
        "L4-L5 was met and is now not established.",
        "“About a” at L4-L5 – result: met, now not established; answer: met, now none.",
    )
    other = trace(level("", Truth.TRUE, leaf("a", Truth.TRUE, reason="Met.")))
    worded = trace(level("", Truth.TRUE, leaf("a", Truth.TRUE, reason="Met, by a note.")))
    assert changes_of(other, worded) == ("“About a” – reason: Met, now Met, by a note.",)


def test_what_is_gone_or_new_is_said() -> None:
    before = trace(level("L4-L5", Truth.TRUE, leaf("a", Truth.TRUE)), level("L5-S1", Truth.TRUE))
    after = trace(level("L4-L5", Truth.TRUE, leaf("b", Truth.TRUE)), level("", Truth.TRUE))
    assert changes_of(before, after) == (
        "“About a” at L4-L5 is not asked any more.",
        "“About b” at L4-L5 was not asked then.",
        "L5-S1 is not evaluated any more.",
        "The line as a whole was not evaluated then.",
    )


def test_silence_and_another_text_are_said_and_nothing_else_is_called_unchanged() -> None:
    one = trace(level("", Truth.TRUE, leaf("a", Truth.TRUE)))
    assert changes_of(one, one.model_copy(update={"is_silent": True})) == (
        "The set spoke of this case and is now silent on it.",
    )
    assert changes_of(one, one.model_copy(update={"set_hash": "1"})) == (
        "The text of the set is another one.",
    )
    (said,) = changes_of(one, one.model_copy(update={"set_title": "Another title"}))
    assert "changes no result" in said


def test_traces_of_different_sets_are_refused() -> None:
    with pytest.raises(ValueError, match="one service line and set"):
        changes_of(trace(), trace(set_id="other"))
