"""A drawing as plain values, so that the same figure goes to a PDF page and into a picture; it draws nothing itself.

Coordinates are points from the upper left corner, downwards; text stands on its baseline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from desktop.letters.paper.fonts import REGULAR, font_runs
from desktop.letters.paper.styles import INK

Point = tuple[float, float]


class Anchor(Enum):
    """Which end of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    start: Point
    end: Point
    color: str = INK
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon, filled or outlined or both; an empty colour means none."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, filled or outlined or both."""

    centre: Point
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text."""

    place: Point
    text: str
    size: float
    font: str = REGULAR
    color: str = INK
    anchor: Anchor = Anchor.START

    def runs(self) -> Iterator[tuple[float, str, str]]:
        """The text cut by font: (x, font name, text) from left to right."""
        x = self.place[0]
        if self.anchor is not Anchor.START:
            wide = width_of(self.text, self.font, self.size)
            x -= wide if self.anchor is Anchor.END else wide / 2
        for name, run in font_runs(self.text, self.font):
            yield x, name, run
            x += _width(run, name, self.size)


Item = Line | Shape | Disc | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure, or a part of one that fits a page."""

    width: float
    height: float
    items: tuple[Item, ...]


def width_of(text: str, font: str, size: float) -> float:
    """The printed width of one line in points."""
    return sum(_width(run, name, size) for name, run in font_runs(text, font))


def lines_within(text: str, font: str, size: float, width: float) -> list[str]:
    """The text cut into lines of at most `width`, between words where words are shorter than that."""
    lines: list[str] = []
    for part in text.splitlines() or [""]:
        line = ""
        for word in part.split():
            longer = f"{line} {word}" if line else word
            if width_of(longer, font, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while width_of(line, font, size) > width and len(line) > 1:
                cut = _longest(line, font, size, width)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


def box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _longest(word: str, font: str, size: float, width: float) -> int:
    cut = 1
    while cut < len(word) and width_of(word[: cut + 1], font, size) <= width:
        cut += 1
    return cut


def _width(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return stringWidth(text, font, size)
