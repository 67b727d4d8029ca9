"""What two contents of a letter say differently, block by block and word by word; plain values for any screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from desktop.domain.letter import LetterBlock, LetterContent

_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,:/’'-][^\W_]+)*|.", re.DOTALL)
"""White space, words with what joins them (`L4-L5`, `9/14/2026`, `3.5`), and single signs."""

_HAS_WORD = re.compile(r"[^\W_]")

_MOST_COMPARED = 4_000_000
"""Pairs of words up to which two texts are compared word by word; longer ones are told as a whole."""


_FEW_WORDS = 3
"""Shared words in a row up to which they may be chance in a rewritten passage."""

_TIMES_MORE = 2
"""So many times as many words must have changed on both sides of them."""


class DiffKind(Enum):
    """What became of words, or of a block."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DiffRun:
    """A stretch of text that is in both, only in the later, or only in the earlier one."""

    kind: DiffKind
    text: str


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """One block in two contents. Its runs joined without the added ones are the earlier text, and the other way."""

    block_id: str
    heading: str
    kind: DiffKind
    """Whether the block as such is in both."""
    is_moved: bool
    runs: tuple[DiffRun, ...]

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else, is new or gone, or stands elsewhere."""
        return (
            self.is_moved
            or self.kind is not DiffKind.SAME
            or any(run.kind is not DiffKind.SAME for run in self.runs)
        )


def difference(earlier: LetterContent, later: LetterContent) -> tuple[BlockDifference, ...]:
    """Every block of the later content in its order, then those that are gone, each with what it says differently."""
    old = {block.id: block for block in earlier.blocks}
    new = {block.id: block for block in later.blocks}
    moved = _moved([item for item in old if item in new], [item for item in new if item in old])
    found = [
        BlockDifference(
            block_id=block.id,
            heading=_heading(block),
            kind=DiffKind.SAME if block.id in old else DiffKind.ADDED,
            is_moved=block.id in moved,
            runs=word_runs(text_of(old[block.id]) if block.id in old else "", text_of(block)),
        )
        for block in later.blocks
    ]
    found.extend(
        BlockDifference(block.id, _heading(block), DiffKind.REMOVED, False, word_runs(text_of(block), ""))
        for block in earlier.blocks
        if block.id not in new
    )
    return tuple(found)


def word_runs(earlier: str, later: str) -> tuple[DiffRun, ...]:
    """The words of two texts as runs; neighbours of one kind are one run."""
    runs: list[DiffRun] = []
    for kind, text in _runs(earlier, later):
        if not text:
            continue
        if runs and runs[-1].kind is kind:
            runs[-1] = DiffRun(kind, runs[-1].text + text)
        else:
            runs.append(DiffRun(kind, text))
    return tuple(runs)


def text_of(block: LetterBlock) -> str:
    """All that a block says: heading, paragraphs, rows of its table, and its figure in words."""
    parts = [block.heading, block.text]
    if block.table is not None:
        parts.extend(" | ".join(row.cells) for row in block.table.rows)
    if block.figure is not None:
        parts.append(block.figure.alternative)
    return "\n\n".join(part for part in parts if part)


def _runs(earlier: str, later: str) -> Iterator[tuple[DiffKind, str]]:
    # Line by line first: words are compared only where lines differ, so that a long letter does not take seconds.
    for is_same, old, new in _aligned(earlier.splitlines(keepends=True), later.splitlines(keepends=True)):
        if is_same:
            yield DiffKind.SAME, "".join(new)
            continue
        before, after = _WORDS.findall("".join(old)), _WORDS.findall("".join(new))
        if len(before) * len(after) > _MOST_COMPARED:
            yield DiffKind.REMOVED, "".join(before)
            yield DiffKind.ADDED, "".join(after)
            continue
        for is_same_word, removed, added in _readable(_Step(*step) for step in _aligned(before, after)):
            if is_same_word:
                yield DiffKind.SAME, "".join(added)
            else:
                yield from ((DiffKind.REMOVED, "".join(removed)), (DiffKind.ADDED, "".join(added)))


class _Step(NamedTuple):
    """A stretch of words that both texts share, or what stands in its place in the one and in the other."""

    is_same: bool
    removed: Sequence[str]
    added: Sequence[str]

    @property
    def size(self) -> int:
        """How many words there are at least on one side."""
        return max(_words_in(self.removed), _words_in(self.added))


def _readable(steps: Iterable[_Step]) -> list[_Step]:
    """The steps with what two texts share by chance told as changed, or a reader sees confetti.

    Blanks and signs between two changed words always are; a few small words are where much more changed on both sides.
    """
    joined = _joined(list(steps), most_words=0)
    return _joined(joined, most_words=_FEW_WORDS)


def _joined(steps: Sequence[_Step], most_words: int) -> list[_Step]:
    made: list[_Step] = []
    for place, step in enumerate(steps):
        is_between = step.is_same and 0 < place < len(steps) - 1
        is_chance = (
            is_between
            and step.size <= most_words
            and min(steps[place - 1].size, steps[place + 1].size) >= step.size * _TIMES_MORE
        )
        is_changed = is_chance or not step.is_same
        if is_changed and made and not made[-1].is_same:
            last = made.pop()
            made.append(_Step(False, [*last.removed, *step.removed], [*last.added, *step.added]))
        else:
            made.append(_Step(not is_changed, step.removed, step.added))
    return made


def _words_in(parts: Sequence[str]) -> int:
    return sum(1 for part in parts if _HAS_WORD.search(part))


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        yield tag == "equal", old[old_start:old_end], new[new_start:new_end]


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The ids that do not stand in the longest order that both have in common."""
    stay = {
        old[place]
        for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for place in range(match.a, match.a + match.size)
    }
    return set(old) - stay


def _heading(block: LetterBlock) -> str:
    return block.heading or block.kind.value.replace("_", " ").capitalize()
