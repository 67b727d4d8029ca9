"""How words are compared when they are blacked out and when that is proven; it must not import any PDF library."""

from __future__ import annotations

import re
import unicodedata

MARK = "█"
"""Stands for each letter that is taken out of a text that we print ourselves."""

_SPLIT = re.compile(r"[\s\u00ad\u0002\u200b-\u200d\ufffe\uffff\u2010\u2011-]+")


def plain(text: str) -> str:
    """Text as words are compared: ligatures resolved, case folded, without spaces, line ends and hyphens."""
    return _SPLIT.sub("", unicodedata.normalize("NFKC", text).casefold())
