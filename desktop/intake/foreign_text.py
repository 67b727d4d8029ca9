"""Makes the text of a foreign file one that can be stored and printed, and says what had to be replaced for it."""

from __future__ import annotations

import re
from collections import Counter

from desktop.domain.text import name_of

REPLACEMENT = "\ufffd"
_LINE_END = re.compile("\r\n?")
# NUL and lone surrogates cannot be stored; other control characters and noncharacters cannot be printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def with_plain_line_ends(text: str) -> str:
    r"""The text with `\r\n` and `\r` as `\n`, so that offsets count what is seen."""
    return _LINE_END.sub("\n", text)


def replaced_characters(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each unprintable character as U+FFFD (offsets stay), and one sentence per kind replaced."""
    counts = Counter(_UNPRINTABLE.findall(text))
    if not counts:
        return text, ()
    notices = tuple(
        f"{name_of(character)} stands in the file {_times(count)}; it cannot be printed and is shown as {REPLACEMENT}."
        for character, count in sorted(counts.items())
    )
    return _UNPRINTABLE.sub(REPLACEMENT, text), notices


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
