"""The vocabulary in which the intake form is described: fields, lists of items and sections, as plain values.

It must hold no widget, so that the description can be checked against the domain in a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from desktop.domain.value import Value


class FieldKind(Enum):
    """How a field is edited."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHECK = "check"
    DECIMAL = "decimal"
    COUNT = "count"
    UNITS = "units"
    LEVEL = "level"
    LEVELS = "levels"
    STATE = "state"
    """Two letters of a state, written in capitals."""
    DIAGNOSIS_CODE = "diagnosis_code"
    DOCUMENT = "document"
    """Which document of the case it stands in."""
    SERVICE_LINES = "service_lines"
    """Which service lines of the case it speaks of."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a value: attribute `name`, the words beside it, and how it is edited."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    span: int = 1
    """Columns of four."""
    placeholder: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    problem: Callable[[str], str | None] | None = None
    """A doubt about the form of the text, said beside the field; the text is kept all the same."""
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """An item in one line: what it is, and quieter what else."""

    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A field that holds several items, each with its own fields."""

    name: str
    item: str
    """One item in words, for buttons: `Add provider`."""
    make: Callable[[], Value]
    caption: Callable[[Any], Caption]
    fields: tuple[FieldSpec, ...]
    lists: tuple[ListSpec, ...] = ()
    title: str = ""
    """A heading, where the section holds more than this list."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A part of the intake page. `root` is the case's attribute that it edits and that is saved as a whole."""

    root: str
    title: str
    purpose: str
    fields: tuple[FieldSpec, ...] = ()
    lists: tuple[ListSpec, ...] = ()
    is_closed_by_signature: bool = False
