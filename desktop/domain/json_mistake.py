"""What is wrong with a text that is not JSON, in words for whoever wrote it; it reads nothing itself.

The parser's own words ("Expecting property name enclosed in double quotes") speak to programmers.
"""

from __future__ import annotations

import json

_WORDS = (
    ("Expecting value", "a value is missing, or what stands there is none"),
    ("Expecting property name", "the name of a field, in double quotes, is missing"),
    ("Expecting ':'", "a colon is missing between a field and its value"),
    ("Expecting ','", "a comma is missing, or the closing bracket"),
    ("Extra data", "more follows after the end"),
    ("Unterminated string", "a text begins there and does not end"),
    ("Invalid control character", "a line end or another control character stands in a text"),
    ("Invalid \\", "a backslash stands in a text where none may"),
    ("Illegal trailing comma", "a comma stands before a closing bracket"),
)
"""How the parser's words begin, and ours."""


def json_mistake(error: json.JSONDecodeError) -> str:
    """What the parser met, without the place: `a value is missing, or what stands there is none`."""
    return next((ours for theirs, ours in _WORDS if error.msg.startswith(theirs)), "it cannot be read there")


def why_not_json(error: ValueError | RecursionError | TypeError) -> str:
    """Why a whole file is no JSON that can be read, with the place where the parser names one."""
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {json_mistake(error)}"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(error, TypeError):
        return "it holds something else than what is asked for"
    return "it holds a number that is too long"
