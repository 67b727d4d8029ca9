"""What a practice writes its letters on and with: letterheads, signatures, snippets, templates, topics; all data."""

from __future__ import annotations

from pydantic import Field

from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class Letterhead(Value):
    """The head of a letter. Pictures are kept in the store by the hash of their bytes; an empty hash means none."""

    id: Identifier
    name: Text
    """What the reviewer calls it."""
    lines: tuple[Text, ...] = ()
    """Practice, address, phone, fax; empty: those of the ordering provider."""
    logo_sha256: str = ""
    logo_alternative: Text = ""
    """What the logo says, for readers who do not see it."""
    signature_sha256: str = ""
    """The picture of a signature, printed over the signer's name in issued letters only."""
    signer: Text = ""
    """Whose signature it is: it is printed only over that name."""


class Snippet(Value):
    """Words that are written again and again, with placeholders `{{member.name}}` that the record fills."""

    id: Identifier
    name: Text = Field(min_length=1)
    text: Text


class TemplatePart(Value):
    """A part of a template: one of the composed blocks, or text of the template's own with placeholders."""

    block: BlockKind | None = None
    heading: Text = ""
    """In place of the block's own heading; empty: the block's own."""
    text: Text = ""
    """Without `block`: the paragraphs. With it: paragraphs put before the block's."""


class LetterTemplate(Value):
    """The user's own order and wording for a kind of letter. It is data: it can name blocks and fields only."""

    id: Identifier
    name: Text = Field(min_length=1)
    kind: LetterKind
    parts: tuple[TemplatePart, ...]
    closing: Text = ""


class HouseTopic(Value):
    """An argument topic of the house's own: the YAML text as it was written, which is read and checked at each use."""

    id: Identifier
    text: Text = Field(min_length=1, max_length=400_000)


class KnownWord(Value):
    """A word that the user's spell check takes as right: a colleague's name, a device."""

    id: Identifier
    word: Text = Field(min_length=1, max_length=60)
