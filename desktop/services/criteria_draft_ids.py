"""Ids for what was typed without one: made from the words once, unique, and never changed afterwards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, GroupDraft, NodeDraft, walk

LONGEST_SLUG = 60
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_MADE_BY_THE_READER = re.compile(r"unless-[0-9]+")
"""Ids that the reader of criteria files gives to a rule with its exceptions: nothing typed may be in their way."""


def slug(text: str, fallback: str, longest: int = LONGEST_SLUG) -> str:
    """Words as an id: lower case, joined by hyphens, without accents; `fallback` when no Latin letter is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = _NOT_IN_IDS.sub("-", plain).strip("-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words or fallback


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


def unique(wanted: str, used: set[str]) -> str:
    """`wanted`, with a number behind it where it is used already; what is given counts as used from then on."""
    found, number = wanted, 1
    while found in used:
        number += 1
        found = f"{wanted}-{number}"
    used.add(found)
    return found


def _named(node: NodeDraft, used: set[str]) -> NodeDraft:
    if isinstance(node, CriterionDraft):
        return node if node.id or node.is_blank else replace(node, id=_claim(node.text, "criterion", used))
    own = "" if node.rule == "unless" else node.id or _claim(node.text, "group", used)
    return replace(node, id=own, children=tuple(_named(child, used) for child in node.children))


def _claim(words: str, fallback: str, used: set[str]) -> str:
    wanted = slug(words, fallback)
    return unique(f"{wanted}-asked" if _MADE_BY_THE_READER.fullmatch(wanted) else wanted, used)
