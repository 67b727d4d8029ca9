"""In what the criteria of two sets about one question differ, each difference as one sentence.

It must not convert units or judge what the sets do not say; which documents prove a criterion is this program's advice
and is not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.criteria import Comparison, Criterion, Polarity, Scope, Threshold
from desktop.domain.text import listed
from desktop.domain.window import TimeUnit, Window
from desktop.rules.side_by_side import MatchedCriteria
from desktop.rules.units import same_unit


class Aspect(Enum):
    """In what two sets differ on one question."""

    ONLY_ONE_ASKS = "only_one_asks"
    THRESHOLD = "threshold"
    WINDOW = "window"
    POLARITY = "polarity"
    SCOPE = "scope"
    WAIVER = "waiver"
    OTHER_WAY = "other_way"
    RESULT = "result"


class Side(Enum):
    """Which of the two sets."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The set that it is compared with."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference as a sentence. `stricter` is the set that asks more, where the two can be held together."""

    aspect: Aspect
    sentence: str
    stricter: Side | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """How the sentences call the two sets."""

    left: str
    right: str

    def of(self, side: Side) -> str:
        """The name of one of them."""
        return self.left if side is Side.LEFT else self.right


def differing_aspects(matched: MatchedCriteria, names: Names) -> tuple[Difference, ...]:
    """Threshold, time window, polarity and scope, as far as they differ between criteria that both sets ask."""
    found = (
        _thresholds(matched, names),
        _windows(matched, names),
        _polarity(matched, names),
        _scope(matched, names),
    )
    return tuple(difference for difference in found if difference is not None)


_WORDS = {
    Comparison.AT_LEAST: "at least",
    Comparison.MORE_THAN: "more than",
    Comparison.AT_MOST: "at most",
    Comparison.LESS_THAN: "less than",
}
_UPWARDS = frozenset({Comparison.AT_LEAST, Comparison.MORE_THAN})
_WITHOUT_BOUNDARY = frozenset({Comparison.MORE_THAN, Comparison.LESS_THAN})


def _in_words(thresholds: Sequence[Threshold]) -> str:
    words = [f"{_WORDS[item.comparison]} {item.value} {item.unit}" for item in thresholds]
    return listed(words) or "no value"


def asked_by_both(matched: MatchedCriteria) -> str:
    """The thresholds that both sets set alike, as a sentence; empty where they set none or different ones."""
    left = [item.threshold for item in matched.left if item.threshold]
    right = [item.threshold for item in matched.right if item.threshold]
    return f"Both ask {_in_words(left)}." if left and left == right else ""


def _thresholds(matched: MatchedCriteria, names: Names) -> Difference | None:
    left = [item.threshold for item in matched.left if item.threshold]
    right = [item.threshold for item in matched.right if item.threshold]
    if left == right:
        return None
    words = f"{names.left} asks {_in_words(left)}, {names.right} {_in_words(right)}"
    if len(left) != 1 or len(right) != 1:
        return Difference(Aspect.THRESHOLD, f"{words}.")
    one, two = left[0], right[0]
    if not same_unit(one.unit, two.unit) or (one.comparison in _UPWARDS) != (two.comparison in _UPWARDS):
        return Difference(Aspect.THRESHOLD, f"{words}; the two cannot be held against each other.")
    if one.value == two.value and one.comparison is two.comparison:
        return None  # the same unit spelt in two ways
    stricter = _stricter(one, two)
    return Difference(Aspect.THRESHOLD, f"{words}; {names.of(stricter)} asks more.", stricter)


def _stricter(one: Threshold, two: Threshold) -> Side:
    """Of two thresholds that differ and point the same way, the one that fewer values meet."""
    if one.value == two.value:
        return Side.LEFT if one.comparison in _WITHOUT_BOUNDARY else Side.RIGHT
    is_higher = one.value > two.value
    return Side.LEFT if is_higher == (one.comparison in _UPWARDS) else Side.RIGHT


# A calendar year is twelve calendar months and a week is seven days; a month is no number of days.
_CALENDAR = {
    TimeUnit.DAYS: ("days", 1),
    TimeUnit.WEEKS: ("days", 7),
    TimeUnit.MONTHS: ("months", 1),
    TimeUnit.YEARS: ("months", 12),
}


def _windows(matched: MatchedCriteria, names: Names) -> Difference | None:
    left = list(dict.fromkeys(item.within for item in matched.left if item.within))
    right = list(dict.fromkeys(item.within for item in matched.right if item.within))
    if left == right or len(left) > 1 or len(right) > 1:
        return None
    if not left:
        return _only_window(Side.RIGHT, right[0], names)
    if not right:
        return _only_window(Side.LEFT, left[0], names)
    one, two = left[0], right[0]
    words = f"{names.left} wants proof from the {one.caption} before the service, {names.right} from the {two.caption}"
    (unit_one, size_one), (unit_two, size_two) = _CALENDAR[one.unit], _CALENDAR[two.unit]
    length_one, length_two = one.count * size_one, two.count * size_two
    if unit_one != unit_two:
        return Difference(Aspect.WINDOW, f"{words}.")
    if length_one == length_two:
        return None
    stricter = Side.LEFT if length_one < length_two else Side.RIGHT
    return Difference(Aspect.WINDOW, f"{words}; {names.of(stricter)} asks more.", stricter)


def _only_window(side: Side, window: Window, names: Names) -> Difference:
    return Difference(
        Aspect.WINDOW,
        f"{names.of(side)} wants proof from the {window.caption} before the service, "
        f"{names.of(side.other)} sets no such limit.",
        side,
    )


def _polarity(matched: MatchedCriteria, names: Names) -> Difference | None:
    left = {item.polarity for item in matched.left}
    right = {item.polarity for item in matched.right}
    if left == right or len(left) > 1 or len(right) > 1:
        return None
    present = Side.LEFT if Polarity.PRESENT in left else Side.RIGHT
    return Difference(
        Aspect.POLARITY,
        f"{names.of(present)} asks that it is present, {names.of(present.other)} that it is absent.",
    )


_PER = {
    Scope.CASE: "for the case",
    Scope.SERVICE_LINE: "for the service line",
    Scope.LEVEL: "for each level",
    Scope.SIDE: "for each side",
}


def _scope(matched: MatchedCriteria, names: Names) -> Difference | None:
    left, right = _scopes(matched.left), _scopes(matched.right)
    if set(left) == set(right):
        return None
    return Difference(Aspect.SCOPE, f"{names.left} asks it {listed(left)}, {names.right} {listed(right)}.")


def _scopes(criteria: Sequence[Criterion]) -> list[str]:
    return list(dict.fromkeys(_PER[item.per] for item in criteria))
