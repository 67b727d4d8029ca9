"""Benchmarks of evaluating a set and finding its gaps: the largest shipped set, and sets of twice as many criteria."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial

import pytest

from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet, Criterion, Group
from desktop.domain.service_line import ServiceLine
from desktop.rules.evaluate import evaluate
from desktop.rules.gaps import line_gaps
from desktop.rules.loader import load_library
from desktop.settings.paths import criteria_dir
from tests.bench.measure import Measurement, summary, times_ms
from tests.criteria.sets import all_of, any_of, at_least, group, leaf, none_of, set_of

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

Report = Callable[[Measurement], None]

LINE = ServiceLine(id="line", levels=("L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"))
CASE = Case(id="case")
SIZE = 60
DOUBLED = 3.5
"""How many times longer twice the criteria may take: in proportion it is 2, the rest is room for a busy machine."""


def evaluated(criteria_set: CriteriaSet) -> object:
    return evaluate(criteria_set, LINE, {})


def searched(criteria_set: CriteriaSet, trace: object = None) -> object:
    found = line_gaps(criteria_set, evaluate(criteria_set, LINE, {}), LINE, CASE)
    assert found.is_exact
    assert found.ways
    return found


def limb(number: int, size: int) -> Group:
    """A limb of `size` criteria: two of every six per level, one under a NOT, one that an exception waives."""
    asked: list[Criterion | Group] = []
    names = [f"c{number}-{place}" for place in range(size)]
    for start in range(0, size, 6):
        own = names[start : start + 6]
        leaves = [leaf(name, per="level" if place in {1, 4} else "case") for place, name in enumerate(own)]
        first, second, third, fourth, fifth, sixth = leaves
        asked += [
            at_least(2, first, second, third),
            none_of(fourth),
            group("unless", fifth, sixth, name=f"unless-{number}-{start}"),
        ]
    return group("all", *asked, name=f"limb-{number}")


def made_of(limbs: int, size: int) -> CriteriaSet:
    """One of so many limbs of `size` criteria each (a multiple of six), and one requirement of every limb."""
    return set_of(all_of(any_of(*(limb(number, size) for number in range(limbs))), leaf("always")))


def count_of(criteria_set: CriteriaSet) -> int:
    return sum(1 for _ in criteria_set.criteria())


def test_the_largest_shipped_set_with_five_levels(report: Report) -> None:
    largest = max(load_library(criteria_dir()).sets, key=count_of)
    name = f"{largest.id} ({count_of(largest)} criteria, 5 levels)"
    report(summary(f"evaluate {name}", times_ms(partial(evaluated, largest), runs=30)))
    report(summary(f"evaluate and gaps {name}", times_ms(partial(searched, largest), runs=30)))


@pytest.mark.parametrize(
    ("way", "small", "large"),
    [
        ("larger limbs", made_of(5, SIZE // 5), made_of(5, 2 * SIZE // 5)),
        ("more limbs", made_of(5, SIZE // 5), made_of(10, SIZE // 5)),
    ],
)
@pytest.mark.parametrize("work", [evaluated, searched])
def test_twice_the_criteria_do_not_make_the_time_explode(way, small, large, work, report: Report) -> None:
    times_small, times_large = (
        times_ms(partial(work, small), runs=20),
        times_ms(partial(work, large), runs=20),
    )
    label = "evaluate" if work is evaluated else "evaluate and gaps"
    found = summary(
        f"{label}: {count_of(small)} to {count_of(large)} criteria, {way}",
        times_large,
        baseline_name="half as many",
        baseline_ms=statistics.median(times_small),
    )
    report(found)
    assert found.ratio < DOUBLED
