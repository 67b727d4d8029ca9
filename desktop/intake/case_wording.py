"""Turns validation errors of the case format into `path: problem` sentences; no value of the file is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from desktop.domain.case_file import CaseFile

_WORDS = {
    "missing": "is missing",
    "bool_type": "must be true or false, without quotes",
    "date_type": "must be a date in quotes, written YYYY-MM-DD",
    "datetime_type": "must be a time in quotes",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number, without quotes",
    "int_parsing": "must be a whole number",
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list in square brackets",
    "model_type": "must be an object in curly brackets",
    "string_pattern_mismatch": "must be an id: letters, digits, _ . : -, at most 80 characters",
}


def worded_problems(error: ValidationError) -> tuple[str, ...]:
    """Each error as one sentence that opens with the place in the file, in the order of the file."""
    return tuple(f"{_path(detail['loc'])}: {_words(detail)}" for detail in error.errors(include_url=False))


def _path(loc: tuple[int | str, ...]) -> str:
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{_shown(part)}" if path else _shown(part)
    return path or "file"


def _shown(key: str) -> str:
    return key if len(key) <= 60 else f"{key[:57]}..."


def _words(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"is not a field of this format{_suggestion(detail['loc'])}"
    if kind == "literal_error":
        return f"must be {context.get('expected', '')}: this version reads no other format"
    if kind == "enum":
        return f"must be one of {context.get('expected', '')}"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    if kind == "date_parsing" or kind.startswith("date_from"):
        return f"is not a day of the calendar ({context.get('error', 'write it as YYYY-MM-DD')})"
    return _WORDS.get(kind, detail["msg"])


def _suggestion(loc: tuple[int | str, ...]) -> str:
    """`; did you mean ...?` where a field of the same object is spelled alike."""
    model: type[BaseModel] | None = CaseFile
    for part in loc[:-1]:
        if isinstance(part, str) and model is not None:
            field = model.model_fields.get(part)
            model = next(_models_in((field.annotation,)), None) if field else None
    if model is None:
        return ""
    close = get_close_matches(str(loc[-1])[:80], model.model_fields, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _models_in(annotations: Iterable[object]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        else:
            yield from _models_in(get_args(annotation))
