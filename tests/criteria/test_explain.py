"""Every node of a trace is said in a plain sentence, and what is unknown is never called a no."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.assessment import EvidenceLink
from desktop.domain.clinical import Finding, FindingKind, ImagingStudy
from desktop.domain.criteria import Criterion, Group
from desktop.domain.document import Document, span_of
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window
from desktop.rules.evaluate import evaluate
from desktop.rules.explain import Sentence, explain, explain_text
from tests.criteria.sets import (
    all_of,
    amount,
    answer,
    any_of,
    at_least,
    by_key,
    group,
    key,
    leaf,
    links_to,
    none_of,
    run,
    set_of,
    threshold,
)

A, B, C = leaf("a"), leaf("b"), leaf("c")


def said(trace: EvaluationTrace, node_id: str) -> str:
    return next(sentence.text for sentence in explain(trace) if sentence.node_id == node_id)


def test_a_measured_criterion_shows_its_arithmetic_and_where_the_rule_was_read() -> None:
    rule = leaf("a", text="Six weeks of therapy", threshold=threshold(">=", "6", "weeks"))
    arithmetic = "Physical therapy 2026-02-03 to 2026-03-24: 7 weeks 0 days, 11 visits"
    taken = answer(None, amount=amount("7", "weeks"), arithmetic=arithmetic)
    assert said(run(rule, recorded=[taken]), "a") == (
        f"Six weeks of therapy: met. {arithmetic}; 7 weeks meets >= 6 weeks. No words linked (A rule, Section 1)."
    )


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (answer(State.MET), "met. No words linked"),
        (answer(State.NOT_MET), "not met"),
        (answer(State.UNCLEAR), "not established. Unclear"),
        (answer(State.NOT_DOCUMENTED), "not established. Not documented"),
        (answer(State.NOT_APPLICABLE), "does not apply. Marked not applicable"),
        (
            answer(State.EXCEPTION, exception_source="section 4"),
            "waived. Exception: waived under section 4. No words linked",
        ),
        (
            answer(State.EXCEPTION),
            "not established. Marked as an exception, but nothing is cited that waives it",
        ),
        (answer(None), "not established. Not answered yet"),
        (
            answer(State.MET, note="see page 2"),
            "met. No words linked. The reviewer notes: “see page 2”",
        ),
    ],
)
def test_each_answer_has_its_words(recorded, expected) -> None:
    assert said(run(A, recorded=[recorded]), "a") == f"Criterion a: {expected} (A rule, Section 1)."


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.MET, "met. Shown to be absent, as it must be. No words linked"),
        (State.NOT_MET, "not met. Shown to be present, and it must be absent"),
        (State.UNCLEAR, "not established. Unclear: unknown never counts as absent"),
    ],
)
def test_what_must_be_absent_says_so(state, expected) -> None:
    trace = run(leaf("a", text="Active infection", polarity="absent"), {"a": state})
    assert said(trace, "a") == f"Active infection (must be absent): {expected} (A rule, Section 1)."


def test_an_answer_that_rests_on_words_too_old_is_named_as_answered_but_not_as_met() -> None:
    old = Document(id="old", title="CT", dated_on=date(2024, 1, 1), text="No bridging bone.")
    criteria_set = set_of(leaf("a", within=Window(count=6, unit=TimeUnit.MONTHS)))
    link = EvidenceLink(id="link", key=key("a"), span=span_of(old, 0, 2))
    line = ServiceLine(id="line", service_on=date(2026, 3, 31))
    trace = evaluate(criteria_set, line, by_key(answer(State.MET)), links_to("a", link), documents=[old])
    text = said(trace, "a")
    assert text.startswith("Criterion a: not established. Answered as met. None of the linked words dates")
    assert "1 passage linked" in text
    assert "Linked words: “No”" in explain_text(trace, {"link": "“No”"})


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        (
            all_of(A, B),
            {"a": State.MET},
            "All of these: not established. All must hold: 1 met and 1 not established.",
        ),
        (
            all_of(A, B, C),
            {"a": State.MET, "b": State.NOT_MET, "c": State.NOT_APPLICABLE},
            "All of these: not met. All must hold: 1 met, 1 not met and 1 that does not apply.",
        ),
        (any_of(A, B), {"a": State.MET}, "One of these: met. One is enough: 1 met and 1 not established."),
        (
            at_least(2, A, B),
            {"a": State.NOT_MET},
            "At least 2 of these: not met. At least 2 must hold: 1 not met and 1 not established.",
        ),
        (
            none_of(A),
            {"a": State.MET},
            "What must not hold: not met. What stands below must not hold, and it does.",
        ),
        (
            none_of(A),
            {"a": State.NOT_MET},
            "What must not hold: met. What stands below must not hold, and it does not.",
        ),
        (
            none_of(A),
            {},
            "What must not hold: not established. What stands below must not hold; whether it does is not established.",
        ),
        (all_of(A), {"a": State.NOT_APPLICABLE}, "All of these: does not apply. Nothing under it applies."),
    ],
)
def test_groups_say_what_they_need_and_what_was_found(tree, answers, expected) -> None:
    assert said(run(tree, answers), tree.id) == expected


def test_what_stands_under_a_not_says_which_way_it_must_be() -> None:
    ends = {State.MET: "and it does.", State.NOT_MET: "and it does not.", State.UNCLEAR: "that is open."}
    for state, end in ends.items():
        assert said(run(none_of(A), {"a": state}), "a").endswith(end)


def test_a_waiver_is_named_with_what_waives() -> None:
    tree = group(
        "unless", leaf("a", text="Six weeks of care"), leaf("b", text="Progressive deficit"), name="rule"
    )
    trace = run(all_of(tree), {"a": State.NOT_MET, "b": State.MET})
    assert said(trace, "rule") == (
        "A rule and what waives it: met. Waived by: Progressive deficit (A rule, Section 1)."
    )


def test_the_line_and_its_levels_come_first_and_depth_follows_the_tree() -> None:
    tree = all_of(leaf("p", per="level"), any_of(A, B))
    trace = run(
        tree, levels=("L4-L5", "L5-S1"), recorded=[answer(State.MET, "p", "L4-L5"), answer(State.MET)]
    )
    found = explain(trace)
    assert [(item.depth, item.node_id, item.subject) for item in found][:6] == [
        (0, "", ""),
        (1, "", ""),
        (2, tree.id, ""),
        (3, "p", "L4-L5"),
        (3, "any-a-b", ""),
        (4, "a", ""),
    ]
    assert found[0].text == "A set (Nobody, first): not established, because of L5-S1."
    assert found[1].text == "L4-L5: met."
    lines = explain_text(trace).splitlines()
    assert len(lines) == len(found)
    assert lines[3].startswith("      Criterion p: met.")


def test_every_level_met_is_said_in_one_sentence_and_silence_is_said_beside_it() -> None:
    criteria_set = set_of(A, covers=(FindingKind.NONUNION,), indications=("Nonunion",))
    study = ImagingStudy(id="ct", findings=(Finding(id="f", kind=FindingKind.LOOSENING),))
    line = ServiceLine(id="line", levels=("L4-L5", "L5-S1"))
    trace = evaluate(criteria_set, line, by_key(answer(State.MET)), imaging=[study])
    first, second, *_ = explain(trace)
    assert first.text.endswith("met, because every level is.")
    assert (second.truth, second.text) == (None, trace.silence_reason)


_STATES = st.sampled_from([None, *State])


def _walk(node: NodeTrace) -> list[NodeTrace]:
    return [node, *(below for child in node.children for below in _walk(child))]


@given(st.lists(_STATES, min_size=6, max_size=6), st.sampled_from(["present", "absent"]))
def test_every_node_is_said_once_with_its_own_truth_and_unknown_is_never_a_no(states, polarity) -> None:
    names = "abcdef"
    leaves: list[Criterion | Group] = [leaf(name, text="It is so", polarity=polarity) for name in names]
    tree = all_of(
        any_of(leaves[0], leaves[1]),
        none_of(leaves[2]),
        group("unless", leaves[3], at_least(1, leaves[4], leaves[5])),
    )
    trace = run(tree, {name: state for name, state in zip(names, states, strict=True) if state is not None})
    nodes = _walk(trace.levels[0].root)
    sentences: list[Sentence] = [item for item in explain(trace) if item.node_id]
    assert [item.node_id for item in sentences] == [item.id for item in nodes]
    for node, sentence in zip(nodes, sentences, strict=True):
        assert sentence.truth is (node.truth if node.is_applicable else None)
        assert sentence.text.endswith(".")
        if node.truth is Truth.UNKNOWN and node.kind == "criterion":
            assert "not met" not in sentence.text
            assert "No " not in sentence.text
        if node.truth is Truth.UNKNOWN and node.is_applicable:
            assert ": not established." in sentence.text


def test_an_answer_that_its_value_contradicts_keeps_its_whole_reason() -> None:
    narrow = leaf("a", threshold=threshold(">=", "4", "mm"))
    sentence = said(run(narrow, recorded=[answer(State.MET, amount=amount("3", "mm"))]), "a")
    assert (
        "not established. The reviewer says met, but 3 mm does not meet >= 4 mm. Correct one of the two"
        in sentence
    )
