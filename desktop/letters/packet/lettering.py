"""Puts lines of text on our own pages of the packet: measured, wrapped, and never a letter that no font has.

It takes text as text: nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, cast

from desktop.letters.packet.geometry import LETTER
from desktop.letters.paper.fonts import REGULAR, font_runs, missing_characters, register_fonts

_LONGEST_WORD = 300
_LEAST = 0.72
"""How much smaller a line may be set before it is cut instead."""


def own_canvas(target: IO[bytes]) -> Any:
    """A canvas for pages of our own: US Letter, embedded fonts only, the same bytes for the same pages."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    made = cast("Any", Canvas)  # its types know the names of fonts as numbers
    return made(target, pagesize=LETTER, invariant=1, initialFontName=REGULAR, pageCompression=1)


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each character that cannot be printed faithfully as its code point in brackets, and those."""
    missing = missing_characters(text)
    return text.translate({ord(one): f"[U+{ord(one):04X}]" for one in missing}) if missing else text, missing


def width_of(text: str, font: str, size: float) -> float:
    """The width of a printable text in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_fonts()
    return sum(stringWidth(run, name, size) for name, run in font_runs(text, font))


def set_line(target: Any, text: str, font: str, size: float) -> None:
    """Write a printable text at the place where a text object stands."""
    for name, run in font_runs(text, font):
        target.setFont(name, size)
        target.textOut(run)


def draw(canvas: Any, at: tuple[float, float], text: str, font: str = REGULAR, size: float = 9.6) -> None:
    """Draw a printable text from a point on."""
    line = canvas.beginText(*at)
    set_line(line, text, font, size)
    canvas.drawText(line)


def draw_right(
    canvas: Any, at: tuple[float, float], text: str, font: str = REGULAR, size: float = 9.6
) -> None:
    """Draw a printable text so that it ends at a point."""
    draw(canvas, (at[0] - width_of(text, font, size), at[1]), text, font, size)


def fitted(text: str, font: str, size: float, room: float) -> tuple[str, float]:
    """The text and a size at which it fits into `room`: set smaller, and cut with an ellipsis only after that."""
    width = width_of(text, font, size)
    if width <= room:
        return text, size
    if width * _LEAST <= room:
        return text, size * room / width
    small = size * _LEAST
    while text and width_of(f"{text}…", font, small) > room:
        text = text[: -max(1, len(text) // 12)]
    return f"{text.rstrip()}…", small


def wrapped(text: str, font: str, size: float, room: float) -> Iterator[str]:
    """A printable line cut into lines that fit, at spaces where there are any; every character stays, spaces too."""
    if width_of(text, font, size) <= room:
        yield text
        return
    line, width = "", 0.0
    for word in _words(text):
        rest = word
        if line and width + width_of(rest.rstrip(), font, size) > room:
            yield line
            line, width = "", 0.0
        while width_of(rest.rstrip(), font, size) > room:
            cut = _fitting(rest, font, size, room)
            yield rest[:cut]
            rest = rest[cut:]
        line += rest
        width += width_of(rest, font, size)
    if line:
        yield line


def _words(text: str) -> Iterator[str]:
    """Words with the spaces behind them; one of many hundred letters in pieces, so that time grows with its length."""
    start = 0
    while start < len(text):
        end = text.find(" ", start, start + _LONGEST_WORD)
        if end < 0:
            end = min(len(text), start + _LONGEST_WORD)
        while end < len(text) and text[end] == " " and end - start < 2 * _LONGEST_WORD:
            end += 1
        yield text[start:end]
        start = end


def _fitting(word: str, font: str, size: float, room: float) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(word[:middle], font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def code_of(text_object: Any) -> str:
    """The operators of a text object, as they stand in a page."""
    return cast("str", text_object.getCode())
