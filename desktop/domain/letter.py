"""The content of a letter: blocks of paragraphs and tables in which every piece knows where it came from.

A citation in text is written `[@reference-id]`; numbers are given when the letter is rendered, in order of
first appearance, so moving a block never leaves a wrong number behind. A backslash before the mark, `\\[@`, takes
its meaning away: that is how words of the record which merely look like a citation are kept, and it survives editing.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum

from pydantic import Field

from desktop.domain.audience import Audience
from desktop.domain.figure import LevelMap, Timeline
from desktop.domain.letter_check import CheckOverride
from desktop.domain.reference import CitationStyle
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value

CITATION = re.compile(r"(?<!\\)\[@([A-Za-z0-9][A-Za-z0-9_.:-]*)\]")


class LetterKind(Enum):
    """Which paper it is; what is required follows from it. All are composed, edited, checked and issued alike."""

    FIRST_LEVEL = "first_level_appeal"
    SECOND_LEVEL = "second_level_appeal"
    EXPEDITED = "expedited_appeal"
    RECONSIDERATION = "reconsideration_request"
    """Asks the plan to look again at its first decision, before an appeal is filed. Where a regime calls an appeal
    level a reconsideration (Medicare Advantage level 1, Original Medicare level 2, TRICARE), the letter says which."""
    EXTERNAL_REVIEW = "external_review_request"
    PEER_TO_PEER = "peer_to_peer_request"
    CLAIM_FILE = "claim_file_request"
    MEDICAL_NECESSITY = "letter_of_medical_necessity"
    WITHDRAWAL = "withdrawal"
    PATIENT = "patient_letter"
    OPINION = "clinical_opinion"
    """The determination as a document, in the sections of an opinion, for a reader of a kind."""
    PEER_TO_PEER_CARD = "peer_to_peer_card"
    """One page for the speaker's own hand; it is never sent."""

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return _KIND_LABELS[self]

    @property
    def slug(self) -> str:
        """As the command line names it: `first-level`."""
        return _KIND_SLUGS[self]

    @property
    def is_appeal(self) -> bool:
        """Whether it argues against the denial, reason by reason and criterion by criterion."""
        return self in _APPEALS

    @property
    def is_sent(self) -> bool:
        """Whether it leaves the house under the provider's signature."""
        return self not in {LetterKind.OPINION, LetterKind.PEER_TO_PEER_CARD}


_APPEALS = frozenset(
    {
        LetterKind.FIRST_LEVEL,
        LetterKind.SECOND_LEVEL,
        LetterKind.EXPEDITED,
        LetterKind.RECONSIDERATION,
        LetterKind.EXTERNAL_REVIEW,
    }
)

_KIND_LABELS = {
    LetterKind.FIRST_LEVEL: "First-level appeal",
    LetterKind.SECOND_LEVEL: "Second-level appeal",
    LetterKind.EXPEDITED: "Expedited appeal",
    LetterKind.RECONSIDERATION: "Request to reconsider before an appeal",
    LetterKind.EXTERNAL_REVIEW: "External review request",
    LetterKind.PEER_TO_PEER: "Peer-to-peer request",
    LetterKind.CLAIM_FILE: "Claim file and criteria request",
    LetterKind.MEDICAL_NECESSITY: "Letter of medical necessity",
    LetterKind.WITHDRAWAL: "Withdrawal",
    LetterKind.PATIENT: "Letter to the patient",
    LetterKind.OPINION: "Clinical opinion",
    LetterKind.PEER_TO_PEER_CARD: "Peer-to-peer card",
}

_KIND_SLUGS = {
    LetterKind.FIRST_LEVEL: "first-level",
    LetterKind.SECOND_LEVEL: "second-level",
    LetterKind.EXPEDITED: "expedited",
    LetterKind.RECONSIDERATION: "reconsideration",
    LetterKind.EXTERNAL_REVIEW: "external-review",
    LetterKind.PEER_TO_PEER: "peer-to-peer",
    LetterKind.CLAIM_FILE: "claim-file",
    LetterKind.MEDICAL_NECESSITY: "medical-necessity",
    LetterKind.WITHDRAWAL: "withdrawal",
    LetterKind.PATIENT: "patient",
    LetterKind.OPINION: "opinion",
    LetterKind.PEER_TO_PEER_CARD: "peer-to-peer-card",
}


