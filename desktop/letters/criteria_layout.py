"""Decides which criteria of an evaluation get a row and which are named in a sentence; it writes no words.

A way that is not taken while another holds, a criterion that does not apply, and a limb nobody argued would bury the
rows that decide: they are named, not spelled out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.domain.evaluation import LevelTrace, NodeTrace
from desktop.domain.truth import Truth
from desktop.letters.criteria_tree import is_untouched, leaves_at, leaves_under, nodes_with


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


def rest_of(layout: Layout) -> tuple[NodeTrace, ...]:
    """The criteria answered at these levels that no row shows."""
    shown = {node.id for node in layout.criteria}
    return tuple(leaf for leaf in leaves_at(layout.levels) if leaf.id not in shown)
