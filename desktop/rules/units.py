"""Says whether two unit texts are the same unit spelt differently; it never converts one unit into another."""

from __future__ import annotations

_SPELLINGS: tuple[frozenset[str], ...] = (
    frozenset({"day", "days"}),
    frozenset({"week", "weeks", "wk", "wks"}),
    frozenset({"month", "months"}),  # not "mo": a reader may take it for something else
    frozenset({"year", "years"}),
    frozenset({"mm", "millimeter", "millimeters", "millimetre", "millimetres"}),
    frozenset({"cm", "centimeter", "centimeters", "centimetre", "centimetres"}),
    frozenset({"degree", "degrees", "°", "deg"}),
    frozenset({"%", "percent", "per cent"}),
)


def same_unit(left: str, right: str) -> bool:
    """Whether two units are the same, apart from case, spaces and the spellings listed here."""
    one, two = _plain(left), _plain(right)
    return one == two or any(one in words and two in words for words in _SPELLINGS)


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().replace(" / ", "/").split())
