"""Which findings concern which levels; it reads canonical levels only and knows no criteria."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.vertebra import is_vertebra

_LUMBAR = frozenset("LS")


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


def is_lumbar(level: str | None) -> bool:
    """Whether every bone of the level is lumbar or sacral."""
    return level is not None and all(bone[0] in _LUMBAR for bone in bones_of(level))
