"""Divides the pages of a packet among files of a size that a portal takes; numbers only.

It divides between exhibits where it can and inside one only where that is larger than a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PER_PAGE = 900
"""Bytes that a page costs beside its content: its object, its stamp, its place in the tables."""
FIXED = 120_000
"""Bytes set aside in every file for the cover or index, the fonts of the stamps, bookmarks."""


@dataclass(frozen=True, slots=True)
class PageWeight:
    """A page with the parts it needs; parts are named by file and number, and weigh once in a file."""

    exhibit: int
    """Which exhibit it belongs to; -1 for the letter."""
    needs: tuple[tuple[int, int], ...]


class PageTooLargeError(Exception):
    """One page alone is larger than a file may be. `index` is its place among all pages, `size` its bytes."""

    def __init__(self, index: int, size: int) -> None:
        self.index = index
        self.size = size
        super().__init__(f"page {index}: {size} bytes")


def divide(
    pages: Sequence[PageWeight], weights: Mapping[tuple[int, int], int], room: int
) -> list[tuple[int, int]]:
    """First and one past the last page of each file, in order. `room` is the size of a file in bytes.

    Raises PageTooLargeError for a page that fits into no file.
    """
    parts: list[tuple[int, int]] = []
    start = 0
    while start < len(pages) or not parts:
        end = _reach(pages, weights, start, room - FIXED)
        if end == start and start < len(pages):
            size = _PER_PAGE + sum(weights[need] for need in dict.fromkeys(pages[start].needs))
            raise PageTooLargeError(start, size + FIXED)
        end = _between_exhibits(pages, weights, (start, end), room - FIXED)
        parts.append((start, end))
        start = end
        if not pages:
            break
    return parts


def _reach(pages: Sequence[PageWeight], weights: Mapping[tuple[int, int], int], start: int, room: int) -> int:
    """One past the last page that still fits into a file that begins at `start`."""
    inside: set[tuple[int, int]] = set()
    size = 0
    for index in range(start, len(pages)):
        fresh = set(pages[index].needs) - inside
        size += _PER_PAGE + sum(weights[need] for need in fresh)
        if size > room:
            return index
        inside |= fresh
    return len(pages)


def _between_exhibits(
    pages: Sequence[PageWeight], weights: Mapping[tuple[int, int], int], part: tuple[int, int], room: int
) -> int:
    """An earlier end that lies between two exhibits, if the exhibit then begins the next file and fits into it."""
    start, end = part
    if end >= len(pages) or pages[end].exhibit != pages[end - 1].exhibit:
        return end
    first = end
    while first > start and pages[first - 1].exhibit == pages[end].exhibit:
        first -= 1
    last = end
    while last < len(pages) and pages[last].exhibit == pages[end].exhibit:
        last += 1
    fits_whole = _reach(pages, weights, first, room) >= last
    return first if first > start and fits_whole else end
