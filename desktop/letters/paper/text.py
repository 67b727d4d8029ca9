"""Prints a letter's frozen content as plain text with readable tables, from the same blocks as the PDF."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from desktop.domain.figure import Figure, Timeline
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterTable
from desktop.letters.paper.figures import rows_of, undated_text
from desktop.letters.paper.markup import unified_lines
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.numbering import Numbering

WIDTH = 96
"""Characters in a line."""

DRAFT_MARK = "DRAFT - this letter has not been issued"

_GAP = "  "
_CLOSE = (
    BlockKind.LETTERHEAD,
    BlockKind.DATE,
    BlockKind.ADDRESSEE,
    BlockKind.SIGNATURE,
    BlockKind.CARBON_COPY,
)
"""Blocks of short lines, set without air between them."""


def render_text(content: LetterContent, references: ReferenceLibrary, *, is_draft: bool = False) -> str:
    """The letter as text, at most 96 characters a line, citations as numbers: AMA in square brackets.

    A draft says so on its first line and its last: text is copied, and a copy carries no watermark.
    """
    numbering = Numbering(content, references)
    parts = [DRAFT_MARK] if is_draft else []
    parts.append(content.running_head)
    if content.is_synthetic:
        parts.append("SYNTHETIC SAMPLE - not a real patient")
    parts.extend(text for block in content.blocks for text in _block(block, numbering))
    if is_draft:
        parts.append(DRAFT_MARK)
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _block(block: LetterBlock, numbering: Numbering) -> Iterator[str]:
    if block.kind is BlockKind.REFERENCES:
        yield from _references(block, numbering)
        return
    if block.heading.strip():
        yield f"{block.heading}\n{'-' * min(len(block.heading), WIDTH)}"
    texts = [
        _wrapped(_numbered(item.text, numbering), "    | " if item.is_quote else "")
        for item in block.paragraphs
    ]
    if block.kind in _CLOSE:
        yield "\n".join(texts)
    else:
        yield from texts
    if block.figure is not None:
        yield from _figure(block.figure, numbering)
    if block.table is not None:
        yield _table(block.table, numbering)


def _figure(figure: Figure, numbering: Numbering) -> Iterator[str]:
    """The figure as its rows."""
    if figure.caption.strip():
        yield _wrapped(f"Figure: {figure.caption}")
    rows = rows_of(figure)
    if rows.rows:
        yield _table(rows, numbering)
    if isinstance(figure, Timeline):
        yield _wrapped(undated_text(figure))


def _references(block: LetterBlock, numbering: Numbering) -> Iterator[str]:
    if numbering.references:
        heading = block.heading or "References"
        yield f"{heading}\n{'-' * len(heading)}"
    yield from (_wrapped(_numbered(item.text, numbering)) for item in block.paragraphs)
    for number, citation in enumerate(numbering.printed, start=1):
        mark = f"{number}. "
        yield textwrap.fill(
            citation,
            WIDTH,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_on_hyphens=False,
        )


def _numbered(text: str, numbering: Numbering) -> str:
    return "".join(
        f" [{piece.text}]" if piece.is_raised else piece.text
        for piece in numbering.pieces(unified_lines(text))
    )


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(line for part in text.split("\n") for line in _lines(part, WIDTH - len(indent), indent))


def _lines(text: str, width: int, indent: str = "") -> list[str]:
    cut = textwrap.wrap(
        text, width, break_on_hyphens=False, drop_whitespace=True, replace_whitespace=False, expand_tabs=False
    )
    return [f"{indent}{line}" for line in cut] or [indent.rstrip()]


def _table(table: LetterTable, numbering: Numbering) -> str:
    total = sum(table.widths) or 1.0
    room = WIDTH - len(_GAP) * (len(table.columns) - 1)
    widths = [max(4, int(room * width / total)) for width in table.widths]
    lines: list[str] = []
    if any(column.strip() for column in table.columns):
        lines.extend(_row(table.columns, widths))
        lines.append(_GAP.join("-" * width for width in widths))
    # Cells of several lines need air between rows; rows of labels and single values do not.
    pairs = [pair for row in table.rows for pair in zip(row.cells, widths, strict=False)]
    is_airy = any("\n" in cell or len(cell) > width for cell, width in pairs)
    for row in table.rows:
        lines.extend(_row([_numbered(cell, numbering) for cell in row.cells], widths))
        if is_airy and len(row.cells) != 2:
            lines.append("")
    return "\n".join(lines).rstrip()


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row; with fewer cells than columns, the last one runs to the right edge."""
    last = len(cells) - 1
    rooms = [*widths[:last], sum(widths[last:]) + len(_GAP) * (len(widths) - last - 1)]
    columns = [
        [line for part in unified_lines(cell).split("\n") for line in _lines(part, width)]
        for cell, width in zip(cells, rooms, strict=False)
    ]
    for index in range(max((len(column) for column in columns), default=0)):
        texts = [column[index] if index < len(column) else "" for column in columns]
        yield _GAP.join(text.ljust(width) for text, width in zip(texts, rooms, strict=False)).rstrip()
