"""Dates, amounts, levels, sides, codes and identifiers are read in the forms that people type."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letters.checking.dates import dates_in
from desktop.letters.checking.reading import read, sentences_in
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.wording import long_date, short_date


def read_as(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(token.kind.value, token.values, token.unit) for token in tokens_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "September 14, 2026",
        "Sept. 14, 2026",
        "Sep 14 2026",
        "14 September 2026",
        "14th of September, 2026",
        "9/14/26",
        "09/14/2026",
        "2026-09-14",
        "9-14-2026",
    ],
)
def test_a_day_is_the_same_day_in_every_form(text: str) -> None:
    assert [item.value for item in dates_in(f"Seen {text}, again.")] == ["2026-09-14"]


@given(st.dates(date(1941, 1, 1), date(2039, 12, 31)))
def test_every_day_is_read_back_from_every_form_that_a_letter_writes(day: date) -> None:
    forms = (
        long_date(day),
        short_date(day),
        day.isoformat(),
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day:%y}",
    )
    for form in forms:
        assert [item.value for item in dates_in(f"on {form}.")] == [day.isoformat()], form


def test_a_day_without_a_year_takes_that_of_the_date_behind_it() -> None:
    assert [item.value for item in dates_in("Oct 6 to Dec 19, 2025")] == ["2025-10-06", "2025-12-19"]
    assert [item.value for item in dates_in("Nov 2 to Jan 9, 2026")] == ["--11-02", "2026-01-09"]


@pytest.mark.parametrize("text", ["2/10 October 6, 2026", "may 2 of them", "February 30, 2026", "13/45/2026"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert all(item.value == "2026-10-06" for item in dates_in(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("58%", ("number", ("58",), "%")),
        ("58 percent", ("number", ("58",), "%")),
        ("2.40 mm", ("number", ("2.4",), "mm")),
        ("forty supervised therapy visits", ("number", ("40",), "visit")),
        ("a 12-month visit", ("number", ("12",), "month")),
        ("64-year-old", ("number", ("64",), "age")),
        ("8/10", ("number", ("8",), "/10")),
        ("17 of 48", ("number", ("17",), "/48")),
        ("18 of 20 booked visits", ("number", ("18",), "visit")),
        ("he was still 63 when it began", ("number", ("63",), "age")),
        ("pain was 8 when it began", ("number", ("8",), "")),
        ("T-score of -1.8", ("number", ("-1.8",), "")),
        ("1,000 mg", ("number", ("1000",), "mg")),
        ("L2-S1", ("level", ("L2-L3", "L3-L4", "L4-L5", "L5-S1"), "")),
        ("L4/5", ("level", ("L4-L5",), "")),
        ("L4 to S1", ("level", ("L4-L5", "L5-S1"), "")),
        ("S1", ("level", ("S1",), "")),
        ("CPT 22849-51", ("code", ("22849-51",), "")),
        ("T84.296A", ("code", ("T84.296A",), "")),
        ("614-555-0188", ("identifier", ("tel6145550188",), "phone")),
        ("NPI 1234567893", ("identifier", ("1234567893",), "")),
        ("UM-26-118842", ("identifier", ("UM-26-118842",), "")),
        ("Exampleton, OH 00000", ("identifier", ("00000",), "")),
        ("29 CFR 2560.503-1(h)(3)", ("identifier", ("29cfr2560.503-1(h)(3)",), "law")),
        ("both S1 screws", ("side", ("left", "right"), "")),
        ("on the left", ("side", ("left",), "")),
        ("Encl. C", ("reference", ("C",), "encl")),
        ("rows 2.1 to 2.5", ("reference", ("2.1", "2.5"), "row")),
    ],
)
def test_a_token_is_read_with_its_value_and_unit(
    text: str, expected: tuple[str, tuple[str, ...], str]
) -> None:
    assert expected in read_as(text)


@pytest.mark.parametrize(
    "text",
    [
        "left open by the report",
        "the right to appeal",
        "right-handed",
        "(1) the criteria",
        "[@wu-2019]",
        "T2-weighted",
    ],
)
def test_what_states_nothing_is_no_token(text: str) -> None:
    assert read_as(text) == []


@given(st.text(max_size=200))
def test_tokens_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = tokens_in(text)
    for token in found:
        assert text[token.start : token.end].strip() == token.text.strip()
    for one, other in pairwise(found):
        assert one.end <= other.start


@given(st.text(max_size=300))
def test_sentences_are_parts_of_the_text_where_they_say_they_start(text: str) -> None:
    for start, sentence in sentences_in(text):
        assert text[start : start + len(sentence)] == sentence


def test_a_citation_stays_with_the_sentence_it_stands_behind() -> None:
    assert [sentence for _, sentence in sentences_in("One.[@a-1][@b-2] Two by Dr. Who.")] == [
        "One.[@a-1][@b-2]",
        " Two by Dr. Who.",
    ]


def test_a_clause_says_denies_or_leaves_open() -> None:
    assert read("No fracture is seen").stances == ("negated",)
    assert read("No bridging bone at L4-L5").stances == ("",)
    assert read("nonunion at L2-L3 cannot be excluded").stances == ("uncertain",)
    assert TokenKind.LEVEL in {token.kind for token, _ in read("nonunion at L2-L3").tokens}
