"""What a write did, row by row: folded to its net effect, kept as JSON for undo, hashed for the audit chain.

It must not touch the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

Cell: TypeAlias = str | int | bytes | None
Row: TypeAlias = dict[str, Cell]

REFERENCE_LIBRARY = "reference-library"
"""Stands for a case in the journal of the user's references, which belong to none: they have an undo of their own."""

STATIONERY = "house-stationery"
"""The same for letterheads, snippets, templates, known words and pictures."""

_SCOPES = {"own_reference": REFERENCE_LIBRARY, "reference_mark": REFERENCE_LIBRARY, "house_item": STATIONERY}


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row inserted (`before` None), deleted (`after` None) or updated (both hold the changed columns only)."""

    table: str
    key: tuple[tuple[str, Cell], ...]
    before: Mapping[str, Cell] | None
    after: Mapping[str, Cell] | None

    @property
    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        return RowChange(self.table, self.key, self.after, self.before)

    @property
    def case_id(self) -> str | None:
        """The case whose row it is; None for the store's own books."""
        if self.table in _SCOPES:
            return _SCOPES[self.table]
        column = "id" if self.table == "case_row" else "case_id"
        found = dict(self.key).get(column)
        return found if isinstance(found, str) else None


def fold(changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """The net effect, one change a row, in the order the rows were first touched; rows that came back are left out."""
    net: dict[tuple[str, tuple[tuple[str, Cell], ...]], RowChange] = {}
    for change in changes:
        place = (change.table, change.key)
        net[place] = _joined(net[place], change) if place in net else change
    return tuple(change for change in net.values() if change.before != change.after)


def _joined(first: RowChange, then: RowChange) -> RowChange:
    # Images of updates hold only the columns that changed, so each side is completed from the other change.
    before = None if first.before is None else {**(then.before or {}), **first.before}
    after = None if then.after is None else {**(first.after or {}), **then.after}
    if before is not None and after is not None:
        changed = [column for column in before | after if before.get(column) != after.get(column)]
        before = {column: before[column] for column in changed}
        after = {column: after[column] for column in changed}
    return RowChange(first.table, first.key, before, after)


def to_json(changes: Iterable[RowChange]) -> str:
    """Changes as text. Bytes are named by their hash: they are archived once and never undone."""
    images = [
        {"table": change.table, "key": dict(change.key), "before": change.before, "after": change.after}
        for change in changes
    ]
    return json.dumps(images, ensure_ascii=False, separators=(",", ":"), default=_named_by_hash)


def from_json(text: str) -> tuple[RowChange, ...]:
    """Changes from their text."""
    images = cast("list[dict[str, Any]]", json.loads(text))
    return tuple(
        RowChange(image["table"], tuple(image["key"].items()), image["before"], image["after"])
        for image in images
    )


def hash_of(images: str) -> str:
    """Hex SHA-256 of the images: what the audit event remembers of them."""
    return hashlib.sha256(images.encode("utf-8")).hexdigest()


def _named_by_hash(value: object) -> str:
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    raise TypeError(f"a cell cannot hold {type(value).__name__}")
