"""Ids for items of a questionnaire: made from their words, unique, in nobody's way; it must not rename what has one."""

from __future__ import annotations

import re
import unicodedata

from desktop.rules.schema import ID_PATTERN

_LONGEST = 60
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_MADE_BY_THE_READER = re.compile(r"unless-[0-9]+")
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


class Ids:
    """The ids of one set, each given once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def keep(self, wanted: str) -> str | None:
        """An id that the file itself gives, or None when it is used already or no id."""
        if not is_id(wanted) or wanted in self._used:
            return None
        self._used.add(wanted)
        return wanted

    def make(self, text: str, fallback: str) -> str:
        """A new id from words."""
        wanted = slug(text, fallback)
        if _MADE_BY_THE_READER.fullmatch(wanted):  # the reader numbers rules with exceptions so
            wanted = f"{wanted}-asked"
        found, number = wanted, 1
        while found in self._used:
            number += 1
            found = f"{wanted}-{number}"
        self._used.add(found)
        return found
