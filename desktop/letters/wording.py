"""How a letter writes dates, lists, numbers and services; it decides nothing about what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.service_line import CodeSystem, Laterality, ServiceLine, is_side, level_range

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
_ISO_DAY = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
_GRADE = re.compile(r"((?:[<>≤≥] )?\d[\d.]*) grade\b")
_ONE_OF_MANY = re.compile(r"(?<![\d.,])1 (degree|month|week|day|hour|year|visit|point|level)s\b")


def long_date(day: date | None) -> str:
    """`September 14, 2026`, or words that say it is missing."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else "a date not recorded"


def short_date(day: date | None) -> str:
    """`Sep 14, 2026` for tables, or `date not recorded`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}" if day else "date not recorded"


def date_span(start: date | None, end: date | None) -> str:
    """`Oct 6 to Dec 19, 2025`; what is missing of it is said."""
    if start is None and end is None:
        return "dates not recorded"
    if start is None:
        return f"until {short_date(end)}, start not recorded"
    if end is None:
        return f"from {short_date(start)}, end not recorded"
    if start == end:
        return short_date(start)
    first = short_date(start)
    return f"{first.split(',')[0] if start.year == end.year else first} to {short_date(end)}"


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
    return cut if not cut or cut[-1] in ".!?…" or cut[-2:] in ('."', ".”", ".)") else f"{cut}."


def lowered(text: str) -> str:
    """Words for the middle of a sentence; an abbreviation such as `CT` or `L5` keeps its capitals."""
    is_word = text[1:2].islower() or text[:2] == "A "
    return text[:1].lower() + text[1:] if is_word else text


def shortened(text: str, room: int) -> str:
    """The text on one line, at most `room` characters and an ellipsis at its end; cut between words, never inside."""
    line = one_line(text)
    if len(line) <= room:
        return line
    cut = line.rfind(" ", room // 2, room)
    return f"{line[: cut if cut > 0 else room].rstrip(' ,;:')} …"


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Text split at blank lines; an empty text gives none."""
    return tuple(part.strip("\n") for part in _BLANK_LINE.split(text) if part.strip())


def amount_text(value: Decimal, unit: str) -> str:
    """`12 ng/mL`, `48%`, `7/10`, `grade 3`: the number as recorded, without exponent."""
    number = format(value, "f")
    if not unit:
        return number
    if unit == "grade":
        return f"grade {number}"
    return f"{number}{unit}" if unit.startswith(("/", "%")) else singular(f"{number} {unit}")


def held_text(amount: str) -> str:
    """An amount with its threshold as a letter writes it: `1 week (needs ≥ 6 weeks)`, `grade 4 (needs grade ≥ 3)`.

    Days in it are written as everywhere in a letter: `31.2 kg/m2 on Aug 11, 2026`.
    """
    signs = amount.replace("<=", "≤").replace(">=", "≥")
    return singular(_GRADE.sub(r"grade \1", _ISO_DAY.sub(_day_in_words, one_line(signs))))


def _day_in_words(found: re.Match[str]) -> str:
    year, month, day = (int(part) for part in found.groups())
    try:
        return short_date(date(year, month, day))
    except ValueError:
        return found.group()  # no day of the calendar, so something else


def singular(text: str) -> str:
    """`1 degree`, where a unit recorded in the plural stands behind a single one."""
    return _ONE_OF_MANY.sub(r"1 \1", text)


def row_list(numbers: Iterable[str]) -> str:
    """`row 2.1`, `rows 2.1 to 2.5 and 2.7`: rows of tables by number, neighbours joined."""
    runs: list[list[str]] = []
    for number in numbers:
        table, _, place = number.partition(".")
        if runs and runs[-1][-1] == f"{table}.{int(place) - 1}":
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]
    is_one = len(runs) == 1 and len(runs[0]) == 1
    return f"row{'' if is_one else 's'} {listed(shown)}"


def level_list(levels: Sequence[str]) -> str:
    """Levels as written in a sentence: `L4-L5 and S1`, neighbours joined to a range."""
    return listed(level_range(tuple(levels)).split(", ")) if levels else ""


def side_list(sides: Sequence[str]) -> str:
    """`on the left`, `on both sides`; empty without any."""
    return "on both sides" if len(set(sides)) > 1 else f"on the {sides[0]}" if sides else ""


def where(levels: Sequence[str], sides: Sequence[str] = ()) -> str:
    """`at L4-S1`, `on the left`, `at L4-L5 on both sides`; empty where neither is named."""
    at = f"at {level_list(levels)}" if levels else ""
    return " ".join(part for part in (at, side_list(sides)) if part)


def is_named_in(place: str, words: str) -> bool:
    """Whether words name a level themselves: `L5` is named in `Lucency around the L5 screw`, not in `Cage at L5-S1`."""
    return (
        bool(place) and re.search(rf"(?<![\w-]){re.escape(place)}(?![\w-])", words, re.IGNORECASE) is not None
    )


def placed(name: str, level: str, sides: Sequence[str] = ()) -> str:
    """A finding with its place, each said once: `nonunion at L4-L5`, `motion at a fused level (L5-S1)`.

    What the name itself says of level or side is left out.
    """
    words = set(re.findall(r"\w+", name.casefold()))
    is_said = set(sides) <= words or (
        len(set(sides)) > 1 and bool(words & {"both", "bilateral", "bilaterally"})
    )
    place = where(() if not level or is_named_in(level, name) else (level,), () if is_said else sides)
    if place and "at" in words:
        return f"{name} ({place.removeprefix('at ')})"
    return f"{name} {place}".rstrip()


def where_all(places: Iterable[tuple[str, str]]) -> str:
    """As `where`, for pairs of level and side, either of which may be empty: each side with its own levels."""
    levels_of: dict[str, list[str]] = {}
    for level, side in places:
        levels_of.setdefault(side, []).extend([level] if level else [])
    sides_at: dict[tuple[str, ...], list[str]] = {}
    for side, levels in levels_of.items():
        sides_at.setdefault(tuple(levels), []).extend([side] if side else [])
    return listed(filter(None, (where(levels, sides) for levels, sides in sides_at.items())))


def where_asked(subjects: Sequence[str]) -> str:
    """As `where`, for what answers are recorded for: levels or sides."""
    sides = [item for item in subjects if is_side(item)]
    return where([item for item in subjects if item not in sides], sides)


def opened(text: str) -> str:
    """The text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


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


def service_phrase(
    line: ServiceLine, levels: Sequence[str] | None = None, sides: Sequence[str] | None = None
) -> str:
    """The service with side and levels; `levels` and `sides` None mean those that were requested."""
    named = line.levels if levels is None else tuple(levels)
    side = "" if _names_side(line) else f", {line.laterality.value}"
    if sides and set(sides) != set(line.sides):
        side = f", {listed(sides)} side only"
    at = f" at {level_list(named)}" if named and not is_named_in(level_list(named), line.label) else ""
    units = f", {line.units} units" if line.units > 1 else ""
    return f"{service_name(line)}{side}{at}{units}"
