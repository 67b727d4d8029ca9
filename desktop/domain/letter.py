"""The content of a letter: blocks of paragraphs and tables in which every piece knows where it came from.

A citation in text is written `[@reference-id]`; numbers are given when the letter is rendered, in order of
first appearance, so moving a block never leaves a wrong number behind. A backslash before the mark, `\\[@`, takes
its meaning away: that is how words of the record which merely look like a citation are kept, and it survives editing.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum

from desktop.domain.severity import Severity
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value

CITATION = re.compile(r"(?<!\\)\[@([A-Za-z0-9][A-Za-z0-9_.:-]*)\]")


class LetterKind(Enum):
    """Which letter it is; what is required follows from it."""

    FIRST_LEVEL = "first_level_appeal"


class BlockKind(Enum):
    """The parts of an appeal letter, in the order of a strong one."""

    LETTERHEAD = "letterhead"
    DATE = "date"
    ADDRESSEE = "addressee"
    RE = "re"
    OPENING = "opening"
    DENIAL = "denial"
    CRITERIA_TABLE = "criteria_table"
    HISTORY = "history"
    IMAGING = "imaging"
    TREATMENTS = "treatments"
    SCORES = "scores"
    NECESSITY = "necessity"
    SILENCE = "silence"
    SUPPORT = "support"
    CONCESSION = "concession"
    REQUESTS = "requests"
    RELIEF = "relief"
    SIGNATURE = "signature"
    ENCLOSURES = "enclosures"
    REFERENCES = "references"


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
    """One block of a letter. `is_edited` means the reviewer typed the paragraphs; they are then kept as typed."""

    id: Identifier
    kind: BlockKind
    heading: Text = ""
    paragraphs: tuple[LetterParagraph, ...] = ()
    table: LetterTable | None = None
    is_edited: bool = False

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
        return self.model_copy(update={"paragraphs": paragraphs, "is_edited": True})


class LetterContent(Value):
    """Everything a renderer needs, frozen: it never looks at the live record."""

    kind: LetterKind
    title: Text
    """The PDF's title; carries the case number, no name."""
    running_head: Text
    """Member and reference number, printed on every page."""
    language: str = "en-US"
    is_synthetic: bool = False
    blocks: tuple[LetterBlock, ...]

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


class Letter(Value):
    """A letter of a case. Once issued, its PDF is archived by hash and nothing changes."""

    id: Identifier
    state: LetterState = LetterState.DRAFT
    content: LetterContent
    issued_at: datetime | None = None
    pdf_sha256: str = ""
    citation_reasons: tuple[CitationReason, ...] = ()


class LetterProblem(Value):
    """One finding of the letter check: rule, severity, words, and the block it concerns (None: the letter)."""

    rule: Identifier
    severity: Severity
    message: Text
    block_id: Identifier | None = None
