"""A recovery key copied by hand comes back exactly, or the slip is named."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.security.recovery_key import RecoveryKeyError, new_secret, parsed, printed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRETS = st.binary(min_size=20, max_size=20)
PLACES = st.integers(0, 39)


@given(secret=SECRETS)
def test_every_key_comes_back_from_its_printed_form(secret: bytes) -> None:
    text = printed(secret)
    assert [len(group) for group in text.split("-")] == [5] * 8
    assert parsed(text) == secret


@given(secret=SECRETS, separator=st.sampled_from(["", " ", "\n", "–", "−", ".", " - ", "\u00a0"]))
def test_case_spaces_and_look_alikes_do_not_matter(secret: bytes, separator: str) -> None:
    text = printed(secret).replace("-", separator).lower().replace("0", "o").replace("1", "l")
    assert parsed(text) == secret


@given(secret=SECRETS, place=PLACES, letter=st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_found_with_its_group(secret: bytes, place: int, letter: str) -> None:
    letters = list(printed(secret).replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(RecoveryKeyError, match=f"Group {place // 5 + 1} "):
        parsed("".join(letters))


@given(secret=SECRETS, place=st.integers(0, 38))
def test_any_two_neighbours_that_changed_places_are_found(secret: bytes, place: int) -> None:
    letters = list(printed(secret).replace("-", ""))
    if letters[place] == letters[place + 1]:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    with pytest.raises(RecoveryKeyError, match="Group"):
        parsed("".join(letters))


@given(secret=SECRETS, first=st.integers(0, 7), second=st.integers(0, 7))
def test_groups_that_changed_places_are_found(secret: bytes, first: int, second: int) -> None:
    if first == second:
        return
    groups = printed(secret).split("-")
    groups[first], groups[second] = groups[second], groups[first]
    with pytest.raises(RecoveryKeyError, match="Group"):
        parsed("-".join(groups))


@pytest.mark.parametrize("letter", ["U", "*", "é", "٣", "\x00", "\ud800"])
def test_a_character_that_no_key_has_is_named(letter: str) -> None:
    with pytest.raises(RecoveryKeyError, match="no character like"):
        parsed(printed(bytes(20))[:-1] + letter)


@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(RecoveryKeyError):  # anything else would reach the user as a crash
        assert len(parsed(text)) == 20


def test_keys_are_random() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
