"""Which words of a document are linked to which question, in order of place; pure values, no widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey, EvidenceLink, Stance
from desktop.domain.document import SpanState

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView


@dataclass(frozen=True, slots=True)
class Highlight:
    """Linked words of the document that is shown; offsets count characters of its text."""

    link_id: str
    key: AssessmentKey
    start: int
    end: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One linked quotation as the evidence list shows it."""

    link: EvidenceLink
    document_title: str
    document_date: str
    state: SpanState

    @property
    def stance_word(self) -> str:
        """What the words do for the criterion."""
        return self.link.stance.value

    @property
    def place(self) -> str:
        """Document, date and page."""
        where = self.document_title or "A document that is no longer in the case"
        parts = [where, self.document_date, f"p. {self.link.span.page}"]
        return " · ".join(part for part in parts if part)

    @property
    def warning(self) -> str:
        """What is wrong with the seal; empty when the words stand as they were sealed."""
        if self.state is SpanState.CHANGED:
            return "The document has changed since these words were linked"
        return "The document is missing" if self.state is SpanState.MISSING else ""

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        said = f"{self.stance_word}: {self.link.span.quote}, {self.place}"
        return f"{said}. {self.warning}" if self.warning else said


def highlights_in(view: ReviewView, document_id: str) -> tuple[Highlight, ...]:
    """Every intact link into a document, by place. Changed words are not painted: they are not those words."""
    found = [
        Highlight(link.id, link.key, link.span.start, link.span.end, link.stance)
        for links in view.links.values()
        for link in links
        if link.span.document_id == document_id
        and view.span_states.get(link.id, SpanState.INTACT) is SpanState.INTACT
    ]
    return tuple(sorted(found, key=lambda item: (item.start, item.end, item.link_id)))


def at_offset(highlights: Iterable[Highlight], offset: int) -> tuple[Highlight, ...]:
    """The highlights that cover the character at an offset, shortest first."""
    covering = [item for item in highlights if item.start <= offset < item.end]
    return tuple(sorted(covering, key=lambda item: item.end - item.start))


def evidence_rows(view: ReviewView, key: AssessmentKey | None) -> tuple[EvidenceRow, ...]:
    """The quotations linked to a question, in the order they were linked."""
    rows: list[EvidenceRow] = []
    for link in view.links.get(key, ()) if key else ():
        document = view.case.document(link.span.document_id)
        rows.append(
            EvidenceRow(
                link=link,
                document_title=document.title if document else "",
                document_date=document.dated_on.isoformat() if document and document.dated_on else "",
                state=view.span_states.get(link.id, SpanState.INTACT),
            )
        )
    return tuple(rows)
