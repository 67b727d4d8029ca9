"""What was typed, as edits by path that are laid over the newest case; it must not know Qt or the store.

A screen never saves the copy of the case it loaded: it saves only what was typed, onto the case as it is at
that moment, so stale text cannot overwrite newer data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from desktop.domain.case import Case
from desktop.domain.kept_file import ReceivedFile
from desktop.domain.value import Value

Path = tuple[str, ...]
"""Steps from the case: field names, and ids of items where a field holds several.

For example `("member", "family_name")` or `("imaging", "<study id>", "findings", "<finding id>", "level")`.
"""


@dataclass(frozen=True, slots=True)
class SetField:
    """A field was given a value."""

    path: Path
    value: object


@dataclass(frozen=True, slots=True)
class AddItem:
    """An item was added at the end of the list at `path`."""

    path: Path
    item: Value
    file: ReceivedFile | None = None
    """Of a document that was read from a file: the file itself."""


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """The item whose id ends `path` was removed."""

    path: Path


Edit = SetField | AddItem | RemoveItem


def apply_edits(case: Case, edits: Iterable[Edit]) -> Case:
    """The case with the edits made, in order. An edit of an item that is no longer there is left out."""
    for edit in edits:
        case = cast("Case", _at(case, edit.path, edit))
    return case


def value_at(case: Case, path: Path) -> Any:
    """What stands at a path; None when an item on the way is not there."""
    place: Any = case
    for step in path:
        if isinstance(place, tuple):
            items = cast("tuple[Any, ...]", place)
            place = next((item for item in items if item.id == step), None)
        else:
            place = getattr(place, step)
        if place is None:
            return None
    return place


def is_blank(value: object) -> bool:
    """Whether a part of a case holds nothing: no words, no item, or only what a new one begins with."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, tuple):
        return all(is_blank(item) for item in cast("tuple[object, ...]", value))
    if isinstance(value, Value):
        item_id = getattr(value, "id", None)
        return value == (type(value)() if item_id is None else type(value).model_validate({"id": item_id}))
    return value is None


def _at(place: Any, rest: Path, edit: Edit) -> Any:
    """`place` after an edit at the end of `rest`; None stands for an item that is taken out of its list."""
    if not rest:
        return _after(place, edit)
    step, deeper = rest[0], rest[1:]
    if isinstance(place, tuple):
        items = cast("tuple[Any, ...]", place)
        changed = (_at(item, deeper, edit) if item.id == step else item for item in items)
        return tuple(item for item in changed if item is not None)
    value = cast("Value", place)
    fields: dict[str, Any] = {name: getattr(value, name) for name in type(value).model_fields}
    fields[step] = _at(fields[step], deeper, edit)
    return type(value).model_validate(fields)


def _after(place: Any, edit: Edit) -> Any:
    match edit:
        case SetField():
            return edit.value
        case AddItem():
            return (*place, edit.item)
        case RemoveItem():
            return None
