"""Spelling of what a reviewer types: which words no dictionary knows, and, when asked, what may have been meant.

It marks and suggests; it changes no text. The words are English (Hunspell), medical (ours), the user's, and those of
the record, whose names are never wrong.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from desktop.domain.letter import CITATION
from desktop.settings.paths import resources_dir

LONGEST_WORD = 60
"""A longer run of letters is no word: it is not asked about, and nothing is suggested for it."""
MOST_SUGGESTIONS = 6

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_PROSE = re.compile(
    rf"{CITATION.pattern}|\{{\{{[^}}]*\}}\}}|\S+@\S+|\S*://\S+|www\.\S+|\b\S*\d\S*\b",
)
"""Citations, placeholders, addresses, and anything with a digit in it: codes, levels, amounts."""

# Hunspell keeps buffers in one object and does not say that it may be used from several threads.
_ONE_AT_A_TIME = threading.Lock()


class _Dictionary(Protocol):
    def spell(self, word: str) -> bool: ...
    def suggest(self, word: str) -> tuple[str, ...]: ...
    def add(self, word: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word of a text, `text[start:end]`, that no dictionary knows."""

    start: int
    end: int
    word: str


class Spelling:
    """The dictionaries, with words that are right for one case or one user (names, facilities, devices)."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = frozenset(_plain(word).casefold() for text in known for word in _WORD.findall(text))

    def misspelt(self, text: str) -> tuple[Misspelling, ...]:
        """Every unknown word with its place, in reading order."""
        prose = _NOT_PROSE.sub(lambda found: " " * len(found.group()), text)
        with _ONE_AT_A_TIME:
            return tuple(
                Misspelling(found.start(), found.end(), found.group())
                for found in _WORD.finditer(prose)
                if not self._is_right(found.group())
            )

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, best first; takes a fraction of a second, so never on the GUI thread."""
        if len(word) > LONGEST_WORD or not _WORD.fullmatch(word):
            return ()
        with _ONE_AT_A_TIME:
            return tuple(_both().suggest(_plain(word)))[:MOST_SUGGESTIONS]

    def _is_right(self, word: str) -> bool:
        plain = _plain(word)
        if len(plain) < 3 or len(plain) > LONGEST_WORD or plain.isupper():
            return True  # abbreviations are the field's daily bread, and one or two letters are no spelling
        lower = plain.casefold()
        own = lower.removesuffix("'s")
        return (
            lower in self._known
            or own in self._known
            or own in _medical()
            or english().spell(plain)
            or english().spell(own)
        )


def _plain(word: str) -> str:
    return word.replace("’", "'")


def _hunspell() -> _Dictionary:
    from hunspell import Hunspell

    return cast("_Dictionary", Hunspell("en_US", hunspell_data_dir=str(resources_dir() / "dictionaries")))


@lru_cache(maxsize=1)
def english() -> _Dictionary:
    """The English dictionary alone."""
    return _hunspell()


@lru_cache(maxsize=1)
def _both() -> _Dictionary:
    """English and medical words together: only suggesting needs them in one dictionary."""
    dictionary = _hunspell()
    for word in _medical_list():
        dictionary.add(word)
    return dictionary


@lru_cache(maxsize=1)
def _medical_list() -> tuple[str, ...]:
    return tuple((resources_dir() / "dictionaries" / "medical.txt").read_text("utf-8").splitlines())


@lru_cache(maxsize=1)
def _medical() -> Collection[str]:
    return frozenset(word.casefold() for word in _medical_list())
