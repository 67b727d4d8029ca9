"""Spinal anatomy as reviewers write it: bones, the motion segments between them, and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

VERTEBRAE: tuple[str, ...] = (
    *(f"C{n}" for n in range(1, 8)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    "S1",
    "S2",
)
"""Bones from the skull down. C8 is a root and not here; transitional L6 is the user's to describe in words."""

_ORDER = {name: index for index, name in enumerate(VERTEBRAE)}
_BONE = re.compile(r"^([CTLS])([0-9]{1,2})$")
_PAIR = re.compile(r"^([CTLS])\s*([0-9]{1,2})\s*[-/–]?\s*([CTLS])?\s*([0-9]{1,2})$", re.IGNORECASE)


class LevelError(ValueError):
    """Text that does not name a vertebra, a motion segment or a range of them."""


def segment(upper: str, lower: str) -> str:
    """The canonical name of a motion segment, for example `L4-L5`."""
    return f"{upper}-{lower}"


def is_vertebra(level: str) -> bool:
    """Whether the level is a bone (`L5`) and not a motion segment (`L4-L5`)."""
    return level in _ORDER


def segments_between(upper: str, lower: str) -> tuple[str, ...]:
    """The motion segments from one bone down to another: L2, S1 gives L2-L3 to L5-S1."""
    first, last = _ORDER[upper], _ORDER[lower]
    return tuple(segment(VERTEBRAE[i], VERTEBRAE[i + 1]) for i in range(first, last))


def parse_levels(text: str) -> tuple[str, ...]:
    """Read one bone, segment or range as written in reports (`L5`, `L4-5`, `L3/4`, `L5S1`, `L2-S1`).

    Returns canonical levels, top down: one for a bone or for neighbours, several for a range.
    Raises LevelError for anything else.
    """
    cleaned = text.strip().upper().replace("TH", "T")
    bone = _BONE.match(cleaned)
    if bone and cleaned in _ORDER:
        return (cleaned,)
    pair = _PAIR.match(cleaned)
    if pair is None:
        raise LevelError(f"'{text}' is not a spinal level; write for example L5, L4-L5 or L2-S1")
    upper = pair[1] + pair[2]
    lower = (pair[3] or pair[1]) + pair[4]
    if upper not in _ORDER or lower not in _ORDER or _ORDER[upper] >= _ORDER[lower]:
        raise LevelError(f"'{text}' is not a spinal level; write for example L5, L4-L5 or L2-S1")
    return segments_between(upper, lower)


def parse_level(text: str) -> str:
    """Read exactly one bone or motion segment; a range raises LevelError."""
    levels = parse_levels(text)
    if len(levels) != 1:
        raise LevelError(f"'{text}' spans {len(levels)} levels; name one, for example {levels[0]}")
    return levels[0]


def is_level(text: str) -> bool:
    """Whether a text is a vertebra or a motion segment in canonical form (`L5`, `L4-L5`)."""
    try:
        return parse_level(text) == text
    except LevelError:
        return False


def level_order(level: str) -> tuple[int, int]:
    """A sort key, head to sacrum; a bone comes before the segment below it."""
    upper = level.split("-", maxsplit=1)[0]
    return (_ORDER[upper], 0 if is_vertebra(level) else 1)


def bones_of(level: str) -> tuple[str, ...]:
    """The bones of a level: one for `S1`, two for `L5-S1`."""
    return tuple(level.split("-"))


def touches(one: str, other: str) -> bool:
    """Whether two levels concern the same place: equal, or a bone and a motion segment it belongs to."""
    if one == other:
        return True
    if is_vertebra(one) == is_vertebra(other):
        return False
    return bool(set(bones_of(one)) & set(bones_of(other)))


def touches_any(level: str | None, levels: Iterable[str]) -> bool:
    """Whether a level concerns any of `levels`; a finding without a level concerns all of them."""
    return level is None or any(touches(level, item) for item in levels)


Level = Annotated[str, AfterValidator(parse_level)]
"""A canonical vertebra (`S1`) or motion segment (`L5-S1`)."""
