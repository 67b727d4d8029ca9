"""Sets documents that the case holds as text only: their own words, page by page, marked as set by this program.

It never alters a word; a character that no font has is printed as its code point and named to the reviewer.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.letters.packet.geometry import LETTER, STRIP
from desktop.letters.packet.lettering import draw, draw_right, fitted, own_canvas, printable, wrapped
from desktop.letters.packet.worker_link import IsCancelled, PacketCancelledError
from desktop.letters.paper.fonts import BOLD, REGULAR
from desktop.letters.paper.markup import unified_lines
from desktop.letters.paper.styles import GREY, INK, RULE

_SIDE, _TOP, _HEAD = 60.0, 74.0, 46.0
HEAD = _HEAD + 8
"""What the line over each sheet takes at its top; the document's own words begin below."""
_SIZE, _LEADING = 10.0, 13.4
_ROOM = LETTER[0] - 2 * _SIDE
_LINES = int((LETTER[1] - _TOP - STRIP - 18) / _LEADING)
_NOTE = "Set from the text of the record"


@dataclass(frozen=True, slots=True, repr=False)
class TextDocument:
    """A document to be set: its title and date in words, and the text of each of its pages with that page's number."""

    title: str
    pages: tuple[tuple[int, str], ...]
    page_count: int
    """How many pages the document has, whether they are enclosed or not."""


@dataclass(frozen=True, slots=True, repr=False)
class SetDocuments:
    """The set pages as one PDF. For each document, for each sheet, the number of the document's page on it."""

    pdf: bytes
    sheets: tuple[tuple[int, ...], ...]
    unprintable: tuple[tuple[str, ...], ...]
    """For each document the characters that are printed as code points."""


def set_documents(documents: Sequence[TextDocument], is_cancelled: IsCancelled | None = None) -> SetDocuments:
    """Set the documents one after the other. The caller holds the lock of the drawing library."""
    buffer = io.BytesIO()
    canvas = own_canvas(buffer)
    sheets: list[tuple[int, ...]] = []
    unprintable: list[tuple[str, ...]] = []
    for document in documents:
        numbers: list[int] = []
        missing: dict[str, None] = {}
        title, _ = printable(" ".join(document.title.split()))
        for number, raw in document.pages:
            text, odd = printable(unified_lines(raw))
            missing.update(dict.fromkeys(odd))
            for lines in _sheets(text, is_cancelled):
                _draw_sheet(canvas, title, f"page {number} of {document.page_count}", lines)
                numbers.append(number)
        sheets.append(tuple(numbers))
        unprintable.append(tuple(missing))
    if not any(sheets):
        canvas.showPage()  # a file without a page cannot be opened
    canvas.save()
    return SetDocuments(buffer.getvalue(), tuple(sheets), tuple(unprintable))


def _sheets(text: str, is_cancelled: IsCancelled | None) -> Sequence[Sequence[str]]:
    """The lines of a page of the document, sheet by sheet; at least one sheet, for an empty page is a page too."""
    lines: list[str] = []
    for count, line in enumerate(text.rstrip("\n").expandtabs(4).split("\n")):
        if count % 100 == 0 and is_cancelled is not None and is_cancelled():
            raise PacketCancelledError
        lines.extend(wrapped(line, REGULAR, _SIZE, _ROOM))
    return [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]


def _draw_sheet(canvas: Any, title: str, page: str, lines: Sequence[str]) -> None:
    from reportlab.lib.colors import HexColor

    width, height = LETTER
    canvas.setFillColor(HexColor(GREY))
    room = _ROOM - 190
    shown, size = fitted(title, BOLD, 8.5, room)
    draw(canvas, (_SIDE, height - _HEAD), shown, BOLD, size)
    draw_right(canvas, (width - _SIDE, height - _HEAD), f"{_NOTE}, {page}", REGULAR, 8)
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.5)
    canvas.line(_SIDE, height - _HEAD - 6, width - _SIDE, height - _HEAD - 6)
    canvas.setFillColor(HexColor(INK))
    for number, line in enumerate(lines):
        if line.strip():
            draw(canvas, (_SIDE, height - _TOP - number * _LEADING), line, REGULAR, _SIZE)
    canvas.showPage()
