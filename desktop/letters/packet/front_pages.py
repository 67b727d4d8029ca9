"""Draws what stands before the exhibits: the fax cover, which names no patient, and the index of exhibits.

It knows no PDF but its own; the strip at the foot of each page is left free for the stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.letters.packet.geometry import LETTER, STRIP
from desktop.letters.packet.lettering import draw, draw_right, printable, wrapped
from desktop.letters.paper.fonts import BOLD, REGULAR
from desktop.letters.paper.styles import ACCENT, ALERT, GREY, INK, RULE

SYNTHETIC_MARK = "SYNTHETIC SAMPLE — not a real patient"
CONFIDENTIAL = (
    "This transmission is meant only for the addressee named above. It contains confidential health information. "
    "If it has reached you by mistake, please do not read, copy or pass on any part of it: tell the sender by "
    "telephone, and destroy all copies."
)
_SIDE = 54.0
_RIGHT = LETTER[0] - _SIDE
_ROW_SIZE, _ROW_LEADING, _ROW_GAP = 9.2, 11.6, 7.0
_COLUMNS = (_SIDE, 106.0, 350.0, 424.0, 488.0)
"""Left edges of exhibit, document, date, pages here, pages of the document."""
_INDEX_TOP, _INDEX_BOTTOM = LETTER[1] - 146, STRIP + 48
_HOW_TO_READ = (
    "Pages of a document (p.) are those that the letter cites; the last column says where each stands here."
)


@dataclass(frozen=True, slots=True, repr=False)
class Cover:
    """The words of the cover. `rows` are label and value; a value may have several lines."""

    rows: tuple[tuple[str, str], ...]
    part: str
    """`Part 2 of 3`; empty for a packet in one file."""
    is_synthetic: bool


@dataclass(frozen=True, slots=True, repr=False)
class IndexRow:
    """An exhibit in the index."""

    letter: str
    title: str
    day: str
    pages: str
    """Its pages in the packet."""
    places: str
    """On which of them each page of the document stands."""
    target: int | None = None
    """Its first page in this file, counted from 0, for a click; None where it is in another file."""


@dataclass(frozen=True, slots=True, repr=False)
class Area:
    """A place on an index page that leads to an exhibit. `page` counts the pages of the index from 0."""

    page: int
    box: tuple[float, float, float, float]
    target: int


def index_sheets(rows: Sequence[IndexRow]) -> list[list[IndexRow]]:
    """The rows of each page of the index; one empty page where there are none."""
    sheets: list[list[IndexRow]] = [[]]
    y = _INDEX_TOP
    for row in rows:
        height = _height(row)
        if sheets[-1] and y - height < _INDEX_BOTTOM:
            sheets.append([])
            y = _INDEX_TOP
        sheets[-1].append(row)
        y -= height
    return sheets


def draw_cover(canvas: Any, cover: Cover) -> None:
    """The first page: to whom, from whom, how many pages, about which reference number, and the notice."""
    from reportlab.lib.colors import HexColor

    canvas.setFillColor(HexColor(ACCENT))
    draw(canvas, (_SIDE, LETTER[1] - 96), "Fax", BOLD, 30)
    if cover.part:
        draw_right(canvas, (_RIGHT, LETTER[1] - 96), cover.part, BOLD, 14)
    canvas.setStrokeColor(HexColor(ACCENT))
    canvas.setLineWidth(0.9)
    canvas.line(_SIDE, LETTER[1] - 108, _RIGHT, LETTER[1] - 108)
    y = LETTER[1] - 142
    for label, value in cover.rows:
        canvas.setFillColor(HexColor(GREY))
        draw(canvas, (_SIDE, y), label, REGULAR, 11)
        canvas.setFillColor(HexColor(INK))
        for line in value.split("\n"):
            shown, _ = printable(" ".join(line.split()))
            for part in wrapped(shown, REGULAR, 12, _RIGHT - _SIDE - 92):
                draw(canvas, (_SIDE + 92, y), part, REGULAR, 12)
                y -= 16
        y -= 8
    _notice(canvas, min(y - 24, 250.0))
    _mark(canvas, cover.is_synthetic)
    canvas.showPage()


def draw_index(
    canvas: Any, sheets: Sequence[Sequence[IndexRow]], *, part: str, is_synthetic: bool
) -> list[Area]:
    """The pages of the index; returns where a click leads."""
    areas: list[Area] = []
    for number, rows in enumerate(sheets):
        _index_head(canvas, part, is_first=number == 0)
        y = _INDEX_TOP
        for row in rows:
            height = _height(row)
            _draw_row(canvas, row, y)
            if row.target is not None:
                box = (_SIDE, y - height + _ROW_LEADING, _RIGHT, y + _ROW_LEADING - 1)
                areas.append(Area(number, box, row.target))
            y -= height
        if not rows:
            draw(canvas, (_COLUMNS[1], y), "No documents are enclosed.", REGULAR, _ROW_SIZE)
        _mark(canvas, is_synthetic)
        canvas.showPage()
    return areas


def _cells(row: IndexRow) -> tuple[list[str], ...]:
    texts = (row.letter, row.title, row.day, row.pages, row.places)
    edges = (*_COLUMNS, _RIGHT + 8)
    rooms = [edges[column + 1] - edges[column] - 8 for column in range(len(texts))]
    return tuple(
        list(wrapped(printable(" ".join(text.split()))[0], _font(column), _ROW_SIZE, rooms[column]))
        for column, text in enumerate(texts)
    )


def _font(column: int) -> str:
    return BOLD if column == 0 else REGULAR


def _height(row: IndexRow) -> float:
    return max(len(lines) for lines in _cells(row)) * _ROW_LEADING + _ROW_GAP


def _draw_row(canvas: Any, row: IndexRow, y: float) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setFillColor(HexColor(INK))
    cells = _cells(row)
    for column, lines in enumerate(cells):
        for number, line in enumerate(lines):
            draw(canvas, (_COLUMNS[column], y - number * _ROW_LEADING), line, _font(column), _ROW_SIZE)
    low = y - max(len(lines) for lines in cells) * _ROW_LEADING + 4
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.3)
    canvas.line(_SIDE, low, _RIGHT, low)


def _index_head(canvas: Any, part: str, *, is_first: bool) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setFillColor(HexColor(ACCENT))
    draw(
        canvas,
        (_SIDE, LETTER[1] - 74),
        "Index of exhibits" if is_first else "Index of exhibits, continued",
        BOLD,
        16.5,
    )
    if part:
        draw_right(canvas, (_RIGHT, LETTER[1] - 74), part, BOLD, 11)
    canvas.setStrokeColor(HexColor(ACCENT))
    canvas.setLineWidth(0.9)
    canvas.line(_SIDE, LETTER[1] - 82, _RIGHT, LETTER[1] - 82)
    canvas.setFillColor(HexColor(GREY))
    draw(canvas, (_SIDE, LETTER[1] - 98), _HOW_TO_READ, REGULAR, 8.6)
    heads = ("Exhibit", "Document", "Date", "Packet pages", "Where to find")
    for column, head in enumerate(heads):
        draw(canvas, (_COLUMNS[column], LETTER[1] - 122), head, BOLD, 8.6)


def _notice(canvas: Any, y: float) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.5)
    canvas.line(_SIDE, y, _RIGHT, y)
    canvas.setFillColor(HexColor(ACCENT))
    draw(canvas, (_SIDE, y - 18), "Confidential", BOLD, 10.5)
    canvas.setFillColor(HexColor(INK))
    for number, line in enumerate(wrapped(CONFIDENTIAL, REGULAR, 10, _RIGHT - _SIDE)):
        draw(canvas, (_SIDE, y - 34 - number * 13.4), line, REGULAR, 10)


def _mark(canvas: Any, is_synthetic: bool) -> None:
    from reportlab.lib.colors import HexColor

    if is_synthetic:
        canvas.setFillColor(HexColor(ALERT))
        draw_right(canvas, (_RIGHT, LETTER[1] - 44), SYNTHETIC_MARK, BOLD, 8)
