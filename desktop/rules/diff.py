"""What differs between two editions of a criteria set, or any two sets, as a value; `diff_text` says it in lines.

Criteria are the same when their ids are. It must not say which set is the better, nor evaluate either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import Enum
from typing import Literal

from desktop.domain.criteria import CriteriaSet, Criterion, Group
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.rules.diff_fields import head_fields, node_fields, rule_words
from desktop.rules.diff_trees import PairedTrees, Place, has_own_id, pair_trees

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST_COMPARED = 4_000
"""Words of texts longer than this are not compared one by one: it takes time by the square."""
_LITTLE_IN_COMMON = 0.5
_DECIDING = frozenset({"polarity", "per", "threshold", "within", "rule"})
"""Fields on which the result of an evaluation depends; the others inform the reader."""


class ChangeKind(Enum):
    """What happened to a node of the tree."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


class WordRun(Value):
    """Words of a text that both have, or that only one of them has."""

    kind: Literal["same", "removed", "added"]
    text: Text


class FieldChange(Value):
    """One field before and after, in the spelling of criteria files; empty where it was left out."""

    field: str
    before: Text
    after: Text
    words: tuple[WordRun, ...]
    """The difference word by word, for showing it in colour."""


class NodeChange(Value):
    """What became of a criterion or a group. What moved and changed at once is CHANGED, with both places."""

    kind: ChangeKind
    id: Identifier
    """As in the new set; of a removed node, as in the old."""
    is_group: bool
    text: Text
    was_under: Text = ""
    """Moved or removed: the group that it stood in, in words."""
    now_under: Text = ""
    """Moved or added: the group that it stands in, in words."""
    is_reordered: bool = False
    """Moved, but only within its group."""
    fields: tuple[FieldChange, ...] = ()
    may_change_result: bool
    """Whether the same answers may come to another result because of it."""

    @property
    def is_moved(self) -> bool:
        """Whether its place is another, in another group or in the same."""
        return bool(self.was_under and self.now_under)


class SetDifference(Value):
    """Everything that differs, in the reading order of the new set; what was removed stands last."""

    old_id: Identifier
    new_id: Identifier
    old_caption: Text
    new_caption: Text
    head: tuple[FieldChange, ...] = ()
    nodes: tuple[NodeChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same, apart from id, comments and layout."""
        return not self.head and not self.nodes

    @property
    def may_change_result(self) -> bool:
        """Whether the same answers may come to another result."""
        return any(change.may_change_result for change in self.nodes)


def diff(old: CriteriaSet, new: CriteriaSet) -> SetDifference:
    """Compare two sets. Groups that the author gave no id are the same when they hold the same criteria."""
    return SetDifference(
        old_id=old.id,
        new_id=new.id,
        old_caption=old.caption,
        new_caption=new.caption,
        head=_field_changes(head_fields(old), head_fields(new)),
        nodes=tuple(_node_changes(pair_trees(old.root, new.root))),
    )


def word_difference(before: str, after: str) -> tuple[WordRun, ...]:
    """Two texts as runs of words: same and removed runs together are `before`, same and added runs `after`.

    Texts that have little in common, or are very long, are two runs: the one and the other.
    """
    one: list[str] = _TOKEN.findall(before)
    two: list[str] = _TOKEN.findall(after)
    matcher = SequenceMatcher(a=one, b=two, autojunk=False)
    if max(len(before), len(after)) > _LONGEST_COMPARED or matcher.ratio() < _LITTLE_IN_COMMON:
        whole = (WordRun(kind="removed", text=before), WordRun(kind="added", text=after))
        return tuple(run for run in whole if run.text)
    runs: list[WordRun] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(WordRun(kind="same", text="".join(one[i1:i2])))
            continue
        if i1 < i2:
            runs.append(WordRun(kind="removed", text="".join(one[i1:i2])))
        if j1 < j2:
            runs.append(WordRun(kind="added", text="".join(two[j1:j2])))
    return tuple(runs)


def _field_changes(before: dict[str, str], after: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=field, before=old, after=new, words=word_difference(old, new))
        for field, old in before.items()
        if (new := after[field]) != old
    )


def _node_changes(trees: PairedTrees) -> Iterator[NodeChange]:
    old_id_of = {new_id: old_id for old_id, new_id in trees.new_id_of.items()}
    for new_id, now in trees.new.items():
        was = trees.old.get(old_id_of.get(new_id, ""))
        change = _change_of(trees, was, now) if was is not None else _came_or_went(ChangeKind.ADDED, now)
        if change is not None:
            yield change
    for old_id, was in trees.old.items():
        if old_id not in trees.new_id_of:
            yield _came_or_went(ChangeKind.REMOVED, was)


def _came_or_went(kind: ChangeKind, place: Place) -> NodeChange:
    is_new = kind is ChangeKind.ADDED
    return NodeChange(
        kind=kind,
        id=place.node.id,
        is_group=isinstance(place.node, Group),
        text=caption_of(place.node),
        was_under="" if is_new else _under(place),
        now_under=_under(place) if is_new else "",
        may_change_result=True,
    )


def _change_of(trees: PairedTrees, was: Place, now: Place) -> NodeChange | None:
    fields = _field_changes(node_fields(was.node), node_fields(now.node))
    if was.node.id != now.node.id and (has_own_id(was.node) or has_own_id(now.node)):
        fields = (*_field_changes({"id": was.node.id}, {"id": now.node.id}), *fields)
    is_elsewhere, is_reordered = _is_elsewhere(trees, was, now), now.node.id in trees.reordered
    is_moved = is_elsewhere or is_reordered
    if not fields and not is_moved:
        return None
    return NodeChange(
        kind=ChangeKind.CHANGED if fields else ChangeKind.MOVED,
        id=now.node.id,
        is_group=isinstance(now.node, Group),
        text=caption_of(now.node),
        was_under=_under(was) if is_moved else "",
        now_under=_under(now) if is_moved else "",
        is_reordered=is_reordered,
        fields=fields,
        may_change_result=is_elsewhere
        or (is_reordered and _has_another_rule(trees, was, now))
        or any(change.field in _DECIDING for change in fields),
    )


def _is_elsewhere(trees: PairedTrees, was: Place, now: Place) -> bool:
    if was.parent is None or now.parent is None:
        return False  # only the roots stand under nothing, and they are always each other's pair
    return trees.new_id_of.get(was.parent.id) != now.parent.id


def _has_another_rule(trees: PairedTrees, was: Place, now: Place) -> bool:
    """Whether both stand under an `unless` whose first child, the rule that the others waive, is another one now."""
    if was.parent is None or now.parent is None or now.parent.kind != "unless":
        return False
    return trees.new_id_of.get(was.parent.children[0].id) != now.parent.children[0].id


def _under(place: Place) -> str:
    return caption_of(place.parent) if place.parent is not None else "the set"


def caption_of(node: Criterion | Group) -> str:
    """A node in words: a criterion's text, a group's name or else its rule and what it begins with."""
    if isinstance(node, Criterion):
        return node.text
    if node.text:
        return f"{node.text} ({rule_words(node)})"
    first = node.children[0]
    return f"{rule_words(node)} of: {caption_of(first)}{', ...' if len(node.children) > 1 else ''}"
