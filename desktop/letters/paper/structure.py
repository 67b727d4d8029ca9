"""The logical structure of a printed letter: what each drawn piece is, in reading order, and how it is marked.

Every layout carries the structure; only a tagged one writes it. It knows nothing of PDF objects (see accessible).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Element:
    """A node: its role in PDF's standard structure, its parts, and the marks of what is drawn of it."""

    role: str
    parts: list[Element] = field(default_factory=list["Element"])
    marks: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """(page from 0, number of the marked content on that page), in the order drawn."""
    alternative: str = ""
    title: str = ""
    scope: str = ""
    """Of a header cell: `Row` or `Column`."""
    columns: int = 1
    """Columns that a cell spans."""
    box: tuple[float, float, float, float] | None = None
    """Where a figure stands on its page, once drawn: left, bottom, right, top in points."""
    is_repeated: bool = False
    """Drawn again on later pages, like a table's head row: only the first drawing is told."""

    def part(self, role: str, **values: Any) -> Element:
        """A new last part."""
        made = Element(role, **values)
        self.parts.append(made)
        return made


class Marks:
    """Numbers the marked content of each page; one for a document."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def number(self, page: int) -> int:
        """The next number on a page."""
        number = self._next.get(page, 0)
        self._next[page] = number + 1
        return number


@contextmanager
def marked(canvas: Any, element: Element | None) -> Generator[None]:
    """What is drawn within belongs to the element, or to the page's furniture (None). Marks are never nested."""
    marks: Marks | None = getattr(canvas, "marks", None)
    if marks is None:
        yield
        return
    if element is None or (element.is_repeated and element.marks):
        canvas.addLiteral("/Artifact BMC")
    else:
        page = canvas.getPageNumber() - 1
        number = marks.number(page)
        element.marks.append((page, number))
        canvas.addLiteral(f"/{element.role} <</MCID {number}>> BDC")
    yield
    canvas.addLiteral("EMC")
