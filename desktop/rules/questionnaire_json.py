"""JSON for questionnaires: decimals written exactly, and foreign files read as far as they can be.

It must not know what a questionnaire is. What cannot be read as JSON at all is refused in words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, cast

from desktop.domain.errors import UserFacingError
from desktop.domain.json_mistake import json_mistake

MAX_BYTES = 20_000_000

Json = dict[str, "Json"] | list["Json"] | str | int | Decimal | bool | None
Object = dict[str, Json]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_NUMBER = 30
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ReadObject:
    """A JSON object, with remarks on what was not said exactly once or could not be kept as it stands."""

    document: Object
    remarks: tuple[str, ...]


def read_object(data: bytes) -> ReadObject:
    """The JSON object in a file of at most 20 MB. Raises UserFacingError for anything else."""
    if len(data) > MAX_BYTES:
        raise refused(f"The file is larger than {MAX_BYTES:,} bytes, the most that is read.")
    text = _decoded(data)
    if not text.strip():
        raise refused("The file is empty.")
    if text.lstrip().startswith("<"):
        raise refused("The file is XML, not JSON.", "Save the questionnaire as JSON, and import that.")
    reader = _Reader()
    try:
        value = cast(
            "Json",
            json.loads(
                text,
                object_pairs_hook=reader.object,
                parse_constant=_refuse_constant,
                parse_float=Decimal,
                parse_int=_whole,
            ),
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise refused(f"The file is not JSON: {json_mistake(error)} ({where}).") from None
    except RecursionError:
        raise refused("The file is nested too deep to be read.") from None
    except ArithmeticError:
        raise refused("The file is not JSON: it holds a number larger than any can be.") from None
    except ValueError as error:
        raise refused(f"The file is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise refused("The file holds no JSON object.")
    return ReadObject(value, (*reader.remarks, *_character_remarks(value)))


def refused(what: str, todo: str = "Choose a FHIR R4 Questionnaire saved as JSON.") -> UserFacingError:
    """The error by which a file is refused whole."""
    return UserFacingError(what, safe="Nothing was imported or changed.", todo=todo)


def words(value: Json) -> str:
    """A value of a foreign file as one line that can be stored: blanks closed up, impossible characters replaced.

    Numbers and truth values are spelt out; objects and lists have no words.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return " ".join(_UNSTORABLE.sub("\ufffd", value).split())
        case int() | Decimal():
            return str(value)
        case _:
            return ""


def exact(value: Json) -> str:
    """A text with its line breaks, trimmed as the reader of criteria files trims; empty for anything else."""
    return _UNSTORABLE.sub("\ufffd", value).strip() if isinstance(value, str) else ""


def shown(value: Json) -> str:
    """A value as a message can hold it: short and on one line, whatever it is."""
    said = words(value) if not isinstance(value, dict | list) else "an object" if value else "nothing"
    return said if len(said) <= _LONGEST_SHOWN else f"{said[: _LONGEST_SHOWN - 1]}…"


def objects(value: Json) -> list[Object]:
    """The objects of a list; a lone object counts as a list of one, anything else is left out."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def inner(value: Json) -> Object:
    """An object, or an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def write_json(value: Json) -> str:
    """A document as indented text. Decimals keep every digit, which `json.dumps` cannot do."""
    return f"{_written(value, '')}\n"


# ------------------------------------------------------------------------------------------------- reading


class _Reader:
    """Collects what the JSON parser comes across."""

    def __init__(self) -> None:
        self._repeated: dict[str, int] = {}

    def object(self, pairs: list[tuple[str, Json]]) -> Object:
        """The first of what is given twice: a later one could say the opposite unseen."""
        found: Object = {}
        for key, value in pairs:
            if key in found:
                self._repeated[key] = self._repeated.get(key, 0) + 1
            else:
                found[key] = value
        return found

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(
            f"“{shown(key)}” is given more than once in the same place ({times} times in all); "
            "the first was kept, the others were dropped."
            for key, times in list(self._repeated.items())[:20]
        )


def _character_remarks(document: Json) -> tuple[str, ...]:
    # With a stack of its own: how deep the file goes is not ours to choose.
    waiting: list[Json] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and _UNSTORABLE.search(value):
            return ("Characters that can be neither stored nor printed were replaced by \ufffd.",)
    return ()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"The file is not UTF-8 text (byte {error.start + 1:,}).") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"it holds {name}, which is not a number")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_NUMBER else Decimal(text)


# ------------------------------------------------------------------------------------------------- writing


def _written(value: Json, indent: str) -> str:
    more = f"{indent}  "
    match value:
        case dict():
            fields = [f"{more}{_quoted(key)}: {_written(item, more)}" for key, item in value.items()]
            return "{\n" + ",\n".join(fields) + f"\n{indent}}}" if fields else "{}"
        case list():
            items = [f"{more}{_written(item, more)}" for item in value]
            return "[\n" + ",\n".join(items) + f"\n{indent}]" if items else "[]"
        case Decimal():
            return format(value, "f")
        case _:
            return _quoted(value)


def _quoted(value: str | float | None) -> str:
    return json.dumps(value, ensure_ascii=False)
