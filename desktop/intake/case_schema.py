"""Writes the case format down as a JSON schema with a description of every part, for those who make case files.

It needs the program's source and is run by developers: `python -m desktop.intake.case_schema FILE`. A test keeps the
shipped schema in step with the models, which alone decide what is read.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from desktop.domain.case_file import FORMAT, CaseFile
from desktop.domain.value import Value

_INTRODUCTION = (
    "A whole case for Indicated as one UTF-8 JSON file of at most 20 MB. Unknown fields, fields given twice, missing "
    "ids, ids that point nowhere and quotes that do not stand verbatim in their document are refused with their place "
    "in the file; nothing is guessed. Fields left out take the default shown. Dates are YYYY-MM-DD; numbers may be "
    "written as JSON numbers or, to keep their digits exactly, as text. A quote that stands more than once in its "
    "document needs an occurrence, counted from 1."
)


def schema_text() -> str:
    """The schema of the case format, as the text of the file that ships."""
    schema = CaseFile.model_json_schema(mode="validation")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:indicated:{FORMAT.replace('/', ':')}",
        **schema,
    }
    schema["title"] = f"Indicated case file ({FORMAT})"
    schema["description"] = _INTRODUCTION
    definitions = cast("dict[str, dict[str, Any]]", schema["$defs"])
    _describe(schema, CaseFile)
    for model in _models():
        if model.__name__ in definitions:
            _describe(definitions[model.__name__], model)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _describe(shape: dict[str, Any], model: type[BaseModel]) -> None:
    """Give each property the words that stand under its field in the source."""
    words = _field_docstrings(model)
    for name, field in shape["properties"].items():
        field.pop("title", None)
        if name in words and "description" not in field:
            field["description"] = words[name]


def _models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Value]
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if model.__module__.startswith("desktop.domain."):
            found.append(model)
    return found


def _field_docstrings(model: type[BaseModel]) -> dict[str, str]:
    body = cast("ast.ClassDef", ast.parse(inspect.getsource(model)).body[0]).body
    words: dict[str, str] = {}
    for field, after in pairwise(body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if (
            isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            words[field.target.id] = inspect.cleandoc(after.value.value)
    return words


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
