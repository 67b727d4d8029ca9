"""What is missing: the criteria whose answer can still make the level true, in reading order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.criteria import Criterion, Group, leaves
from desktop.domain.truth import Truth
from tests.criteria.sets import all_of, any_of, at_least, leaf, missing, none_of, run, unless
from tests.criteria.trees import trees

A, B, C, D = leaf("a"), leaf("b"), leaf("c"), leaf("d")
MET, NOT_MET, UNCLEAR, NOT_APPLICABLE = State.MET, State.NOT_MET, State.UNCLEAR, State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        (all_of(A, B), {"a": MET, "b": MET}, []),
        (all_of(A, B, C), {"b": MET}, ["a", "c"]),
        (all_of(A, B), {"a": NOT_MET}, ["a", "b"]),
        (any_of(A, B), {}, ["a", "b"]),
        (any_of(A, B), {"a": MET}, []),
        (any_of(A, B), {"a": NOT_MET}, ["b"]),
        (any_of(A, B), {"a": NOT_MET, "b": NOT_MET}, ["a", "b"]),
        (all_of(any_of(A, B), C), {"a": MET}, ["c"]),
        (any_of(all_of(A, B), all_of(C, D)), {"a": NOT_MET, "c": MET}, ["d"]),
        (at_least(2, A, B, C), {"a": MET, "b": NOT_MET}, ["c"]),
        (at_least(2, A, B, C), {"a": NOT_MET, "b": NOT_MET}, ["a", "b", "c"]),
        (at_least(2, A, B, C), {"a": NOT_APPLICABLE, "b": NOT_APPLICABLE}, []),
        (all_of(at_least(2, A, B), C), {"a": NOT_APPLICABLE}, []),
        (any_of(at_least(2, A, B), C), {"a": NOT_APPLICABLE}, ["c"]),
        (all_of(A, B), {"a": NOT_APPLICABLE}, ["b"]),
        (none_of(A), {"a": MET}, ["a"]),
        (none_of(A), {"a": NOT_MET}, []),
        (none_of(any_of(A, B)), {"a": NOT_MET, "b": UNCLEAR}, ["b"]),
        (none_of(all_of(A, B)), {"a": MET, "b": UNCLEAR}, ["b"]),
        (none_of(all_of(A, B)), {"a": MET, "b": MET}, ["a", "b"]),
        (none_of(at_least(2, A, B, C)), {"a": MET}, ["b", "c"]),
        (none_of(none_of(A)), {}, ["a"]),
        (unless(A, B), {}, ["a", "b"]),
        (unless(A, B), {"a": NOT_MET}, ["b"]),
        (unless(A, B), {"a": NOT_MET, "b": NOT_MET}, ["a", "b"]),
        (unless(A, B), {"a": NOT_MET, "b": MET}, []),
        (unless(A, B), {"a": NOT_APPLICABLE}, []),
        (all_of(unless(A, B), C), {"a": NOT_APPLICABLE}, ["c"]),
        (none_of(unless(A, B)), {"a": MET}, ["a", "b"]),
        (none_of(unless(A, B)), {"a": NOT_MET}, ["b"]),
        (unless(none_of(A), B), {"a": MET}, ["b"]),
    ],
)
def test_only_what_can_still_make_it_true_is_listed(tree, answers, expected) -> None:
    assert missing(run(tree, answers)) == expected


def test_an_entry_says_what_would_close_it_and_for_which_level() -> None:
    tree = all_of(leaf("a", per="level", evidence_types=("lab_report",)))
    (item,) = run(tree, {"a": UNCLEAR}, levels=("L5-S1",)).levels[0].missing
    assert (item.criterion_id, item.subject, item.state) == ("a", "L5-S1", UNCLEAR)
    assert (item.closes_with, item.text) == ("A report", "Criterion a")
    assert [kind.value for kind in item.evidence_types] == ["lab_report"]


@given(trees(), st.data())
def test_answering_everything_listed_as_wanted_makes_the_level_true(tree: Group, data: st.DataObject) -> None:
    states = st.sampled_from([MET, NOT_MET, UNCLEAR, NOT_APPLICABLE])
    answers = {item.id: data.draw(states) for item in leaves(tree)}
    before = run(tree, answers)
    listed = missing(before)
    order = [item.id for item in leaves(tree)]
    assert listed == sorted(listed, key=order.index)
    if before.truth is Truth.TRUE:
        assert listed == []
    elif listed:
        wanted = _wanted_answers(tree)
        assert run(tree, answers | {item: wanted[item] for item in listed}).truth is Truth.TRUE


@given(trees(), st.data())
def test_nothing_listed_means_that_no_answer_can_help(tree: Group, data: st.DataObject) -> None:
    states = st.sampled_from([MET, NOT_MET, UNCLEAR, NOT_APPLICABLE])
    answers = {item.id: data.draw(states) for item in leaves(tree)}
    before = run(tree, answers)
    if before.truth is not Truth.TRUE and not missing(before):
        wanted = _wanted_answers(tree)
        best = {item: state if state is NOT_APPLICABLE else wanted[item] for item, state in answers.items()}
        assert run(tree, best).truth is not Truth.TRUE


def _wanted_answers(node: Group | Criterion, wanted: State = MET) -> dict[str, State]:
    """The answer that helps the root most: met, or not met under an odd number of NOTs."""
    if isinstance(node, Criterion):
        return {node.id: wanted}
    below = (NOT_MET if wanted is MET else MET) if node.kind == "not" else wanted
    found: dict[str, State] = {}
    for child in node.children:
        found |= _wanted_answers(child, below)
    return found


@given(trees(), st.data())
def test_an_answer_to_an_open_question_never_undecides_a_decided_result(
    tree: Group, data: st.DataObject
) -> None:
    states = st.sampled_from([MET, NOT_MET, UNCLEAR, NOT_APPLICABLE])
    answers = {item.id: data.draw(states) for item in leaves(tree)}
    before = run(tree, answers).truth
    open_ones = [item for item, state in answers.items() if state is UNCLEAR]
    decided = {item: data.draw(st.sampled_from([MET, NOT_MET])) for item in open_ones}
    if before is not Truth.UNKNOWN:
        assert run(tree, answers | decided).truth is before
