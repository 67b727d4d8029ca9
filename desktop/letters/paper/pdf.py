"""Prints a letter's frozen content as PDF; the same content gives the same bytes, and nothing else is read."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterBlock, LetterContent, LetterKind
from desktop.letters.paper.figures import figure_texts
from desktop.letters.paper.fonts import MissingGlyphError, missing_characters
from desktop.letters.paper.markup import unified_lines
from desktop.letters.paper.pictures import pictures_of
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.numbering import Numbering

MAX_CHARACTERS = 250_000
"""About 80 pages of text; more than a letter can be, and laid out in seconds."""

LINE_WEIGHT = 40
"""A line end counts as this many characters: a page of empty lines is a page all the same."""

CARD_SCALES = (0.96, 0.91, 0.87, 0.83, 0.805, 0.78)
"""Sizes a card is tried at; at the last one its smallest type has 6.5 points."""

if TYPE_CHECKING:
    from desktop.letters.paper.job import PrintJob

__all__ = [
    "MAX_CHARACTERS",
    "MissingGlyphError",
    "block_texts",
    "printed_length",
    "printed_texts",
    "render_pdf",
]

# reportlab keeps fonts and settings in module globals and does not say that it may be used from several threads.
ONE_AT_A_TIME = threading.Lock()


def render_pdf(
    content: LetterContent,
    references: ReferenceLibrary,
    *,
    is_draft: bool = False,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """The letter as PDF (US Letter, embedded fonts, page x of y, bookmarks, title and language).

    `images` holds the logo and the signature by the hashes that the content names; the signature is printed in an
    issued letter only. Raises MissingGlyphError naming characters that cannot be printed, PictureError for a picture
    that is missing or broken, and UserFacingError for a letter that is too long to print.
    """
    return laid_out(content, references, is_draft=is_draft, images=images or {}, is_tagged=False)[0]


def laid_out(
    content: LetterContent,
    references: ReferenceLibrary,
    *,
    is_draft: bool,
    images: Mapping[str, bytes],
    is_tagged: bool,
) -> tuple[bytes, PrintJob]:
    """The PDF, and the job it was printed by, whose structure knows the marks when it is tagged. Raises as above."""
    from desktop.letters.paper.job import PrintJob
    from desktop.letters.paper.pdf_document import build_pdf

    numbering = Numbering(content, references)
    refuse_unprintable(tuple(printed_texts(content, numbering)))
    pictures = pictures_of(content, images, has_signature=not is_draft)
    with ONE_AT_A_TIME:
        scales = list(CARD_SCALES if content.kind is LetterKind.PEER_TO_PEER_CARD else (1.0,))
        while True:
            job = PrintJob(content, numbering, pictures, is_draft=is_draft, scale=scales.pop(0))
            buffer = io.BytesIO()
            pages = build_pdf(buffer, job, is_tagged=is_tagged)
            if pages <= 1 or not scales:
                return buffer.getvalue(), job


def refuse_unprintable(texts: tuple[str, ...]) -> None:
    """Raise for a letter that is too long or has characters that no font can print."""
    length = printed_length(texts)
    if length > MAX_CHARACTERS:
        raise UserFacingError(
            f"The letter has {length:,} characters; at most {MAX_CHARACTERS:,} can be printed.",
            safe="The letter is kept as it is.",
            todo="Shorten the longest block, or enclose the long text as a document of its own.",
        )
    missing = missing_characters(unified_lines("".join(texts)))
    if missing:
        raise MissingGlyphError(missing)


def printed_length(texts: Iterable[str]) -> int:
    """How much there is to print, in characters."""
    return sum(len(text) + LINE_WEIGHT * text.count("\n") for text in map(unified_lines, texts))


def printed_texts(content: LetterContent, numbering: Numbering) -> Iterator[str]:
    """Every text that is printed, block by block."""
    yield content.title
    yield content.running_head
    for block in content.blocks:
        yield from block_texts(block)
    yield from numbering.printed


def block_texts(block: LetterBlock) -> Iterator[str]:
    """Every text of a block."""
    yield block.heading
    for paragraph in block.paragraphs:
        yield paragraph.text
    if block.table is not None:
        yield from block.table.columns
        for row in block.table.rows:
            yield from row.cells
    if block.figure is not None:
        yield from figure_texts(block.figure)
