"""Finds the one text in which two versions of a section differ, so that typing it can be one step to undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from desktop.domain.case import Case
from desktop.domain.value import Value


def typed_place(old: Case, sections: Mapping[str, object]) -> str | None:
    """The path of the only field that the new sections change, if that is a text; None for anything else.

    A row that was added, removed or moved, a date, a choice, or two fields at once are steps of their own.
    """
    differences = [
        found
        for name, section in sections.items()
        for found in _differences(getattr(old, name), section, name)
    ]
    if len(differences) != 1:
        return None
    path, before, after = differences[0]
    return path if isinstance(before, str) and isinstance(after, str) else None


def _differences(old: object, new: object, path: str) -> Iterator[tuple[str, object, object]]:
    if old == new:
        return
    before, after = _parts(old), _parts(new)
    if before and list(before) == list(after):
        for name, part in before.items():
            yield from _differences(part, after[name], f"{path}.{name}")
    else:
        yield path, old, new


def _parts(section: object) -> dict[str, object]:
    """The fields of a value, or the rows of a list by their ids; empty for what has neither."""
    if isinstance(section, Value):
        return {name: getattr(section, name) for name in type(section).model_fields}
    if not isinstance(section, tuple):
        return {}
    rows = cast("tuple[object, ...]", section)
    ids = [getattr(row, "id", None) for row in rows]
    return {} if None in ids else dict(zip(map(str, ids), rows, strict=True))
