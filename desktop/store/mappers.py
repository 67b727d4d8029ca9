"""Domain values to rows and back, by the names they share: generic, so that a new field needs only its column.

It must not know any particular table. Values inside a value become columns with a prefix; tuples become JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError

from desktop.domain.value import Value
from desktop.store.errors import UnstorableValueError
from desktop.store.row_changes import Cell, Row

V = TypeVar("V", bound=Value)


@dataclass(frozen=True)
class Mapper(Generic[V]):
    """How one type of value lies in one table.

    `elsewhere` names fields that have tables of their own; `spread` gives, for fields that are values, the prefix of
    their columns. A spread value that may be None is None when all its columns are.
    """

    table: str
    value: type[V]
    elsewhere: frozenset[str] = frozenset()
    spread: Mapping[str, str] = field(default_factory=dict[str, str])

    def row(self, value: V, **more: Cell) -> Row:
        """The value's row, with further columns (owner, position)."""
        row: Row = dict(more)
        for name, info in self.value.model_fields.items():
            if name in self.elsewhere:
                continue
            item: object = getattr(value, name)
            if name in self.spread:
                inner, prefix = _inner_type(info.annotation), self.spread[name]
                for part in inner.model_fields:
                    row[prefix + part] = _cell(None if item is None else getattr(item, part))
            else:
                row[name] = _cell(item)
        return row

    def read(self, row: Row, **elsewhere: object) -> V:
        """The value of a row; `elsewhere` gives the fields that have tables of their own."""
        fields: dict[str, object] = dict(elsewhere)
        for name, info in self.value.model_fields.items():
            if name in self.elsewhere:
                continue
            if name in self.spread:
                prefix = self.spread[name]
                parts = {part: row[prefix + part] for part in _inner_type(info.annotation).model_fields}
                fields[name] = None if all(cell is None for cell in parts.values()) else parts
            else:
                cell = row[name]
                fields[name] = (
                    json.loads(cell) if isinstance(cell, str) and _is_json(info.annotation) else cell
                )
        return self.value.model_validate(fields)

    def check(self, row: Row) -> None:
        """Raise UnstorableValueError unless the row can be read again: `model_copy` lets unchecked values through."""
        try:
            self.read(row)
        except ValidationError as error:
            raise UnstorableValueError(
                error.errors(include_input=False, include_url=False)[0]["msg"]
            ) from error


def _cell(item: object) -> Cell:
    if isinstance(item, bool):
        return int(item)
    if item is None or isinstance(item, str | int | bytes):
        return item
    if isinstance(item, Enum):
        return cast("str", item.value)
    if isinstance(item, Decimal):
        return str(item)
    if isinstance(item, date):  # and datetime, which is one
        return item.isoformat()
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(item: object) -> Any:
    if isinstance(item, BaseModel):
        return item.model_dump(mode="json")
    if isinstance(item, Enum):
        return item.value
    raise TypeError(f"{type(item).__name__} has no place in a column")


def _inner_type(annotation: object) -> type[BaseModel]:
    for option in get_args(annotation) or (annotation,):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
    raise TypeError(f"{annotation} is not a value")


def _is_json(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _is_json(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return any(_is_json(option) for option in get_args(annotation))
    return origin is tuple or (isinstance(annotation, type) and issubclass(annotation, BaseModel))
