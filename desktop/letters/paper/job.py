"""One printing of a letter: its content with the numbers, pictures, sizes and structure that every part of it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.domain.letter import LetterContent, LetterKind
from desktop.letters.paper.markup import markup
from desktop.letters.paper.pictures import Pictures
from desktop.letters.paper.structure import Element
from desktop.letters.paper.styles import styles
from desktop.letters.references.numbering import Numbering

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle


def _document() -> Element:
    return Element("Document")


@dataclass(frozen=True)
class PrintJob:
    """What is printed, and how."""

    content: LetterContent
    numbering: Numbering
    pictures: Pictures
    is_draft: bool = False
    scale: float = 1.0
    """Sizes of text in proportion to those of a letter."""
    structure: Element = field(default_factory=_document)

    @property
    def is_card(self) -> bool:
        """Whether it is a card: made to lie beside the telephone, on one page, in smaller type if need be."""
        return self.content.kind is LetterKind.PEER_TO_PEER_CARD

    def style(self, name: str) -> ParagraphStyle:
        """The paragraph style at this job's size."""
        return styles(self.scale)[name]

    def markup(self, text: str, style: ParagraphStyle) -> str:
        """Reportlab markup that prints the text exactly in the style, with numbers for citations."""
        return markup(text, self.numbering, style.fontName, self.scale)
