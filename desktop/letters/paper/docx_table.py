"""Writes text and tables into a word processor's document: citations raised, head rows flagged, spans kept."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Pt

from desktop.domain.letter import BlockKind, LetterRow, LetterTable
from desktop.letters.paper.docx_parts import colour, is_header_row, kept_whole, ruled, shaded
from desktop.letters.paper.markup import unified_lines
from desktop.letters.paper.styles import ACCENT, GREY, RULE, TEXT_WIDTH, TINT
from desktop.letters.references.numbering import Numbering

_KEPT_WHOLE = 700
"""Characters in a cell up to which its row is not cut by the end of a page."""


def write(paragraph: Any, text: str, numbering: Numbering | None, *, is_bold: bool = False) -> None:
    """Put the text into the paragraph: its line ends as breaks, citations as raised numbers."""
    if numbering is None:
        paragraph.add_run(unified_lines(text))
        return
    for piece in numbering.pieces(unified_lines(text)):
        run = paragraph.add_run(piece.text)
        if piece.is_raised:
            run.font.superscript = True
        if is_bold:
            run.bold = True


def add_table(document: Any, kind: BlockKind, table: LetterTable, numbering: Numbering) -> None:
    """The table at the end of the document, with a little space below it."""
    has_header = any(column.strip() for column in table.columns)
    if not table.rows and not has_header:
        # A table without a row would make the file unreadable for some programs.
        return
    total = sum(table.widths) or 1.0
    widths = [Pt(TEXT_WIDTH * width / total) for width in table.widths]
    made = document.add_table(rows=0, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    ruled(made, ACCENT, RULE, has_header=has_header)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    if has_header:
        _head(made, table.columns, widths)
    for row in table.rows:
        _row(made, kind, row, widths, numbering)
    document.add_paragraph(style="Tight").paragraph_format.space_after = Pt(3)


def _head(made: Any, columns: tuple[str, ...], widths: list[Any]) -> None:
    row = made.add_row()
    is_header_row(row)
    kept_whole(row)
    for cell, name, width in zip(row.cells, columns, widths, strict=True):
        cell.width = width
        write(_styled(cell.paragraphs[0]), name, None)
        for run in cell.paragraphs[0].runs:
            run.bold = True
            run.font.color.rgb = colour(ACCENT)


def _row(made: Any, kind: BlockKind, row: LetterRow, widths: list[Any], numbering: Numbering) -> None:
    added = made.add_row()
    if max(map(len, row.cells), default=0) < _KEPT_WHOLE:
        kept_whole(added)
    cells: list[Any] = list(added.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
    if 0 < len(row.cells) < len(cells):
        # The last text runs to the right edge.
        cells[len(row.cells) - 1] = cells[len(row.cells) - 1].merge(cells[-1])
    for index, text in enumerate(row.cells):
        first, *others = unified_lines(text).split("\n")
        is_lead = kind is BlockKind.CRITERIA_TABLE and index == 1
        write(_styled(cells[index].paragraphs[0]), first, numbering, is_bold=row.is_heading or is_lead)
        for other in others:
            write(_styled(cells[index].add_paragraph()), other, numbering, is_bold=row.is_heading)
        if row.is_heading:
            shaded(cells[index], TINT)
        if kind is BlockKind.RE and index % 2 == 0:
            for run in cells[index].paragraphs[0].runs:
                run.font.color.rgb = colour(GREY)


def _styled(paragraph: Any) -> Any:
    # By its id: python-docx would look through all styles for the name, four times for each row of a table.
    paragraph._p.style = "Cell"  # noqa: SLF001
    return paragraph
