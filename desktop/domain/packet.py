"""The packet: a letter with its exhibits in order, stamped and numbered, and what was blacked out in them and why."""

from __future__ import annotations

from pydantic import Field

from desktop.domain.document import DocumentKind
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value

PORTAL_CAP_BYTES = 10_000_000
"""The size that many portals take for one file; a packet is split by it unless told otherwise."""


class Redaction(Value):
    """Words or an area that are taken out of an exhibit: of a text `start:end`, of a page of a file a box.

    A box is left, top, right and bottom in thousandths of the page's width and height, from its upper left corner.
    """

    id: Identifier
    document_id: Identifier
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    page: int | None = Field(default=None, ge=1)
    box: tuple[int, int, int, int] | None = None
    reason: Text = ""
    seal: str = ""
    """SHA-256 of the text, or of the file for an area, at that time: on another one it would hide the wrong place."""


class PacketChoice(Value):
    """What the reviewer decided about one document: left out, or only some pages, or at another place."""

    document_id: Identifier
    is_left_out: bool = False
    pages: tuple[int, ...] = ()
    """Pages of the document that are enclosed; empty: all."""
    position: int | None = None
    """Its place within its group; None: by date."""


class Exhibit(Value):
    """A document as it stands in the packet. `letter` is the one the letter itself names."""

    letter: str
    document_id: Identifier
    title: Text
    kind: DocumentKind
    page_count: int
    first_page: int | None = None
    """Its first page in the packet, counted from 1, once it is built."""


class MissingExhibit(Value):
    """A document that a denial of this kind calls for and the case does not hold."""

    kind: DocumentKind
    why: Text


class PacketPlan(Value):
    """What a packet will hold, in order, before it is built."""

    exhibits: tuple[Exhibit, ...]
    missing: tuple[MissingExhibit, ...] = ()
    left_out: tuple[Text, ...] = ()
    """Titles of documents that the reviewer left out."""
    redactions: int = 0
    warnings: tuple[Text, ...] = ()
    """What the reviewer should look at before sending: evidence of the letter that is blacked out or not enclosed."""


class PacketFile(Value):
    """One file of a built packet; several where it was split by size."""

    name: Text
    content: bytes
    first_page: int
    page_count: int
    exhibits: tuple[str, ...]


class RedactionProof(Value):
    """What reading the built packet again says of one redaction: the words are gone, or the packet is not handed out.

    `packet_page` counts from 1. `words_left` is how often the words are still found where they were blacked out, and
    `is_covered` whether the place is one solid area in a picture of the page.
    """

    redaction_id: Identifier
    packet_page: int
    words_left: int
    is_covered: bool

    @property
    def holds(self) -> bool:
        """Whether nothing of it can be read."""
        return self.words_left == 0 and self.is_covered


class BuiltPacket(Value):
    """A built packet: its files, where each exhibit begins, proofs of redaction, and what was noticed on the way."""

    files: tuple[PacketFile, ...]
    exhibits: tuple[Exhibit, ...]
    page_count: int
    proofs: tuple[RedactionProof, ...] = ()
    notices: tuple[Text, ...] = ()
