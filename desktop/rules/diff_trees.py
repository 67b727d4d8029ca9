"""Finds which nodes of two criteria trees are the same, and which changed their place; it must not compare their words.

Criteria are the same when their ids are. So are groups, save that a group without an id of its own is numbered by the
reader, and the number shifts when a group is put before it: such a group is recognised by the criteria under it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.criteria import Criterion, Group

_NUMBERED = re.compile(r"(all|any|at-least|not|unless)-[0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A node and where it stands; the root stands under nothing (`parent` None)."""

    node: Criterion | Group
    parent: Group | None


@dataclass(frozen=True, slots=True)
class PairedTrees:
    """Both trees by id, and the new id of every node of the old tree that is still there."""

    old: Mapping[str, Place]
    new: Mapping[str, Place]
    new_id_of: Mapping[str, str]
    reordered: frozenset[str]
    """New ids of nodes that stand in the same group as before and whose order among what stayed there is another."""


def has_own_id(node: Criterion | Group) -> bool:
    """Whether the author gave the node its id; groups without one are numbered when they are read."""
    return isinstance(node, Criterion) or _NUMBERED.fullmatch(node.id) is None


def pair_trees(old_root: Group, new_root: Group) -> PairedTrees:
    """Pair the nodes of two trees. Roots are always a pair."""
    old, new = dict(_places(old_root, None)), dict(_places(new_root, None))
    pairs = {old_root.id: new_root.id}
    for old_id, place in old.items():
        twin = new.get(old_id)
        if twin is None or old_id in pairs or twin.node is new_root:
            continue
        if has_own_id(place.node) and isinstance(place.node, Group) is isinstance(twin.node, Group):
            pairs[old_id] = old_id
    _pair_by_content(old, new, pairs)
    return PairedTrees(old, new, pairs, frozenset(_reordered(old, new, pairs)))


def _places(node: Criterion | Group, parent: Group | None) -> Iterator[tuple[str, Place]]:
    yield node.id, Place(node, parent)
    if isinstance(node, Group):
        for child in node.children:
            yield from _places(child, node)


def _pair_by_content(old: Mapping[str, Place], new: Mapping[str, Place], pairs: dict[str, str]) -> None:
    """Pair groups left over by the share of criteria they have in common, the best pairs first."""
    taken = set(pairs.values())
    free_old = [item.node for key, item in old.items() if isinstance(item.node, Group) and key not in pairs]
    free_new = [item.node for key, item in new.items() if isinstance(item.node, Group) and key not in taken]
    above_new = _groups_above(free_new)
    new_sizes = {group.id: len(_leaf_ids(group)) for group in free_new}
    kinds = {group.id: group.kind for group in free_new}
    order = {group.id: number for number, group in enumerate(free_new)}
    found: list[tuple[float, bool, int, int, str, str]] = []
    for number, group in enumerate(free_old):
        leaves = _leaf_ids(group)
        shared = Counter(above for leaf in leaves for above in above_new.get(leaf, ()))
        for new_id, count in shared.items():
            share = count / (len(leaves) + new_sizes[new_id] - count)
            is_other_kind = kinds[new_id] != group.kind
            found.append((-share, is_other_kind, number, order[new_id], group.id, new_id))
    for *_, old_id, new_id in sorted(found):
        if old_id not in pairs and new_id not in taken:
            pairs[old_id] = new_id
            taken.add(new_id)


def _groups_above(groups: Sequence[Group]) -> dict[str, list[str]]:
    above: dict[str, list[str]] = {}
    for group in groups:
        for leaf in _leaf_ids(group):
            above.setdefault(leaf, []).append(group.id)
    return above


def _leaf_ids(group: Group) -> tuple[str, ...]:
    return tuple(key for key, place in _places(group, None) if isinstance(place.node, Criterion))


def _reordered(old: Mapping[str, Place], new: Mapping[str, Place], pairs: Mapping[str, str]) -> Iterator[str]:
    """The fewest nodes that must have been moved within their group to come from the old order to the new."""
    for old_id, new_id in pairs.items():
        before, after = old[old_id].node, new[new_id].node
        if not isinstance(before, Group) or not isinstance(after, Group):
            continue
        there = {child.id: number for number, child in enumerate(after.children)}
        stayed = [pairs[child.id] for child in before.children if pairs.get(child.id) in there]
        # `unless` has its rule first: only there does the order decide anything.
        kept = _longest_rise([there[child] for child in stayed])
        yield from (child for child in stayed if there[child] not in kept)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """A longest rising subsequence of different numbers."""
    ends: list[int] = []
    last_at: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = last_at[at - 1] if at else None
        ends[at : at + 1] = [number]
        last_at[at : at + 1] = [number]
    found: set[int] = set()
    number = ends[-1] if ends else None
    while number is not None:
        found.add(number)
        number = before[number]
    return frozenset(found)
