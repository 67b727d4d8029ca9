"""Ids made from words, for what was written or imported without one; it must not rename what has one."""

from __future__ import annotations

import re
import unicodedata

from desktop.rules.schema import ID_PATTERN

_LONGEST = 60
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_MADE_BY_THE_READER = re.compile(r"unless-[0-9]+")
"""Ids that the reader of criteria files gives to a rule with its exceptions: nothing made may be in their way."""
_ID = re.compile(ID_PATTERN)


def slug(text: str, fallback: str, longest: int = _LONGEST) -> str:
    """Words as an id: lower case, joined by hyphens, without accents; `fallback` when no Latin letter is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    joined = _NOT_IN_IDS.sub("-", plain).strip("-")
    if len(joined) > longest:
        joined = joined[: longest + 1].rpartition("-")[0] or joined[:longest]
    return joined or fallback


def is_id(text: str) -> bool:
    """Whether a text can be an id of a set as it stands."""
    return _ID.fullmatch(text) is not None


def unique(wanted: str, used: set[str]) -> str:
    """`wanted`, with a number behind it where it is used already; what is given counts as used from then on."""
    found, number = wanted, 1
    while found in used:
        number += 1
        found = f"{wanted}-{number}"
    used.add(found)
    return found


def node_id(words: str, fallback: str, used: set[str]) -> str:
    """A unique id for a criterion or group from its words, and never one that the reader gives."""
    wanted = slug(words, fallback)
    return unique(f"{wanted}-asked" if _MADE_BY_THE_READER.fullmatch(wanted) else wanted, used)
