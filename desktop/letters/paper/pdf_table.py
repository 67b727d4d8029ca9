"""Turns a letter's table into reportlab's: narrow rules, repeated head row, rows that span, and cells kept short.

Laying out one cell takes time that grows with the square of its length, and a row must fit a page: what is too much
for a cell goes on below the table, and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Table, TableStyle

from desktop.domain.letter import BlockKind, LetterRow, LetterTable
from desktop.letters.paper.drawing import width_of
from desktop.letters.paper.fonts import REGULAR
from desktop.letters.paper.markup import layout_parts, plain_markup, unified_lines
from desktop.letters.paper.pdf_parts import Lines
from desktop.letters.paper.structure import Element, marked
from desktop.letters.paper.styles import ACCENT, RULE, TEXT_HEIGHT, TEXT_WIDTH, TINT
from desktop.letters.references.numbering import outside_marks

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from desktop.letters.paper.job import PrintJob

MOST_LINES = 32
"""Lines in a cell: about half a page."""

LONGEST_INTRODUCTION = 125.0
"""Points of a heading and about eight lines below it."""

_PLAIN = (BlockKind.RE, BlockKind.SCORES, BlockKind.ENCLOSURES)
"""Tables of labels and single values, set closer than those of sentences."""

_MARGINS = 8.0
"""Points left and right of a cell's text."""

_TO_WRITE = 6.0
"""Points below the label of a field that is filled in by hand."""

_TOKEN = re.compile(r"\n| +|[^ \n]+")


class _Rows(Table):
    """A table that cuts a row in two only where the row is taller than a page."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (reportlab's names)
        """The parts, the first of which fits; the head row comes again on each."""
        self.wrap(availWidth, availHeight)
        head = cast("int", getattr(self, "repeatRows", 0))
        heights = cast("list[float]", getattr(self, "_rowHeights"))  # noqa: B009  (a private name of the base)
        # reportlab reads this attribute: with 1 it fills the page with a part of the row that comes next.
        self.splitInRow = 1 if sum(heights[: head + 1]) > TEXT_HEIGHT else 0
        parts = super().split(availWidth, availHeight)
        if not parts and availHeight > TEXT_HEIGHT - 1:
            # Not even an empty page takes a heading together with what it stands over: then they part.
            setattr(self, "_nosplitCmds", [])  # noqa: B010  (a private name of the base)
            parts = super().split(availWidth, availHeight)
        return parts

    def _drawBkgrnd(self) -> None:
        with marked(self.canv, None):
            cast("Any", super())._drawBkgrnd()  # noqa: SLF001  (where the base paints)

    def _drawLines(self) -> None:
        with marked(self.canv, None):
            cast("Any", super())._drawLines()  # noqa: SLF001

    def height_of_first(self, count: int) -> float:
        """The height of the head row and the first `count` rows below it."""
        self.wrap(TEXT_WIDTH, TEXT_HEIGHT)
        head = cast("int", getattr(self, "repeatRows", 0))
        return sum(cast("list[float]", getattr(self, "_rowHeights"))[: head + count])  # noqa: B009


def opening_height(heading: Flowable, below: Sequence[Flowable]) -> float:
    """What a block with a table needs at the foot of a page to begin there.

    A short introduction stays with the table's head and its first two rows; a longer one may stand alone.
    """
    height = first = _height(heading)
    for index, item in enumerate(below):
        if isinstance(item, _Rows):
            return height + item.height_of_first(2)
        height += _height(item)
        first = height if index == 0 else first
        if height > LONGEST_INTRODUCTION:
            break
    return first


def _height(item: Flowable) -> float:
    return item.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] + item.getSpaceBefore() + item.getSpaceAfter()


def table_flow(kind: BlockKind, table: LetterTable, job: PrintJob, section: Element) -> Iterator[Flowable]:
    """The table, then as paragraphs what its cells had no room for."""
    if not table.rows and not any(column.strip() for column in table.columns):
        return
    total = sum(table.widths) or 1.0
    widths = [TEXT_WIDTH * width / total for width in table.widths]
    rest: list[str] = []
    columns = [_kept(name, room, rest, job) for name, room in zip(table.columns, widths, strict=True)]
    rows: list[LetterRow] = []
    for row in table.rows:
        spans = [*widths[: len(row.cells) - 1], sum(widths[len(row.cells) - 1 :])]
        cells = tuple(_kept(text, room, rest, job) for text, room in zip(row.cells, spans, strict=False))
        rows.append(row.model_copy(update={"cells": cells}))
    yield _Layout(kind, columns, widths, job, section.part("Table")).table(rows)
    for number, text in enumerate(rest, start=1):
        element = section.part("P")
        for part in layout_parts(f"[{number}] … {text}"):
            wanted = job.style("overflow")
            yield Lines(job.markup(part, wanted) or "\u00a0", wanted).told_as(element)


def _kept(text: str, width: float, rest: list[str], job: PrintJob) -> str:
    """The part of a cell's text that has room; what is cut off goes to `rest`, under a number that both name."""
    whole = unified_lines(text)
    cut = _room_for(whole, width - _MARGINS, job.style("cell").fontSize)
    if cut >= len(whole):
        return whole
    cut = outside_marks(whole, cut)
    rest.append(whole[cut:].lstrip("\n "))
    return f"{whole[:cut].rstrip()} … [{len(rest)}: goes on below the table]"


