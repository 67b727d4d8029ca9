"""The tree of a draft: whatever is done to it, no node is lost or doubled, and undoing gives exactly what was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria import Scope
from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    new_draft,
    node_of,
    place_of,
    walk,
)
from desktop.services.criteria_draft_history import MOST_STEPS, history_of
from desktop.services.criteria_draft_json import from_json, to_json
from desktop.services.criteria_draft_tree import (
    MoveRefusedError,
    add_after,
    add_exception,
    change,
    change_head,
    dissolve,
    duplicate,
    indent,
    insert,
    move,
    move_down,
    move_up,
    outdent,
    remove,
    wrap,
)
from tests.services.draft_strategies import drafts


def write(words: str) -> CriteriaDraft:
    """`a (b c) d`: a letter is a criterion, brackets are a group; keys follow the reading order."""
    draft = CriteriaDraft()
    here = [1]
    for word in words.replace("(", " ( ").replace(")", " ) ").split():
        if word == ")":
            here.pop()
            continue
        node: NodeDraft = GroupDraft(rule="any") if word == "(" else CriterionDraft(text=word)
        group = node_of(draft, here[-1])
        assert isinstance(group, GroupDraft)
        draft, key = insert(draft, here[-1], len(group.children), node)
        if word == "(":
            here.append(key)
    return draft


def read(draft: CriteriaDraft) -> str:
    def words(node: NodeDraft) -> str:
        if isinstance(node, CriterionDraft):
            return node.text or "_"
        return "(" + " ".join(words(child) for child in node.children) + ")"

    return words(draft.root)[1:-1]


def key_of(draft: CriteriaDraft, text: str) -> int:
    return next(
        node.key for node in walk(draft.root) if isinstance(node, CriterionDraft) and node.text == text
    )


def test_a_criterion_is_added_after_the_one_at_hand_and_into_a_group_at_its_end() -> None:
    draft = write("a (b) c")
    assert read(add_after(draft, key_of(draft, "a")).draft) == "a _ (b) c"
    group = place_of(draft, key_of(draft, "b"))
    assert group is not None
    assert read(add_after(draft, group.parent.key).draft) == "a (b _) c"
    assert read(add_after(draft, 999).draft) == "a (b) c _"


def test_moving_stays_among_siblings_and_stops_at_the_ends() -> None:
    draft = write("a b c")
    assert read(move_up(draft, key_of(draft, "b")).draft) == "b a c"
    assert read(move_down(draft, key_of(draft, "b")).draft) == "a c b"
    assert read(move_up(draft, key_of(draft, "a")).draft) == "a b c"
    assert read(move_down(draft, key_of(draft, "c")).draft) == "a b c"


def test_indenting_goes_into_the_group_above_or_makes_one_and_outdenting_takes_it_back() -> None:
    draft = write("a (b) c d")
    inside = indent(draft, key_of(draft, "c")).draft
    assert read(inside) == "a (b c) d"
    assert read(outdent(inside, key_of(draft, "c")).draft) == read(draft)
    made = indent(inside, key_of(draft, "a")).draft
    assert read(made) == "(a) (b c) d"
    assert read(outdent(made, key_of(draft, "a")).draft) == "a (b c) d"
    assert outdent(draft, key_of(draft, "a")).draft == draft


def test_a_named_group_stays_when_its_last_criterion_leaves_it() -> None:
    draft = write("(a) b")
    named = change(draft, 2, text="Function")
    assert read(outdent(named, key_of(draft, "a")).draft) == "() a b"


def test_a_place_is_counted_while_the_node_still_stands_where_it_was() -> None:
    draft = write("a b (c d) e")
    group = place_of(draft, key_of(draft, "c"))
    assert group is not None
    assert read(move(draft, key_of(draft, "a"), 1, 2).draft) == "b a (c d) e"
    assert read(move(draft, key_of(draft, "e"), group.parent.key, 1).draft) == "a b (c e d)"
    assert read(move(draft, key_of(draft, "d"), 1, 0).draft) == "d a b (c) e"


def test_what_cannot_be_moved_is_refused_in_words() -> None:
    draft = write("a ((b)) c")
    outer, inner = (node.key for node in walk(draft.root) if isinstance(node, GroupDraft) and node.key != 1)
    with pytest.raises(MoveRefusedError, match="into itself"):
        move(draft, outer, inner, 0)
    with pytest.raises(MoveRefusedError, match="nothing under it"):
        move(draft, outer, key_of(draft, "a"), 0)
    with pytest.raises(MoveRefusedError, match="whole set"):
        move(draft, 1, inner, 0)


def test_a_removed_node_takes_what_is_under_it_and_the_eye_goes_to_the_nearest() -> None:
    draft = write("a (b c) d")
    group = place_of(draft, key_of(draft, "b"))
    assert group is not None
    step = remove(draft, group.parent.key)
    assert (read(step.draft), step.key) == ("a d", key_of(draft, "d"))
    assert read(dissolve(draft, group.parent.key).draft) == "a b c d"
    last = remove(write("a"), 2)
    assert read(last.draft) == "_"


def test_a_copy_has_the_words_and_no_id() -> None:
    draft = change(write("a (b)"), 2, id="asked")
    step = duplicate(draft, 2)
    copy = node_of(step.draft, step.key)
    assert read(step.draft) == "a a (b)"
    assert isinstance(copy, CriterionDraft)
    assert (copy.text, copy.id) == ("a", "")


def test_an_exception_waives_the_criterion_it_is_added_to_and_the_next_stands_beside_it() -> None:
    draft = write("a b")
    step = add_exception(draft, key_of(draft, "b"))
    assert read(step.draft) == "a (b _)"
    again = add_exception(step.draft, step.key)
    assert read(again.draft) == "a (b _ _)"
    group = place_of(again.draft, again.key)
    assert group is not None
    assert group.parent.rule == "unless"
    assert read(add_exception(again.draft, group.parent.key).draft) == "a (b _ _ _)"


OPERATIONS = (
    "insert",
    "remove",
    "dissolve",
    "copy",
    "move",
    "up",
    "down",
    "in",
    "out",
    "wrap",
    "exception",
    "words",
)


def apply(draft: CriteriaDraft, name: str, key: int, other: int, at: int) -> CriteriaDraft:
    simple = {
        "remove": remove,
        "dissolve": dissolve,
        "copy": duplicate,
        "up": move_up,
        "down": move_down,
        "in": indent,
        "out": outdent,
        "wrap": wrap,
        "exception": add_exception,
    }
    if name in simple:
        return simple[name](draft, key).draft
    if name == "insert":
        return add_after(draft, key).draft
    if name == "words":
        return change(draft, key, text=f"words {at}")
    try:
        return move(draft, key, other, at).draft
    except MoveRefusedError:
        return draft


presses = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 40), st.integers(0, 40), st.integers(0, 5)),
    max_size=25,
)


def words_of(draft: CriteriaDraft) -> list[str]:
    return sorted(node.text for node in walk(draft.root) if isinstance(node, CriterionDraft) and node.text)


@given(drafts(), presses)
def test_whatever_is_done_it_stays_a_tree_and_every_step_can_be_taken_back_exactly(
    draft: CriteriaDraft, done: list[tuple[str, int, int, int]]
) -> None:
    history = history_of(draft)
    states = [draft]
    for name, first, second, at in done:
        keys = [node.key for node in walk(history.draft.root)]
        key, other = keys[first % len(keys)], keys[second % len(keys)]
        before = history.draft
        after = apply(before, name, key, other, at)
        now = [node.key for node in walk(after.root)]
        assert len(set(now)) == len(now)
        assert after.next_key > max(now)
        if name in {"move", "up", "down", "in", "out", "wrap", "insert", "exception"}:
            assert words_of(after) == words_of(before)
            lost = {node.key: node for node in walk(before.root) if node.key not in now}
            assert all(
                isinstance(node, GroupDraft) and not node.text and not node.id for node in lost.values()
            )
        if name == "dissolve":
            assert words_of(after) == words_of(before)
        history = history.did(after, name, key)
        if history.draft != states[-1]:
            states.append(history.draft)
    back = [history.draft]
    while history.undo_label:
        history = history.undo()
        back.append(history.draft)
    assert back == states[::-1]
    while history.redo_label:
        history = history.redo()
    assert history.draft == states[-1]


def test_typing_in_one_field_is_one_step_and_another_field_another() -> None:
    history = history_of(new_draft())
    for text in ("P", "Pa", "Pain"):
        history = history.did(change(history.draft, 2, text=text), "Type", 2, "2.text")
    history = history.did(change(history.draft, 2, unit="mm"), "Type", 2, "2.unit")
    history = history.undo()
    assert history.draft == change(new_draft(), 2, text="Pain")
    assert history.redo_label == "Type"
    history = history.did(change(history.draft, 2, text="Pain!"), "Type", 2, "2.text")
    assert not history.redo_label
    assert history.undo().draft == change(new_draft(), 2, text="Pain")
    assert history.undo().undo().draft == new_draft()
    assert history.undo().undo().undo() == history.undo().undo()


def test_a_pause_in_typing_ends_its_step() -> None:
    history = history_of(new_draft()).did(change(new_draft(), 2, text="Pain"), "Type", 2, "2.text").pause()
    history = history.did(change(history.draft, 2, text="Pain lasts"), "Type", 2, "2.text")
    assert history.undo().draft == change(new_draft(), 2, text="Pain")


def test_the_stack_forgets_its_oldest_steps_only() -> None:
    history = history_of(new_draft())
    for number in range(MOST_STEPS + 5):
        history = history.did(change_head(history.draft, title=str(number)), "Title", 0)
    for _ in range(MOST_STEPS):
        history = history.undo()
    assert history.draft.title == "4"
    assert history.undo_label == ""


@given(drafts())
def test_a_draft_is_kept_and_restored_as_it_was(draft: CriteriaDraft) -> None:
    assert from_json(to_json(draft)) == draft


def test_half_of_anything_is_kept_and_half_a_character_is_survived() -> None:
    half = change(new_draft(), 2, comparison=">=", number="4", within_count="soon", per=Scope.SIDE)
    half = change_head(half, effective_from="2026-1", notes="a\ud800b")
    again = from_json(to_json(half))
    assert again == change_head(half, notes="a\ufffdb")
    assert from_json("{") is None
    assert from_json('{"title": 3}') is None
