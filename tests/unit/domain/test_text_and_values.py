"""Text is kept exactly or refused by name; values are frozen and quiet; NPIs are checked."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from desktop.domain.assessment import AssessmentState
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.member import Member
from desktop.domain.npi import npi_problem
from desktop.domain.text import TextRefusedError, accept_text, listed, name_of, sha256_of, shortened
from desktop.domain.truth import Truth
from desktop.domain.value import new_id


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_text_is_accepted_unchanged(text: str) -> None:
    assert accept_text(text) == text
    assert Member(family_name=text).family_name == text


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("BP \x00", "U+0000 (NUL)", "character 4"),
        ("\udc80", "U+DC80 (half of a surrogate pair)", "character 1"),
    ],
)
def test_a_character_that_cannot_be_kept_is_refused_by_name_and_place(
    text: str, name: str, place: str
) -> None:
    with pytest.raises(TextRefusedError) as caught:
        accept_text(text)
    assert name in str(caught.value)
    assert place in str(caught.value)
    with pytest.raises(ValidationError):
        Member(family_name=text)


def test_characters_are_named_for_a_reader() -> None:
    assert name_of("é") == "U+00E9 (LATIN SMALL LETTER E WITH ACUTE)"
    assert name_of("\ue000") == "U+E000 (unnamed character)"


@pytest.mark.parametrize(
    ("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_words_are_listed_as_a_reader_writes_them(words: tuple[str, ...], said: str) -> None:
    assert listed(words) == said


def test_a_caption_is_cut_with_an_ellipsis_and_never_longer_than_asked() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("one two three", 9) == "one two…"


def test_a_hash_is_over_the_utf_8_bytes() -> None:
    assert sha256_of("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


def test_a_value_shows_no_content_and_cannot_be_changed() -> None:
    member = Member(family_name="Secret")
    assert "Secret" not in repr(member) + str(member)
    with pytest.raises(ValidationError):
        member.family_name = "Other"  # pyright: ignore[reportAttributeAccessIssue]


def test_a_refused_value_does_not_quote_what_was_typed() -> None:
    with pytest.raises(ValidationError) as caught:
        Member.model_validate({"family_name": "Secret", "surname": "Secret"})
    assert "Secret" not in str(caught.value)


def test_new_ids_differ() -> None:
    assert new_id() != new_id()


def test_an_error_for_users_says_what_happened_whether_work_is_safe_and_what_to_do() -> None:
    error = UserFacingError("It broke.", safe="All is saved.", todo="Try again.")
    assert (error.what, error.safe, error.todo) == ("It broke.", "All is saved.", "Try again.")
    assert str(error) == "It broke. All is saved. Try again."
    assert "Supersede" in SignedRecordError("It is signed.").todo


@pytest.mark.parametrize(
    ("npi", "said"),
    [
        ("1234567893", None),
        ("1234567890", "check digit"),
        ("123456789", "this one has 9"),
        ("12345678x3", "nothing else"),
        ("١٢٣٤٥٦٧٨٩٣", "nothing else"),
        ("", "nothing else"),
    ],
)
def test_an_npi_is_checked_in_words(npi: str, said: str | None) -> None:
    found = npi_problem(npi)
    assert found == said if said is None else said in (found or "")


@pytest.mark.parametrize("state", AssessmentState)
def test_only_met_and_exception_count_as_true_and_only_not_met_as_false(state: AssessmentState) -> None:
    true = {AssessmentState.MET, AssessmentState.EXCEPTION}
    expected = Truth.TRUE if state in true else Truth.UNKNOWN
    assert state.truth is (Truth.FALSE if state is AssessmentState.NOT_MET else expected)
    assert state.label[0].isupper()


def test_a_caption_leaves_out_what_would_turn_the_words_around_it() -> None:
    assert shortened("left \u202eto right\u202c, \u2067on\u2069", 40) == "left to right, on"
    assert shortened("ab\u202ecdef", 4) == "abc…"