def _room_for(text: str, width: float, size: float) -> int:
    """How many characters fit into the most lines of a cell, cut between words where words are shorter than a line."""
    lines, used = 1, 0.0
    for token in _TOKEN.finditer(text):
        part = token.group()
        if part == "\n":
            lines, used = lines + 1, 0.0
        else:
            wide = width_of(part, REGULAR, size)
            if used and used + wide > width and part[0] != " ":
                lines, used = lines + 1, 0.0
            more = int((used + wide) // width)
            if more and lines + more > MOST_LINES:
                # A word longer than the cell is broken anywhere; its letters may be wider at its beginning.
                share = max(0, MOST_LINES - lines) * width / wide
                return token.start() + int(len(part) * share * 0.7)
            lines, used = lines + more, used + wide - more * width
        if lines > MOST_LINES:
            return token.start()
    return len(text)


class _Layout:
    """One table with what its cells and rules follow from."""

    def __init__(
        self, kind: BlockKind, columns: Sequence[str], widths: list[float], job: PrintJob, element: Element
    ) -> None:
        self._kind = kind
        self._columns = columns
        self._widths = widths
        self._job = job
        self._element = element
        self._has_header = any(column.strip() for column in columns)

    def table(self, texts: Sequence[LetterRow]) -> Table:
        """The table as a flowable."""
        rows: list[list[Any]] = [self._head()] if self._has_header else []
        commands = self._commands(len(rows))
        for row in texts:
            place, cells = len(rows), row.cells
            if row.is_heading:
                commands.append(("NOSPLIT", (0, place), (0, place + 1)))
                commands.append(("BACKGROUND", (0, place), (-1, place), HexColor(TINT)))
            if self._kind is BlockKind.TALKING_POINTS and not all(cell.strip() for cell in cells):
                # Room to write by hand.
                commands.append(("BOTTOMPADDING", (0, place), (-1, place), _TO_WRITE))
            if len(cells) < len(self._columns):
                commands.append(("SPAN", (max(0, len(cells) - 1), place), (-1, place)))
            told = self._element.part("TR")
            made = [self._cell(row, index, told) for index in range(len(cells))]
            rows.append([*made, *("" for _ in range(len(self._columns) - len(made)))])
        table = _Rows(
            rows,
            colWidths=self._widths,
            repeatRows=1 if self._has_header else 0,
            spaceBefore=2,
            hAlign="LEFT",
        )
        table.setStyle(TableStyle(commands))
        return table

    def _head(self) -> list[Lines]:
        style = self._job.style("column")
        told = self._element.part("TR")
        return [
            Lines(plain_markup(name, style.fontName), style).told_as(
                told.part("TH", scope="Column").part("P", is_repeated=True)
            )
            for name in self._columns
        ]

    def _commands(self, head: int) -> list[Any]:
        is_re = self._kind is BlockKind.RE
        is_plain = self._kind in _PLAIN
        commands: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            # Unused, but the default would name a font that is not embedded.
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 1.3 if is_plain else 1.8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8 if is_plain else 2.8),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, HexColor(ACCENT)),
        ]
        if is_re:
            commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.7, HexColor(ACCENT)))
        else:
            commands.append(("LINEBELOW", (0, head), (-1, -2), 0.35, HexColor(RULE)))
        if self._has_header:
            commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(ACCENT)))
        return commands

    def _cell(self, row: LetterRow, index: int, told: Element) -> list[Lines]:
        style = self._style(index, is_title=row.is_heading)
        # The first line of a criterion's state is what the eye looks for.
        is_lead = self._kind is BlockKind.CRITERIA_TABLE and index == 1
        is_last = index == len(row.cells) - 1
        element = told.part(
            "TH" if self._scope(row, index) else "TD",
            scope=self._scope(row, index),
            columns=len(self._columns) - index if is_last else 1,
        )
        parts = layout_parts(row.cells[index])
        made: list[Lines] = []
        for number, part in enumerate(parts):
            wanted = self._job.style("cell_strong" if is_lead and number == 0 else style)
            inner = self._job.markup(part, wanted) or "\u00a0"
            made.append(Lines(inner, wanted).told_as(element.part("P")))
        return made

    def _scope(self, row: LetterRow, index: int) -> str:
        """Whether the cell heads a column or a row; empty for a cell of values."""
        if row.is_heading:
            return "Column"
        if self._kind is BlockKind.RE:
            return "Row" if index % 2 == 0 else ""
        return "Row" if index == 0 and not self._has_header else ""

    def _style(self, column: int, *, is_title: bool) -> str:
        if self._kind is BlockKind.RE and not is_title:
            return "re_label" if column % 2 == 0 else "re_value"
        return "cell_strong" if is_title else "cell"
