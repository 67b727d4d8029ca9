"""What a recorded value is worth against a threshold: its number, what it may be at least and at most, and its words.

It must not decide more than the record does: where a value is only known within limits that the threshold divides,
nothing is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop.domain.criteria import Threshold
from desktop.domain.document import Span
from desktop.domain.truth import Truth

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Worth:
    """A value in the unit of a threshold."""

    value: Fraction
    words: str
    """How it was worked out, without a full stop."""
    at_least: Fraction | None = None
    """The least that it may be; the value itself when left out."""
    at_most: Fraction | None = None
    """The most that it may be; the value itself when left out."""
    is_open: bool = False
    """Something that may add to the value could not be counted: it has no upper limit."""
    document_ids: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def truth_of(worth: Worth, threshold: Threshold) -> Truth:
    """What the value comes to; UNKNOWN where the threshold divides what it may be."""
    lowest = worth.value if worth.at_least is None else worth.at_least
    highest = worth.value if worth.at_most is None else worth.at_most
    ends = {_holds(lowest, threshold), _holds(highest, threshold)}
    if worth.is_open:
        ends.add(threshold.comparison.value.startswith(">"))  # of a value without limit, only these hold
    if len(ends) > 1:
        return Truth.UNKNOWN
    return Truth.TRUE if ends.pop() else Truth.FALSE


def decimal_beside(value: Fraction, limit: Decimal) -> Decimal:
    """The value with two decimals, or with as many more as keep it on its own side of a limit."""
    exact = Fraction(limit)
    places = _PLACES
    while True:
        rounded = Fraction(round(value * 10**places), 10**places)
        if (rounded > exact) is (value > exact) and (rounded < exact) is (value < exact):
            return _plain(rounded, places)
        places += 1


def number_text(number: Decimal) -> str:
    """A number as people write it: no exponent."""
    return f"{number:f}"


def _holds(value: Fraction, threshold: Threshold) -> bool:
    return threshold.holds_for(decimal_beside(value, threshold.value))


def _plain(rounded: Fraction, places: int) -> Decimal:
    """The fraction as a decimal without zeros at its end and without an exponent."""
    digits = rounded.numerator * (10**places // rounded.denominator)
    while places and digits % 10 == 0:
        digits, places = digits // 10, places - 1
    return Decimal(f"{digits}E-{places}")  # read, not computed: arithmetic would cut it to 28 digits
