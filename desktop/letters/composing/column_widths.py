"""Chooses the column widths at which a table of text takes the least height; it changes no text."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.letter import LetterRow

_LINE = 112
"""Characters of a cell's type that fit the width of the page, about."""

_ROW_GAP = 0.5
"""Lines that the rules and margins of a row take."""

_FLOOR = 0.12
_STEP = 0.02

_MOST_ROWS = 60
"""Rows that are looked at: enough to judge by, and quick for a table of hundreds."""

_MOST_CHARACTERS = 1_500
"""Characters of a cell that are looked at; a longer one fills its column anyway."""


def best_widths(start: Sequence[float], rows: Sequence[LetterRow]) -> tuple[float, ...]:
    """Widths near `start` (shares of the page that add up to 1) that make the rows low; the same for the same rows."""
    widths = tuple(start)
    full = [row.cells for row in rows[:_MOST_ROWS] if len(row.cells) == len(widths)]
    lowest = _height(widths, full)
    is_better = bool(full)
    while is_better:
        is_better = False
        for giver in range(len(widths)):
            for taker in range(len(widths)):
                tried = _moved(widths, giver, taker)
                height = _height(tried, full) if tried else lowest
                if height < lowest:
                    widths, lowest, is_better = tried, height, True
    return widths


def _moved(widths: tuple[float, ...], giver: int, taker: int) -> tuple[float, ...]:
    """The widths with one step moved from a column to another; empty where the giver has none to spare."""
    if giver == taker or widths[giver] - _STEP < _FLOOR:
        return ()
    made = list(widths)
    made[giver] = round(made[giver] - _STEP, 3)
    made[taker] = round(made[taker] + _STEP, 3)
    return tuple(made)


def _height(widths: Sequence[float], rows: Sequence[Sequence[str]]) -> float:
    return sum(
        _ROW_GAP + max(_lines(text, width) for text, width in zip(cells, widths, strict=True))
        for cells in rows
    )


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, counted word by word."""
    room = max(4, int(_LINE * width) - 2)
    count = 0
    for line in text[:_MOST_CHARACTERS].split("\n"):
        used = 0
        count += 1
        for word in line.split(" "):
            if used and used + 1 + len(word) > room:
                count += 1
                used = 0
            used += len(word) + (1 if used else 0)
    return count
