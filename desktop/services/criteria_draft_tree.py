"""What can be done to the tree of a draft: every operation takes a draft and gives another; none of them judges it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    Rule,
    node_of,
    place_of,
    walk,
    with_keys,
)


class Step(NamedTuple):
    """The draft after an operation, and the key of the node that the reader's eye should be on."""

    draft: CriteriaDraft
    key: int


class MoveRefusedError(ValueError):
    """A node cannot stand where it was to be put; the message says why in words."""


_BLANK = CriterionDraft()


def insert(draft: CriteriaDraft, parent: int, index: int, node: NodeDraft = _BLANK) -> Step:
    """Put a node, under fresh keys, at a place among the children of a group."""
    made, free = with_keys(node, draft.next_key)
    return Step(_put(replace(draft, next_key=free), parent, index, made), made.key)


def add_after(draft: CriteriaDraft, key: int, node: NodeDraft = _BLANK) -> Step:
    """Put a node after another; as the last of it where that is a group, at the end where it is not there."""
    here = node_of(draft, key)
    if isinstance(here, GroupDraft):
        return insert(draft, key, len(here.children), node)
    place = place_of(draft, key)
    if place is None:
        return insert(draft, draft.root.key, len(draft.root.children), node)
    return insert(draft, place.parent.key, place.at + 1, node)


def remove(draft: CriteriaDraft, key: int) -> Step:
    """Take a node out with everything under it. The root stays; the last criterion leaves a blank one."""
    place = place_of(draft, key)
    if place is None:
        return Step(draft, draft.root.key)
    left = _without(draft, key)
    siblings = tuple(child for child in place.parent.children if child.key != key)
    if not left.root.children:
        return insert(left, left.root.key, 0)
    nearest = siblings[min(place.at, len(siblings) - 1)].key if siblings else place.parent.key
    return Step(left, nearest)


def dissolve(draft: CriteriaDraft, key: int) -> Step:
    """Take a group out and leave what was under it in its place."""
    here, place = node_of(draft, key), place_of(draft, key)
    if place is None or not isinstance(here, GroupDraft) or not here.children:
        return Step(draft, key)
    before, after = place.parent.children[: place.at], place.parent.children[place.at + 1 :]
    return Step(
        _with_children(draft, place.parent.key, (*before, *here.children, *after)), here.children[0].key
    )


def duplicate(draft: CriteriaDraft, key: int) -> Step:
    """A copy beside a node. The copy's ids are made up anew: answers belong to the first."""
    here, place = node_of(draft, key), place_of(draft, key)
    if here is None or place is None:
        return Step(draft, key)
    return insert(draft, place.parent.key, place.at + 1, _without_ids(here))


def move(draft: CriteriaDraft, key: int, parent: int, index: int) -> Step:
    """Move a node with all that is under it to a place in a group, counted while it still stands where it was.

    Raises MoveRefusedError for the root, for a place that is no group, and for one inside the node itself.
    """
    here, place, target = node_of(draft, key), place_of(draft, key), node_of(draft, parent)
    if here is None or place is None:
        raise MoveRefusedError("The whole set cannot be moved into a part of itself.")
    if not isinstance(target, GroupDraft):
        raise MoveRefusedError("A criterion has nothing under it. Put the two in a group first.")
    if any(node.key == parent for node in walk(here)):
        raise MoveRefusedError("A group cannot be moved into itself.")
    at = index - 1 if place.parent.key == parent and place.at < index else index
    return Step(_put(_without(draft, key), parent, at, here), key)


def move_up(draft: CriteriaDraft, key: int) -> Step:
    """One place up among its siblings."""
    place = place_of(draft, key)
    if place is None or place.at == 0:
        return Step(draft, key)
    return move(draft, key, place.parent.key, place.at - 1)


def move_down(draft: CriteriaDraft, key: int) -> Step:
    """One place down among its siblings."""
    place = place_of(draft, key)
    if place is None or place.at + 1 == len(place.parent.children):
        return Step(draft, key)
    return move(draft, key, place.parent.key, place.at + 2)


def indent(draft: CriteriaDraft, key: int) -> Step:
    """Into the group that stands above it, at the end; into a new group where none does."""
    place = place_of(draft, key)
    if place is None:
        return Step(draft, key)
    above = place.parent.children[place.at - 1] if place.at else None
    if isinstance(above, GroupDraft):
        return move(draft, key, above.key, len(above.children))
    return Step(wrap(draft, key, "any" if place.parent.rule == "all" else "all").draft, key)


