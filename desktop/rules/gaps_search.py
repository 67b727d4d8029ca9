"""The cheapest ways to make every level of a line met at once, where levels share some of their questions.

It must not look at criteria, traces or documents: only formulas and masks. How it stays exact and quick:

* what every level needs is split into conjuncts; equal ones of several levels are one; conjuncts that share no question
  are solved apart and summed;
* only where different conjuncts share a question is there anything to try: a shared part is taken either as closed by
  its own best ways, or as never closed, and both remainders are solved, each remembered;
* a way with the part closed is kept only when it does not hold without it, which is what makes every way minimal;
* a remainder is left out when it cannot be cheaper than the ways found already: what it costs at least is the sum of
  what each conjunct costs by itself when every shared question's cost is split between those that hold it.

The shared part is as large as can be (the case-wide half of a limb, not each of its criteria), so the number of tries
grows with the number of limbs and not with that of criteria. Should it grow beyond the budget all the same, the rest is
filled in step by step, and `is_exact` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import lcm

from desktop.rules.gaps_formula import (
    ALWAYS,
    NEVER,
    Formula,
    Way,
    best_ways,
    cheapest,
    least_cost,
    settled,
    sums,
)
from desktop.rules.gaps_parts import bits_of, components_of, conjuncts_of, shared_part, with_part

MAX_TRIES = 1500
"""How many shared parts may be tried before the search is cut off."""
USUAL_QUESTIONS = 200
"""A try among so many questions (of all levels) more counts once more: what is bounded is the time."""
MAX_STARTS = 100
"""From so many beginnings ways are filled in step by step after the cut; then from one for each remainder."""
MAX_NESTED_TRIES = 120
"""How many may be tried within one another: each takes several of Python's frames."""


class JointSearch:
    """One search. `tries` counts what was tried, `is_exact` turns False when the budget was used up."""

    def __init__(self, cost_of: Callable[[int], int], limit: int, max_tries: int = MAX_TRIES) -> None:
        self._cost_of = cost_of
        self._limit = limit
        self._max_tries = max_tries
        self._nested = 0
        self._spent = 0
        self._starts = 0
        self._known: dict[tuple[Formula, ...], tuple[int, list[Way]]] = {}
        self._costs: dict[int, int] = {}
        self._impossible = 0
        self.tries = 0
        self.is_exact = True

    def best(self, formulas: Iterable[Formula]) -> list[Way]:
        """The cheapest minimal ways in which every formula holds, cheapest first; none when one cannot hold."""
        every = tuple(formulas)
        asked = 0
        for formula in every:
            asked |= formula.mask
        # A question stands at most once in each formula, so that its scaled cost can be split without a remainder.
        scale = lcm(*range(1, len(every) + 1))
        self._costs = {bit: self._cost_of(bit) * scale for bit in bits_of(asked)}
        self._impossible = 1 + sum(self._costs.values())
        self._known.clear()
        return [Way(way.cost // scale, way.mask) for way in self._below(self._impossible, every)]

    def _below(self, bound: int, formulas: Iterable[Formula]) -> list[Way]:
        """The cheapest minimal ways among those that cost less than `bound`, by scaled costs."""
        conjuncts, forced = conjuncts_of(formulas)
        components = components_of(conjuncts)
        least = [self._least(component) for component in components]
        found = [self._way(forced)]
        total = found[0].cost + sum(least)
        if total >= bound:  # always so when one of them cannot hold
            return []
        for component, own in zip(components, least, strict=True):
            found = sums(found, self._component(component, bound - (total - own)), self._limit)
        return [way for way in found if way.cost < bound]

    def _component(self, component: tuple[Formula, ...], bound: int) -> list[Way]:
        if len(component) == 1:
            return best_ways(component[0], self._cost, self._limit)
        known_bound, known = self._known.get(component, (-1, []))
        if known_bound < bound and len(known) < self._limit:
            known = self._tried(component, bound)
            self._known[component] = (bound, known)
        return known

    def _tried(self, component: tuple[Formula, ...], bound: int) -> list[Way]:
        if self._spent >= self._max_tries or self._nested >= MAX_NESTED_TRIES:
            self.is_exact = False
            return self._step_by_step(component)
        self.tries += 1
        self._spent += 1 + sum(formula.mask.bit_count() for formula in component) // USUAL_QUESTIONS
        self._nested += 1
        part = shared_part(component)
        of_the_part = best_ways(part, self._cost, self._limit)
        cost = of_the_part[0].cost
        without = tuple(with_part(formula, part, NEVER) for formula in component)
        closed = tuple(with_part(formula, part, ALWAYS) for formula in component)
        ways: list[Way] = []
        # The more promising remainder first: what it gives may leave the other one nothing to add.
        for least, is_closed in sorted([(self._least(without), False), (cost + self._least(closed), True)]):
            to_beat = min(bound, ways[-1].cost) if len(ways) == self._limit else bound
            if least >= to_beat:
                continue
            if is_closed:
                rest = self._below(to_beat - cost, closed)
                needed = [way for way in rest if not all(formula.holds(way.mask) for formula in without)]
                more = sums(of_the_part, needed, self._limit)
            else:
                more = self._below(to_beat, without)
            # What costs as much as the bound is let go: cheaper ways than it may have been left out above.
            ways = cheapest([*ways, *(way for way in more if way.cost < to_beat)], self._limit)
        self._nested -= 1
        return ways

    def _least(self, formulas: Sequence[Formula]) -> int:
        """What all of them cost at least: never more than their cheapest way does."""
        holders: dict[int, int] = {}
        for formula in formulas:
            for bit in bits_of(formula.mask):
                holders[bit] = holders.get(bit, 0) + 1

        def share(bit: int) -> int:
            return self._costs[bit] // holders[bit]

        total = 0
        for formula in formulas:
            cost = least_cost(formula, share)
            if cost is None:
                return self._impossible
            total += cost
        return total

    def _step_by_step(self, component: tuple[Formula, ...]) -> list[Way]:
        """Ways that work and of which nothing can be left out, though a smaller one may exist."""
        found: set[Way] = set()
        for first in component:
            for start in best_ways(first, self._cost, self._limit):
                if found and self._starts >= MAX_STARTS:
                    return cheapest(found, self._limit)
                self._starts += 1
                closed = start.mask
                for formula in component:  # each can hold, and closing more never makes it otherwise
                    closed |= best_ways(settled(formula, closed), self._cost, 1)[0].mask
                found.add(self._without_surplus(component, closed))
        return cheapest(found, self._limit)

    def _without_surplus(self, component: tuple[Formula, ...], closed: int) -> Way:
        for bit in sorted(bits_of(closed), key=self._cost, reverse=True):
            if all(formula.holds(closed & ~bit) for formula in component if formula.mask & bit):
                closed &= ~bit
        return self._way(closed)

    def _way(self, mask: int) -> Way:
        return Way(sum(self._costs[bit] for bit in bits_of(mask)), mask)

    def _cost(self, bit: int) -> int:
        return self._costs[bit]
