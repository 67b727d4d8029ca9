"""The search over levels that share questions is exact, and its effort grows with limbs rather than with criteria."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.gaps_formula import (
    ALWAYS,
    NEVER,
    Formula,
    Way,
    at_least,
    best_ways,
    least_cost,
    question,
    settled,
)
from desktop.rules.gaps_search import JointSearch

BITS = 9
Shape = int | tuple[int, list["Shape"]]
"""A leaf's number, or how many are needed of what."""


def cost_of(bit: int) -> int:
    """Any costs will do, as long as no two sets cost the same: size first, then a fixed preference."""
    return (1 << BITS + 1) - bit


def everything(formulas: Sequence[Formula]) -> list[Way]:
    """Every minimal way, found by trying every mask, cheapest first."""
    enough = [mask for mask in range(1 << BITS) if all(formula.holds(mask) for formula in formulas)]
    by_size = sorted(enough, key=int.bit_count)
    minimal: list[int] = []
    for mask in by_size:
        if not any(mask & way == way for way in minimal):
            minimal.append(mask)
    return sorted(Way(sum(cost_of(1 << n) for n in range(BITS) if mask >> n & 1), mask) for mask in minimal)


@st.composite
def _formulas(draw: st.DrawFn, leaves: Sequence[int], depth: int = 3) -> Formula:
    """A formula of some of the leaves, each once."""
    if len(leaves) == 1 or depth == 0:
        return question(1 << leaves[0])
    cuts = sorted(draw(st.sets(st.integers(1, len(leaves) - 1), min_size=1, max_size=3)))
    pieces = [leaves[start:end] for start, end in zip([0, *cuts], [*cuts, len(leaves)], strict=True)]
    parts = [draw(_formulas(piece, depth - 1)) for piece in pieces]
    return at_least(draw(st.integers(1, len(parts))), parts)


@st.composite
def _overlapping(draw: st.DrawFn) -> list[Formula]:
    """Up to three formulas of their own shapes that share questions as they like."""
    return [
        draw(_formulas(draw(st.permutations(range(BITS)))[: draw(st.integers(2, BITS))]))
        for _ in range(draw(st.integers(2, 3)))
    ]


@st.composite
def _levels(draw: st.DrawFn) -> list[Formula]:
    """One tree asked of two or three levels: some of its leaves are shared, the others are each level's own."""
    count = draw(st.integers(2, 3))
    own = draw(st.integers(1, 2))
    shared = BITS - own * count
    leaves = draw(st.permutations(range(shared + own)))
    tree = draw(_formulas(leaves))

    def at(level: int, formula: Formula) -> Formula:
        if formula.parts:
            return at_least(formula.need, [at(level, part) for part in formula.parts])
        number = formula.mask.bit_length() - 1
        return question(1 << (number if number < shared else number + level * own))

    return [at(level, tree) for level in range(count)]


@given(st.one_of(_overlapping(), _levels(), _levels()))
def test_the_best_ways_are_those_found_by_trying_every_subset(formulas) -> None:
    expected = everything(formulas)
    search = JointSearch(cost_of, 1000)
    assert search.best(formulas) == expected
    assert search.is_exact
    for limit in (1, 3):
        assert JointSearch(cost_of, limit).best(formulas) == expected[:limit]


@given(st.one_of(_overlapping(), _levels()), st.integers(0, 2))
def test_a_search_cut_off_early_gives_minimal_ways_and_says_so_when_it_was(formulas, budget) -> None:
    expected = everything(formulas)
    search = JointSearch(cost_of, 1000, budget)
    found = search.best(formulas)
    assert set(found) <= set(expected)
    assert found
    if search.is_exact:
        assert found == expected


@given(_formulas(range(BITS)), st.integers(0, (1 << BITS) - 1))
def test_one_level_alone_is_exact_and_closing_settles(formula, closed) -> None:
    assert best_ways(formula, cost_of, 1000) == everything([formula])
    assert best_ways(formula, cost_of, 2) == everything([formula])[:2]
    assert (settled(formula, closed) == ALWAYS) == formula.holds(closed)
    assert least_cost(formula, cost_of) == everything([formula])[0].cost


