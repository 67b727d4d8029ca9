"""What lets a set be met without certain criteria: exceptions that waive them, and limbs that do not ask them.

It speaks of the set alone, never of a case. It claims nothing of what stands under a NOT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.criteria import Criterion, Group, Polarity, leaves
from desktop.domain.truth import Truth
from desktop.rules.open_criteria import needed


@dataclass(frozen=True, slots=True)
class WayAround:
    """A node that may stand in for the criteria; `is_waiver` when it is an exception to a rule that asks them."""

    node: Criterion | Group
    is_waiver: bool

    @property
    def text(self) -> str:
        """The node in words."""
        return words_of(self.node)


def ways_around(root: Group, ids: frozenset[str]) -> tuple[WayAround, ...]:
    """The nodes by which a set can be met without any of its criteria in `ids`; empty when it cannot be."""
    return tuple(_around(root, ids)) if ids else ()


def _around(node: Criterion | Group, ids: frozenset[str]) -> list[WayAround]:
    """The ways around for a node that holds at least one of the criteria."""
    if isinstance(node, Criterion) or node.kind == "not":
        return []
    asking = [child for child in node.children if _asks(child, ids)]
    found = [_around(child, ids) for child in asking]
    clean = [child for child in node.children if not _asks(child, ids)]
    if node.kind == "unless":
        is_rule = _asks(node.children[0], ids)
        return [way for ways in found for way in ways] + [WayAround(child, is_rule) for child in clean]
    alternatives = [WayAround(child, is_waiver=False) for child in clean] if node.kind != "all" else []
    avoidable = sum(bool(ways) for ways in found)
    if len(clean) + avoidable < needed(node, len(node.children), Truth.TRUE):
        return []
    return [way for ways in found for way in ways] + alternatives


def _asks(node: Criterion | Group, ids: frozenset[str]) -> bool:
    return any(leaf.id in ids for leaf in leaves(node))


def words_of(node: Criterion | Group) -> str:
    """A node as a reader would name it: its own text, or those of what it combines."""
    if isinstance(node, Criterion):
        return f"{node.text} (absent)" if node.polarity is Polarity.ABSENT else node.text
    if node.text:
        return node.text
    parts = [words_of(child) for child in node.children]
    match node.kind:
        case "all":
            return _joined(parts, "and")
        case "any":
            return _joined(parts, "or")
        case "at_least":
            return f"at least {node.count} of: {'; '.join(parts)}"
        case "not":
            return f"not: {parts[0]}"
        case _:
            return f"{parts[0]}, unless {_joined(parts[1:], 'or')}"


def _joined(parts: Sequence[str], word: str) -> str:
    return f" {word} ".join(parts)
