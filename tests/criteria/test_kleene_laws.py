"""The laws of three-valued logic hold of the truths themselves and of the trees that are built from them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.criteria import Criterion, Group, leaves
from desktop.domain.truth import Truth, all_of, any_of, at_least, negate
from tests.criteria import sets
from tests.criteria.sets import run
from tests.criteria.trees import trees

TRUTHS = st.sampled_from(Truth)
LISTS = st.lists(TRUTHS, max_size=6)
STATES = st.sampled_from([State.MET, State.NOT_MET, State.UNCLEAR, State.NOT_DOCUMENTED])


def _refined(before: Truth, after: Truth) -> bool:
    """Whether a truth is the same, or was unknown and is now decided."""
    return before in {after, Truth.UNKNOWN}


@given(LISTS, st.randoms())
def test_order_does_not_matter(values: list[Truth], random) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    for combine in (all_of, any_of):
        assert combine(values) is combine(shuffled)
    assert at_least(2, values) is at_least(2, shuffled)


@given(LISTS, LISTS, LISTS)
def test_grouping_does_not_matter(one: list[Truth], two: list[Truth], three: list[Truth]) -> None:
    for combine in (all_of, any_of):
        whole = combine([*one, *two, *three])
        assert combine([combine([*one, *two]), combine(three)]) is whole
        assert combine([combine(one), combine([*two, *three])]) is whole


@given(LISTS)
def test_saying_it_twice_adds_nothing(values: list[Truth]) -> None:
    for combine in (all_of, any_of):
        assert combine([*values, *values]) is combine(values)


@given(TRUTHS, TRUTHS)
def test_absorption(one: Truth, other: Truth) -> None:
    assert all_of((one, any_of((one, other)))) is one
    assert any_of((one, all_of((one, other)))) is one


@given(TRUTHS, TRUTHS, TRUTHS)
def test_each_distributes_over_the_other(one: Truth, two: Truth, three: Truth) -> None:
    assert all_of((one, any_of((two, three)))) is any_of((all_of((one, two)), all_of((one, three))))
    assert any_of((one, all_of((two, three)))) is all_of((any_of((one, two)), any_of((one, three))))


@given(LISTS, st.integers(1, 6))
def test_de_morgan(values: list[Truth], count: int) -> None:
    turned = [negate(value) for value in values]
    assert negate(all_of(values)) is any_of(turned)
    assert negate(any_of(values)) is all_of(turned)
    if count <= len(values):
        assert negate(at_least(count, values)) is at_least(len(values) - count + 1, turned)


@given(LISTS.filter(bool), st.data(), st.integers(1, 6))
def test_settling_an_unknown_never_unsettles_a_result(values, data: st.DataObject, count: int) -> None:
    settled = [value if value is not Truth.UNKNOWN else data.draw(TRUTHS) for value in values]
    assert _refined(all_of(values), all_of(settled))
    assert _refined(any_of(values), any_of(settled))
    assert _refined(at_least(count, values), at_least(count, settled))
    assert _refined(negate(values[0]), negate(settled[0]))


# ---------------------------------------------------------------------------------------------------- trees


def _answers(tree: Group, data: st.DataObject) -> dict[str, State]:
    return {item.id: data.draw(STATES) for item in leaves(tree)}


def _mirrored(node: Criterion | Group) -> Criterion | Group:
    """The same tree with children in reverse; the rule of an UNLESS stays first, because it is not an exception."""
    if isinstance(node, Criterion):
        return node
    turned: Sequence[Criterion | Group] = [_mirrored(child) for child in node.children]
    kept = 1 if node.kind == "unless" else 0
    return node.model_copy(update={"children": (*turned[:kept], *reversed(turned[kept:]))})


def _negated(node: Criterion | Group) -> Criterion | Group:
    """The tree that De Morgan gives for NOT node, with NOT only above criteria."""
    if isinstance(node, Criterion):
        return sets.none_of(node)
    if node.kind == "not":
        return node.children[0]
    kind = {"all": "any", "any": "all", "unless": "all", "at_least": "at_least"}[node.kind]
    count = len(node.children) - (node.count or 1) + 1 if node.kind == "at_least" else None
    return sets.group(kind, *(_negated(child) for child in node.children), count=count, name=f"n{node.id}")


@given(trees(), st.data())
def test_the_order_of_a_trees_children_does_not_matter(tree: Group, data: st.DataObject) -> None:
    answers = _answers(tree, data)
    mirrored = _mirrored(tree)
    assert isinstance(mirrored, Group)
    assert run(mirrored, answers).truth is run(tree, answers).truth


@given(trees(), st.data())
def test_de_morgan_holds_of_whole_trees(tree: Group, data: st.DataObject) -> None:
    answers = _answers(tree, data)
    pushed = _negated(tree)
    assert isinstance(pushed, Group)
    assert run(sets.group("not", tree, name="root"), answers).truth is run(pushed, answers).truth


@given(trees(), st.data())
def test_a_tree_beside_itself_is_the_tree(tree: Group, data: st.DataObject) -> None:
    answers = _answers(tree, data)
    alone = run(tree, answers).truth
    for kind in ("all", "any"):
        doubled = sets.group(kind, tree, tree.model_copy(update={"id": "again"}), name="root")
        assert run(doubled, answers).truth is alone
