"""Says whether two unit texts are the same unit spelt differently; it never converts one unit into another."""

from __future__ import annotations

import re

from desktop.domain.window import TimeUnit

VISITS = "visits"

REST_OF_A_NUMBER = r"[.,]|[0-9]|[eE][+-]?[0-9]|(?:[-\u2013\u2014]|to\b|or\b|and\b)\s*[0-9]"
"""How what stands behind the first digits begins when it is more of the number, or of a range, and no unit."""
_REST = re.compile(REST_OF_A_NUMBER)

_SPELLINGS: tuple[frozenset[str], ...] = (
    frozenset({"day", "days"}),
    frozenset({"week", "weeks", "wk", "wks"}),
    frozenset({"month", "months"}),  # not "mo": a reader may take it for something else
    frozenset({"year", "years"}),
    frozenset({"visit", VISITS}),
    frozenset({"hour", "hours"}),
    # What is counted: a rule says "1 level", and the reviewer who finds two writes "2 levels".
    frozenset({"level", "levels"}),
    frozenset({"session", "sessions"}),
    frozenset({"test", "tests"}),
    frozenset({"treatment", "treatments"}),
    frozenset({"grade", "grades"}),
    frozenset({"mm", "millimeter", "millimeters", "millimetre", "millimetres"}),
    frozenset({"cm", "centimeter", "centimeters", "centimetre", "centimetres"}),
    frozenset({"degree", "degrees", "°", "deg"}),
    frozenset({"kg/m2", "kg/m²", "kg/m^2"}),
    frozenset({"events/hour", "events/h", "events per hour", "/hour", "/h"}),
    frozenset({"%", "percent", "per cent"}),
)


def is_rest_of_number(unit: str) -> bool:
    """Whether what stands in place of a unit is more of the number: the `,5 mm` of 1,5 mm, the `-6 weeks` of 4-6 weeks.

    Such a text is refused: what comes before it would be taken for the whole number.
    """
    return _REST.match(unit.strip()) is not None


def same_unit(left: str, right: str) -> bool:
    """Whether two units are the same, apart from case, spaces and the spellings listed here."""
    one, two = _plain(left), _plain(right)
    return one == two or any(one in words and two in words for words in _SPELLINGS)


def time_unit_of(unit: str) -> TimeUnit | None:
    """The calendar unit that a unit text spells, or None for a unit that is not one of time."""
    return next((item for item in TimeUnit if same_unit(unit, item.value)), None)


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().replace(" / ", "/").split())
