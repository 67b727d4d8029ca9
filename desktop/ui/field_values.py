"""Turns what is typed into a field into a value and back, in words where it cannot; it must not touch Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from desktop.domain.service_line import level_range
from desktop.domain.text import TextRefusedError, accept_text
from desktop.domain.vertebra import LevelError, level_order, parse_level, parse_levels

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199

_ISO_DATE = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", re.ASCII)
_US_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$", re.ASCII)
_SHORT_YEAR = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$", re.ASCII)
_NUMBER = re.compile(r"^[+-]?\d{1,15}(\.\d{1,10})?$", re.ASCII)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d{1,10})?$", re.ASCII)
_BETWEEN_LEVELS = re.compile(r"\s*(?:[,;\n]|\band\b|&)\s*", re.IGNORECASE)
_TWO_LETTERS = re.compile(r"^\s*[A-Za-z]{2}\s*$", re.ASCII)
_FIVE = re.compile(r"^[A-Z0-9]{5}$", re.ASCII)


class FieldTextError(ValueError):
    """What was typed does not make a value; the message says why and what would."""


def read_text(text: str) -> str:
    """The text itself, unchanged. Raises FieldTextError that names a character which cannot be kept."""
    try:
        return accept_text(text)
    except TextRefusedError as error:
        raise FieldTextError(f"{error}. Until then this field is not saved.") from None


def read_date(text: str) -> date | None:
    """A calendar date as `YYYY-MM-DD` or `M/D/YYYY`; None for an empty field (not known)."""
    cleaned = read_text(text).strip()
    if not cleaned:
        return None
    if _SHORT_YEAR.match(cleaned):
        raise FieldTextError("Write the year with four digits, for example 2026-05-11.")
    if found := _ISO_DATE.match(cleaned):
        year, month, day = (int(part) for part in found.groups())
    elif found := _US_DATE.match(cleaned):
        month, day, year = (int(part) for part in found.groups())
    else:
        raise FieldTextError("Write the date as 2026-05-11 or 5/11/2026.")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise FieldTextError(f"The year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise FieldTextError(f"There is no such day as {cleaned}.") from None


def show_date(value: date | None) -> str:
    """The date as `YYYY-MM-DD`; empty when not known."""
    return value.isoformat() if value else ""


def read_decimal(text: str) -> Decimal | None:
    """A number such as `7`, `-2.5` or `1,200`; None for an empty field."""
    cleaned = read_text(text).strip().replace("−", "-")
    if not cleaned:
        return None
    if _GROUPED.match(cleaned):
        cleaned = cleaned.replace(",", "")
    if not _NUMBER.match(cleaned):
        raise FieldTextError("Write digits only, with a point for decimals; the unit has its own field.")
    return Decimal(cleaned)


def show_decimal(value: Decimal | None) -> str:
    """The number as it was written, never in scientific notation."""
    return "" if value is None else format(value, "f")


def read_count(text: str) -> int | None:
    """A whole number from 0 to 9,999; None for an empty field."""
    cleaned = read_text(text).strip()
    if not cleaned:
        return None
    if not (cleaned.isascii() and cleaned.isdigit()) or len(cleaned) > 4:
        raise FieldTextError("Write a whole number from 0 to 9999.")
    return int(cleaned)


def read_units(text: str) -> int:
    """Units of a service: a whole number from 1 to 999; an empty field means 1."""
    count = read_count(text)
    if count is None:
        return 1
    if not 1 <= count <= 999:
        raise FieldTextError("Units are a whole number from 1 to 999.")
    return count


def show_count(value: int | None) -> str:
    """The number in digits; empty when not known."""
    return "" if value is None else str(value)


def read_levels(text: str) -> tuple[str, ...]:
    """Levels as reports write them (`L2-S1`, `L4-5, L5-S1`), top down and without repeats."""
    found: dict[str, None] = {}
    for part in _BETWEEN_LEVELS.split(read_text(text).strip()):
        if part:
            found.update(dict.fromkeys(_levels_of(part)))
    return tuple(sorted(found, key=level_order))


def _levels_of(part: str) -> Iterable[str]:
    try:
        return parse_levels(part)
    except LevelError as error:
        pieces = part.split()
        if len(pieces) < 2:
            raise FieldTextError(f"{error}.") from None
        return [level for piece in pieces for level in _levels_of(piece)]


def show_levels(levels: tuple[str, ...]) -> str:
    """Levels as a reader writes them: `L2-S1`."""
    return level_range(levels)


def spell_levels(levels: tuple[str, ...]) -> str:
    """What a range stands for, for reading back; empty where it says nothing new."""
    if len(levels) < 2 or level_range(levels) == ", ".join(levels):
        return ""
    return f"{len(levels)} levels: {', '.join(levels)}"


def read_level(text: str) -> str | None:
    """Exactly one level, or None for an empty field."""
    cleaned = read_text(text).strip()
    if not cleaned:
        return None
    try:
        return parse_level(cleaned)
    except LevelError as error:
        raise FieldTextError(f"{error}.") from None


def show_level(level: str | None) -> str:
    """The level as stored; empty when none is stated."""
    return level or ""


def read_state(text: str) -> str:
    """Two letters in capitals, however they were typed; any other text unchanged, for the validation to judge."""
    kept = read_text(text)
    return kept.strip().upper() if _TWO_LETTERS.match(kept) else kept


def five_character_problem(code: str) -> str | None:
    """What is wrong with the form of a CPT or HCPCS code, in words; the code's meaning is not looked up."""
    if not code or _FIVE.match(code.strip().upper()):
        return None
    return "A CPT or HCPCS code has five letters or digits."
