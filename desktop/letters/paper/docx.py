"""Writes a letter's frozen content as DOCX, with the same parts and styles as the PDF, for those who must edit it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.letter import LetterContent
from desktop.letters.paper.fonts import MissingGlyphError, unwritable_characters
from desktop.letters.paper.markup import unified_lines
from desktop.letters.paper.pdf import printed_texts
from desktop.letters.paper.pictures import pictures_of
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.numbering import Numbering


def render_docx(
    content: LetterContent,
    references: ReferenceLibrary,
    *,
    is_draft: bool = False,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """The letter as DOCX (US Letter, headings, head rows, page fields, title and language); equal over runs.

    Figures are pictures with alternate text, followed by their rows. Raises MissingGlyphError naming control
    characters that the file cannot hold, and PictureError for a logo or signature that is missing or broken.
    """
    from desktop.letters.paper.docx_document import build_docx

    numbering = Numbering(content, references)
    refused = unwritable_characters(unified_lines("".join(printed_texts(content, numbering))))
    if refused:
        raise MissingGlyphError(refused)
    pictures = pictures_of(content, images or {}, has_signature=not is_draft)
    return build_docx(content, numbering, pictures, is_draft=is_draft)
