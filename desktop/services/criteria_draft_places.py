"""Where in a draft a line of its text belongs, so that a mistake told by line is shown at its field; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from desktop.services.criteria_draft import HEAD, CriteriaDraft, CriterionDraft, GroupDraft, NodeDraft

_FIELDS = {"id": "text", "source": "locator", "threshold": "number", "within": "within_count"}
"""The field of the form that shows a key of the file, where they are called otherwise."""


@dataclass(frozen=True, slots=True)
class Places:
    """First line (from 1), key of the node and field, in line order."""

    found: tuple[tuple[int, int, str], ...]

    def at(self, line: int) -> tuple[int, str]:
        """Node and field of a line: the last place that begins on it or before it."""
        place = (HEAD, "title")
        for first, key, field in self.found:
            if first <= line:
                place = (key, field)
        return place


def places_of(draft: CriteriaDraft, text: str) -> Places:
    """The places of a settled draft in the text that was made from it."""
    whole = yaml.compose(text, Loader=yaml.SafeLoader)
    found = [(1, HEAD, "title")]
    for key, node in _pairs(whole):
        found.append((_line(key), HEAD, _text(key)))
        if _text(key) == "criteria":
            found += _tree(node, draft.root)
    return Places(tuple(sorted(found, key=_first)))


def _first(place: tuple[int, int, str]) -> int:
    return place[0]


def _tree(shown: yaml.Node, node: NodeDraft) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, CriterionDraft):
        for key, _ in _pairs(shown):
            yield _line(key), node.key, _FIELDS.get(_text(key), _text(key))
        return
    if node.rule == "unless":
        # The exceptions stand in the mapping of the rule that they waive.
        yield from _tree(shown, node.children[0])
        yield from _listed(shown, "unless", node, node.children[1:])
        return
    yield from _listed(shown, "of" if node.rule == "at_least" else node.rule, node, node.children)


def _listed(
    shown: yaml.Node, under: str, group: GroupDraft, children: tuple[NodeDraft, ...]
) -> Iterator[tuple[int, int, str]]:
    for key, value in _pairs(shown):
        name = _text(key)
        if name == "unless" and under != "unless":
            continue
        if name == under:
            yield _line(key), group.key, "rule"
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for item, child in zip(items, children, strict=False):
                yield from _tree(item, child)
        elif under != "unless":
            yield _line(key), group.key, "text" if name in {"text", "id"} else "rule"


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _text(node: yaml.Node) -> str:
    return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
