"""Turns the blocks of a letter into reportlab's flowables; it takes text only through the markup gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, HRFlowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterTable
from desktop.letters.citations import Numbering
from desktop.letters.fonts import REGULAR
from desktop.letters.markup import layout_parts, markup
from desktop.letters.styles import ACCENT, RULE, TEXT_HEIGHT, TEXT_WIDTH, TINT, styles

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_NUMBERED = re.compile(r"^(\d{1,3}\.) ")
_TOP_KINDS = (BlockKind.LETTERHEAD, BlockKind.DATE, BlockKind.ADDRESSEE)


class Heading(Paragraph):
    """A block's heading; the document template makes a bookmark of it."""

    outline_title = ""


class Quote(Paragraph):
    """Words of the notice or the record, with a rule at their left."""

    def draw(self) -> None:
        """Draw the rule, then the text."""
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(1.4)
        canvas.line(8, 1, 8, self.height - 1)
        canvas.restoreState()
        super().draw()


class _Rows(Table):
    """A table that cuts a row in two only where the row is taller than a page."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (reportlab's names)
        """The parts, the first of which fits; the head row comes again on each."""
        self.wrap(availWidth, availHeight)
        head = cast("int", getattr(self, "repeatRows", 0))
        heights = cast("list[float]", getattr(self, "_rowHeights"))  # noqa: B009  (a private name of the base)
        # reportlab reads this attribute: with 1 it fills the page with a part of the row that comes next.
        self.splitInRow = 1 if sum(heights[: head + 1]) > TEXT_HEIGHT else 0
        return super().split(availWidth, availHeight)


def letter_flow(content: LetterContent, numbering: Numbering) -> list[Flowable]:
    """The whole letter as flowables, to be laid out once."""
    flow: list[Flowable] = []
    for block in content.blocks:
        flow.extend(_block(block, numbering))
    # A document without a page cannot be opened.
    return flow or [Spacer(1, 1)]


def _paragraph(text: str, style: str, numbering: Numbering) -> Paragraph:
    wanted = styles()[style]
    return Paragraph(markup(text, numbering, wanted.fontName), wanted)


def _parts(text: str, style: str, numbering: Numbering) -> Iterator[Paragraph]:
    """A paragraph as one flowable, or as several set close where it has lines or is very long."""
    made = Quote if style == "quote" else Paragraph
    wanted = styles()[style]
    parts = layout_parts(text)
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        # An empty paragraph has no height; a hard space keeps the empty line.
        inner = markup(part, numbering, wanted.fontName) or "\u00a0"
        yield made(inner, wanted if is_last else styles()[f"{style}_part"])


def _hanging(mark: str, text: str, style: str, numbering: Numbering) -> Paragraph:
    wanted = styles()[style]
    return Paragraph(markup(text, numbering, wanted.fontName), wanted, bulletText=mark)


def _block(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    match block.kind:
        case BlockKind.LETTERHEAD:
            yield from _letterhead(block, numbering)
        case BlockKind.DATE | BlockKind.ADDRESSEE:
            lines = [_paragraph(item.text, "tight", numbering) for item in block.paragraphs]
            if block.kind is BlockKind.DATE and len(lines) > 1:
                lines[1:] = [_paragraph(item.text, "small", numbering) for item in block.paragraphs[1:]]
            yield from lines
            yield Spacer(1, 9)
        case BlockKind.SIGNATURE:
            yield from _signature(block, numbering)
        case BlockKind.REFERENCES:
            yield from _references(block, numbering)
        case _:
            yield from _section(block, numbering)


def _letterhead(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    for index, item in enumerate(block.paragraphs):
        yield _paragraph(item.text, "letterhead" if index == 0 else "letterhead_line", numbering)
    yield HRFlowable(width="100%", thickness=0.9, color=HexColor(ACCENT), spaceBefore=7, spaceAfter=16)


def _heading(text: str, numbering: Numbering, *, is_before_table: bool = False) -> Iterator[Flowable]:
    if text.strip():
        # Kept with a table, a heading would drag the whole of it to the next page: room for some rows is enough.
        wanted = styles()["heading_alone" if is_before_table else "heading"]
        heading = Heading(markup(text, numbering, wanted.fontName), wanted)
        heading.outline_title = text
        yield CondPageBreak(110 if is_before_table else 64)
        yield heading


def _section(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    yield from _heading(block.heading, numbering, is_before_table=not block.paragraphs)
    for item in block.paragraphs:
        if item.is_quote:
            yield from _parts(item.text, "quote", numbering)
        else:
            number = _NUMBERED.match(item.text)
            if number:
                yield _hanging(number[1], item.text[number.end() :], "numbered", numbering)
            else:
                style = "lead" if item.text.endswith(":") else "body"
                yield from _parts(item.text, style, numbering)
    if block.table is not None:
        yield _table(block.kind, block.table, numbering)
        yield Spacer(1, 13 if block.kind is BlockKind.RE else 7)


def _signature(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    parts: list[Flowable] = [*_heading(block.heading, numbering), Spacer(1, 6)]
    for index, item in enumerate(block.paragraphs):
        style = {0: "tight", 1: "signer"}.get(index, "tight")
        is_note = index > 1 and len(item.text) > 80
        if is_note:
            parts.append(Spacer(1, 7))
        parts.append(_paragraph(item.text, "small" if is_note else style, numbering))
        if index == 0:
            parts.append(Spacer(1, 44))
    # A signature alone on a page could be put under another letter.
    yield KeepTogether(parts) if len(block.text) < 2000 else parts[0]
    if len(block.text) >= 2000:
        yield from parts[1:]


def _references(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    for item in block.paragraphs:
        yield _paragraph(item.text, "body", numbering)
    if not numbering.references:
        return
    yield from _heading(block.heading or "References", numbering)
    for number, reference in enumerate(numbering.references, start=1):
        yield _hanging(f"{number}.", reference.citation, "reference", numbering)


def _table(kind: BlockKind, table: LetterTable, numbering: Numbering) -> Table:
    has_header = any(column.strip() for column in table.columns)
    is_re = kind is BlockKind.RE
    header = [[_paragraph(column, "column", numbering) for column in table.columns]] if has_header else []
    rows: list[list[Any]] = [*header]
    commands: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        # Unused, but the default would name a font that is not embedded.
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("LEFTPADDING", (0, 0), (0, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 2 if is_re else 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4 if is_re else 3.6),
        ("LINEBELOW", (0, -1), (-1, -1), 0.7, HexColor(ACCENT)),
    ]
    if is_re:
        commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.7, HexColor(ACCENT)))
    else:
        commands.append(("LINEBELOW", (0, len(header)), (-1, -2), 0.35, HexColor(RULE)))
    if has_header:
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(ACCENT)))
    for row in table.rows:
        is_group = kind is BlockKind.CRITERIA_TABLE and len(row.cells) > 1 and not row.cells[-1]
        if is_group:
            commands.append(("BACKGROUND", (0, len(rows)), (-1, len(rows)), HexColor(TINT)))
        rows.append(
            [_cell(kind, index, text, numbering, is_group=is_group) for index, text in enumerate(row.cells)]
        )
    total = sum(table.widths) or 1.0
    widths = [TEXT_WIDTH * width / total for width in table.widths]
    made = _Rows(
        rows,
        colWidths=widths,
        repeatRows=len(header),
        spaceBefore=2,
        hAlign="LEFT",
    )
    made.setStyle(TableStyle(commands))
    return made


def _cell(
    kind: BlockKind, column: int, text: str, numbering: Numbering, *, is_group: bool
) -> list[Paragraph]:
    style = "cell"
    if kind is BlockKind.RE:
        style = "re_label" if column == 0 else "re_value"
    elif is_group:
        style = "cell_strong"
    parts = [(part, style) for part in layout_parts(text)]
    if kind is BlockKind.CRITERIA_TABLE and column == 1:
        # The state is what the eye looks for: it stands in the first line.
        parts[0] = (parts[0][0], "cell_strong")
    return [_paragraph(part or "\u00a0", name, numbering) for part, name in parts]
