"""Operations on the packet of a case: what is enclosed, what is blacked out, and the files that leave the house.

A packet is built from what is stored at that moment and not kept; that one left the store stands in the audit chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag
from desktop.domain.clock import Clock
from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, Letter, LetterKind, LetterState
from desktop.domain.packet import (
    PORTAL_CAP_BYTES,
    BuiltPacket,
    PacketChoice,
    PacketFile,
    PacketPlan,
    Redaction,
)
from desktop.letters.enclosures import enclosures_of
from desktop.letters.packet.planning import outdated, plan_packet, seal_for
from desktop.letters.packet.redacting import require_sound
from desktop.letters.packet.sources import ExhibitSource, PacketInputs
from desktop.services.letters import Letters, PaperForm
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Reader, Store

LEAST_CAP_BYTES = 500_000
"""Smaller files could not hold a scanned page beside their index."""


def letter_for_packet(letters: Sequence[Letter]) -> Letter | None:
    """The letter that the exhibits go with: the latest that argues the case, else the latest that is sent.

    A letter to the patient, or one that only asks for something, must not draw the whole record to itself because
    it was written last.
    """
    sent = [letter for letter in letters if letter.kind.is_sent]
    arguing = [item for item in sent if item.kind.is_appeal or item.kind is LetterKind.MEDICAL_NECESSITY]
    return (arguing or sent or [None])[-1]


class Packets:
    """The packet of a case. Choices and redactions can be undone with the case."""

    def __init__(self, store: Store, clock: Clock, letters: Letters) -> None:
        self._store = store
        self._clock = clock
        self._letters = letters

    def plan(self, case_id: str) -> PacketPlan:
        """What the packet will hold, in order, what is missing for this kind of denial, and what to look at first."""
        with self._store.read() as reader:
            return plan_packet(
                reader.cases.get(case_id),
                reader.items.all(case_id, PacketChoice),
                reader.items.all(case_id, Redaction),
                reader.review.links(case_id),
                reader.files.of_case(case_id),
            )

    def choices(self, case_id: str) -> tuple[PacketChoice, ...]:
        """What the reviewer decided about documents; those without a choice are enclosed whole, by date."""
        with self._store.read() as reader:
            return reader.items.all(case_id, PacketChoice)

    def choose(self, case_id: str, choice: PacketChoice) -> OperationResult[PacketPlan]:
        """Enclose a document or leave it out, choose its pages or its place. The letter names enclosures anew."""
        with self._store.write("packet_choice_made", "Choose what is enclosed", case_id=case_id) as work:
            _document(work.cases.get(case_id), choice.document_id)
            if choice == PacketChoice(document_id=choice.document_id):
                work.items.remove(case_id, PacketChoice, choice.document_id)
            else:
                work.items.put(case_id, choice)
        return result(self.plan(case_id), case_id, ChangeFlag.PACKET, ChangeFlag.LETTER)

    def redactions(self, case_id: str) -> tuple[Redaction, ...]:
        """What is blacked out in the packet; the record itself keeps every word."""
        with self._store.read() as reader:
            return reader.items.all(case_id, Redaction)

    def redact(self, case_id: str, redaction: Redaction) -> OperationResult[PacketPlan]:
        """Black out words of a document, or an area on a page of its file. The plan warns where it hides evidence.

        Raises UserFacingError when the words or the area are not there, or there is no page to draw an area on.
        """
        with self._store.write("redaction_made", "Black out", case_id=case_id) as work:
            document = _document(work.cases.get(case_id), redaction.document_id)
            require_sound(redaction, document)
            file = work.files.of_case(case_id).get(document.id)
            if redaction.box is not None and file is None:
                raise UserFacingError(
                    "This document has no file, so there is no page to black out an area on.",
                    safe="Nothing was changed.",
                    todo="Select the words in its text instead.",
                )
            sealed = redaction.model_copy(update={"seal": seal_for(redaction, document, file)})
            work.items.put(case_id, sealed)
        return result(self.plan(case_id), case_id, ChangeFlag.PACKET)

    def unredact(self, case_id: str, redaction_id: str) -> OperationResult[PacketPlan]:
        """Take a redaction back."""
        with self._store.write("redaction_taken_back", "Take redaction back", case_id=case_id) as work:
            work.items.remove(case_id, Redaction, redaction_id)
        return result(self.plan(case_id), case_id, ChangeFlag.PACKET)

    def build(
        self,
        case_id: str,
        letter_id: str | None = None,
        *,
        cap_bytes: int | None = PORTAL_CAP_BYTES,
        progress: Callable[[int, int], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> tuple[PacketFile, ...]:
        """The files of the packet, as `make` builds them."""
        built = self.make(
            case_id, letter_id, cap_bytes=cap_bytes, progress=progress, is_cancelled=is_cancelled
        )
        return built.files

    def make(
        self,
        case_id: str,
        letter_id: str | None = None,
        *,
        cap_bytes: int | None = PORTAL_CAP_BYTES,
        progress: Callable[[int, int], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> BuiltPacket:
        """Build the packet with a letter (None: the latest that is sent) into files of at most `cap_bytes` each.

        `progress` is told how much of 100 is done. Raises UserFacingError: no letter, a letter whose enclosures are
        not those of the packet, a file that cannot be enclosed, a page larger than a file, PacketCancelledError.
        """
        if cap_bytes is not None and cap_bytes < LEAST_CAP_BYTES:
            raise UserFacingError(
                f"Files of less than {LEAST_CAP_BYTES / 1_000_000} MB cannot hold a packet.",
                safe="Nothing was changed.",
                todo="Allow larger files.",
            )
        letter = self._letter(case_id, letter_id)
        pdf = self._letters.render(case_id, letter.id, PaperForm.PDF)
        with self._store.read() as reader:
            inputs = self._inputs(reader, case_id, letter, pdf)
        _require_same_letters(letter, inputs)
        # Takes reportlab along: only when a packet is built.
        from desktop.letters.packet.building import build_packet

        built = build_packet(inputs, cap_bytes=cap_bytes, progress=progress, is_cancelled=is_cancelled)
        return built.model_copy(update={"notices": (*_letter_notices(letter), *built.notices)})

    def note_copy(self, case_id: str, files: Sequence[PacketFile]) -> None:
        """Put into the audit chain that a packet left the store, with the hash of each file."""
        if not self._store.is_read_only:
            hashes = ", ".join(hashlib.sha256(file.content).hexdigest() for file in files)
            pages = sum(file.page_count for file in files)
            label = f"Packet saved: {pages} pages in {len(files)} file(s), SHA-256 {hashes}"
            self._store.record("packet_saved", label, case_id=case_id)

    def _letter(self, case_id: str, letter_id: str | None) -> Letter:
        """The letter as it reads now: a draft follows the record and the choices of the packet."""
        if letter_id is not None:
            return self._letters.letter(case_id, letter_id)
        sent = letter_for_packet(self._letters.all(case_id))
        if sent is None:
            raise UserFacingError(
                "There is no letter to send the packet with.",
                safe="Nothing was changed.",
                todo="Compose a letter first.",
            )
        return self._letters.letter(case_id, sent.id)

    def _inputs(self, reader: Reader, case_id: str, letter: Letter, pdf: bytes) -> PacketInputs:
        case = reader.cases.get(case_id)
        choices = {item.document_id: item for item in reader.items.all(case_id, PacketChoice)}
        redactions = reader.items.all(case_id, Redaction)
        files = reader.files.of_case(case_id)
        exhibits: list[ExhibitSource] = []
        enclosures = enclosures_of(case.documents, choices.values())
        for changed in outdated(enclosures, redactions, files):
            raise UserFacingError(
                f"Exhibit {changed.letter} was changed after something was blacked out in it.",
                safe="The packet was not built, and nothing was changed.",
                todo="Take the redactions of that document back, and black out anew what must not be read.",
            )
        for enclosure in enclosures:
            document_id = enclosure.document.id
            kept = files.get(document_id)
            exhibits.append(
                ExhibitSource(
                    enclosure=enclosure,
                    content=reader.kept.bytes(kept.sha256) if kept else None,
                    media=kept.media_type if kept else None,
                    chosen_pages=choices[document_id].pages if document_id in choices else (),
                    redactions=tuple(item for item in redactions if item.document_id == document_id),
                )
            )
        draft = "" if letter.state is LetterState.ISSUED else " (draft)"
        return PacketInputs(
            case=case,
            letter_pdf=pdf,
            letter_label=f"{letter.kind.label}{draft}",
            exhibits=tuple(exhibits),
            today=self._clock.today(),
        )


def _document(case: Case, document_id: str) -> Document:
    document = case.document(document_id)
    if document is None:
        raise UserFacingError(
            "This document is not in the case any more.",
            safe="Nothing was changed.",
            todo="Look at the packet again: it lists the documents that the case has now.",
        )
    return document


def _letter_notices(letter: Letter) -> Iterator[str]:
    if letter.state is not LetterState.ISSUED:
        yield "The letter in this packet is a draft, and is marked as one on every page."
    if all(block.kind is not BlockKind.ENCLOSURES for block in letter.content.blocks):
        yield "The letter names no enclosures: send along only what its reader needs."


def _require_same_letters(letter: Letter, inputs: PacketInputs) -> None:
    """Refuse a packet whose exhibits are not the enclosures that its letter names: the letter cites them by letter."""
    packed = {f"documents.{item.enclosure.document.id}": item.enclosure.letter for item in inputs.exhibits}
    for block in letter.content.blocks:
        if block.kind is not BlockKind.ENCLOSURES or block.table is None:
            continue
        named = {row.provenance[0].ref: row.cells[0] for row in block.table.rows if row.provenance}
        differing = sorted({named[ref] for ref in named if named[ref] != packed.get(ref)})
        if differing or set(packed) - set(named):
            which = f" (enclosure {', '.join(differing)})" if differing else ""
            issued = letter.state is LetterState.ISSUED
            raise UserFacingError(
                f"The enclosures that the letter names are not those of the packet now{which}.",
                safe="Nothing was changed.",
                todo="Enclose again what the issued letter names, or issue a new letter."
                if issued
                else "Unlock or restore the list of enclosures in the letter, so that it follows the packet.",
            )
