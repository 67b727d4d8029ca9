"""Differences in words as lines of a page: what was taken out is struck out, what came in is underlined; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.services.letter_difference import BlockDifference, DiffKind, DiffRun
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title

_TONES = {DiffKind.SAME: Tone.PLAIN, DiffKind.ADDED: Tone.ADDED, DiffKind.REMOVED: Tone.REMOVED}
_MOST_SAME = 160
"""Characters of unchanged words that are shown around a change; the rest is left out, and said so."""


def difference_page(found: Sequence[BlockDifference], earlier: str, later: str) -> Page:
    """The page for two versions of a paper, with only the blocks in which they differ."""
    changed = [block for block in found if block.is_changed]
    parts: list[Line | Table] = [
        title("What changed"),
        text(f"From  {earlier}", Tone.MUTED),
        text(f"To  {later}", Tone.STRONG, is_joined=True),
    ]
    if not changed:
        parts.append(text("✓ Both say the same, in the same order.", Tone.GOOD))
    for block in changed:
        parts.append(heading(block.heading))
        note = _note(block)
        if note:
            parts.append(small(note, Tone.WARNING))
        if any(run.kind is not DiffKind.SAME for run in block.runs):
            parts += lines_of(_shortened(block.runs))
    return Page(f"What changed from {earlier} to {later}", tuple(parts))


def lines_of(runs: Iterable[DiffRun]) -> Iterator[Line]:
    """The words with their differences, a line for each line of them."""
    line: list[Run] = []
    before: DiffKind | None = None
    for run in runs:
        if before is DiffKind.REMOVED and run.kind is DiffKind.ADDED:
            line.append(Run(" "))  # else a struck-out figure and the one in its place read as one number
        before = run.kind
        first, *rest = run.text.split("\n")
        if first:
            line.append(Run(first, _TONES[run.kind]))
        for part in rest:
            if line:
                yield Line(tuple(line))
            line = [Run(part, _TONES[run.kind])] if part else []
    if line:
        yield Line(tuple(line))


def _note(block: BlockDifference) -> str:
    if block.kind is DiffKind.ADDED:
        return "New block"
    if block.kind is DiffKind.REMOVED:
        return "Block taken out"
    return "Stands at another place" if block.is_moved else ""


def _shortened(runs: Sequence[DiffRun]) -> Iterator[DiffRun]:
    for run in runs:
        if run.kind is not DiffKind.SAME or len(run.text) <= 2 * _MOST_SAME:
            yield run
            continue
        start = run.text[:_MOST_SAME].rsplit(" ", 1)[0]
        end = run.text[-_MOST_SAME:].split(" ", 1)[-1]
        yield DiffRun(run.kind, f"{start} … {end}")
