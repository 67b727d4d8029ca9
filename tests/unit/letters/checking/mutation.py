"""Changes one fact of a truthful text at a time: what the letter check must notice, made without its help.

It finds the places to change with patterns of its own, so that what the check cannot see is still changed and missed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.case import Case

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_PLACES: dict[str, re.Pattern[str]] = {
    "date": re.compile(
        rf"\b(?:{_MONTH})\.? \d{{1,2}}(?:, \d{{4}})?\b|\b\d{{1,2}} (?:{_MONTH}) \d{{4}}\b|\b(?:{_MONTH}) \d{{4}}\b"
        r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    ),
    "level": re.compile(r"\b(?!T[12]\b)[CTLS]\d{1,2}(?:[-/][CTLS]?\d{1,2})?\b(?!\.)"),
    "code": re.compile(r"\b\d{5}(?:-[A-Z0-9]{2})?\b|\b[A-Z]\d{2}\.\d{1,3}[A-Z]?\b"),
    "identifier": re.compile(
        r"\b(?:[A-Z]+-)+[\dA-Z-]*\d+\b|\b\d{3}-\d{3}-\d{4}\b|\b\d{10}\b|\b\d{3}-\d{4}\b"
    ),
    "side": re.compile(
        r"\b(?:left|right|both|bilateral)\b(?! (?:to|open|out|her|him|the)\b)(?=[ ,.;)])", re.IGNORECASE
    ),
    "number": re.compile(r"(?<![\w.,/-])-?\d+(?:\.\d+)?(?:/\d+)?(?![\w/]|\.\d|-\d)"),
    "word": re.compile(
        r"\b(?:two|three|four|five|six|seven|eleven|fourteen|eighteen|twenty-two|twenty-four|twenty-seven|ten|forty)\b",
        re.IGNORECASE,
    ),
}
_WORDS = "two three four five six seven eight nine ten eleven twelve fourteen fifteen eighteen twenty forty".split()  # noqa: SIM905
_OTHER_NAMES = ("Harold", "Weatherby", "Clarissa", "Montague", "Pemberton", "Rosalind")

STILL_TRUE = {
    "The DXA of 4/9/2026 gave a T-score of -1.6.": "the report gives -1.6 for the neck of the right femur",
}
"""Changes after which a sentence is still true of the record, with the reason: no mutants by definition."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one fact changed: what was there, what is there now, and where."""

    kind: str
    source: str
    """`foreign`: a value of nowhere; `recorded`: another value of the same record, in the wrong place."""
    was: str
    now: str
    start: int
    text: str


def names_of(case: Case) -> tuple[str, ...]:
    """The words of the names of a case that a letter may name."""
    names = [case.member.given_name, case.member.family_name]
    for item in case.providers:
        names.extend(item.name.split())
    for study in case.imaging:
        names.extend(study.reader.split(",")[0].split())
    for treatment in case.treatments:
        names.extend(treatment.provider.split(",")[0].split() if "," in treatment.provider else [])
    return tuple(dict.fromkeys(name for name in names if len(name) > 3))


