"""Every text of a dumped value, for looking up words; it knows no fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast


def texts_in(value: object) -> Iterator[str]:
    """The texts of a dumped value in order, those of its lists and mappings too."""
    match value:
        case str():
            yield value
        case dict():
            for item in cast("dict[str, object]", value).values():
                yield from texts_in(item)
        case list() | tuple():
            for item in cast("list[object]", value):
                yield from texts_in(item)
        case _:
            return