class BlockKind(Enum):
    """The parts of a letter, those of an appeal in the order of a strong one."""

    LETTERHEAD = "letterhead"
    DATE = "date"
    ADDRESSEE = "addressee"
    RE = "re"
    OPENING = "opening"
    HEADLINE = "headline"
    """The conclusion per service line, in one sentence each."""
    NEW_EVIDENCE = "new_evidence"
    """What a second-level letter brings that the first did not."""
    DENIAL = "denial"
    CRITERIA_TABLE = "criteria_table"
    HISTORY = "history"
    IMAGING = "imaging"
    TREATMENTS = "treatments"
    SCORES = "scores"
    NECESSITY = "necessity"
    LEVEL_MAP = "level_map"
    TIMELINE = "timeline"
    SILENCE = "silence"
    EXCEPTION = "exception"
    """One exception argument; its id ends in the kind and the service line."""
    SECTION = "section"
    """A section of a clinical opinion."""
    TALKING_POINTS = "talking_points"
    OBJECTIONS = "objections"
    CAUTION = "caution"
    """What filing or speaking now would close, with its source."""
    SUPPORT = "support"
    CONCESSION = "concession"
    REQUESTS = "requests"
    RELIEF = "relief"
    SIGNATURE = "signature"
    ENCLOSURES = "enclosures"
    REFERENCES = "references"
    CARBON_COPY = "carbon_copy"
    DISCLAIMER = "disclaimer"
    MADE = "made"
    """How the letter was made: composed from the record, no generated prose, offline."""
    OWN = "own"
    """Text of the user's template."""


class OriginKind(Enum):
    """Where a piece of a letter came from."""

    RECORD = "record"
    QUOTE = "quote"
    TRACE = "trace"
    REFERENCE = "reference"
    TYPED = "typed"
    FORM = "form"
    """Fixed wording of the program's own letter form."""


class Provenance(Value):
    """One origin: what kind, the id there (field path, evidence id, node id, reference id), and words for it."""

    kind: OriginKind
    ref: Text
    label: Text


class LetterParagraph(Value):
    """A paragraph. Its text is plain text with `[@id]` citations (`\\[@` prints as `[@`); never markup."""

    text: Text
    provenance: tuple[Provenance, ...]
    is_quote: bool = False


class LetterRow(Value):
    """A table row: one text per column. With fewer texts than columns, the last one runs to the right edge."""

    cells: tuple[Text, ...]
    provenance: tuple[Provenance, ...]
    is_heading: bool = False
    """A line over the rows that follow it."""


class LetterTable(Value):
    """A table with a header row; `widths` are relative column widths."""

    columns: tuple[Text, ...]
    widths: tuple[float, ...]
    rows: tuple[LetterRow, ...]


