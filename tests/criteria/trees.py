"""Draws criteria trees of every kind of group for property tests; it must not test anything itself."""

from __future__ import annotations

from hypothesis import strategies as st

from desktop.domain.criteria import Criterion, Group
from tests.criteria.sets import all_of, group, leaf

KINDS = ("all", "any", "at_least", "not", "unless")


def trees(max_leaves: int = 8) -> st.SearchStrategy[Group]:
    """Trees whose leaves are `c1`, `c2`, ... in reading order of all nodes, each asked once for the case."""

    def number(node: object, counter: list[int]) -> Criterion | Group:
        counter[0] += 1
        if node is None:
            return leaf(f"c{counter[0]}")
        assert isinstance(node, tuple)
        kind, wanted, children = node
        name = f"g{counter[0]}"
        built = [number(child, counter) for child in children]
        if kind == "not":
            return group("not", built[0], name=name)
        count = min(wanted, len(built)) if kind == "at_least" else None
        return group(kind, *built, count=count, name=name)

    def grow(inner: st.SearchStrategy) -> st.SearchStrategy:
        return st.tuples(st.sampled_from(KINDS), st.integers(1, 3), st.lists(inner, min_size=1, max_size=3))

    shape = st.recursive(st.none(), grow, max_leaves=max_leaves)
    return shape.map(lambda node: all_of(number(node, [0])))
