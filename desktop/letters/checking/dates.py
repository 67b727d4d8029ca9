"""Reads dates in every form that people type, so that two writings of one day are one value; it knows no record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SUFFIX = r"(?:st|nd|rd|th)?"
_FORM = re.compile(
    rf"""
    \b(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})\b
    |\b(?P<m2>\d{{1,2}})[/.-](?P<d2>\d{{1,2}})[/.-](?P<y2>\d{{4}}|\d{{2}})\b(?![-/.]?\d)
    |\b(?P<m3>{_MONTH})\b\.?[ ]?(?P<d3>\d{{1,2}}){_SUFFIX}\b(?:,?[ ](?P<y3>\d{{4}})\b)?
        (?![-/%.]\d|\s?(?:%|mm|mg))
    |(?<![\w/.,-])(?P<d4>\d{{1,2}}){_SUFFIX}[ ](?:of[ ])?(?P<m4>{_MONTH})\b\.?(?:,?[ ](?P<y4>\d{{4}})\b)?
        (?![ ]\d{{1,2}},)
    |\b(?P<m5>{_MONTH})\b\.?,?[ ](?:of[ ])?(?P<y5>\d{{4}})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NEAR = 60
"""Characters within which a day without a year takes the year of the next date, as in `Oct 6 to Dec 19, 2025`."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: `2026-09-14`, `2026-09` where no day is given, `--09-14` where no year is."""

    value: str
    start: int
    end: int


def dates_in(text: str) -> tuple[WrittenDate, ...]:
    """Every date of a text in order; what is no day of the calendar is left for the numbers."""
    found = list(_written(text))
    for index in range(len(found) - 2, -1, -1):
        item, following = found[index], found[index + 1]
        if item.value.startswith("--") and len(following.value) == 10 and following.start - item.end < _NEAR:
            value = _ordered(item.value, following.value)
            if value:
                found[index] = WrittenDate(value, item.start, item.end)
    return tuple(found)


def _ordered(day: str, following: str) -> str:
    """The day in the year of the date behind it; empty when that would come after it."""
    value = f"{following[:4]}{day[1:]}"
    return value if value <= following else ""


def _written(text: str) -> Iterator[WrittenDate]:
    for match in _FORM.finditer(text):
        value = _value(match)
        if value:
            yield WrittenDate(value, match.start(), match.end())


def _value(match: re.Match[str]) -> str:
    for form in "12345":
        groups = match.groupdict()
        month_text = groups[f"m{form}"]
        if month_text is None:
            continue
        if form in "34" and month_text == "may" and groups.get(f"y{form}") is None:
            # "may 2 of them" is no date: in small letters the word is far more often the verb.
            return ""
        month = _MONTHS.get(month_text.lower()) or (int(month_text) if month_text.isdigit() else 0)
        year, day = groups.get(f"y{form}"), groups.get(f"d{form}")
        if not 1 <= month <= 12:
            return ""
        if day is None:
            return f"{year}-{month:02d}"
        if year is None:
            return f"--{month:02d}-{int(day):02d}" if _is_day(2024, month, int(day)) else ""
        full = int(year) if len(year) == 4 else _century(int(year))
        return f"{full}-{month:02d}-{int(day):02d}" if _is_day(full, month, int(day)) else ""
    return ""


def _century(year: int) -> int:
    """Two figures as people mean them: births in the last century, everything else in this one."""
    return 2000 + year if year < 40 else 1900 + year


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
