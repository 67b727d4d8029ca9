"""Criteria sets find their leaves, thresholds know their boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.criteria import Comparison, Threshold
from tests.criteria.sets import all_of, any_of, leaf, set_of


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.MORE_THAN, False, False, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.LESS_THAN, True, False, False),
    ],
)
def test_the_boundary_belongs_to_the_words_at_least_and_at_most(comparison, below, at, above) -> None:
    threshold = Threshold(comparison=comparison, value=Decimal(4), unit="mm")
    held = [threshold.holds_for(Decimal(value)) for value in ("3.99", "4.00", "4.01")]
    assert held == [below, at, above]


def test_a_threshold_is_captioned_with_its_unit() -> None:
    assert Threshold(comparison=Comparison.AT_LEAST, value=Decimal(4), unit="mm").caption == ">= 4 mm"


def test_leaves_come_in_reading_order_and_are_found_by_id() -> None:
    found = set_of(all_of(leaf("a"), any_of(leaf("b"), leaf("c")), leaf("d")), document_number="N1")
    assert [item.id for item in found.criteria()] == ["a", "b", "c", "d"]
    assert found.criterion("c") == leaf("c")
    assert found.criterion("all-a") is None
    assert found.caption == "Nobody N1 first"
