"""Which spinal levels words name, so that a finding and the words it rests on cannot speak of different levels.

It must not decide what a report means: it only sees names of vertebrae and of the segments between them.
"""

from __future__ import annotations

import re

from desktop.domain.vertebra import LevelError, parse_levels

_NAMED = re.compile(r"\b[CTLS]\d{1,2}(?:(?:\s?[-/\u2013]\s?|\s(?:to|through)\s)[CTLS]?\d{1,2})?\b")
_TO = re.compile(r"\s(?:to|through)\s")
_SEQUENCES = frozenset({"T1", "T2"})
"""Alone, these are far more often pulse sequences of an MRI than thoracic vertebrae."""


def vertebrae_named(text: str) -> frozenset[str]:
    """The vertebrae that a text names, also as ends of segments and ranges (`L4-5`, `L2-S1`)."""
    found: set[str] = set()
    for match in _NAMED.findall(text):
        if match in _SEQUENCES:
            continue
        try:
            levels = parse_levels(_TO.sub("-", match))
        except LevelError:
            continue
        for level in levels:
            found.update(level.split("-"))
    return frozenset(found)


def names_other_levels_only(quote: str, level: str) -> bool:
    """Whether words name levels, and none of them touches this one."""
    named = vertebrae_named(quote)
    return bool(named) and named.isdisjoint(level.split("-"))
