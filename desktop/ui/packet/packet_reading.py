"""Reads everything the packet tab shows of a case in one go; plain data, to be called in the db lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.assessment import EvidenceLink
from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.domain.kept_file import KeptFile, MediaType
from desktop.domain.letter import Letter, LetterState
from desktop.domain.packet import Exhibit, PacketChoice, PacketPlan, Redaction
from desktop.services.packets import letter_for_packet

if TYPE_CHECKING:
    from desktop.services.workspace import Services

_PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF})


@dataclass(frozen=True)
class ReadPacket:
    """The packet of a case as it is planned, before it is built."""

    case: Case
    plan: PacketPlan
    choices: Mapping[str, PacketChoice]
    redactions: tuple[Redaction, ...]
    files: Mapping[str, KeptFile]
    links: tuple[EvidenceLink, ...]
    letters: tuple[Letter, ...]
    """Those that may be sent, the latest first."""
    letter: Letter | None
    """The one that is sent: the one chosen, else the latest that argues the case."""

    @property
    def is_draft(self) -> bool:
        """Whether the packet would carry a letter that is not issued yet."""
        return self.letter is not None and self.letter.state is not LetterState.ISSUED

    def exhibit(self, document_id: str) -> Exhibit | None:
        """The exhibit that a document is, or None where it is left out."""
        return next((item for item in self.plan.exhibits if item.document_id == document_id), None)

    def choice(self, document_id: str) -> PacketChoice:
        """What was decided about a document; nothing, where nothing was."""
        return self.choices.get(document_id) or PacketChoice(document_id=document_id)

    def redactions_of(self, document_id: str) -> tuple[Redaction, ...]:
        """What is blacked out in a document, in the order it was done."""
        return tuple(item for item in self.redactions if item.document_id == document_id)

    def links_of(self, document_id: str) -> tuple[EvidenceLink, ...]:
        """The words of a document that the review rests on."""
        return tuple(link for link in self.links if link.span.document_id == document_id)

    def left_out(self) -> tuple[Document, ...]:
        """The documents that are not enclosed."""
        enclosed = {item.document_id for item in self.plan.exhibits}
        return tuple(item for item in self.case.documents if item.id not in enclosed)

    def has_pages(self, document_id: str) -> bool:
        """Whether its own pages are enclosed, rather than its text set by the program."""
        file = self.files.get(document_id)
        return file is not None and (file.media_type is MediaType.PDF or self.is_picture(document_id))

    def is_picture(self, document_id: str) -> bool:
        """Whether it is kept as a scan or photograph."""
        file = self.files.get(document_id)
        return file is not None and file.media_type in _PICTURES

    def hides_evidence(self, redaction: Redaction) -> bool:
        """Whether words that the review rests on are blacked out by it, or stand on the page of its area."""
        for link in self.links_of(redaction.document_id):
            if redaction.start is not None and redaction.end is not None:
                if redaction.start < link.span.end and link.span.start < redaction.end:
                    return True
            elif redaction.page == link.span.page:
                return True
        return False


def read_packet(services: Services, case_id: str, letter_id: str = "") -> ReadPacket:
    """Read the packet of a case, with a letter of it; the one that argues it when none is named or it is gone."""
    letters = services.letters.all(case_id)
    chosen = next((item for item in letters if item.id == letter_id), None)
    links = services.review.view(case_id).links
    return ReadPacket(
        case=services.cases.case(case_id),
        plan=services.packets.plan(case_id),
        choices={item.document_id: item for item in services.packets.choices(case_id)},
        redactions=services.packets.redactions(case_id),
        files=services.files.of_case(case_id),
        links=tuple(link for found in links.values() for link in found),
        letters=tuple(item for item in reversed(letters) if item.kind.is_sent),
        letter=chosen or letter_for_packet(letters),
    )