def outdent(draft: CriteriaDraft, key: int) -> Step:
    """Out of its group, to stand after it. A group without a name that is left empty goes away."""
    place = place_of(draft, key)
    outer = place_of(draft, place.parent.key) if place else None
    if place is None or outer is None:
        return Step(draft, key)
    moved = move(draft, key, outer.parent.key, outer.at + 1).draft
    emptied = node_of(moved, place.parent.key)
    if isinstance(emptied, GroupDraft) and not emptied.children and emptied.is_blank:
        moved = _without(moved, emptied.key)
    return Step(moved, key)


def wrap(draft: CriteriaDraft, key: int, rule: Rule = "any") -> Step:
    """Put a node into a new group that takes its place; the group is what the eye should be on."""
    here, place = node_of(draft, key), place_of(draft, key)
    if here is None or place is None:
        return Step(draft, key)
    group = GroupDraft(key=draft.next_key, rule=rule, children=(here,))
    children = tuple(group if child.key == key else child for child in place.parent.children)
    grown = replace(draft, next_key=draft.next_key + 1)
    return Step(_with_children(grown, place.parent.key, children), group.key)


def add_exception(draft: CriteriaDraft, key: int) -> Step:
    """A blank exception that would waive a node: after those it has, or as its first."""
    place, here = place_of(draft, key), node_of(draft, key)
    if isinstance(here, GroupDraft) and here.rule == "unless":
        return insert(draft, key, len(here.children))
    if place is None:
        return Step(draft, key)
    if place.parent.rule == "unless":
        return insert(draft, place.parent.key, len(place.parent.children))
    wrapped = wrap(draft, key, "unless")
    return insert(wrapped.draft, wrapped.key, 1)


def change(draft: CriteriaDraft, key: int, **fields: object) -> CriteriaDraft:
    """Other values in fields of one node; its key, kind and children stay."""
    here = node_of(draft, key)
    return draft if here is None else _replaced(draft, key, replace(here, **fields))  # pyright: ignore[reportArgumentType]


def change_head(draft: CriteriaDraft, **fields: object) -> CriteriaDraft:
    """Other values in fields of the set itself."""
    return replace(draft, **fields)  # pyright: ignore[reportArgumentType]


# ----------------------------------------------------------------------------------------------- the tree


def _without_ids(node: NodeDraft) -> NodeDraft:
    if isinstance(node, CriterionDraft):
        return replace(node, id="")
    return replace(node, id="", children=tuple(_without_ids(child) for child in node.children))


def _put(draft: CriteriaDraft, parent: int, index: int, node: NodeDraft) -> CriteriaDraft:
    target = node_of(draft, parent)
    group = target if isinstance(target, GroupDraft) else draft.root
    at = max(0, min(index, len(group.children)))
    return _with_children(draft, group.key, (*group.children[:at], node, *group.children[at:]))


def _without(draft: CriteriaDraft, key: int) -> CriteriaDraft:
    place = place_of(draft, key)
    if place is None:
        return draft
    left = tuple(child for child in place.parent.children if child.key != key)
    return _with_children(draft, place.parent.key, left)


def _with_children(draft: CriteriaDraft, key: int, children: tuple[NodeDraft, ...]) -> CriteriaDraft:
    group = node_of(draft, key)
    if not isinstance(group, GroupDraft):
        return draft
    return _replaced(draft, key, replace(group, children=children))


def _replaced(draft: CriteriaDraft, key: int, new: NodeDraft) -> CriteriaDraft:
    root = _rebuilt(draft.root, key, new)
    return replace(draft, root=root) if isinstance(root, GroupDraft) else draft


def _rebuilt(node: NodeDraft, key: int, new: NodeDraft) -> NodeDraft:
    """The tree with one node exchanged; every branch in which it does not stand is the same object as before."""
    if node.key == key:
        return new
    if isinstance(node, CriterionDraft):
        return node
    for at, child in enumerate(node.children):
        made = _rebuilt(child, key, new)
        if made is not child:
            return replace(node, children=(*node.children[:at], made, *node.children[at + 1 :]))
    return node
