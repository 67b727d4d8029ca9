"""Reads untrusted JSON strictly, so that what was not said exactly once is reported and never guessed.

It must not know what the JSON means; the case format is the business of `case_json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn, cast

from desktop.domain.json_mistake import json_mistake
from desktop.domain.text import TextRefusedError, accept_text

MAX_BYTES = 20_000_000
MAX_DEPTH = 24
"""The case format itself needs nine."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDEST_EXPONENT = 12
_MOST_DIGITS = 30
_NUMBER = re.compile(r"[+-]?[0-9.]+[eE]([+-]?[0-9]+)")

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class JsonProblemsError(ValueError):
    """Text that is not acceptable JSON; `problems` are sentences, each opening with the place it speaks of."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class _RepeatedField(dict[str, Json]):
    """An object in which a field was given twice: kept apart until its path is known."""

    def __init__(self, values: dict[str, Json], repeated: tuple[str, ...]) -> None:
        super().__init__(values)
        self.repeated = repeated


def read_json(data: bytes) -> Json:
    """Parse UTF-8 JSON of at most 20 MB; raises JsonProblemsError with everything wrong with it."""
    if len(data) > MAX_BYTES:
        raise JsonProblemsError((f"file: is larger than {MAX_BYTES:,} bytes, the most a case file may have",))
    text = _decoded(data)
    if not text.strip():
        raise JsonProblemsError(("file: is empty",))
    try:
        value = cast(
            "Json",
            json.loads(
                text,
                object_pairs_hook=_object,
                parse_constant=_refuse_constant,
                parse_float=_float,
                parse_int=_int,
            ),
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise JsonProblemsError((f"{place}: is not JSON ({json_mistake(error)})",)) from None
    except RecursionError:
        raise JsonProblemsError((f"file: is nested more than {MAX_DEPTH} levels deep",)) from None
    except ValueError as error:
        raise JsonProblemsError((f"file: {error}",)) from None
    problems = tuple(_walk(value, "", 1))
    if problems:
        raise JsonProblemsError(problems)
    return value


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonProblemsError((f"file: is not UTF-8 text (byte {error.start + 1:,})",)) from None


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for key, _ in pairs:
        if key in seen:
            repeated[key] = None
        seen.add(key)
    return _RepeatedField(values, tuple(repeated))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"holds {name}, which is not a number in JSON")


def _int(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"holds a whole number of {len(text):,} digits, which no record has")
    return int(text)


def _float(text: str) -> float:
    exponent = _NUMBER.fullmatch(text)
    # Such a number means nothing in a record, and arithmetic on it would take for ever.
    if exponent and abs(int(exponent[1])) > _WIDEST_EXPONENT:
        raise ValueError(f"holds a number with the exponent {exponent[1]}, which no measurement has")
    return float(text)


def _walk(value: Json, path: str, depth: int) -> Iterator[str]:
    """Every problem of the values under `path`: depth, repeated fields, characters, dates."""
    if depth > MAX_DEPTH:
        yield f"{path}: is nested more than {MAX_DEPTH} levels deep"
    elif isinstance(value, str):
        yield from _character_problem(value, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, dict):
        if isinstance(value, _RepeatedField):
            yield from (f"{_join(path, key)}: is given more than once" for key in value.repeated)
        for key, item in value.items():
            here = _join(path, key)
            yield from _character_problem(key, here)
            if isinstance(item, str) and _is_date_field(key) and not _ISO_DATE.fullmatch(item):
                # pydantic would read "86400" as a day in 1970.
                yield f"{here}: is not a date; write it as YYYY-MM-DD"
            yield from _walk(item, here, depth + 1)


def _is_date_field(key: str) -> bool:
    return key.endswith("_on") or key == "date_of_birth"


def _character_problem(text: str, path: str) -> Iterator[str]:
    try:
        accept_text(text)
    except TextRefusedError as error:
        yield f"{path}: {error}"


def _join(path: str, key: str) -> str:
    # A key comes from the file: it may be long, or hold what no screen can show.
    shown = key.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return f"{path}.{shown}" if path else shown
