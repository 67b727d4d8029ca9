"""Ids for what was typed without one: made from the words once, unique, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from desktop.rules.made_ids import node_id, slug, unique
from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, GroupDraft, NodeDraft, walk


def with_ids(draft: CriteriaDraft, taken: Collection[str] = ()) -> CriteriaDraft:
    """The draft with an id on the set and on everything typed; ids that are there stay. `taken`: ids of other sets."""
    used = {node.id for node in walk(draft.root)} - {""}
    whole = draft.root
    if not whole.id and whole.rule != "unless":
        whole = replace(whole, id=unique("whole-set", used))
    root = _named(whole, used)
    return replace(
        draft,
        id=draft.id or set_id(draft, taken),
        family=draft.family or slug(draft.title, "own-criteria"),
        root=root if isinstance(root, GroupDraft) else draft.root,
    )


def set_id(draft: CriteriaDraft, taken: Collection[str]) -> str:
    """An id for the set from its publisher and title that no other set has."""
    publisher = slug(draft.publisher, "own", 24)
    return unique(f"{publisher}.{slug(draft.title, 'criteria', 48)}", set(taken))


def _named(node: NodeDraft, used: set[str]) -> NodeDraft:
    if isinstance(node, CriterionDraft):
        return node if node.id or node.is_blank else replace(node, id=node_id(node.text, "criterion", used))
    own = "" if node.rule == "unless" else node.id or node_id(node.text, "group", used)
    return replace(node, id=own, children=tuple(_named(child, used) for child in node.children))
