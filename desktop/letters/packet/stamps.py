"""Draws the stamp of each page as operators for the limited process; it knows words and widths, no page.

Coordinates are those of a strip at the foot of the page, as wide as the page and in the stamp's own scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.letters.packet.lettering import code_of, fitted, printable, set_line, width_of
from desktop.letters.paper.fonts import BOLD, REGULAR
from desktop.letters.paper.styles import GREY, INK, RULE

_SIDE = 36.0
_FIRST, _SECOND, _RULE = 27.0, 16.5, 38.0
_BOLD_SIZE, _SIZE, _SMALL = 9.0, 8.4, 7.4
_GAP = 12.0


@dataclass(frozen=True, slots=True, repr=False)
class Stamp:
    """The words of a stamp: what the page is, its number, whose it is and of which day."""

    name: str
    """`Exhibit C-3`."""
    detail: str
    """`page 2 of the document`; empty where there is nothing to add."""
    page: str
    """`Packet page 12 of 37`."""
    member: str
    day: str


def stamp_code(canvas: Any, stamp: Stamp, width: float) -> str:
    """The operators that draw a stamp on a strip of a width; fonts are those of the canvas."""
    right = width - _SIDE
    page_width = width_of(stamp.page, BOLD, _SIZE)
    day, _ = printable(stamp.day)
    day_width = width_of(day, REGULAR, _SMALL)
    name, _ = printable(stamp.name)
    name_width = width_of(name, BOLD, _BOLD_SIZE)
    parts = [
        f"{_colour(RULE)} RG 0.5 w {_SIDE:.1f} {_RULE:.1f} m {right:.2f} {_RULE:.1f} l S {_colour(INK)} rg",
        _text(canvas, (_SIDE, _FIRST), name, BOLD, _BOLD_SIZE),
        _text(canvas, (right - page_width, _FIRST), stamp.page, BOLD, _SIZE),
        f"{_colour(GREY)} rg",
        _fit(
            canvas,
            (_SIDE + name_width + 6, _FIRST),
            stamp.detail,
            right - page_width - _GAP - _SIDE - name_width - 6,
            _SIZE,
        ),
        _fit(canvas, (_SIDE, _SECOND), stamp.member, right - day_width - _GAP - _SIDE, _SMALL),
        _text(canvas, (right - day_width, _SECOND), day, REGULAR, _SMALL),
    ]
    return " ".join(part for part in parts if part)


def _fit(canvas: Any, at: tuple[float, float], text: str, room: float, size: float) -> str:
    line, _ = printable(" ".join(text.split()))
    if not line or room < 20:
        return ""
    shown, small = fitted(line, REGULAR, size, room)
    return _text(canvas, at, shown, REGULAR, small)


def _text(canvas: Any, at: tuple[float, float], text: str, font: str, size: float) -> str:
    if not text:
        return ""
    line = canvas.beginText(*at)
    set_line(line, text, font, size)
    return code_of(line)


def _colour(hexadecimal: str) -> str:
    return " ".join(f"{int(hexadecimal[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
