"""Exact lengths of time in the units that criteria use, and days that are counted once however often they are named.

It must not round: a boundary is a boundary. Months and years are counted back from the last day, as `within` counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desktop.domain.window import TimeUnit, months_before

LONGEST_MONTH = 31
SHORTEST_MONTH = 28
LONGEST_YEAR = 366
SHORTEST_YEAR = 365


class Stretch(NamedTuple):
    """From one day to a later or the same one; its length is the days between them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The days between; 0 when it is one day."""
        return (self.last - self.first).days


def union(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same days without overlap, in order; stretches that touch become one."""
    merged: list[Stretch] = []
    for item in sorted(stretches):
        if merged and item.first <= merged[-1].last:
            merged[-1] = Stretch(merged[-1].first, max(merged[-1].last, item.last))
        else:
            merged.append(item)
    return tuple(merged)


def whole_and_days(stretch: Stretch, months: int) -> tuple[int, int]:
    """How many whole steps of so many calendar months fit, counted back from the last day, and the days that remain.

    From 28 February to 31 August are exactly 6 months, as `within: 6 months` has it; the remainder is under one step.
    """
    whole = (
        (stretch.last.year - stretch.first.year) * 12 + stretch.last.month - stretch.first.month
    ) // months
    # The estimate is at most one step too long, when the day of the month has not been reached yet.
    if months_before(stretch.last, whole * months) < stretch.first:
        whole -= 1
    return whole, (months_before(stretch.last, whole * months) - stretch.first).days


def length(stretch: Stretch, unit: TimeUnit) -> Fraction:
    """The length of one stretch. A begun month counts as days of 31, a begun year as days of 366: never too much."""
    match unit:
        case TimeUnit.DAYS:
            return Fraction(stretch.days)
        case TimeUnit.WEEKS:
            return Fraction(stretch.days, 7)
        case TimeUnit.MONTHS:
            whole, days = whole_and_days(stretch, 1)
            return whole + Fraction(days, LONGEST_MONTH)
        case _:
            whole, days = whole_and_days(stretch, 12)
            return whole + Fraction(days, LONGEST_YEAR)


def total(stretches: Sequence[Stretch], unit: TimeUnit) -> tuple[Fraction, Fraction]:
    """The least and the most that disjoint stretches come to together.

    The two differ only for months and years of several stretches, whose days belong to no one calendar month.
    """
    days = sum(item.days for item in stretches)
    longest = max((length(item, unit) for item in stretches), default=Fraction(0))
    match unit:
        case TimeUnit.DAYS:
            return Fraction(days), Fraction(days)
        case TimeUnit.WEEKS:
            return Fraction(days, 7), Fraction(days, 7)
        case TimeUnit.MONTHS:
            least, most = Fraction(days, LONGEST_MONTH), Fraction(days, SHORTEST_MONTH)
        case _:
            least, most = Fraction(days, LONGEST_YEAR), Fraction(days, SHORTEST_YEAR)
    return (longest, longest) if len(stretches) == 1 else (max(least, longest), most)


def in_words(stretch: Stretch, unit: TimeUnit) -> str:
    """A stretch in its unit and days: `7 weeks 0 days`, `5 months 23 days`, `49 days`."""
    match unit:
        case TimeUnit.DAYS:
            return counted(stretch.days, "day")
        case TimeUnit.WEEKS:
            return weeks_and_days(stretch.days)
        case TimeUnit.MONTHS:
            whole, days = whole_and_days(stretch, 1)
        case _:
            whole, days = whole_and_days(stretch, 12)
    return f"{counted(whole, unit.value.removesuffix('s'))} {counted(days, 'day')}"


def weeks_and_days(days: int) -> str:
    """Days as weeks and days: `7 weeks 0 days`."""
    weeks, rest = divmod(days, 7)
    return f"{counted(weeks, 'week')} {counted(rest, 'day')}"


def counted(number: int, word: str) -> str:
    """A number with its noun: `1 day`, `2 days`."""
    return f"{number} {word if number == 1 else word + 's'}"
