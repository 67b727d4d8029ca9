"""An edited sentence is held against the composed one that it was made from: words may change, facts are named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letters.checking.alignment import COUNT, ComposedSentences, Drift, drifts

SCORE = "The Oswestry index was 58% on October 6, 2026."
MOTION = "On the films L5-S1 moves 4.2 mm and L4-L5 moves 2.6 mm."
NAMED = "Dr. Marian Holloway examined the member at the spine center."


def found(typed: str, composed: Sequence[str] = (SCORE,), earlier: Sequence[str] = ()) -> list[Drift]:
    names = frozenset({"marian", "holloway"})
    return list(drifts(typed, ComposedSentences(composed, earlier), names))


def pairs(
    typed: str, composed: Sequence[str] = (SCORE,), earlier: Sequence[str] = ()
) -> list[tuple[str, str]]:
    return [(item.token.text, item.was.text) for item in found(typed, composed, earlier)]


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (SCORE.replace("58%", "85%"), [("85%", "58%")]),
        (SCORE.replace("October 6", "October 9"), [("October 9, 2026", "October 6, 2026")]),
        (SCORE.replace("The Oswestry index was", "His Oswestry index stood at"), []),
        (SCORE.replace("October 6, 2026", "10/6/2026"), []),
        ("He cannot walk a block without resting at the side of the road.", []),
        (SCORE, []),
    ],
)
def test_a_fact_in_the_place_of_another_is_named_with_it(typed: str, changed: list[tuple[str, str]]) -> None:
    assert pairs(typed) == changed


def test_whether_nothing_else_was_changed_is_told() -> None:
    (alone,) = found(SCORE.replace("58%", "85%"))
    assert alone.is_alone
    assert (alone.sentence, alone.composed) == (SCORE.replace("58%", "85%"), SCORE)
    (reworded,) = found("The Oswestry index taken was 85% on October 6, 2026.")
    assert not reworded.is_alone
    assert [item.is_alone for item in found("The Oswestry index was 85% on October 9, 2026.")] == [
        False,
        False,
    ]


def test_what_the_sentence_states_elsewhere_was_moved_and_is_not_lost() -> None:
    moved = "On the films L4-L5 moves 2.6 mm and L5-S1 moves 4.2 mm."
    assert pairs(moved, (MOTION,)) == []
    assert pairs(MOTION.replace("4.2", "2.6"), (MOTION,)) == [("2.6 mm", "4.2 mm")]


def test_a_name_in_the_place_of_a_recorded_one_is_named() -> None:
    assert pairs(NAMED.replace("Holloway", "Hallowell"), (NAMED,)) == [("Hallowell", "Holloway")]
    assert pairs(NAMED.replace("Holloway", "herself"), (NAMED,)) == []
    assert pairs(NAMED.replace("member", "Member"), (NAMED,)) == []
    assert pairs(NAMED.replace("center", "Institute"), (NAMED,)) == []


def test_a_number_that_counts_the_letters_own_parts_is_held_to_the_composed_one() -> None:
    composed = "The table has three rows met and one that is not met."
    (item,) = found(composed.replace("three", "four"), (composed,))
    assert (item.token.text, item.was.text, item.token.unit) == ("four", "three", COUNT)
    listed = "1. The plan is asked for the criteria that it applied."
    assert pairs(listed.replace("1.", "2."), (listed,)) == []


def test_a_sentence_is_held_to_the_composed_one_that_it_is_nearest_to() -> None:
    other = "The Oswestry index was 44% on October 6, 2025."
    assert pairs("The Oswestry index was 44% on October 9, 2025.", (SCORE, other)) == [
        ("October 9, 2025", "October 6, 2025")
    ]


def test_what_was_composed_when_the_words_were_typed_counts_too_and_is_told_apart() -> None:
    earlier = SCORE.replace("58%", "56%")
    assert pairs(earlier, (SCORE,), (earlier,)) == []
    composed = ComposedSentences((SCORE,), (earlier,))
    assert composed.current == {SCORE}
    assert composed.all == {SCORE, earlier}


def test_a_sentence_that_was_composed_before_is_no_edit_of_the_one_composed_now() -> None:
    earlier = SCORE.replace("58%", "56%").replace("October", "September")
    assert pairs(earlier, (SCORE,), (earlier,)) == []
    # What differs from both is held against the nearer one.
    assert pairs(earlier.replace("56%", "65%"), (SCORE,), (earlier,)) == [("65%", "56%")]


def test_a_sentence_of_its_own_is_held_to_none() -> None:
    assert pairs("On October 9, 2026 he was in the Oswestry clinic for 12 minutes and went.") == []


def test_one_value_put_twice_is_a_change_and_two_values_exchanged_are_not() -> None:
    both = "The right zone is 2.4 mm and the left zone is 2.1 mm."
    assert pairs(both.replace("2.1", "2.4"), (both,)) == [("2.4 mm", "2.1 mm")]
    once = "The zone is 2.4 mm, by the report 2.4 mm."
    assert pairs(once.replace("2.4", "2.1", 1), (once,)) == [("2.1 mm", "2.4 mm")]


def test_the_place_of_a_sentence_in_its_paragraph_is_told() -> None:
    before = "He was seen. "
    (item,) = found(before + SCORE.replace("58%", "85%"))
    at = item.start + item.token.start
    assert (before + SCORE.replace("58%", "85%"))[at : at + 3] == "85%"


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=99))
def test_a_number_drifts_exactly_when_it_is_another(was: int, now: int) -> None:
    composed = f"The Oswestry index was {was}% on October 6, 2026."
    typed = f"The Oswestry index was {now}% on October 6, 2026."
    assert pairs(typed, (composed,)) == ([] if was == now else [(f"{now}%", f"{was}%")])
