"""Says what a choice changed in the papers of a case: one sentence, and the words that came and went; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.domain.letter import CITATION, BlockKind, Letter, LetterBlock, LetterState
from desktop.letters.wording import listed
from desktop.services.letter_difference import DiffKind, DiffRun, text_of, word_runs
from desktop.ui.argument.argument_reading import paper_name
from desktop.ui.library.page import Line, Run, Tone, heading, small

_TONES = {DiffKind.ADDED: Tone.ADDED, DiffKind.REMOVED: Tone.REMOVED}
_FOLLOWING = frozenset({BlockKind.REFERENCES})
"""Blocks that only follow the others: naming them would hide what matters."""
_MOST_AROUND = 60
_MOST_SHOWN = 6
_ALIKE = 0.5
"""How alike two paragraphs must be, from 0 to 1, to be told as one that was changed."""


@dataclass(frozen=True)
class BlockChange:
    """A block that reads differently, paragraph by paragraph; those that only moved are not told."""

    heading: str
    kind: DiffKind
    paragraphs: tuple[tuple[DiffRun, ...], ...]


@dataclass(frozen=True)
class PaperChange:
    """What a choice changed in one paper."""

    paper: str
    blocks: tuple[BlockChange, ...]


def changes_of(before: Sequence[Letter], after: Sequence[Letter]) -> tuple[PaperChange, ...]:
    """The papers that read differently now, each with its blocks that do."""
    old = {paper.id: paper for paper in before}
    found: list[PaperChange] = []
    for paper in after:
        if paper.id in old:
            blocks = tuple(_changed(old[paper.id].content.blocks, paper.content.blocks))
            if blocks:
                found.append(PaperChange(paper_name(paper), blocks))
    return tuple(found)


def change_sentence(
    changes: Sequence[PaperChange], before: Sequence[Letter], papers: Sequence[Letter]
) -> str:
    """What changed in one sentence, or why nothing did."""
    if changes:
        told = [f"{item.paper} ({listed(_names(item))})" for item in changes]
        return f"Changed: {'; '.join(told)}."
    if not papers:
        return "No letter is written yet; it will be composed accordingly."
    if all(paper.state is LetterState.ISSUED for paper in papers):
        return "What is issued stays as it is; the next paper is composed accordingly."
    old = {paper.id: paper.content for paper in before}
    if any(paper.content != old.get(paper.id) for paper in papers):
        return "The papers say the same, at most in another order: another claim taken in states it too."
    return "No paper reads differently: they do not print it, or the block was typed or locked."


def change_lines(changes: Sequence[PaperChange]) -> Iterator[Line]:
    """The words that came and went, block by block."""
    for change in changes:
        yield heading(f"What this changed: {change.paper}")
        for block in change.blocks[:_MOST_SHOWN]:
            yield small(block.heading)
            for runs in block.paragraphs[:_MOST_SHOWN]:
                yield Line(tuple(_shown(runs)), "text", 1, is_joined=True)
        if len(change.blocks) > _MOST_SHOWN:
            yield small(f"and {len(change.blocks) - _MOST_SHOWN} more blocks")


def _changed(before: Sequence[LetterBlock], after: Sequence[LetterBlock]) -> Iterator[BlockChange]:
    old, new = {block.id: block for block in before}, {block.id: block for block in after}
    for block in (*after, *(block for block in before if block.id not in new)):
        if block.kind in _FOLLOWING:
            continue
        if block.id not in old:
            kind, paragraphs = DiffKind.ADDED, _compared((), _paragraphs(block))
        elif block.id not in new:
            kind, paragraphs = DiffKind.REMOVED, _compared(_paragraphs(block), ())
        else:
            kind = DiffKind.SAME
            paragraphs = _compared(_paragraphs(old[block.id]), _paragraphs(block))
        if paragraphs:
            name = block.heading or block.kind.value.replace("_", " ").capitalize()
            yield BlockChange(name, kind, tuple(paragraphs))


def _paragraphs(block: LetterBlock) -> tuple[str, ...]:
    """What the block says, without its heading and citation marks."""
    whole = CITATION.sub("", text_of(block))
    return tuple(part for part in whole.split("\n\n") if part and part != block.heading)


def _compared(before: Sequence[str], after: Sequence[str]) -> list[tuple[DiffRun, ...]]:
    gone = [part for part in before if part not in after]
    told: list[tuple[DiffRun, ...]] = []
    for part in after:
        if part in before:
            continue
        like = max(gone, key=lambda other: _alike(other, part), default="")
        if like and _alike(like, part) >= _ALIKE:
            gone.remove(like)
            told.append(word_runs(like, part))
        else:
            told.append((DiffRun(DiffKind.ADDED, part),))
    return [*((DiffRun(DiffKind.REMOVED, part),) for part in gone), *told]


def _alike(first: str, second: str) -> float:
    return SequenceMatcher(None, first.split(), second.split(), autojunk=False).ratio()


def _names(change: PaperChange) -> list[str]:
    words = {DiffKind.ADDED: " is new", DiffKind.REMOVED: " is gone", DiffKind.SAME: ""}
    named = [f"“{block.heading}”{words[block.kind]}" for block in change.blocks[:2]]
    rest = len(change.blocks) - len(named)
    return [*named, f"{rest} more"] if rest else named


def _shown(runs: Sequence[DiffRun]) -> Iterator[Run]:
    """What is the same is shortened to a few words around what changed."""
    for place, run in enumerate(runs):
        words = " ".join(run.text.split())
        if run.kind is not DiffKind.SAME:
            yield Run(words, _TONES[run.kind])
            yield Run(" ")
            continue
        is_first, is_last = place == 0, place == len(runs) - 1
        if len(words) <= _MOST_AROUND:
            shown = words
        elif is_first:
            shown = f"… {_end(words, _MOST_AROUND)}"
        elif is_last:
            shown = f"{_start(words, _MOST_AROUND)} …"
        else:
            half = _MOST_AROUND // 2
            shown = f"{_start(words, half)} … {_end(words, half)}"
        yield Run(f"{shown} ", Tone.MUTED)


def _start(words: str, room: int) -> str:
    """The first whole words that fit."""
    return words[: room + 1].rpartition(" ")[0] or words[:room]


def _end(words: str, room: int) -> str:
    """The last whole words that fit."""
    return words[-room - 1 :].partition(" ")[2] or words[-room:]
