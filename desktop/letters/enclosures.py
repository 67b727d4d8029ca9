"""Letters the documents of a case in packet order, for the letter and the packet alike.

It must not decide which documents are sent: that is the reviewer's choice, which it is handed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.document import Document, DocumentKind
from desktop.domain.packet import PacketChoice

PACKET_ORDER: tuple[DocumentKind, ...] = (
    DocumentKind.DENIAL_LETTER,
    DocumentKind.POLICY,
    DocumentKind.PHYSICIAN_STATEMENT,
    DocumentKind.IMAGING_REPORT,
    DocumentKind.CLINIC_NOTE,
    DocumentKind.OPERATIVE_NOTE,
    DocumentKind.PT_RECORD,
    DocumentKind.INJECTION_RECORD,
    DocumentKind.LAB_REPORT,
    DocumentKind.SCORE_FORM,
    DocumentKind.LITERATURE,
    DocumentKind.OTHER,
    DocumentKind.SIGNED_FORM,
)
"""Denial, criteria, the physician's statement, imaging, notes, operative reports, therapy and injections, labs, scores,
literature, others, signed forms."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One enclosed document and its letter. `pages` are those of the document that are enclosed, counted from 1."""

    letter: str
    document: Document
    pages: tuple[int, ...] = ()

    @property
    def page_count(self) -> int:
        """How many pages of the document are enclosed."""
        return len(self.pages)


def exhibit_letter(index: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def enclosures_of(
    documents: Sequence[Document], choices: Iterable[PacketChoice] = ()
) -> tuple[Enclosure, ...]:
    """The enclosed documents with their letters: by kind in packet order, then by date; undated ones last in a kind.

    A choice leaves a document out, or gives it a place among those of its kind, counted from 0.
    """
    chosen = {choice.document_id: choice for choice in choices}
    ordered: list[Document] = []
    for kind in PACKET_ORDER:
        enclosed = [item for item in documents if item.kind is kind and not _is_left_out(item, chosen)]
        ordered.extend(_placed(sorted(enclosed, key=_day), chosen))
    return tuple(
        Enclosure(letter=exhibit_letter(index), document=document, pages=_pages(document, chosen))
        for index, document in enumerate(ordered)
    )


def _pages(document: Document, chosen: Mapping[str, PacketChoice]) -> tuple[int, ...]:
    there = range(1, len(document.page_starts) + 1)
    wanted = set(chosen[document.id].pages) if document.id in chosen else set[int]()
    # Chosen pages that an edited document has no more are passed over; a choice of none of them is no choice.
    return tuple(page for page in there if page in wanted) or tuple(there)


def _is_left_out(document: Document, chosen: Mapping[str, PacketChoice]) -> bool:
    return document.id in chosen and chosen[document.id].is_left_out


def _day(document: Document) -> tuple[bool, str]:
    return document.dated_on is None, document.dated_on.isoformat() if document.dated_on else ""


def _placed(by_date: Sequence[Document], chosen: Mapping[str, PacketChoice]) -> list[Document]:
    """Those without a chosen place by date; the others put in among them, lowest place first."""
    wanted = [(chosen[item.id].position, item) for item in by_date if item.id in chosen]
    placed = [(place, item) for place, item in wanted if place is not None]
    rest = [item for item in by_date if all(item is not other for _, other in placed)]
    for place, item in sorted(placed, key=_place_first):
        rest.insert(max(0, place), item)
    return rest


def _place_first(pair: tuple[int, Document]) -> int:
    return pair[0]
