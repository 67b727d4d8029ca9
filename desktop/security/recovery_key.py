"""The printed recovery key: 160 random bits in groups that a person can copy and that betray a slip of the pen.

It must not touch the disk; the vault decides what the key opens.
"""

from __future__ import annotations

import secrets
import unicodedata

from desktop.domain.errors import UserFacingError

SECRET_BYTES = 20
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 4
_GROUPS = 8
_PRINTED = _GROUPS * (_GROUP + 1)


class RecoveryKeyError(UserFacingError):
    """The text typed is not a recovery key as printed."""

    def __init__(self, what: str) -> None:
        super().__init__(
            what,
            safe="Your cases are untouched.",
            todo="Compare it with the printed sheet, group by group, and try again.",
        )


def new_secret() -> bytes:
    """Fresh random bytes for a recovery key."""
    return secrets.token_bytes(SECRET_BYTES)


def printed(secret: bytes) -> str:
    """Eight groups of five, the last character of each group checking the other four and the group's place."""
    number = int.from_bytes(secret, "big")
    digits = [(number >> shift) & 31 for shift in range(SECRET_BYTES * 8 - 5, -1, -5)]
    groups = [digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP)]
    return "-".join(
        "".join(_ALPHABET[digit] for digit in (*group, _check(group, place)))
        for place, group in enumerate(groups)
    )


def parsed(text: str) -> bytes:
    """The secret of a printed key. Case, spaces and dashes do not matter; O reads as 0, I and L as 1.

    Raises RecoveryKeyError, naming the character or the group that is wrong.
    """
    letters = [letter for letter in text.upper() if not _separates(letter)]
    for letter in letters:
        if letter not in _VALUE:
            raise RecoveryKeyError(f"A recovery key has no character like '{ascii(letter)[1:-1]}'.")
    if len(letters) != _PRINTED:
        raise RecoveryKeyError(f"A recovery key has {_PRINTED} characters; this has {len(letters)}.")
    number = 0
    for place in range(_GROUPS):
        start = place * (_GROUP + 1)
        *group, check = (_VALUE[letter] for letter in letters[start : start + _GROUP + 1])
        if _check(group, place) != check:
            raise RecoveryKeyError(f"Group {place + 1} of the recovery key is mistyped.")
        for digit in group:
            number = (number << 5) | digit
    return number.to_bytes(SECRET_BYTES, "big")


def _separates(letter: str) -> bool:
    return letter.isspace() or letter in "_.·−" or unicodedata.category(letter) == "Pd"  # any dash


def _times(left: int, right: int) -> int:
    # Product in the field of 32 elements, modulo x^5 + x^2 + 1.
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        right >>= 1
    return product


def _check(group: list[int], place: int) -> int:
    # Different weights, none of them 1: one wrong character or two swapped neighbours always change the sum, and so
    # does a group that was copied into another group's place.
    total = place
    for weight, digit in enumerate(group, start=2):
        total ^= _times(weight, digit)
    return total
