"""Prints a letter's frozen content as PDF; the same content gives the same bytes, and nothing else is read."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterBlock, LetterContent
from desktop.letters.paper.fonts import MissingGlyphError, missing_characters
from desktop.letters.paper.markup import unified_lines
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.numbering import Numbering

MAX_CHARACTERS = 250_000
"""About 80 pages of text; more than a letter can be, and laid out in seconds."""

LINE_WEIGHT = 40
"""A line end counts as this many characters: a page of empty lines is a page all the same."""

__all__ = [
    "MAX_CHARACTERS",
    "MissingGlyphError",
    "block_texts",
    "printed_length",
    "printed_texts",
    "render_pdf",
]

# reportlab keeps fonts and settings in module globals and does not say that it may be used from several threads.
_ONE_AT_A_TIME = threading.Lock()


def render_pdf(content: LetterContent, references: ReferenceLibrary, *, is_draft: bool = False) -> bytes:
    """The letter as PDF (US Letter, embedded fonts, page x of y, bookmarks, title and language).

    Raises MissingGlyphError naming characters that cannot be printed, and UserFacingError for a letter that is
    too long to print.
    """
    from desktop.letters.paper.pdf_document import build_pdf

    numbering = Numbering(content, references)
    texts = tuple(printed_texts(content, numbering))
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
    with _ONE_AT_A_TIME:
        buffer = io.BytesIO()
        build_pdf(buffer, content, numbering, is_draft=is_draft)
        return buffer.getvalue()


def printed_length(texts: Iterable[str]) -> int:
    """How much there is to print, in characters."""
    return sum(len(text) + LINE_WEIGHT * text.count("\n") for text in map(unified_lines, texts))


def printed_texts(content: LetterContent, numbering: Numbering) -> Iterator[str]:
    """Every text that is printed, block by block."""
    yield content.title
    yield content.running_head
    for block in content.blocks:
        yield from block_texts(block)
    for reference in numbering.references:
        yield reference.citation


def block_texts(block: LetterBlock) -> Iterator[str]:
    """Every text of a block."""
    yield block.heading
    for paragraph in block.paragraphs:
        yield paragraph.text
    if block.table is not None:
        yield from block.table.columns
        for row in block.table.rows:
            yield from row.cells
