"""What is still open at a level as a formula of questions, and its cheapest ways to hold.

It must not know documents, people or screens: a question is one bit of a mask, and what it costs is told from outside.

A formula says *at least `need` of `parts`*, so ALL, ANY and AT LEAST n are one thing, and NOT has been pushed down to
the questions. Within one level every question stands once (ids are unique in a set). Therefore the minimal ways of two
parts never overlap, and the best ways of a group are sums of the best ways of its parts: exact, without trying every
subset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.domain.criteria import Criterion, Group
from desktop.domain.evaluation import NodeTrace
from desktop.domain.truth import Truth, negate
from desktop.rules.open_criteria import needed

Question = tuple[str, str]
"""A criterion's id and the subject it was asked of: a shared criterion is one question for all levels."""


@dataclass(frozen=True, slots=True)
class Formula:
    """At least `need` of `parts` hold; without parts, the one question whose bit is `mask`."""

    need: int
    mask: int
    """The bits of every question in it."""
    parts: tuple[Formula, ...] = ()
    _single: int = field(init=False, repr=False, compare=False)
    """The bits of the parts that are single questions: these are counted together."""
    _nested: tuple[Formula, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Part the single questions from the rest."""
        nested = tuple(part for part in self.parts if part.parts)
        single = self.mask if self.parts else 0
        for part in nested:
            single &= ~part.mask
        object.__setattr__(self, "_single", single)
        object.__setattr__(self, "_nested", nested)

    def holds(self, closed: int) -> bool:
        """Whether it holds once the questions in the mask `closed` are closed and nothing else is."""
        if not self.mask:
            return self == ALWAYS
        if not self.parts:
            return bool(self.mask & closed)
        return (self._single & closed).bit_count() + sum(
            part.holds(closed) for part in self._nested
        ) >= self.need

    @property
    def is_all(self) -> bool:
        """Whether every part is needed."""
        return len(self.parts) > 1 and self.need == len(self.parts)

    @property
    def is_any(self) -> bool:
        """Whether one part is enough."""
        return len(self.parts) > 1 and self.need == 1


ALWAYS = Formula(0, 0)
NEVER = Formula(1, 0)


class Way(NamedTuple):
    """Questions whose closing makes a formula hold. The cost alone puts ways in order: no two different ones tie."""

    cost: int
    mask: int


NOTHING_TO_DO = Way(0, 0)


def question(bit: int) -> Formula:
    """The formula of a single question."""
    return Formula(1, bit)


def at_least(need: int, parts: Iterable[Formula]) -> Formula:
    """The formula in its shortest form: what is settled is taken out, ALL in ALL and ANY in ANY become one."""
    kept: list[Formula] = []
    for part in parts:
        if part.mask:
            kept.append(part)
        elif part == ALWAYS:
            need -= 1
    if need <= 0:
        return ALWAYS
    if need > len(kept):
        return NEVER
    if len(kept) == 1:
        return kept[0]
    if need == 1:
        kept = [inner for part in kept for inner in (part.parts if part.is_any else (part,))]
    elif need == len(kept):
        kept = [inner for part in kept for inner in (part.parts if part.is_all else (part,))]
        need = len(kept)
    mask = 0
    for part in kept:
        mask |= part.mask
    return Formula(need, mask, tuple(sorted(kept, key=_reading_order)))


def _reading_order(formula: Formula) -> int:
    return -formula.mask


def formula_of(node: Criterion | Group, trace: NodeTrace, bits: Mapping[Question, int]) -> Formula:
    """What has to be closed for a node to be TRUE; a question that is not in `bits` cannot be closed."""
    return _formula(node, trace, Truth.TRUE, bits)


def _formula(node: Criterion | Group, trace: NodeTrace, goal: Truth, bits: Mapping[Question, int]) -> Formula:
    if not trace.is_applicable:
        return NEVER
    if trace.truth is goal:
        return ALWAYS
    if isinstance(node, Criterion):
        bit = bits.get((node.id, trace.subject))
        return NEVER if bit is None else question(bit)
    pairs = [pair for pair in zip(node.children, trace.children, strict=True) if pair[1].is_applicable]
    child_goal = negate(goal) if node.kind == "not" else goal
    return at_least(
        needed(node, len(pairs), goal), [_formula(child, found, child_goal, bits) for child, found in pairs]
    )


def settled(formula: Formula, closed: int) -> Formula:
    """What is left of it once the questions in the mask `closed` are closed."""
    if not formula.mask & closed:
        return formula
    if not formula.parts:
        return ALWAYS
    return at_least(formula.need, [settled(part, closed) for part in formula.parts])


def best_ways(formula: Formula, cost_of: Callable[[int], int], limit: int) -> list[Way]:
    """The `limit` cheapest minimal ways of a formula in which every question stands once, cheapest first.

    `cost_of` is asked for the cost of a single bit. Costs must be such that different sets never cost the same.
    """
    if not formula.mask:
        return [NOTHING_TO_DO] if formula == ALWAYS else []
    if not formula.parts:
        return [Way(cost_of(formula.mask), formula.mask)]
    lists = [best_ways(part, cost_of, limit) for part in formula.parts]
    if formula.is_any:
        return cheapest((way for ways in lists for way in ways), limit)
    lists = _worth_taking(lists, formula.need, limit)
    # row[n]: the best ways in which n of the parts looked at so far hold
    row: list[list[Way]] = [[NOTHING_TO_DO], *([] for _ in range(formula.need))]
    for number, ways in enumerate(lists):
        fewest = max(1, formula.need - (len(lists) - 1 - number))
        for count in range(min(number + 1, formula.need), fewest - 1, -1):
            row[count] = cheapest([*row[count], *sums(row[count - 1], ways, limit)], limit)
        if fewest > 1:
            row[fewest - 1] = []
    return row[formula.need]


def _worth_taking(lists: list[list[Way]], need: int, limit: int) -> list[list[Way]]:
    """The parts (each as its ways) that can be in one of the `limit` cheapest choices of `need` of them.

    A choice with a part beyond the cheapest `need + limit - 1` has at least `limit` cheaper ones: of those parts it
    leaves so many out, and each could stand in its place. So the time grows with the number of parts, not its square.
    """
    able = [ways for ways in lists if ways]
    return sorted(able, key=_cheapest_first)[: need + limit - 1] if len(able) >= need else lists


def _cheapest_first(ways: list[Way]) -> Way:
    return ways[0]


def least_cost(formula: Formula, cost_of: Callable[[int], int]) -> int | None:
    """What its cheapest way costs, without finding out which it is; None when it cannot hold."""
    if not formula.mask:
        return 0 if formula == ALWAYS else None
    if not formula.parts:
        return cost_of(formula.mask)
    costs = sorted(cost for part in formula.parts if (cost := least_cost(part, cost_of)) is not None)
    return sum(costs[: formula.need])


def cheapest(ways: Iterable[Way], limit: int) -> list[Way]:
    """The `limit` cheapest of some ways, cheapest first."""
    return sorted(ways)[:limit]


def sums(left: Sequence[Way], right: Sequence[Way], limit: int) -> list[Way]:
    """The `limit` cheapest joins of a way of each list; the lists are sorted and speak of different questions."""
    # A join of the i-th and the j-th is beaten by every join of earlier ones, so most pairs need no look.
    joined = [
        Way(one.cost + two.cost, one.mask | two.mask)
        for rank, one in enumerate(left[:limit], start=1)
        for two in right[: limit // rank]
    ]
    return cheapest(joined, limit)