def places(text: str, case: Case) -> list[tuple[str, int, int]]:
    """Every fact of a text: its kind, and where it starts and ends. Citation marks and numbers of a list hold none."""
    blank = re.sub(
        r"\[@[^\]]*\]|https?://\S+|doi:\S+|^\s*\d{1,2}\.(?=\s)|\(\d\)",
        lambda match: " " * len(match.group()),
        text,
    )
    found: list[tuple[str, int, int]] = []
    for name in names_of(case):
        found.extend(("name", m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(name)}\b", blank))
    for kind, pattern in _PLACES.items():
        for match in pattern.finditer(blank):
            if not any(start < match.end() and match.start() < end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def mutants(text: str, case: Case, pool: Sequence[str], chance: random.Random) -> Iterator[Mutant]:
    """For every fact of a text one change to a value of nowhere, and one to another value of the record."""
    yield from (item for item in _changed(text, case, pool, chance) if item.text not in STILL_TRUE)


def _changed(text: str, case: Case, pool: Sequence[str], chance: random.Random) -> Iterator[Mutant]:
    recorded = recorded_values(pool, case)
    for kind, start, end in places(text, case):
        was = text[start:end]
        foreign = _foreign(kind, was, chance)
        if foreign and foreign != was:
            yield Mutant(kind, "foreign", was, foreign, start, text[:start] + foreign + text[end:])
        if kind == "side":
            continue
        others = [item for item in recorded.get(_shape(kind, was), ()) if not _says_the_same(kind, item, was)]
        if others:
            other = _as_written(kind, chance.choice(sorted(others)), was)
            if other and other != was:
                yield Mutant(kind, "recorded", was, other, start, text[:start] + other + text[end:])


def recorded_values(pool: Sequence[str], case: Case) -> dict[tuple[str, str], set[str]]:
    """Every value that stands in the texts of a record, by its kind and shape."""
    found: dict[tuple[str, str], set[str]] = {}
    for text in pool:
        for kind, start, end in places(text, case):
            words = text[start:end]
            found.setdefault(_shape(kind, words), set()).add(words)
    return found


def _shape(kind: str, words: str) -> tuple[str, str]:
    """What may take a value's place: values of its kind, and of numbers those of its form."""
    if kind == "date":
        return kind, "day" if _day(words) else "other"
    if kind == "level":
        return kind, "segment" if "-" in words or "/" in words else "bone"
    if kind == "number":
        if re.fullmatch(r"0\d+", words):
            return kind, "digits of something else"
        form = words[words.index("/") :] if "/" in words else "." if "." in words else str(len(words))
        return kind, form
    if kind == "code":
        return kind, "cpt" if words[0].isdigit() else "icd"
    if kind == "identifier":
        return kind, re.sub(r"\d", "0", words)
    return kind, ""


def _says_the_same(kind: str, one: str, other: str) -> bool:
    if kind == "date":
        return _day(one) == _day(other)
    if kind == "level":
        return _level(one) == _level(other)
    return one.casefold() == other.casefold()


def _level(words: str) -> str:
    upper, _, lower = words.replace("/", "-").partition("-")
    return f"{upper}-{lower if lower[:1].isalpha() else upper[0] + lower}" if lower else upper


def _day(words: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", words):
        year = int(match[3]) if len(match[3]) == 4 else (2000 if int(match[3]) < 40 else 1900) + int(match[3])
        return date(year, int(match[1]), int(match[2]))
    if match := re.fullmatch(rf"({_MONTH})\.? (\d{{1,2}}), (\d{{4}})", words):
        return date(int(match[3]), _month(match[1]), int(match[2]))
    if match := re.fullmatch(rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})", words):
        return date(int(match[3]), _month(match[2]), int(match[1]))
    return None


def _month(words: str) -> int:
    return next(number for number, name in enumerate(MONTHS, start=1) if name[:3] == words[:3])


def _written(day: date, like: str) -> str:
    """A day in the form of another date."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", like):
        return day.isoformat()
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", like):
        year = str(day.year) if len(match[3]) == 4 else f"{day.year % 100:02d}"
        pad = "02d" if match[1].startswith("0") else "d"
        return f"{day.month:{pad}}/{day.day:{pad}}/{year}"
    if re.fullmatch(r"\d{1,2} \w+ \d{4}", like):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    name = MONTHS[day.month - 1]
    word = re.match(r"[A-Za-z]+", like)
    short = word is not None and len(word.group()) == 3 and name != "May"
    return f"{name[:3] if short else name} {day.day}, {day.year}"


def _as_written(kind: str, value: str, like: str) -> str:
    if kind != "date":
        if kind == "side":
            return value.lower() if like.islower() else value.capitalize()
        return value
    day = _day(value)
    return _written(day, like) if day is not None and _day(like) is not None else ""


def _digit_changed(words: str, chance: random.Random) -> str:
    at = chance.choice([index for index, character in enumerate(words) if character.isdigit()])
    digit = chance.choice([item for item in "0123456789" if item != words[at]])
    return words[:at] + digit + words[at + 1 :]


def _foreign(kind: str, was: str, chance: random.Random) -> str:
    match kind:
        case "date":
            day = _day(was)
            if day is None:
                name = re.match(r"[A-Za-z]+", was)
                if name is None:
                    return ""
                month = chance.choice([item for item in MONTHS if item[:3] != was[:3]])
                return month + was[name.end() :]
            moved = day + timedelta(days=chance.choice((-366, -31, -9, -1, 1, 2, 10, 30, 365)))
            return _written(moved, was)
        case "level":
            return _other_level(was, chance)
        case "side":
            # Of what is found on both sides it is true of either, and "both" of a single thing is no sentence.
            now = {"left": "right", "right": "left"}.get(was.lower(), "")
            return now if was.islower() else now.capitalize()
        case "number":
            head, slash, tail = was.partition("/")
            changed = _number_changed(head, chance)
            return f"{changed}{slash}{tail}"
        case "word":
            now = chance.choice([item for item in _WORDS if item != was.lower()])
            return now if was.islower() else now.capitalize()
        case "name":
            return chance.choice([item for item in _OTHER_NAMES if item != was])
        case _:
            return _digit_changed(was, chance)


def _number_changed(words: str, chance: random.Random) -> str:
    if "." in words:
        return _digit_changed(words, chance)
    value = int(words)
    changed = value + chance.choice((-10, -3, -2, -1, 1, 2, 3, 5, 10, 20))
    return str(changed if changed > 0 else value + 1)


def _other_level(was: str, chance: random.Random) -> str:
    bones = [*(f"{was[0]}{number}" for number in range(1, 6)), *(["S1"] if was[0] in "LS" else ["C6", "C7"])]
    if was.startswith("S"):
        bones = [*(f"L{number}" for number in range(1, 6)), "S2"]
    if "-" not in was and "/" not in was:
        return chance.choice([bone for bone in bones if bone != was])
    order = (
        [f"C{n}" for n in range(1, 8)]
        + [f"T{n}" for n in range(1, 13)]
        + [f"L{n}" for n in range(1, 6)]
        + ["S1"]
    )
    mark = "-" if "-" in was else "/"
    upper, lower = _level(was).split("-")
    first, last = order.index(upper), order.index(lower)
    width = last - first
    starts = [
        start
        for start in range(max(0, first - 3), len(order) - width)
        if start != first and order[start][0] in "CL"
    ]
    start = chance.choice(starts)
    return f"{order[start]}{mark}{order[start + width]}"
