"""A page of the library as plain values: lines, tones and two-column tables; it knows neither widgets nor criteria."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Tone(Enum):
    """How words are set. Whatever has a colour also says in words, or by a sign, what the colour says."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    RULE = "rule"
    """How a group combines what stands under it, in small capitals."""
    VALUE = "value"
    """A figure or a limit, on a tinted ground."""
    ACCENT = "accent"
    GOOD = "good"
    BAD = "bad"
    WARNING = "warning"
    EXCEPTION = "exception"
    ADDED = "added"
    """Underlined as well."""
    REMOVED = "removed"
    """Struck out as well."""


LineStyle = Literal["title", "heading", "text", "small"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one tone."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `depth` counts how far in it stands; a line that is `joined` keeps to the one above it."""

    runs: tuple[Run, ...]
    style: LineStyle = "text"
    depth: int = 0
    is_joined: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Two columns: names beside what they name (`narrow`), or two sets side by side (`halves`)."""

    rows: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]
    columns: Literal["narrow", "halves"] = "narrow"


@dataclass(frozen=True, slots=True)
class Page:
    """What is read at a time. `name` is what a screen reader calls it."""

    name: str
    parts: tuple[Line | Table, ...] = ()


def title(text: str) -> Line:
    """What the page is about."""
    return Line((Run(text, Tone.STRONG),), "title")


def heading(text: str) -> Line:
    """A heading within a page."""
    return Line((Run(text, Tone.STRONG),), "heading")


def text(words: str, tone: Tone = Tone.PLAIN, *, depth: int = 0, is_joined: bool = False) -> Line:
    """A paragraph of one tone."""
    return Line((Run(words, tone),), "text", depth, is_joined)


def small(words: str, tone: Tone = Tone.MUTED, *, depth: int = 0) -> Line:
    """A quiet line under another."""
    return Line((Run(words, tone),), "small", depth, is_joined=True)


def fields(rows: Iterable[tuple[str, str]]) -> Table:
    """Names with their values; those without a value are left out."""
    return Table(tuple(((small(name),), (text(value),)) for name, value in rows if value))


def plain_text(page: Page) -> str:
    """The page as lines of text, indented by its depth."""
    lines: list[str] = []
    for part in page.parts:
        if isinstance(part, Line):
            lines.append(f"{'  ' * part.depth}{part.text}")
            continue
        for left, right in part.rows:
            lines.append(f"{_cell(left)}\t{_cell(right)}")
    return "".join(f"{line}\n" for line in lines)


def _cell(lines: tuple[Line, ...]) -> str:
    return " / ".join(line.text for line in lines)
