"""Finds the names of other cases' members in a letter: one would be a disclosure; it knows no other fact of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.letters.checking.names import plain

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.?\s*$")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Stranger:
    """Where the name of another member stands, and the name."""

    start: int
    end: int
    name: str


class Strangers:
    """The names of other members, by family name; built once for a letter."""

    def __init__(self, names: Sequence[str], own_words: frozenset[str], common: frozenset[str]) -> None:
        self._by_family: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            words = tuple(plain(word) for word in _WORD.findall(name))
            if len(words) > 1 and len(words[-1]) >= _SHORTEST and not set(words) <= own_words:
                self._by_family.setdefault(words[-1], []).append((words, name))
        self._unusual = frozenset(
            word for word in self._by_family if word not in common and word not in own_words
        )

    def in_text(self, text: str) -> Iterator[Stranger]:
        """Every name of another member in a text: both names together, or an unusual family name behind a title."""
        if not self._by_family:
            return
        found = [(match.start(), match.end(), plain(match.group())) for match in _WORD.finditer(text)]
        for index, (start, end, word) in enumerate(found):
            for words, name in self._by_family.get(word, ()):
                size = len(words)
                before = tuple(item[2] for item in found[max(0, index - size + 1) : index + 1])
                after = found[index + 1][2] if index + 1 < len(found) else ""
                if before == words or (before[-1:] == words[-1:] and before[:1] == words[:1] and index >= 1):
                    yield Stranger(found[max(0, index - size + 1)][0], end, name)
                    break
                if after == words[0] and text[end : found[index + 1][0]].strip() == ",":
                    yield Stranger(start, found[index + 1][1], name)
                    break
                if word in self._unusual and _TITLED.search(text[:start]):
                    yield Stranger(start, end, name)
                    break


@lru_cache(maxsize=8)
def strangers_of(names: tuple[str, ...], own_words: frozenset[str], common: frozenset[str]) -> Strangers:
    """The look-up of other members' names, kept while the same letter is checked again."""
    return Strangers(names, own_words, common)
