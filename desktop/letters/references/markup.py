"""Takes the few marks of HTML out of a title that databases write into it; it leaves every other sign as it is."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(i|b|em|strong|sup|sub|sc|scp|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_RAISED = re.compile(r"<(sup|sub)>([^<>]*)</\1>", re.IGNORECASE)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_DIGITS = "0123456789+-"
_SUPER = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUB = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋")


def without_markup(text: str) -> str:
    """The text without tags of type and with characters for entities; raised figures stay raised: 10⁵ is not 105.

    A text with a tag that has no counterpart is left as it is: it may be a sign of comparison.
    """
    if "<" not in text and "&" not in text:
        return text
    marked = _RAISED.sub(_raised, text)
    opened = [found[2].lower() for found in _TAG.finditer(marked) if not found[1]]
    closed = [found[2].lower() for found in _TAG.finditer(marked) if found[1]]
    if sorted(opened) == sorted(closed):
        marked = _TAG.sub("", marked)
    return _ENTITY.sub(_character, marked)


def _raised(found: re.Match[str]) -> str:
    name, words = found[1].lower(), found[2]
    if words and all(char in _DIGITS for char in words):
        return words.translate(_SUPER if name == "sup" else _SUB)
    return words


def _character(found: re.Match[str]) -> str:
    return _ENTITIES[found[0]]
