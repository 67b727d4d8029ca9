"""What is typed about a source comes back as it was: names, dates, years, drafts, over generated texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.reference import PersonName
from desktop.ui.field_values import FieldTextError
from desktop.ui.references.drafts import Draft, TypedClaim, draft_of
from desktop.ui.references.entry_text import (
    authors_text,
    issued_text,
    read_authors,
    read_issued,
    read_topic,
)
from desktop.ui.references.rows import read_years

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
plain = words.filter(lambda text: not set(text) & set(",{}"))
names = st.one_of(
    st.builds(PersonName, family=plain, given=plain),
    st.builds(PersonName, family=plain),
    st.builds(PersonName, literal=words.filter(lambda text: "{" not in text and "}" not in text)),
)


@given(st.lists(names, max_size=5))
def test_authors_come_back_as_they_were(authors: list[PersonName]) -> None:
    assert read_authors(authors_text(tuple(authors))) == tuple(authors)


@given(st.dates())
def test_days_come_back_as_they_were(day: object) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    if year < 1000:
        return
    for issued in ((year,), (year, month), (year, month, number)):
        assert read_issued(issued_text(issued)) == issued


@pytest.mark.parametrize("text", ["in 2019", "2019-13", "19", "2019-02-40", "\uff12\uff10\uff11\uff19"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FieldTextError):
        read_issued(text)


def test_a_topic_is_written_as_claims_name_it() -> None:
    assert read_topic("Pédicle screw: loosening") == "pedicle-screw-loosening"
    with pytest.raises(FieldTextError):
        read_topic("  ,  ")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", (None, None)),
        ("2019", (2019, 2019)),
        ("2015-2024", (2015, 2024)),
        ("2015-", (2015, None)),
        ("-2024", (None, 2024)),
        ("2015 to 2024", (2015, 2024)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, years: tuple[int | None, int | None]) -> None:
    assert read_years(text) == years


@given(st.text(max_size=40), st.text(st.characters(), max_size=10))
def test_a_draft_keeps_every_character(typed: str, odd: str) -> None:
    draft = Draft("new", (typed, odd), (TypedClaim("", (typed,), ({"what": odd},)),))
    assert draft_of(draft.text) == draft


@pytest.mark.parametrize("text", [None, "", "{", '{"id": 3}', "[]"])
def test_what_is_no_draft_is_none(text: str | None) -> None:
    assert draft_of(text) is None
