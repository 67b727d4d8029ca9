"""Turns the blocks of a letter into reportlab's flowables; it takes text only through the markup gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from desktop.domain.figure import Timeline
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.letters.paper.figures import drawings_of, needs_rows, rows_of, undated_text
from desktop.letters.paper.markup import NUMBERED, layout_parts, plain_markup, unified_lines
from desktop.letters.paper.pdf_parts import (
    Boxed,
    FigureDrawing,
    Heading,
    Lines,
    PictureFlowable,
    Quote,
    Rule,
    Warned,
)
from desktop.letters.paper.pdf_table import opening_height, table_flow
from desktop.letters.paper.styles import LOGO_BOX, SIGNATURE_BOX, TEXT_HEIGHT, TEXT_WIDTH

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from desktop.letters.paper.job import PrintJob
    from desktop.letters.paper.structure import Element

_HEADING_ROOM = 64.0
"""Points a heading needs with the first lines below it."""

_STYLES = {
    BlockKind.DISCLAIMER: "small",
    BlockKind.MADE: "small",
    BlockKind.CARBON_COPY: "tight",
    BlockKind.HEADLINE: "headline",
    BlockKind.CAUTION: "caution",
}
_WITHOUT_TABLE = (
    BlockKind.LETTERHEAD,
    BlockKind.DATE,
    BlockKind.ADDRESSEE,
    BlockKind.SIGNATURE,
    BlockKind.REFERENCES,
)
"""Blocks whose layout has no place for a table; one that is there all the same is set below."""
_BOXES: dict[str, type[Lines]] = {"headline": Boxed, "caution": Warned, "quote": Quote}


def letter_flow(job: PrintJob) -> list[Flowable]:
    """The whole letter as flowables, to be laid out once."""
    flow: list[Flowable] = []
    for block in job.content.blocks:
        flow.extend(_block(block, job, job.structure.part("Sect")))
    # A document without a page cannot be opened.
    return flow or [Spacer(1, 1)]


def _paragraph(text: str, style: str, job: PrintJob, parent: Element, made: type[Lines] = Lines) -> Lines:
    wanted = job.style(style)
    return made(job.markup(text, wanted), wanted).told_as(parent.part("P"))


def _parts(text: str, style: str, job: PrintJob, parent: Element) -> Iterator[Lines]:
    """A paragraph as one flowable, or as several set close where it has lines or is very long."""
    made = _BOXES.get(style, Lines)
    element = parent.part("BlockQuote").part("P") if made is Quote else parent.part("P")
    wanted = job.style(style)
    parts = layout_parts(text)
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        # An empty paragraph has no height; a hard space keeps the empty line.
        inner = job.markup(part, wanted) or "\u00a0"
        yield made(inner, wanted if is_last else job.style(f"{style}_part")).told_as(element)


def _hanging(mark: str, text: str, style: str, job: PrintJob, items: Element) -> Lines:
    """An item of a list, with its mark in the margin."""
    wanted = job.style(style)
    body = items.part("LI").part("LBody")
    return Lines(job.markup(text, wanted), wanted, bulletText=mark).told_as(body)


def _block(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    match block.kind:
        case BlockKind.LETTERHEAD:
            yield from _letterhead(block, job, section)
        case BlockKind.DATE | BlockKind.ADDRESSEE:
            yield from _heading(block.heading, job, section)
            for index, item in enumerate(block.paragraphs):
                style = "small" if block.kind is BlockKind.DATE and index else "tight"
                yield _paragraph(item.text, style, job, section)
            yield Spacer(1, 7)
        case BlockKind.SIGNATURE:
            yield from _signature(block, job, section)
        case BlockKind.REFERENCES:
            yield from _references(block, job, section)
        case _ if block.figure is not None:
            yield from _figure(block, job, section)
        case _:
            yield from _section(block, job, section)
    if block.kind in _WITHOUT_TABLE and block.figure is None and block.table is not None:
        yield from table_flow(block.kind, block.table, job, section)


def _letterhead(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    logo = job.pictures.logo
    if logo is not None:
        told = job.content.logo_alternative.strip()
        # Without words for it a logo is furniture: the name of the practice stands beneath it.
        element = section.part("Figure", alternative=told) if told else None
        yield PictureFlowable(logo, logo.fitted(*LOGO_BOX), element, is_centred=True)
    yield from _heading(block.heading, job, section)
    for index, item in enumerate(block.paragraphs):
        yield _paragraph(item.text, "letterhead" if index == 0 else "letterhead_line", job, section)
    yield Rule(6, 12)


def _heading(
    text: str,
    job: PrintJob,
    section: Element,
    below: Sequence[Flowable] = (),
    *,
    is_first: bool = True,
    style: str = "",
) -> Iterator[Flowable]:
    """The heading, on a page that has room for it and for the beginning of what stands below it."""
    if text.strip():
        # Kept with a table, a heading would drag the whole of it to the next page: room for its first row is enough.
        wanted = job.style(style or ("heading_alone" if below else "heading"))
        heading = Heading(plain_markup(unified_lines(text), wanted.fontName), wanted)
        element = section.part("H1")
        if is_first:
            # Laid out after its body, told before it.
            section.parts.insert(0, section.parts.pop())
        heading.told_as(element)
        heading.outline_title = text
        room = opening_height(heading, below) if below else _HEADING_ROOM
        yield CondPageBreak(room if room < TEXT_HEIGHT / 2 else _HEADING_ROOM)
        yield heading


def _section(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    flow = list(_section_body(block, job, section))
    # A paper that is not sent has no letterhead: its first heading is its title.
    is_title = not job.content.kind.is_sent and block is job.content.blocks[0]
    below = flow if block.table is not None else ()
    yield from _heading(block.heading, job, section, below, style="title" if is_title else "")
    if flow and isinstance(flow[0], Boxed):
        yield Spacer(1, 4)
    yield from flow
    if flow and isinstance(flow[-1], Boxed):
        yield Spacer(1, 5)


def _section_body(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    wanted = "intro" if block.kind is BlockKind.CRITERIA_TABLE and block.table is not None else "body"
    yield from _paragraphs(block, _STYLES.get(block.kind, wanted), job, section)
    if block.table is not None:
        yield from table_flow(block.kind, block.table, job, section)
        yield Spacer(1, 7 if block.kind is BlockKind.RE else 3)


def _paragraphs(block: LetterBlock, style: str, job: PrintJob, section: Element) -> Iterator[Flowable]:
    items: Element | None = None
    for item in block.paragraphs:
        number = NUMBERED.match(item.text)
        is_item = (
            not item.is_quote and style not in _BOXES and (number or block.kind is BlockKind.TALKING_POINTS)
        )
        if is_item:
            items = items or section.part("L")
            mark, text = (number[1], item.text[number.end() :]) if number else ("•", item.text)
            yield _hanging(mark, text, "numbered" if number else "point", job, items)
            continue
        items = None
        yield from _parts(item.text, _style_of(item, style), job, section)


def _style_of(item: LetterParagraph, style: str) -> str:
    if item.is_quote:
        return "quote"
    return "lead" if item.text.endswith(":") and style in {"body", "intro"} else style


def _figure(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    figure = block.figure
    assert figure is not None  # noqa: S101  (the caller looked)
    head = list(_paragraphs(block, "intro", job, section))
    drawn = [
        FigureDrawing(drawing, section.part("Figure", alternative=figure.alternative))
        for drawing in drawings_of(figure, TEXT_WIDTH)
    ]
    below: list[Flowable] = []
    if figure.caption.strip():
        below.append(_paragraph(figure.caption, "caption", job, section))
    if isinstance(figure, Timeline) and figure.undated:
        below.extend(_parts(undated_text(figure), "small", job, section))
    opened = [*_heading(block.heading, job, section), *head]
    if drawn:
        yield KeepTogether([*opened, *drawn[:1], *(below[:1] if len(drawn) == 1 else [])])
        yield from drawn[1:]
        yield from below[1:] if len(drawn) == 1 else below
    else:
        yield from opened
        yield from below
    if needs_rows(figure, TEXT_WIDTH) or not drawn:
        yield from table_flow(block.kind, rows_of(figure), job, section)
    if block.table is not None:
        yield from table_flow(block.kind, block.table, job, section)
    yield Spacer(1, 4)


def _signature(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    parts: list[Flowable] = [*_heading(block.heading, job, section), Spacer(1, 6)]
    picture = job.pictures.signature
    for index, item in enumerate(block.paragraphs):
        style = {0: "tight", 1: "signer"}.get(index, "tight")
        is_note = index > 1 and len(item.text) > 80
        if is_note:
            parts.append(Spacer(1, 7))
        parts.append(_paragraph(item.text, "small" if is_note else style, job, section))
        if index == 0 and picture is not None:
            signer = block.paragraphs[1].text if len(block.paragraphs) > 1 else ""
            element = section.part("Figure", alternative=f"Signature {signer}".strip())
            parts.append(Spacer(1, 3))
            parts.append(PictureFlowable(picture, picture.fitted(*SIGNATURE_BOX), element, is_centred=False))
        elif index == 0:
            parts.append(Spacer(1, 36 * job.scale))
    # A signature alone on a page could be put under another letter.
    yield KeepTogether(parts) if len(block.text) < 2000 else parts[0]
    if len(block.text) >= 2000:
        yield from parts[1:]


def _references(block: LetterBlock, job: PrintJob, section: Element) -> Iterator[Flowable]:
    for item in block.paragraphs:
        yield from _parts(item.text, "body", job, section)
    if not job.numbering.references:
        return
    yield from _heading(block.heading or "References", job, section, is_first=False)
    items = section.part("L")
    for number, citation in enumerate(job.numbering.printed, start=1):
        yield _hanging(f"{number}.", citation, "reference", job, items)