def test_what_cannot_hold_has_no_way_and_what_holds_needs_none() -> None:
    one = question(1)
    assert JointSearch(cost_of, 5).best([one, NEVER]) == []
    assert JointSearch(cost_of, 5).best([ALWAYS]) == [Way(0, 0)]
    assert at_least(2, [one, NEVER]) == NEVER
    assert at_least(1, [one, ALWAYS]) == ALWAYS


def _limbs(count: int, criteria: int, levels: int) -> list[Formula]:
    """One of `count` limbs at each level: `criteria` shared questions and one of the level's own in each."""
    formulas: list[Formula] = []
    for level in range(levels):
        limbs: list[Formula] = []
        for limb in range(count):
            first = limb * (criteria + levels)
            shared = [question(1 << first + number) for number in range(criteria)]
            limbs.append(at_least(criteria + 1, [*shared, question(1 << first + criteria + level)]))
        formulas.append(at_least(1, limbs))
    return formulas


@pytest.mark.parametrize("criteria", [2, 20, 200])
def test_the_number_of_tries_does_not_grow_with_the_number_of_criteria(criteria) -> None:
    formulas = _limbs(4, criteria, levels=5)
    search = JointSearch(lambda bit: (1 << 5000) - bit, 5)
    assert len(search.best(formulas)) == 5
    assert search.is_exact
    assert search.tries <= 20


@pytest.mark.parametrize("limbs", [4, 8, 16])
def test_the_number_of_tries_grows_no_faster_than_the_number_of_limbs(limbs) -> None:
    search = JointSearch(lambda bit: (1 << 500) - bit, 5)
    assert search.best(_limbs(limbs, 3, levels=5))
    assert search.is_exact
    assert search.tries <= 3 * limbs


def test_a_search_that_would_explode_stops_at_its_budget() -> None:
    # One of every pair of forty questions that a fixed graph joins: the smallest cover is hard to find in general.
    pairs = [(n, (n * step + step) % 40) for n in range(40) for step in (3, 7, 11)]
    formulas = [at_least(1, [question(1 << one), question(1 << two)]) for one, two in pairs if one != two]
    search = JointSearch(lambda bit: (1 << 50) - bit, 5, max_tries=50)
    found = search.best(formulas)
    assert search.tries == 50
    assert not search.is_exact
    assert found
    for way in found:
        assert all(formula.holds(way.mask) for formula in formulas)


@pytest.mark.parametrize("need", [2, 5, 11])
def test_of_many_parts_only_those_that_can_count_are_looked_at_and_none_is_lost(need: int) -> None:
    questions = [1 << number for number in range(12)]
    pairs = [
        at_least(2, [question(1 << 12), question(1 << 13)]),
        at_least(1, [question(1 << 14), question(1 << 15)]),
    ]
    formula = at_least(need, [*map(question, questions), *pairs])

    def cost_of(bit: int) -> int:
        return (1 << 20) + (bit * 40_503) % 65_537

    enough = [mask for mask in range(1 << 16) if formula.holds(mask)]
    costs = sorted(
        sum(cost_of(1 << place) for place in range(16) if mask >> place & 1)
        for mask in enough
        if not any(formula.holds(mask & ~(1 << place)) for place in range(16) if mask >> place & 1)
    )
    for limit in (1, 3, 20):
        assert [way.cost for way in best_ways(formula, cost_of, limit)] == costs[:limit]


def test_a_try_among_many_questions_uses_up_more_of_the_budget() -> None:
    # Half of very many, every other one shared: nothing that a reviewer types, but it must come to an end.
    formulas = [
        at_least(150, [question(1 << number + (300 * level if number % 2 else 0)) for number in range(300)])
        for level in range(1, 5)
    ]
    search = JointSearch(lambda bit: (1 << 5000) - bit, 3, max_tries=300)
    found = search.best(formulas)
    assert not search.is_exact
    assert search.tries < 60
    for way in found:
        assert all(formula.holds(way.mask) for formula in formulas)
