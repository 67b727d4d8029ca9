"""Says whether two unit texts are the same unit spelt differently; it never converts one unit into another."""

from __future__ import annotations

from desktop.domain.window import TimeUnit

VISITS = "visits"

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


def same_unit(left: str, right: str) -> bool:
    """Whether two units are the same, apart from case, spaces and the spellings listed here."""
    one, two = _plain(left), _plain(right)
    return one == two or any(one in words and two in words for words in _SPELLINGS)


def time_unit_of(unit: str) -> TimeUnit | None:
    """The calendar unit that a unit text spells, or None for a unit that is not one of time."""
    return next((item for item in TimeUnit if same_unit(unit, item.value)), None)


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().replace(" / ", "/").split())
