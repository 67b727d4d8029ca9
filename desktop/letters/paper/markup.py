"""The one gate through which text reaches reportlab's mini-XML; everything is escaped, nothing is interpreted."""

from __future__ import annotations

import re
from html import escape

from desktop.letters.paper.fonts import REGULAR, font_runs
from desktop.letters.references.numbering import Numbering, outside_marks

_LINE_ENDS = re.compile(r"\r\n|[\r\n]")
_SPACE_RUN = re.compile(r"^ +| {2,}")
_HARD_SPACE = "\u00a0"

NUMBERED = re.compile(r"^(\d{1,3}\.) ")
"""A paragraph that begins with its number in a list."""

LONGEST_PART = 5_000
"""Characters laid out as one paragraph."""


def unified_lines(text: str) -> str:
    """Text with every kind of line end as `\\n`, which is how it is checked and printed."""
    return _LINE_ENDS.sub("\n", text)


def layout_parts(text: str) -> list[str]:
    """Text cut into parts that the layout engine takes in one go: its lines, and very long lines at a space.

    Laying out one long paragraph takes time that grows with the square of its length.
    """
    parts: list[str] = []
    for line in unified_lines(text).split("\n"):
        rest = line
        while len(rest) > LONGEST_PART:
            cut = rest.rfind(". ", 0, LONGEST_PART) + 2
            if cut < LONGEST_PART // 2:
                cut = rest.rfind(" ", 0, LONGEST_PART) + 1 or LONGEST_PART
            cut = outside_marks(rest, cut) or cut
            parts.append(rest[:cut])
            rest = rest[cut:]
        parts.append(rest)
    return parts


def markup(text: str, numbering: Numbering, font: str = REGULAR, scale: float = 1.0) -> str:
    """Reportlab markup that prints `text` exactly: its line ends, its runs of spaces, and numbers for citations.

    `scale` is the size of the text in proportion to a letter's, for the raised numbers.
    """
    parts: list[str] = []
    for piece in numbering.pieces(unified_lines(text)):
        if piece.is_raised:
            parts.append(
                f'<super rise="{3.2 * scale:.2f}" size="{6.8 * scale:.2f}">{_escaped(piece.text)}</super>'
            )
        else:
            parts.append(plain_markup(piece.text, font))
    return "".join(parts)


def plain_markup(text: str, font: str = REGULAR) -> str:
    """Markup of text without citations."""
    return "<br/>".join(_line(line, font) for line in text.split("\n"))


def _line(line: str, font: str) -> str:
    spaced = _SPACE_RUN.sub(_hard, line.replace("\t", "    "))
    return "".join(
        _escaped(run) if name == font else f'<font name="{name}">{_escaped(run)}</font>'
        for name, run in font_runs(spaced, font)
    )


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _hard(match: re.Match[str]) -> str:
    # The paragraph engine folds runs of spaces; hard ones stay. A last soft one keeps the line breakable.
    run = match.group()
    return _HARD_SPACE * (len(run) - 1) + " " if match.start() else _HARD_SPACE * len(run)
