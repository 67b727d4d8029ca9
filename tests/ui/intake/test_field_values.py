"""What may be typed into a field, and what is said where it makes no value."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.vertebra import VERTEBRAE, level_order, segment
from desktop.ui.field_values import (
    FieldTextError,
    five_character_problem,
    read_count,
    read_date,
    read_decimal,
    read_level,
    read_levels,
    read_state,
    read_text,
    read_units,
    show_date,
    show_decimal,
    show_levels,
    spell_levels,
)

SEGMENTS = [segment(upper, lower) for upper, lower in pairwise(VERTEBRAE)]


@pytest.mark.parametrize("text", ["2026-05-11", "5/11/2026", "05/11/2026", " 2026/5/11 ", "2026.05.11"])
def test_a_date_is_read_as_iso_or_american(text: str) -> None:
    assert read_date(text) == date(2026, 5, 11)


def test_an_empty_date_is_unknown() -> None:
    assert read_date("  ") is None
    assert not show_date(None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-30", "no such day"),
        ("13/13/2026", "no such day"),
        ("5/11/26", "four digits"),
        ("11 May 2026", "Write the date"),
        ("1026-01-01", "year must lie"),
        ("\uff12\uff10\uff12\uff16-05-11", "Write the date"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(FieldTextError, match=words):
        read_date(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_shown_is_read_back_as_itself(day: date) -> None:
    assert read_date(show_date(day)) == day
    assert read_date(f"{day.month}/{day.day}/{day.year}") == day


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_shown_is_read_back_with_every_digit(number: Decimal) -> None:
    assert str(read_decimal(show_decimal(number))) == format(number, "f")


@pytest.mark.parametrize("text", ["7 mm", "1,2", "1e5", "NaN", "٣", "1.2.3", "--1", "9" * 40])
def test_a_number_with_anything_else_in_it_is_refused(text: str) -> None:
    with pytest.raises(FieldTextError, match="digits only"):
        read_decimal(text)


def test_thousands_are_read_only_where_the_commas_are_right() -> None:
    assert read_decimal("1,200.5") == Decimal("1200.5")


def test_counts_and_units_keep_their_bounds() -> None:
    assert read_count("") is None
    assert read_count("14") == 14
    assert read_units("") == 1
    for text in ("-1", "1.5", "10000", "x"):
        with pytest.raises(FieldTextError):
            read_count(text)
    for text in ("0", "1000"):
        with pytest.raises(FieldTextError, match="1 to 999"):
            read_units(text)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("L2-S1", ("L2-L3", "L3-L4", "L4-L5", "L5-S1")),
        ("L5-S1, L4-5", ("L4-L5", "L5-S1")),
        ("L4-5 L5-S1", ("L4-L5", "L5-S1")),
        ("C5-6 and S1", ("C5-C6", "S1")),
        ("L4 - L5; L4/5", ("L4-L5",)),
        ("", ()),
    ],
)
def test_levels_are_read_as_reports_write_them(text: str, levels: tuple[str, ...]) -> None:
    assert read_levels(text) == levels


def test_a_range_is_spelled_out_and_a_plain_list_is_not() -> None:
    assert spell_levels(read_levels("L2-S1")) == "4 levels: L2-L3, L3-L4, L4-L5, L5-S1"
    assert not spell_levels(read_levels("L2-3, L5-S1"))


@given(st.sets(st.sampled_from(SEGMENTS), max_size=8))
def test_levels_shown_are_read_back_as_themselves(chosen: set[str]) -> None:
    levels = tuple(sorted(chosen, key=level_order))
    assert read_levels(show_levels(levels)) == levels


def test_one_level_is_one_level() -> None:
    assert read_level("L5S1") == "L5-S1"
    assert read_level("") is None
    with pytest.raises(FieldTextError, match="spans 4 levels"):
        read_level("L2-S1")
    with pytest.raises(FieldTextError, match="not a spinal level"):
        read_levels("the back")


def test_a_character_that_cannot_be_kept_is_named() -> None:
    with pytest.raises(FieldTextError, match=r"U\+0000 \(NUL\) at character 3"):
        read_text("ab\x00c")
    assert read_text("BP <120/80 A&B \u00a0 \u202e \U0001f600") == "BP <120/80 A&B \u00a0 \u202e \U0001f600"


@given(st.text(max_size=30))
def test_any_text_gives_a_value_or_words(text: str) -> None:
    for read in (read_date, read_decimal, read_count, read_units, read_levels, read_level, read_text):
        with contextlib.suppress(FieldTextError):
            read(text)


def test_the_form_of_a_code_is_doubted_in_words() -> None:
    assert five_character_problem("22849") is None
    assert five_character_problem("") is None
    assert five_character_problem("2284") == "A CPT or HCPCS code has five letters or digits."


@pytest.mark.parametrize(
    ("typed", "kept"), [("oh", "OH"), ("Oh ", "OH"), ("OH", "OH"), ("", ""), ("Ohio", "Ohio"), ("o1", "o1")]
)
def test_two_letters_of_a_state_are_kept_in_capitals_and_other_words_as_they_are(
    typed: str, kept: str
) -> None:
    assert read_state(typed) == kept
