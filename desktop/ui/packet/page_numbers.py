"""Reads and writes page numbers the way people type them, `1-3, 5`; it knows no document."""

from __future__ import annotations

import re

from desktop.ui.field_values import FieldTextError

_PART = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


def read_pages(text: str) -> tuple[int, ...]:
    """The pages meant, in order, each once; none means all. Raises FieldTextError."""
    found: set[int] = set()
    for part in filter(None, (item.strip() for item in re.split(r"[,;]", text))):
        match = _PART.fullmatch(part)
        if match is None:
            raise FieldTextError("Write pages as numbers: 1-3, 5. Empty means all.")
        first = int(match.group(1))
        last = int(match.group(2) or first)
        if first < 1 or last < first:
            raise FieldTextError("Pages are counted from 1, the lower number first.")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def show_pages(pages: tuple[int, ...]) -> str:
    """Page numbers with their neighbours joined: `1-3, 5`."""
    parts: list[str] = []
    for place, page in enumerate(pages):
        if place and page == pages[place - 1] + 1:
            first = parts[-1].partition("-")[0]
            parts[-1] = f"{first}-{page}"
        else:
            parts.append(str(page))
    return ", ".join(parts)
