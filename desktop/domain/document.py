"""Documents of the record and spans of them: the exact words, sealed, that a criterion rests on."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import Enum

from pydantic import Field, model_validator

from desktop.domain.text import Text, sha256_of
from desktop.domain.value import Identifier, Value


class DocumentKind(Enum):
    """What a document is; evidence-type rules and exhibits depend on it."""

    DENIAL_LETTER = "denial_letter"
    IMAGING_REPORT = "imaging_report"
    OPERATIVE_NOTE = "operative_note"
    CLINIC_NOTE = "clinic_note"
    PT_RECORD = "pt_record"
    INJECTION_RECORD = "injection_record"
    LAB_REPORT = "lab_report"
    PHYSICIAN_STATEMENT = "physician_statement"
    SCORE_FORM = "score_form"
    """A filled-in questionnaire of function or pain, such as an ODI."""
    LITERATURE = "literature"
    SIGNED_FORM = "signed_form"
    POLICY = "policy"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return "PT record" if self is DocumentKind.PT_RECORD else self.value.replace("_", " ").capitalize()


class DocumentOrigin(Enum):
    """How the text came in."""

    PASTED = "pasted"
    TEXT_FILE = "text_file"
    PDF_TEXT = "pdf_text"
    SAMPLE = "sample"


class Document(Value):
    """One document of the record. `text` is kept exactly; `page_starts` are character offsets, first always 0."""

    id: Identifier
    kind: DocumentKind = DocumentKind.OTHER
    title: Text = ""
    dated_on: date | None = None
    author: Text = ""
    facility: Text = ""
    origin: DocumentOrigin = DocumentOrigin.PASTED
    text: Text = ""
    page_starts: tuple[int, ...] = (0,)

    @model_validator(mode="after")
    def _pages_lie_in_the_text(self) -> Document:
        starts = self.page_starts
        if not starts or starts[0] != 0 or list(starts) != sorted(set(starts)) or starts[-1] > len(self.text):
            raise ValueError("page starts must begin at 0, rise, and lie within the text")
        return self

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the text."""
        return sha256_of(self.text)

    def page_at(self, offset: int) -> int:
        """The page, counted from 1, that a character offset falls on."""
        return bisect_right(self.page_starts, offset)

    @property
    def citation(self) -> str:
        """Title and date as a letter names the document."""
        return f"{self.title}, {self.dated_on.isoformat()}" if self.dated_on else self.title


class Span(Value):
    """The exact words of a document, `text[start:end]`, sealed so that a later change to either is seen."""

    document_id: Identifier
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int = Field(ge=1)
    quote: Text
    seal: str
    """SHA-256 over the document's hash, the offsets and the quote."""


class SpanState(Enum):
    """What checking a seal against the present text says."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"


def seal_of(document_sha256: str, start: int, end: int, quote: str) -> str:
    """The seal of a span: it binds the quote to its place in one version of one document."""
    return sha256_of(f"{document_sha256}\n{start}\n{end}\n{quote}")


def span_of(document: Document, start: int, end: int) -> Span:
    """Seal the words from `start` up to `end`. Raises ValueError when the range is empty or outside the text."""
    if not 0 <= start < end <= len(document.text):
        raise ValueError("a span needs at least one character of the document")
    quote = document.text[start:end]
    return Span(
        document_id=document.id,
        start=start,
        end=end,
        page=document.page_at(start),
        quote=quote,
        seal=seal_of(document.sha256, start, end, quote),
    )


def check_span(span: Span, document: Document | None) -> SpanState:
    """Whether the sealed words still stand where they stood."""
    if document is None or document.id != span.document_id:
        return SpanState.MISSING
    same_words = document.text[span.start : span.end] == span.quote
    same_seal = seal_of(document.sha256, span.start, span.end, span.quote) == span.seal
    return SpanState.INTACT if same_words and same_seal else SpanState.CHANGED
