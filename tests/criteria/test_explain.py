"""A trace is told in plain sentences."""

from __future__ import annotations

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.rules.explain import explain, explain_node, outline
from tests.criteria.sets import all_of, amount, answer, any_of, at_least, leaf, node, none_of, run, threshold


def test_the_result_is_told_by_level_with_what_is_missing_and_what_would_close_it() -> None:
    tree = all_of(leaf("a", per="level"), leaf("b", closes_with=""))
    trace = run(tree, {"b": State.NOT_MET}, levels=("L5-S1",), recorded=[answer(State.UNCLEAR, "a", "L5-S1")])
    assert explain(trace) == (
        "A set (first): not met.",
        "L5-S1: not met.",
        "Open at L5-S1: Criterion a (unclear). It closes with: A report.",
        "Open at L5-S1: Criterion b (not met).",
    )


def test_a_line_without_levels_is_told_without_them() -> None:
    assert explain(run(leaf("a"), {"a": State.MET})) == ("A set (first): met.",)


def test_open_states_are_told_as_they_are() -> None:
    limit = threshold("<=", "10", "mm")
    tree = all_of(leaf("a"), leaf("b", threshold=limit), leaf("c", threshold=limit))
    recorded = [
        answer(None, "b", amount=amount("12", "mm")),
        answer(State.MET, "c", amount=amount("12", "mm")),
    ]
    sentences = explain(run(tree, recorded=recorded))
    assert sentences[1].startswith("Open: Criterion a (not answered).")
    assert sentences[2].startswith("Open: Criterion b (not met).")
    assert sentences[3].startswith("Open: Criterion c (marked met, not established).")


def test_silence_is_told() -> None:
    trace = run(leaf("a")).model_copy(
        update={"is_silent": True, "silence_reason": "It speaks of scoliosis only."}
    )
    assert explain(trace)[-1] == "The set is silent on this indication. It speaks of scoliosis only."


def test_a_tooltip_says_what_is_asked_how_it_came_out_and_why() -> None:
    tree = all_of(leaf("a", polarity="absent"), leaf("b", threshold=threshold(">=", "4", "mm")))
    trace = run(tree, {"a": State.UNCLEAR}, recorded=[answer(None, "b", amount=amount("5", "mm"))])
    assert explain_node(node(trace, "a")) == (
        "Criterion a. Must be absent. Unclear: unknown never counts as absent."
    )
    assert explain_node(node(trace, "b")) == (
        "Criterion b. 5 mm meets >= 4 mm. No words linked. Recorded: 5 mm (needs >= 4 mm)."
    )


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (all_of(leaf("a")), "All of: not established."),
        (any_of(leaf("a")), "Any of: not established."),
        (at_least(1, leaf("a")), "At least 1 of: not established."),
        (none_of(leaf("a")), "None of: not established."),
        (all_of(leaf("a")).model_copy(update={"text": "A limb"}), "A limb (all of): not established."),
    ],
)
def test_a_group_is_told_by_its_name_and_kind(tree, words) -> None:
    assert explain_node(run(tree).levels[0].root).startswith(words)


def test_the_outline_shows_the_whole_tree() -> None:
    tree = all_of(any_of(leaf("a"), leaf("b")), leaf("c"), leaf("d"))
    trace = run(
        tree, {"a": State.NOT_APPLICABLE, "b": State.NOT_APPLICABLE, "c": State.MET, "d": State.NOT_MET}
    )
    assert outline(trace.levels[0]) == (
        "[not met] All of",
        "  [does not apply] Any of",
        "    [does not apply] Criterion a: Marked not applicable; it does not count.",
        "    [does not apply] Criterion b: Marked not applicable; it does not count.",
        "  [met] Criterion c: Met. No words linked.",
        "  [not met] Criterion d: Not met.",
    )
    assert explain_node(node(trace, "any-a-b")) == "Any of: does not apply. Nothing under it applies."
