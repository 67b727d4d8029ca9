"""A text is held against another word by word: what is the same is covered, a changed word is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.letters.checking.same_words import compare

SENTENCE = "CT of September 14, 2026 reports lucency around the right L5 screw and both S1 screws."


def test_the_same_words_are_covered_whatever_the_line_ends_and_note_numbers() -> None:
    held = compare(SENTENCE.replace(" reports", "\nreports").replace("screws.", "screws.4"), SENTENCE)

    assert held.changed == ()
    assert held.covers(0, 5)
    assert held.size >= len(SENTENCE)


def test_a_level_a_side_a_day_and_a_name_that_were_changed_are_named() -> None:
    for true, false in (("L5", "L4"), ("right", "left"), ("14,", "15,"), ("September", "August")):
        (changed,) = (
            compare(SENTENCE.replace(true, false, 1), SENTENCE).changed
            if true != "September"
            else (compare("The " + SENTENCE.replace(true, false, 1), "The " + SENTENCE).changed)
        )
        assert (changed.words, changed.instead) == (false, true)


def test_other_words_that_state_nothing_are_no_change() -> None:
    assert compare(SENTENCE.replace("reports", "shows"), SENTENCE).changed == ()


def test_a_sentence_of_its_own_is_neither_covered_nor_changed() -> None:
    held = compare("We write about something else, at L4 on the left.", SENTENCE)

    assert held.same == ()
    assert held.changed == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_range_lies_in_the_text_and_in_order(text: str, known: str) -> None:
    held = compare(text, known)

    ends = [place for pair in held.same for place in pair]
    assert ends == sorted(ends)
    assert all(text[item.start : item.end] == item.words for item in held.changed)
