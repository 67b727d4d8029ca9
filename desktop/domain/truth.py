"""Three-valued (Kleene) logic, because a fact that is not documented is neither true nor false."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """A truth value of strong Kleene logic; UNKNOWN is "not established", never "no"."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @property
    def verdict(self) -> str:
        """What it says of a set, a level or a criterion, in the words of screens and reports."""
        return _VERDICTS[self]

    def __bool__(self) -> bool:
        # `if truth:` would silently read UNKNOWN as one of the other two.
        raise TypeError("a Truth has three values: compare it with `is`, do not use it as a condition")


_VERDICTS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}


def negate(value: Truth) -> Truth:
    """Kleene NOT: UNKNOWN stays UNKNOWN."""
    if value is Truth.UNKNOWN:
        return Truth.UNKNOWN
    return Truth.FALSE if value is Truth.TRUE else Truth.TRUE


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene AND over any number of values; of none it is TRUE."""
    seen = set(values)
    if Truth.FALSE in seen:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.TRUE


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene OR over any number of values; of none it is FALSE."""
    seen = set(values)
    if Truth.TRUE in seen:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.FALSE


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """TRUE when `count` values are TRUE, FALSE when that can no longer happen, else UNKNOWN."""
    seen = list(values)
    certain = sum(value is Truth.TRUE for value in seen)
    possible = certain + sum(value is Truth.UNKNOWN for value in seen)
    if certain >= count:
        return Truth.TRUE
    return Truth.UNKNOWN if possible >= count else Truth.FALSE


def exclusive_or(left: Truth, right: Truth) -> Truth:
    """Kleene XOR: UNKNOWN as soon as one side is."""
    if Truth.UNKNOWN in (left, right):
        return Truth.UNKNOWN
    return Truth.TRUE if left is not right else Truth.FALSE


def implies(premise: Truth, conclusion: Truth) -> Truth:
    """Kleene implication: NOT premise OR conclusion."""
    return any_of((negate(premise), conclusion))
