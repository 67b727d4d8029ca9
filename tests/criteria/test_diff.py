"""The difference of two editions: nothing lost, nothing invented, and whether the result may change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria import CriteriaSet, Criterion, Group, Source, leaves
from desktop.rules.diff import ChangeKind, NodeChange, SetDifference, diff, word_difference
from desktop.rules.diff_text import difference_text
from desktop.rules.diff_trees import pair_trees
from tests.criteria.sets import SOURCE, all_of, any_of, at_least, group, leaf, none_of, set_of, threshold


def difference(old: Group, new: Group) -> SetDifference:
    return diff(set_of(old), set_of(new))


def only(found: SetDifference) -> NodeChange:
    (change,) = found.nodes
    return change


def of_kind(found: SetDifference, kind: ChangeKind) -> tuple[NodeChange, ...]:
    return tuple(change for change in found.nodes if change.kind is kind)


BASE = all_of(leaf("a"), leaf("b"), leaf("c"))


def test_a_set_does_not_differ_from_itself() -> None:
    found = difference(BASE, BASE)
    assert found.is_empty
    assert not found.may_change_result
    assert "do not differ" in difference_text(found)


def test_added_and_removed_criteria_are_named_with_their_group() -> None:
    found = diff(
        set_of(group("all", leaf("a"), leaf("b"), name="top")),
        set_of(group("all", leaf("a"), leaf("new"), name="top")),
    )
    assert not found.nodes[0].is_reordered
    (added,), (removed,) = of_kind(found, ChangeKind.ADDED), of_kind(found, ChangeKind.REMOVED)
    assert (added.id, added.now_under, added.was_under) == ("new", "all of: Criterion a, ...", "")
    assert (removed.id, removed.was_under) == ("b", "all of: Criterion a, ...")
    assert found.may_change_result
    text = difference_text(found)
    assert "+ added criterion new: Criterion new" in text
    assert "- removed criterion b: Criterion b" in text


@pytest.mark.parametrize(
    ("field", "before", "after", "decides"),
    [
        ("text", {"text": "At least 6 weeks"}, {"text": "At least 12 weeks"}, False),
        ("polarity", {}, {"polarity": "absent"}, True),
        ("per", {}, {"per": "level"}, True),
        ("threshold", {"threshold": threshold(">=", "6", "weeks")}, {}, True),
        ("within", {}, {"within": {"count": 1, "unit": "months"}}, True),
        ("measure", {}, {"measure": {"kind": "score", "name": "odi"}}, False),
        ("evidence_types", {}, {"evidence_types": ["pt_record"]}, False),
        ("concerns", {}, {"concerns": "nonunion"}, False),
        ("topic", {"topic": "age"}, {"topic": "bmi"}, False),
        ("source", {}, {"source": Source(document="B", proof="S")}, False),
        ("closes_with", {"closes_with": "A report"}, {"closes_with": "A form"}, False),
        ("note", {}, {"note": "New"}, False),
    ],
)
def test_a_changed_criterion_is_told_field_by_field(
    field: str, before: dict[str, object], after: dict[str, object], decides: bool
) -> None:
    change = only(
        difference(
            group("all", leaf("a", **before), name="top"), group("all", leaf("a", **after), name="top")
        )
    )
    assert change.kind is ChangeKind.CHANGED
    assert [item.field for item in change.fields] == [field]
    assert change.may_change_result is decides
    assert not change.is_moved


def test_every_field_of_a_criterion_and_of_a_set_is_compared() -> None:
    # A field added to the language later must not be passed over in silence.
    assert set(Criterion.model_fields) - {"kind", "id"} == set(_fields_of(leaf("a")))
    told = {change.field for change in diff(_head_one(), _head_two()).head}
    assert told == set(CriteriaSet.model_fields) - {"id", "root", "content_hash"}


def _fields_of(criterion: Criterion) -> list[str]:
    from desktop.rules.diff_fields import node_fields

    return list(node_fields(criterion))


def _head_one() -> CriteriaSet:
    return set_of(leaf("a"))


def _head_two() -> CriteriaSet:
    day = date(2026, 1, 1)
    days = dict.fromkeys(("effective_from", "effective_to", "retrieved_on", "review_by"), day)
    words = dict.fromkeys(("document_number", "address", "notes", "edition", "title", "publisher"), "other")
    ids = dict.fromkeys(("family", "customises", "supersedes"), "other")
    lists = {key: ["other"] for key in ("terms", "codes", "diagnoses", "indications")}
    return set_of(leaf("a"), **days, **words, **ids, **lists, covers=["nonunion"], licence="user")


def test_another_rule_of_a_group_may_change_the_result() -> None:
    old, new = at_least(1, leaf("a"), leaf("b")), at_least(2, leaf("a"), leaf("b"))
    change = only(difference(all_of(old), all_of(new)))
    assert [(item.field, item.before, item.after) for item in change.fields] == [
        ("rule", "at least 1", "at least 2")
    ]
    assert change.is_group
    assert change.may_change_result
    swapped = only(difference(group("all", leaf("a"), name="x"), group("any", leaf("a"), name="x")))
    assert swapped.fields[0].after == "any"


def test_a_new_order_in_a_group_moves_the_fewest_and_changes_no_result() -> None:
    old = group("all", leaf("a"), leaf("b"), leaf("c"), name="top")
    new = group("all", leaf("c"), leaf("a"), leaf("b"), name="top")
    change = only(difference(old, new))
    assert (change.kind, change.id, change.is_moved) == (ChangeKind.MOVED, "c", True)
    assert not change.may_change_result
    text = difference_text(difference(old, new))
    assert "another place under" in text
    assert "Nothing that decides was changed" in text


def test_a_criterion_in_another_group_has_moved() -> None:
    one, two = group("any", leaf("a"), leaf("b"), name="one"), group("any", leaf("c"), name="two")
    three, four = group("any", leaf("a"), name="one"), group("any", leaf("b"), leaf("c"), name="two")
    old, new = group("all", one, two, name="top"), group("all", three, four, name="top")
    change = only(difference(old, new))
    assert (change.id, change.kind, change.may_change_result) == ("b", ChangeKind.MOVED, True)
    assert change.was_under == "any of: Criterion a, ..."
    assert change.now_under == "any of: Criterion b, ..."
    assert "from under any of: Criterion a, ... to under any of" in difference_text(difference(old, new))


def test_the_rule_of_an_unless_changing_places_with_an_exception_may_change_the_result() -> None:
    def waived(*children: Criterion) -> Group:
        return group("all", group("unless", *children, name="w"))

    a, b, c = leaf("a"), leaf("b"), leaf("c")
    assert difference(waived(a, b, c), waived(b, a, c)).may_change_result
    assert not difference(waived(a, b, c), waived(a, c, b)).may_change_result


def test_groups_that_the_reader_numbered_are_known_by_what_is_under_them() -> None:
    old = group("all", group("any", leaf("a"), leaf("b"), name="any-1"), name="all-1")
    first = group("any", leaf("x"), leaf("y"), name="any-1")
    new = group("all", first, group("any", leaf("a"), leaf("b"), leaf("z"), name="any-2"), name="all-1")
    found = difference(old, new)
    assert {change.id for change in found.nodes} == {"any-1", "x", "y", "z"}
    assert {change.kind for change in found.nodes} == {ChangeKind.ADDED}
    assert pair_trees(old, new).new_id_of["any-1"] == "any-2"


def test_a_numbered_group_that_is_given_an_id_is_the_same_group() -> None:
    old = group("all", group("any", leaf("a"), name="any-1"), name="all-1")
    new = group("all", group("any", leaf("a"), name="limb"), name="all-1")
    change = only(difference(old, new))
    assert [(item.field, item.before, item.after) for item in change.fields] == [("id", "any-1", "limb")]
    assert not change.may_change_result


def test_a_criterion_that_becomes_a_group_of_its_name_is_removed_and_added() -> None:
    found = difference(all_of(leaf("a"), leaf("b")), all_of(leaf("a"), group("any", leaf("c"), name="b")))
    assert {(change.kind, change.id) for change in found.nodes} >= {
        (ChangeKind.ADDED, "b"),
        (ChangeKind.REMOVED, "b"),
        (ChangeKind.ADDED, "c"),
    }


def test_long_texts_show_the_words_that_differ() -> None:
    old = "The record shows at least 6 weeks of supervised physical therapy before the request"
    change = difference(
        group("all", leaf("a", text=old), name="t"),
        group("all", leaf("a", text=old.replace("6", "12")), name="t"),
    )
    assert "at least [-6-]{+12+} weeks" in difference_text(change)
    head = diff(set_of(leaf("a")), set_of(leaf("a"), codes=["22849"]))
    assert "codes: (left out) -> 22849" in difference_text(head)


def test_words_that_only_one_text_has_are_runs_of_their_own() -> None:
    runs = word_difference(
        "six weeks of care, supervised, before surgery", "six full weeks of care before surgery"
    )
    assert [run.text for run in runs if run.kind == "added"] == [" full"]
    assert "".join(run.text for run in runs if run.kind == "removed") == ", supervised,"


def test_very_long_texts_are_not_compared_word_by_word() -> None:
    runs = word_difference("a " * 3000, "b " * 3000)
    assert [run.kind for run in runs] == ["removed", "added"]
    assert [run.kind for run in word_difference("", "b " * 3000)] == ["added"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_of_a_word_difference_give_back_both_texts(before: str, after: str) -> None:
    before, after = before.replace("\x00", ""), after.replace("\x00", "")
    runs = word_difference(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after


IDS = [f"c{number}" for number in range(7)]


def _tree_of(names: list[str], shape: list[int]) -> Group:
    children: list[Criterion | Group] = []
    rest = list(names)
    for number, size in enumerate(shape):
        part, rest = rest[:size], rest[size:]
        if part:
            children.append(group("any", *(leaf(name) for name in part), name=f"any-{number + 1}"))
    children.extend(leaf(name) for name in rest)
    return group("all", *children, name="all-1")


TREES = st.builds(
    _tree_of,
    st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    st.lists(st.integers(0, 3), max_size=3),
)


@given(TREES, TREES)
def test_what_came_and_went_is_exactly_the_difference_of_the_criteria(old: Group, new: Group) -> None:
    before, after = {item.id for item in leaves(old)}, {item.id for item in leaves(new)}
    found = difference(old, new)
    assert {item.id for item in of_kind(found, ChangeKind.ADDED) if not item.is_group} == after - before
    assert {item.id for item in of_kind(found, ChangeKind.REMOVED) if not item.is_group} == before - after
    assert (
        difference_text(found).count("\n  + ")
        + difference_text(found).count("\n  - ")
        + difference_text(found).count("\n  > ")
        + difference_text(found).count("\n  ~ ")
    ) == len(found.nodes)


@given(TREES, TREES)
def test_a_difference_read_backwards_swaps_what_came_and_what_went(old: Group, new: Group) -> None:
    there, back = difference(old, new), difference(new, old)
    for one, other in ((ChangeKind.ADDED, ChangeKind.REMOVED), (ChangeKind.REMOVED, ChangeKind.ADDED)):
        assert {c.id for c in of_kind(there, one) if not c.is_group} == {
            c.id for c in of_kind(back, other) if not c.is_group
        }
    assert there.is_empty is back.is_empty


def test_a_not_group_is_named_by_what_stands_under_it() -> None:
    found = difference(all_of(leaf("a")), all_of(leaf("a"), none_of(any_of(leaf("b"), leaf("c")))))
    assert "not of: any of: Criterion b, ..." in difference_text(found)
    assert SOURCE.document in _fields_text()


def test_a_criterion_taken_out_of_a_named_group_is_told_with_the_groups_name() -> None:
    limb = Group(kind="any", id="limb", text="Nonunion", children=(leaf("a"), leaf("b")))
    found = difference(all_of(limb), all_of(limb.model_copy(update={"children": (leaf("a"),)})))
    assert "under Nonunion (any)" in difference_text(found)


def _fields_text() -> str:
    from desktop.rules.diff_fields import node_fields

    return node_fields(leaf("a"))["source"]
