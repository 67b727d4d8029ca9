"""A criterion may be asked side by side: each side has its own answer, and the line is met only when every side is."""

from __future__ import annotations

import json

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.set_cases import laterality_of
from desktop.rules.subjects import sides_of, subject_of, subjects_of
from tests.criteria.sets import all_of, answer, leaf, node, run, set_of

GRADE = leaf("grade", per="side")
TREE = all_of(GRADE, leaf("b"))
MET, NOT_MET = State.MET, State.NOT_MET


def test_each_side_is_evaluated_with_its_own_answer() -> None:
    answers = [answer(MET, "grade", "left"), answer(NOT_MET, "grade", "right"), answer(MET, "b")]
    trace = run(TREE, sides=("left", "right"), recorded=answers)
    assert [(part.level, part.side, part.truth) for part in trace.levels] == [
        ("", "left", Truth.TRUE),
        ("", "right", Truth.FALSE),
    ]
    assert trace.truth is Truth.FALSE
    assert node(trace, "grade", 1).subject == "right"


def test_every_side_of_every_level_is_evaluated() -> None:
    tree = all_of(GRADE, leaf("a", per="level"))
    trace = run(tree, {"grade": MET, "a": MET}, levels=("L4-L5", "L5-S1"), sides=("left", "right"))
    assert [(part.level, part.side) for part in trace.levels] == [
        ("L4-L5", "left"),
        ("L4-L5", "right"),
        ("L5-S1", "left"),
        ("L5-S1", "right"),
    ]
    assert trace.truth is Truth.TRUE


def test_a_line_without_a_side_leaves_it_open_and_says_why() -> None:
    trace = run(TREE, {"b": MET}, recorded=[answer(MET, "grade", "")])
    found = node(trace, "grade")
    assert (found.truth, found.state) == (Truth.UNKNOWN, None)
    assert found.reason == "The service line names no side, and this is asked side by side."


@pytest.mark.parametrize("sides", [(), ("left",), ("left", "right")])
def test_a_set_that_asks_nothing_per_side_is_evaluated_once_and_its_trace_is_as_before(sides) -> None:
    trace = run(all_of(leaf("b")), {"b": MET}, sides=sides)
    assert [part.side for part in trace.levels] == [""]
    assert "side" not in json.loads(trace.model_dump_json())["levels"][0]


def test_the_sides_of_a_line_are_those_it_names() -> None:
    line = ServiceLine(id="line", laterality=Laterality.BILATERAL)
    assert sides_of(set_of(TREE), line) == ("left", "right")
    assert sides_of(set_of(leaf("b")), line) == ("",)
    assert sides_of(set_of(TREE), ServiceLine(id="line")) == ("",)
    assert evaluate(set_of(TREE), line, {}).levels[1].side == "right"


def test_what_an_answer_is_recorded_for_follows_the_criterion() -> None:
    for per, subject in (("case", ""), ("service_line", "line"), ("level", "L5"), ("side", "left")):
        assert subject_of(leaf("a", per=per), "line", "L5", "left") == subject


def test_answers_for_a_line_are_recorded_for_all_that_it_names_and_for_nothing_else() -> None:
    line = ServiceLine(id="line", levels=("L4-L5", "L5-S1"), laterality=Laterality.LEFT)
    asked = {per: subjects_of(leaf("a", per=per), line) for per in ("case", "service_line", "level", "side")}
    assert asked == {"case": ("",), "service_line": ("line",), "level": line.levels, "side": ("left",)}
    assert subjects_of(leaf("a", per="level"), ServiceLine(id="line")) == ()


def test_laterality_is_told_by_the_sides() -> None:
    assert laterality_of(()) is Laterality.NONE
    assert laterality_of(["right"]) is Laterality.RIGHT
    assert laterality_of(["left", "right"]) is Laterality.BILATERAL
