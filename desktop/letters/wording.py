"""How a letter writes dates, lists, numbers and services; it decides nothing about what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.service_line import CodeSystem, Laterality, ServiceLine, level_range

NOT_RECORDED = "not recorded"

# Written out here because strftime("%B") follows the machine's locale, and a letter must not.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+")
_SPACES = re.compile(r"\s+")


def long_date(day: date | None) -> str:
    """`September 14, 2026`, or words that say it is missing."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else "a date not recorded"


def short_date(day: date | None) -> str:
    """`Sep 14, 2026` for tables, or `date not recorded`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}" if day else "date not recorded"


def date_row(day: date | None) -> str:
    """A date as a value of the RE block."""
    return long_date(day) if day else NOT_RECORDED


def listed(items: Iterable[str], word: str = "and") -> str:
    """`a, b and c`."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def one_line(text: str) -> str:
    """Text with line wrapping taken out, for use inside a sentence or a cell."""
    return _SPACES.sub(" ", text).strip()


def quoted(text: str) -> str:
    """Words of the record in quotation marks, their line wrapping taken out."""
    return f"“{one_line(text)}”"


def ended(text: str) -> str:
    """The text as a sentence: with a period where it has no end mark."""
    cut = text.rstrip()
    return cut if not cut or cut[-1] in ".!?…" or cut[-2:] in ('."', ".”") else f"{cut}."


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Text split at blank lines; an empty text gives none."""
    return tuple(part.strip("\n") for part in _BLANK_LINE.split(text) if part.strip())


def amount_text(value: Decimal, unit: str) -> str:
    """`12 ng/mL`, `48 %`, `7/10`: the number as recorded, without exponent."""
    number = format(value, "f")
    if not unit:
        return number
    return f"{number}{unit}" if unit.startswith("/") else f"{number} {unit}"


def level_list(levels: Sequence[str]) -> str:
    """Levels as written in a sentence: `L4-L5 and S1`, neighbours joined to a range."""
    return listed(level_range(tuple(levels)).split(", ")) if levels else ""


def counted(number: int, noun: str) -> str:
    """`1 criterion`, `2 criteria`, `3 visits`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} criteria" if noun == "criterion" else f"{number} {noun}s"


def code_text(line: ServiceLine) -> str:
    """`CPT 22849-51`; empty without a code."""
    if not line.code.strip():
        return ""
    system = "" if line.code_system is CodeSystem.OTHER else f"{line.code_system.value} "
    modifier = f"-{line.modifier.strip()}" if line.modifier.strip() else ""
    return f"{system}{line.code.strip()}{modifier}"


def service_name(line: ServiceLine) -> str:
    """`Reinsertion of fixation (CPT 22849)`, or whatever of it is recorded."""
    label, code = one_line(line.label), code_text(line)
    if label and code:
        return f"{label} ({code})"
    return label or code or "a service without label or code"


def _names_side(line: ServiceLine) -> bool:
    """Whether there is no side, or the label already says it."""
    return line.laterality is Laterality.NONE or line.laterality.value in line.label.casefold().split()


def service_phrase(line: ServiceLine, levels: Sequence[str] | None = None) -> str:
    """The service with side and levels; `levels` None means those that were requested."""
    named = line.levels if levels is None else tuple(levels)
    side = "" if _names_side(line) else f", {line.laterality.value}"
    where = f" at {level_list(named)}" if named else ""
    units = f", {line.units} units" if line.units > 1 else ""
    return f"{service_name(line)}{side}{where}{units}"
