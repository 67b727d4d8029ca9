"""Decides which criteria of an evaluation get a row and which are named in a sentence; it writes no words.

A way that is not taken while another holds, a criterion that does not apply, and a limb nobody argued would bury the
rows that decide: they are named, not spelled out. So are exceptions that nobody claimed; one that holds is a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.domain.evaluation import LevelTrace, NodeTrace
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria_tree import (
    exceptions_of,
    is_untouched,
    leaves_at,
    leaves_under,
    nodes_with,
    walk,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of which one way is enough: the ways that hold, and those not relied on."""

    group: NodeTrace
    relied: tuple[NodeTrace, ...]
    others: tuple[NodeTrace, ...]


@dataclass(slots=True)
class Layout:
    """What gets rows, in order (a group that brackets rows comes before them), and what gets a sentence."""

    levels: tuple[LevelTrace, ...]
    parts: list[NodeTrace] = field(default_factory=list[NodeTrace])
    choices: list[Choice] = field(default_factory=list[Choice])
    not_applicable: list[NodeTrace] = field(default_factory=list[NodeTrace])
    not_argued: list[NodeTrace] = field(default_factory=list[NodeTrace])
    exceptions: dict[str, NodeTrace] = field(default_factory=dict[str, NodeTrace])
    """The exceptions that get rows, by id, each with the node that holds it and its rule."""
    unclaimed: list[NodeTrace] = field(default_factory=list[NodeTrace])
    """Nodes whose rule is not shown to hold and whose exceptions nobody assessed."""

    @property
    def criteria(self) -> tuple[NodeTrace, ...]:
        """The criteria that get a row."""
        return tuple(node for node in self.parts if node.kind == "criterion")

    def at_levels(self, node: NodeTrace) -> tuple[NodeTrace, ...]:
        """A criterion as answered at each level of the layout, once each."""
        return tuple(item for item in leaves_at(self.levels) if item.id == node.id)

    def leaves(self, node: NodeTrace) -> tuple[NodeTrace, ...]:
        """The criteria under a node, as answered at each level of the layout."""
        ids = {leaf.id for leaf in leaves_under(node)}
        return tuple(leaf for leaf in leaves_at(self.levels) if leaf.id in ids)

    def rows_under(self, node: NodeTrace) -> tuple[NodeTrace, ...]:
        """The criteria under a node that get a row."""
        ids = {leaf.id for leaf in leaves_under(node)}
        return tuple(item for item in self.criteria if item.id in ids)

    def is_untouched(self, node: NodeTrace) -> bool:
        """Whether nobody answered anything under a node."""
        return all(is_untouched(leaf) for leaf in self.leaves(node))

    def is_applicable(self, node: NodeTrace) -> bool:
        """Whether a node counts at any level."""
        return any(item.is_applicable for item in nodes_with(self.levels, node.id))

    def truths(self, node: NodeTrace) -> frozenset[Truth]:
        """What a node came out as, over the levels."""
        return frozenset(item.truth for item in nodes_with(self.levels, node.id))

    def waived_at(self, pair: NodeTrace, exception: NodeTrace | None = None) -> tuple[LevelTrace, ...]:
        """Where a rule does not hold itself and an exception (any, or this one) stands in for it."""
        found: list[LevelTrace] = []
        for level in self.levels:
            for node in nodes_with((level,), pair.id):
                waivers = [
                    item for item in exceptions_of(node) if exception is None or item.id == exception.id
                ]
                holds = any(item.is_applicable and item.truth is Truth.TRUE for item in waivers)
                if node.is_applicable and node.children[0].truth is not Truth.TRUE and holds:
                    found.append(level)
        return tuple(found)

    def pair_of(self, node: NodeTrace) -> NodeTrace | None:
        """The node that holds a criterion as part of a rule, beside the exceptions to it; None for any other."""
        if not self.levels:
            return None
        pairs = (item for item in walk(self.levels[0].root) if item.kind == "unless")
        return next(
            (pair for pair in pairs if node.id in {leaf.id for leaf in leaves_under(pair.children[0])}), None
        )

    def is_waived(self, node: NodeTrace) -> bool:
        """Whether a criterion is no longer asked for anywhere, because exceptions stand in for its rule."""
        pair = self.pair_of(node)
        is_met = all(item.truth is Truth.TRUE for item in self.at_levels(node))
        return pair is not None and not is_met and self.truths(pair) == frozenset({Truth.TRUE})


def layout_of(levels: Sequence[LevelTrace]) -> Layout:
    """The layout of an evaluation at the levels that the letter argues for; the tree is the same at each."""
    layout = Layout(levels=tuple(levels))
    if levels:
        layout.parts.extend(_parts(layout, levels[0].root))
    return layout


def _parts(layout: Layout, node: NodeTrace, *, is_root: bool = True) -> Iterator[NodeTrace]:
    if not layout.is_applicable(node):
        layout.not_applicable.append(node)
        return
    if node.kind == "criterion":
        yield node
        return
    if node.kind == "unless":
        yield from _rule_and_exceptions(layout, node)
        return
    if layout.is_untouched(node):
        layout.not_argued.append(node)
        return
    children = node.children
    if node.kind == "any":
        holding = tuple(child for child in children if layout.truths(child) == frozenset({Truth.TRUE}))
        if holding:
            others = tuple(child for child in children if child not in holding)
            layout.choices.append(Choice(node, holding, others))
            children = holding
        else:
            yield node
    elif node.kind != "all":
        yield node
    elif layout.truths(node) == frozenset({Truth.FALSE}) and not is_root:
        # A way that has failed is shown by what was answered of it.
        left_out = tuple(child for child in children if layout.is_untouched(child))
        layout.not_argued.extend(left_out)
        children = tuple(child for child in children if child not in left_out)
    for child in children:
        yield from _parts(layout, child, is_root=False)


def _rule_and_exceptions(layout: Layout, pair: NodeTrace) -> Iterator[NodeTrace]:
    """The rule, and of its exceptions those that hold; while it is neither met nor waived, those that were assessed."""
    rule, exceptions = pair.children[0], exceptions_of(pair)
    yield from _parts(layout, rule, is_root=False)
    if layout.truths(rule) == frozenset({Truth.TRUE}):
        return
    assessed = [item for item in exceptions if layout.is_applicable(item) and not layout.is_untouched(item)]
    if layout.truths(pair) == frozenset({Truth.TRUE}):
        assessed = [item for item in assessed if layout.waived_at(pair, item)]
    if not assessed:
        layout.unclaimed.append(pair)
    for item in assessed:
        layout.exceptions[item.id] = pair
        parts = list(_parts(layout, item, is_root=False))
        if item.kind != "criterion" and item not in parts:
            yield item  # the line above its rows says what they are an exception to
        yield from parts
