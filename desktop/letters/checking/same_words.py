"""A text held word by word against another that is known to be true: what stands there too, and what differs in little.

A letter that was composed here and written down elsewhere is told apart from one that somebody wrote: where its words
are the composed ones, the record has borne them out already; where one of them was changed, that is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from desktop.letters.checking.vocabulary import NUMBER_WORDS

_WORD = re.compile(r"\S+")
_BARE = re.compile(r"^[\W_]+|[\W_]+$")
_NOTE = re.compile(r"(?:(?<=[^\W\d_])[.,;:)”’\"]+|(?<=%)[.,;:)”’\"]*)\d{1,2}(?:[,–-]\d{1,2})*[.,;:]?$")
"""Numbers of notes behind a word and its marks: print sets them raised, and text keeps them as they come."""
_NOTES = re.compile(r"\[\d[\d,–-]*\][.,;:]?")
_COUNTED = frozenset({"left", "right", "both", "bilateral", *NUMBER_WORDS} - {"one"})
"""Words that state something; "one" is as often no number."""

LEAST_RUN = 5
"""Words in a row that must be the same before they are taken for the composed ones."""
MOST_CHANGED = 3
"""A difference of more words is a sentence of its own, not a changed one."""
LEAST_BESIDE = 3
"""Same words on each side of a changed one."""


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Words of the text, `text[start:end]`, where the other one has `instead`."""

    start: int
    end: int
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where the text says what the other one says, as character ranges in order, and where it says something else."""

    same: tuple[tuple[int, int], ...]
    changed: tuple[ChangedWords, ...]

    @property
    def size(self) -> int:
        """How many characters are the same."""
        return sum(last - first for first, last in self.same)

    def covers(self, start: int, end: int) -> bool:
        """Whether the characters stand in the other text too, with their neighbours."""
        return any(first <= start and end <= last for first, last in self.same)


def compare(text: str, known: str) -> Comparison:
    """Hold `text` against `known`. Line ends, spaces, note numbers and marks around a word do not count."""
    ours, theirs = _words(text), _words(known)
    left, right = [_plain(word.group()) for word in ours], [_plain(word.group()) for word in theirs]
    # With `autojunk` off, because the commonest words of a letter are its level names.
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    runs = [block for block in blocks if block.size]
    same = tuple(
        (ours[block.a].start(), ours[block.a + block.size - 1].end())
        for block in runs
        if block.size >= LEAST_RUN
    )
    return Comparison(same, tuple(_changes(text, known, ours, theirs, runs)))


def _changes(
    text: str,
    known: str,
    ours: list[re.Match[str]],
    theirs: list[re.Match[str]],
    runs: list[Match],
) -> Iterator[ChangedWords]:
    for before, after in pairwise(runs):
        first, last = before.a + before.size, after.a
        other_first, other_last = before.b + before.size, after.b
        is_small = 1 <= last - first <= MOST_CHANGED and 1 <= other_last - other_first <= MOST_CHANGED
        if not is_small or min(before.size, after.size) < LEAST_BESIDE:
            continue
        start, end = ours[first].start(), ours[last - 1].end()
        words = text[start:end]
        instead = known[theirs[other_first].start() : theirs[other_last - 1].end()]
        if _states(words) or _states(instead):
            yield ChangedWords(start, end, words, instead)


def _words(text: str) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(text) if not _NOTES.fullmatch(word.group())]


def _plain(word: str) -> str:
    bare = _BARE.sub("", _NOTE.sub("", word))
    return bare or word


def _states(words: str) -> bool:
    """Whether words hold what the record has to bear out: a number, a side, a name."""
    return any(
        any(character.isdigit() for character in word)
        or _plain(word).casefold() in _COUNTED
        or _plain(word)[:1].isupper()
        for word in words.split()
    )
