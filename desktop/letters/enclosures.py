"""Letters the documents of a case in packet order; it must not decide which documents are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.document import Document, DocumentKind

PACKET_ORDER: tuple[DocumentKind, ...] = (
    DocumentKind.DENIAL_LETTER,
    DocumentKind.POLICY,
    DocumentKind.IMAGING_REPORT,
    DocumentKind.CLINIC_NOTE,
    DocumentKind.OPERATIVE_NOTE,
    DocumentKind.PT_RECORD,
    DocumentKind.INJECTION_RECORD,
    DocumentKind.LAB_REPORT,
    DocumentKind.OTHER,
    DocumentKind.SIGNED_FORM,
)
"""Denial, criteria, imaging, notes, operative reports, therapy and injections, labs, others, signed forms."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One enclosed document and its letter."""

    letter: str
    document: Document


def exhibit_letter(index: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def enclosures_of(documents: Sequence[Document]) -> tuple[Enclosure, ...]:
    """Every document with its letter: by kind in packet order, then by date; undated ones last in their kind."""

    def place(document: Document) -> tuple[int, bool, str]:
        day = document.dated_on
        return (PACKET_ORDER.index(document.kind), day is None, day.isoformat() if day else "")

    return tuple(
        Enclosure(letter=exhibit_letter(index), document=document)
        for index, document in enumerate(sorted(documents, key=place))
    )