class LetterBlock(Value):
    """One block of a letter. `is_edited` means the reviewer typed the paragraphs; they are then kept as typed.

    An untouched block follows the record at each reading. An edited one keeps in `base` the composed paragraphs that
    its text took the place of: while the record composes something else, it is stale.
    """

    id: Identifier
    kind: BlockKind
    heading: Text = ""
    paragraphs: tuple[LetterParagraph, ...] = ()
    table: LetterTable | None = None
    figure: LevelMap | Timeline | None = Field(default=None, discriminator="kind")
    is_edited: bool = False
    base: tuple[LetterParagraph, ...] = ()
    is_stale: bool = False
    is_locked: bool = False
    """Kept as it is, however the record changes, until it is unlocked."""

    @property
    def text(self) -> str:
        """The paragraphs as one editable text, blank lines between them."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    def with_typed_text(self, text: str) -> LetterBlock:
        """The block with its paragraphs replaced by what the reviewer typed, and marked as typed."""
        typed = Provenance(kind=OriginKind.TYPED, ref=self.id, label="Typed by the reviewer")
        parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
        old = {paragraph.text: paragraph for paragraph in self.paragraphs}
        paragraphs = tuple(old.get(part) or LetterParagraph(text=part, provenance=(typed,)) for part in parts)
        base = self.base if self.is_edited else self.paragraphs
        return self.model_copy(update={"paragraphs": paragraphs, "is_edited": True, "base": base})


class LetterContent(Value):
    """Everything a renderer needs, frozen: it never looks at the live record."""

    kind: LetterKind
    title: Text
    """The PDF's title; carries the case number, no name."""
    running_head: Text
    """Member and reference number, printed on every page."""
    language: str = "en-US"
    is_synthetic: bool = False
    audience: Audience = Audience.MEDICAL_DIRECTOR
    citation_style: CitationStyle = CitationStyle.AMA
    logo_sha256: str = ""
    """The picture over the letterhead, by the hash of its bytes in the store; empty: none."""
    logo_alternative: Text = ""
    signature_sha256: str = ""
    blocks: tuple[LetterBlock, ...]
    set_aside: tuple[LetterBlock, ...] = ()
    """Blocks that the reviewer took out, as they stood: never printed, and brought back with what was typed."""
    has_own_order: bool = True
    """Whether the blocks keep the order they stand in; else they follow the order of composing."""

    def block(self, block_id: str) -> LetterBlock | None:
        """The block with an id, or None; those set aside are not looked at."""
        return next((block for block in self.blocks if block.id == block_id), None)

    def cited(self) -> tuple[str, ...]:
        """Reference ids in order of first citation, which is the order of their numbers."""
        found: dict[str, None] = {}
        for block in self.blocks:
            texts = [paragraph.text for paragraph in block.paragraphs]
            rows = block.table.rows if block.table else ()
            texts.extend(cell for row in rows for cell in row.cells)
            for text in texts:
                found.update(dict.fromkeys(CITATION.findall(text)))
        return tuple(found)


class LetterState(Enum):
    """Whether a letter may still change."""

    DRAFT = "draft"
    ISSUED = "issued"


class CitationReason(Value):
    """Why a letter cites a source that is unverified or no longer stands: given, audited and kept with the letter."""

    reference_id: Identifier
    rule: Identifier
    """The rule of the letter check that it answers."""
    reason: Text
    given_at: datetime
    given_by: Text


class ReviewStatus(Enum):
    """Where an opinion or a letter stands in the house, before it is issued."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """The words shown and printed."""
        return self.value.replace("_", " ").capitalize()


class StatusEntry(Value):
    """A step of the review status: which, when (UTC), by whom."""

    status: ReviewStatus
    at: datetime
    by: Text
    credential: Text = ""
    note: Text = ""


class LetterSettings(Value):
    """What a letter is composed with besides the record; changing one composes it anew."""

    audience: Audience = Audience.MEDICAL_DIRECTOR
    citation_style: CitationStyle = CitationStyle.AMA
    template_id: str = ""
    letterhead_id: str = ""
    has_figures: bool = True
    has_disclaimer: bool = False
    """Always on an opinion; on a letter only when asked for."""
    disclaimer: Text = ""
    """In place of the program's own wording of it."""
    has_made_statement: bool = False
    """Whether the statement of how the letter was made is printed; it is archived with every issued letter."""
    carbon_copies: tuple[Text, ...] = ()


class Letter(Value):
    """A letter of a case. Once issued, its PDF is archived by hash and nothing changes."""

    id: Identifier
    state: LetterState = LetterState.DRAFT
    content: LetterContent
    settings: LetterSettings = LetterSettings()
    issued_at: datetime | None = None
    pdf_sha256: str = ""
    evidence_map_sha256: str = ""
    """The archived evidence map: which sentence, which source, which words of it."""
    citation_reasons: tuple[CitationReason, ...] = ()
    overrides: tuple[CheckOverride, ...] = ()
    status_history: tuple[StatusEntry, ...] = ()

    @property
    def kind(self) -> LetterKind:
        """Which paper it is."""
        return self.content.kind

    @property
    def status(self) -> ReviewStatus:
        """Where it stands; a draft before the first step."""
        return self.status_history[-1].status if self.status_history else ReviewStatus.DRAFT
