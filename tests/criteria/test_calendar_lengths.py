"""Lengths of time are exact: a boundary is never crossed by rounding, and no day is counted twice."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria import Threshold
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window, months_before
from desktop.rules.calendar_lengths import Stretch, counted, in_words, length, total, union
from desktop.rules.worth import Worth, decimal_beside, truth_of

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
STRETCHES = st.builds(lambda a, b: Stretch(min(a, b), max(a, b)), DAYS, DAYS)
LISTS = st.lists(STRETCHES, max_size=6)
UNITS = st.sampled_from(TimeUnit)


def _days(stretches) -> set[int]:
    """The nights of stretches: from the first day of each up to the day before its last."""
    return {day for item in stretches for day in range(item.first.toordinal(), item.last.toordinal())}


@given(LISTS)
def test_a_union_has_every_day_once(stretches: list[Stretch]) -> None:
    joined = union(stretches)
    assert sum(item.days for item in joined) == len(_days(stretches))
    assert _days(joined) == _days(stretches)
    assert all(one.last < other.first for one, other in itertools.pairwise(joined))


@given(LISTS, STRETCHES, UNITS)
def test_more_care_is_never_less_time(stretches: list[Stretch], added: Stretch, unit: TimeUnit) -> None:
    before, after = total(union(stretches), unit), total(union([*stretches, added]), unit)
    assert after[0] >= before[0]
    assert after[0] <= after[1]


@given(DAYS, st.integers(1, 60))
def test_exactly_so_many_months_are_so_many_and_a_day_less_is_less(day: date, months: int) -> None:
    first = months_before(day, months)
    exact = length(Stretch(first, day), TimeUnit.MONTHS)
    assert exact == months
    assert length(Stretch(first - timedelta(days=1), day), TimeUnit.MONTHS) > months
    assert length(Stretch(first + timedelta(days=1), day), TimeUnit.MONTHS) < months


@given(STRETCHES, st.integers(1, 40), UNITS)
def test_a_length_reaches_a_limit_exactly_when_the_window_of_that_limit_takes_in_its_first_day(
    stretch: Stretch, count: int, unit: TimeUnit
) -> None:
    begins = Window(count=count, unit=unit).begins(stretch.last)
    assert (length(stretch, unit) >= count) is (stretch.first <= begins)


def test_one_day_more_than_six_months_is_a_little_more() -> None:
    six = Stretch(date(2026, 1, 15), date(2026, 7, 15))
    shown = [
        str(
            decimal_beside(
                length(Stretch(six.first - timedelta(days=n), six.last), TimeUnit.MONTHS), Decimal(6)
            )
        )
        for n in (-1, 0, 1)
    ]
    assert shown == ["5.97", "6", "6.03"]


@given(st.fractions(0, 200, max_denominator=400), st.decimals(0, 200, places=3))
def test_a_rounded_value_stays_on_its_side_of_the_limit(value: Fraction, limit: Decimal) -> None:
    rounded = Fraction(decimal_beside(value, limit))
    exact = Fraction(limit)
    assert (rounded > exact, rounded < exact) == (value > exact, value < exact)
    assert abs(rounded - value) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        (Fraction(7), "6", "7"),
        (Fraction(100), "6", "100"),
        (Fraction(41, 7), "6", "5.86"),
        (Fraction(5999, 1000), "6", "5.999"),
        (Fraction(29, 10), "6", "2.9"),
        (Fraction(0), "6", "0"),
        (Fraction(10**29 + 1), "6", "1" + "0" * 28 + "1"),
        (6 + Fraction(1, 10**29), "6", "6." + "0" * 28 + "1"),
    ],
)
def test_a_value_is_shown_with_two_decimals_or_as_many_as_it_needs(value, limit, shown) -> None:
    assert f"{decimal_beside(value, Decimal(limit))}" == shown


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (TimeUnit.DAYS, "49 days"),
        (TimeUnit.WEEKS, "7 weeks 0 days"),
        (TimeUnit.MONTHS, "1 month 21 days"),
        (TimeUnit.YEARS, "0 years 49 days"),
    ],
)
def test_a_stretch_is_told_in_its_unit(unit: TimeUnit, words: str) -> None:
    assert in_words(Stretch(date(2026, 2, 3), date(2026, 3, 24)), unit) == words


def test_one_of_a_thing_is_singular() -> None:
    assert (counted(1, "visit"), counted(0, "visit")) == ("1 visit", "0 visits")


@pytest.mark.parametrize(
    ("unit", "least", "most"),
    [
        (TimeUnit.DAYS, Fraction(58), Fraction(58)),
        (TimeUnit.WEEKS, Fraction(58, 7), Fraction(58, 7)),
        (TimeUnit.MONTHS, Fraction(58, 31), Fraction(58, 28)),
        (TimeUnit.YEARS, Fraction(58, 366), Fraction(58, 365)),
    ],
)
def test_months_of_several_stretches_are_known_only_within_limits(unit, least, most) -> None:
    parts = (Stretch(date(2026, 1, 1), date(2026, 1, 30)), Stretch(date(2026, 3, 1), date(2026, 3, 30)))
    assert total(parts, unit) == (least, most)


@pytest.mark.parametrize(
    ("comparison", "worth", "truth"),
    [
        (">=", Worth(Fraction(6), ""), Truth.TRUE),
        (">=", Worth(Fraction(5), "", is_open=True), Truth.UNKNOWN),
        (">=", Worth(Fraction(6), "", is_open=True), Truth.TRUE),
        ("<=", Worth(Fraction(6), "", is_open=True), Truth.UNKNOWN),
        ("<", Worth(Fraction(6), "", is_open=True), Truth.FALSE),
        (">", Worth(Fraction(5), "", at_most=Fraction(7)), Truth.UNKNOWN),
        (">", Worth(Fraction(5), "", at_most=Fraction(6)), Truth.FALSE),
        ("<=", Worth(Fraction(7), "", at_least=Fraction(0)), Truth.UNKNOWN),
        ("<=", Worth(Fraction(6), "", at_least=Fraction(0)), Truth.TRUE),
    ],
)
def test_a_limit_that_divides_what_a_value_may_be_decides_nothing(comparison, worth, truth) -> None:
    limit = Threshold.model_validate({"comparison": comparison, "value": "6", "unit": "weeks"})
    assert truth_of(worth, limit) is truth
