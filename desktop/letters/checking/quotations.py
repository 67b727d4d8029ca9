"""Finds words in quotation marks and says whether the record holds them as quoted; it changes neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"\n]{2,})\"")
_SPACES = re.compile(r"\s+")


def quotations_in(text: str) -> Iterator[tuple[int, int]]:
    """Where quoted words start and end, without their quotation marks."""
    for match in _QUOTED.finditer(text):
        group = 1 if match[1] is not None else 2
        yield match.start(group), match.end(group)


def comparable(text: str) -> str:
    """Words as quotations are compared: one kind of quotation mark, dash and space, small letters."""
    plain = text.translate(_SAME).casefold()
    return _SPACES.sub(" ", plain).strip()


_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " ", "…": " "}
)
