"""Turns the blocks of a letter into reportlab's flowables; it takes text only through the markup gate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, HRFlowable, KeepTogether, Paragraph, Spacer

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent
from desktop.letters.paper.markup import layout_parts, markup, plain_markup, unified_lines
from desktop.letters.paper.pdf_table import opening_height, table_flow
from desktop.letters.paper.styles import ACCENT, RULE, TEXT_HEIGHT, styles
from desktop.letters.references.numbering import Numbering

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_NUMBERED = re.compile(r"^(\d{1,3}\.) ")
_HEADING_ROOM = 64.0
"""Points a heading needs with the first lines below it."""


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
            yield Spacer(1, 7)
        case BlockKind.SIGNATURE:
            yield from _signature(block, numbering)
        case BlockKind.REFERENCES:
            yield from _references(block, numbering)
        case _:
            yield from _section(block, numbering)


def _letterhead(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    for index, item in enumerate(block.paragraphs):
        yield _paragraph(item.text, "letterhead" if index == 0 else "letterhead_line", numbering)
    yield HRFlowable(width="100%", thickness=0.9, color=HexColor(ACCENT), spaceBefore=6, spaceAfter=12)


def _heading(text: str, below: Sequence[Flowable] = ()) -> Iterator[Flowable]:
    """The heading, on a page that has room for it and for the beginning of what stands below it."""
    if text.strip():
        # Kept with a table, a heading would drag the whole of it to the next page: room for its first row is enough.
        wanted = styles()["heading_alone" if below else "heading"]
        heading = Heading(plain_markup(unified_lines(text), wanted.fontName), wanted)
        heading.outline_title = text
        room = opening_height(heading, below) if below else _HEADING_ROOM
        yield CondPageBreak(room if room < TEXT_HEIGHT / 2 else _HEADING_ROOM)
        yield heading


def _section(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    flow = list(_section_body(block, numbering))
    yield from _heading(block.heading, flow if block.table is not None else ())
    yield from flow


def _section_body(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    wanted = "intro" if block.kind is BlockKind.CRITERIA_TABLE and block.table is not None else "body"
    for item in block.paragraphs:
        if item.is_quote:
            yield from _parts(item.text, "quote", numbering)
        else:
            number = _NUMBERED.match(item.text)
            if number:
                yield _hanging(number[1], item.text[number.end() :], "numbered", numbering)
            else:
                style = "lead" if item.text.endswith(":") else wanted
                yield from _parts(item.text, style, numbering)
    if block.table is not None:
        yield from table_flow(block.kind, block.table, numbering)
        yield Spacer(1, 7 if block.kind is BlockKind.RE else 3)


def _signature(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    parts: list[Flowable] = [*_heading(block.heading), Spacer(1, 6)]
    for index, item in enumerate(block.paragraphs):
        style = {0: "tight", 1: "signer"}.get(index, "tight")
        is_note = index > 1 and len(item.text) > 80
        if is_note:
            parts.append(Spacer(1, 7))
        parts.append(_paragraph(item.text, "small" if is_note else style, numbering))
        if index == 0:
            parts.append(Spacer(1, 36))
    # A signature alone on a page could be put under another letter.
    yield KeepTogether(parts) if len(block.text) < 2000 else parts[0]
    if len(block.text) >= 2000:
        yield from parts[1:]


def _references(block: LetterBlock, numbering: Numbering) -> Iterator[Flowable]:
    for item in block.paragraphs:
        yield _paragraph(item.text, "body", numbering)
    if not numbering.references:
        return
    yield from _heading(block.heading or "References")
    for number, reference in enumerate(numbering.references, start=1):
        yield _hanging(f"{number}.", reference.citation, "reference", numbering)
