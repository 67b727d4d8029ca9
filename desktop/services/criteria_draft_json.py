"""A draft as JSON for keeping unfinished work, and back; half of anything is kept, nothing is judged."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from enum import Enum

from pydantic import TypeAdapter, ValidationError

from desktop.services.criteria_draft import CriteriaDraft

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DRAFT = TypeAdapter(CriteriaDraft)


def to_json(draft: CriteriaDraft) -> str:
    """A draft as JSON. Halves of surrogate pairs, which no store can keep, are replaced."""
    text = json.dumps(asdict(draft), ensure_ascii=False, default=_plain)
    return _LONE_SURROGATE.sub("\ufffd", text)


def from_json(text: str) -> CriteriaDraft | None:
    """The draft of a text; None when it is damaged or was written by another version."""
    try:
        return _DRAFT.validate_json(text)
    except ValidationError:
        return None


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no draft form for {type(value).__name__}")
