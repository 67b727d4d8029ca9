"""Turns a document's offsets into positions of a text widget and back, so that a link never shifts by a character.

The record counts Unicode characters; Qt counts UTF-16 units and joins `\\r\\n` into one break. It knows no widget.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CRLF = re.compile("\r\n")
# Two noncharacters that Qt uses for frames: it would break the line there without keeping the character.
_FRAME_MARKS = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})


class NoteText:
    """One document's text as a widget shows it, with the way between both countings."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown = text.replace("\r\n", "\n").replace("\r", "\n").translate(_FRAME_MARKS)
        self._wide = [match.start() for match in _ASTRAL.finditer(text)]
        self._joined = [match.start() for match in _CRLF.finditer(text)]
        self._is_plain = not self._wide and not self._joined

    def position(self, offset: int) -> int:
        """The widget's position before the character at `offset`; offsets outside are brought to the nearest end."""
        offset = max(0, min(offset, len(self.text)))
        if self._is_plain:
            return offset
        return offset + bisect_left(self._wide, offset) - bisect_left(self._joined, offset)

    def offset(self, position: int) -> int:
        """The offset of the character after a widget's position; inside a wide character it is that character's."""
        if self._is_plain:
            return max(0, min(position, len(self.text)))
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.position(middle) <= position:
                low = middle
            else:
                high = middle - 1
        # Between \r and \n there is no position: the pair is reached at its first character.
        at = bisect_right(self._joined, low - 1) - 1
        return (
            low - 1 if at >= 0 and self._joined[at] == low - 1 and self.position(low - 1) == position else low
        )

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A selection without the white space at its ends, so that a quotation begins and ends with words."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end
