"""Three-valued logic: unknown is neither true nor false, and more knowledge never turns a result around."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.truth import Truth, all_of, any_of, at_least, exclusive_or, implies, negate

TRUTHS = st.sampled_from(Truth)
LISTS = st.lists(TRUTHS, max_size=6)


def test_what_is_unknown_is_said_to_be_not_established_and_never_no() -> None:
    assert [truth.verdict for truth in Truth] == ["met", "not met", "not established"]


@pytest.mark.parametrize("value", Truth)
def test_a_truth_used_as_a_condition_is_an_error(value: Truth) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(value)


def test_of_nothing_all_hold_and_none_does() -> None:
    assert all_of([]) is Truth.TRUE
    assert any_of([]) is Truth.FALSE


@given(LISTS)
def test_all_and_any_are_duals(values: list[Truth]) -> None:
    assert negate(all_of(values)) is any_of(map(negate, values))


@given(LISTS.filter(bool))
def test_at_least_one_is_any_and_at_least_all_is_all(values: list[Truth]) -> None:
    assert at_least(1, values) is any_of(values)
    assert at_least(len(values), values) is all_of(values)


@given(LISTS, st.integers(1, 7))
def test_at_least_is_what_every_way_of_settling_the_unknown_agrees_on(
    values: list[Truth], count: int
) -> None:
    ways = product(
        *([value] if value is not Truth.UNKNOWN else [Truth.TRUE, Truth.FALSE] for value in values)
    )
    outcomes = {at_least(count, way) for way in ways}
    assert at_least(count, values) is (outcomes.pop() if len(outcomes) == 1 else Truth.UNKNOWN)


@given(TRUTHS, TRUTHS)
def test_exclusive_or_and_implication_follow_from_the_others(left: Truth, right: Truth) -> None:
    one_only = any_of((all_of((left, negate(right))), all_of((negate(left), right))))
    assert exclusive_or(left, right) is one_only
    assert implies(left, right) is any_of((negate(left), right))


@given(TRUTHS)
def test_negation_undoes_itself(value: Truth) -> None:
    assert negate(negate(value)) is value
