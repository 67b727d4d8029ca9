"""Says what a choice changed in the papers of a case: one sentence, and the words that came and went; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.letter import BlockKind, Letter, LetterState
from desktop.letters.wording import listed
from desktop.services.letter_difference import BlockDifference, DiffKind, DiffRun, difference
from desktop.ui.argument.argument_reading import paper_name
from desktop.ui.library.page import Line, Run, Tone, heading, small

_TONES = {DiffKind.ADDED: Tone.ADDED, DiffKind.REMOVED: Tone.REMOVED}
_FOLLOWING = frozenset({BlockKind.REFERENCES})
"""Blocks that only follow the others: naming them would hide what matters."""
_MOST_AROUND = 60
_MOST_BLOCKS = 6


@dataclass(frozen=True)
class PaperChange:
    """What a choice changed in one paper."""

    paper: str
    blocks: tuple[BlockDifference, ...]


def changes_of(before: Sequence[Letter], after: Sequence[Letter]) -> tuple[PaperChange, ...]:
    """The papers that read differently now, each with its blocks that do."""
    old = {paper.id: paper for paper in before}
    found: list[PaperChange] = []
    for paper in after:
        if paper.id not in old:
            continue
        following = {block.id for block in paper.content.blocks if block.kind in _FOLLOWING}
        changed = tuple(
            item
            for item in difference(old[paper.id].content, paper.content)
            if item.is_changed and not item.is_moved and item.block_id not in following
        )
        if changed:
            found.append(PaperChange(paper_name(paper), changed))
    return tuple(found)


def change_sentence(changes: Sequence[PaperChange], papers: Sequence[Letter]) -> str:
    """What changed in one sentence, or why nothing did."""
    if changes:
        told = [f"{item.paper} ({listed(_names(item))})" for item in changes]
        return f"Changed: {'; '.join(told)}."
    if not papers:
        return "No letter is written yet; it will be composed accordingly."
    if all(paper.state is LetterState.ISSUED for paper in papers):
        return "What is issued stays as it is; the next paper is composed accordingly."
    return "No paper reads differently: they do not print it, or the block was typed or locked."


def change_lines(changes: Sequence[PaperChange]) -> Iterator[Line]:
    """The words that came and went, block by block."""
    for change in changes:
        yield heading(f"What this changed: {change.paper}")
        for block in change.blocks[:_MOST_BLOCKS]:
            yield small(block.heading)
            yield Line(tuple(_shown(block.runs)), "text", 1, is_joined=True)
        if len(change.blocks) > _MOST_BLOCKS:
            yield small(f"and {len(change.blocks) - _MOST_BLOCKS} more blocks")


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
            yield Run(f"{words} ", _TONES[run.kind])
            continue
        is_first, is_last = place == 0, place == len(runs) - 1
        if len(words) <= _MOST_AROUND:
            yield Run(f"{words} ", Tone.MUTED)
        elif is_first:
            yield Run(f"…{words[-_MOST_AROUND:]} ", Tone.MUTED)
        elif is_last:
            yield Run(f"{words[:_MOST_AROUND]}…", Tone.MUTED)
        else:
            half = _MOST_AROUND // 2
            yield Run(f"{words[:half]} … {words[-half:]} ", Tone.MUTED)
