"""Cuts text into sentences where it is sure of an end; joined again they are the text to the letter."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…][\"”’)\]]*(?:\[@[A-Za-z0-9_.:-]+\])*\s+(?=[\"“‘(]*[^\W\d_])")
_NO_END = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nos|vs|e\.g|i\.e|cf|approx|incl|encl|fig|ref|auth|ext|dept|inc|ltd|jr|sr|et al"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|p|pp|a\.m|p\.m|U\.S|[A-Z]))\.$",
    re.IGNORECASE,
)


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences, each with the white space behind it. In doubt two stay one: an abbreviation is no end."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        is_end = text[match.end()].isupper() or text[match.end()] in '"“‘('
        word_end = match.start() + 1
        if is_end and not _NO_END.search(text[max(start, word_end - 12) : word_end]):
            found.append(text[start : match.end()])
            start = match.end()
    return (*found, text[start:]) if text[start:] else tuple(found)
