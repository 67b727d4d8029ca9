"""Weighs the pages of opened files inside the limited process, so that the parent can split a packet by size."""

from __future__ import annotations

from typing import Any, cast

from pikepdf import Array, Dictionary, Object, Stream

from desktop.letters.packet.foreign_pdf import OpenFile

_PLAIN_OBJECT = 90
"""Bytes that an object without a stream takes, about; what this misses is seen when the part is weighed whole."""
_MOST_OBJECTS = 20_000


def weigh(file: OpenFile) -> tuple[list[list[int]], list[int]]:
    """For each page the parts it needs, as numbers, and the weight of each part in bytes.

    A part that several pages share (a font, a logo) has one number: in one file it weighs once.
    """
    names: dict[tuple[int, int], int] = {}
    weights: list[int] = []
    pages: list[list[int]] = []
    for leaf in file.leaves:
        needed: list[int] = []
        waiting: list[Any] = [leaf.form]
        seen: set[tuple[int, int]] = set()
        while waiting and len(seen) < _MOST_OBJECTS:
            item = waiting.pop()
            if isinstance(item, Object) and item.is_indirect:
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
                if item.objgen not in names:
                    names[item.objgen] = len(weights)
                    weights.append(_weight(item))
                needed.append(names[item.objgen])
            waiting.extend(_inside(item))
        pages.append(needed)
    return pages, weights


def _weight(item: Object) -> int:
    return _PLAIN_OBJECT + (len(item.read_raw_bytes()) if isinstance(item, Stream) else 0)


def _inside(item: Any) -> list[Any]:
    if isinstance(item, Stream):
        item = item.stream_dict
    if isinstance(item, Dictionary):
        return [value for key, value in cast("Any", item).items() if key != "/Parent"]
    return list(cast("Any", item)) if isinstance(item, Array) else []
