"""The rows of the packet's list: what is missing, then documents by group, with those left out; pure values."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.document import Document
from desktop.domain.kept_file import MediaType
from desktop.domain.packet import Exhibit
from desktop.letters.enclosures import PACKET_ORDER
from desktop.letters.wording import counted
from desktop.ui.letter.two_line_list import ListRow, Mark
from desktop.ui.packet.packet_reading import ReadPacket
from desktop.ui.widgets.state_badge import StateVisual

MISSING = "missing."
"""What the id of a row begins with that stands for a document the case does not hold."""
EVIDENCE = "holds linked evidence"
"""What the tick at a document says; it does not say that it is enclosed, for all with a letter are."""
_LEFT_OUT = StateVisual("Left out", "dash", "muted", "sunken")
_MISSING = StateVisual("Missing", "warning", "unclear", "unclear_soft")
_FILES = {
    MediaType.PDF: "PDF",
    MediaType.PNG: "picture",
    MediaType.JPEG: "picture",
    MediaType.TIFF: "scan",
}


def exhibit_rows(read: ReadPacket) -> tuple[ListRow, ...]:
    """Missing documents come first: they are what decides whether the packet is complete."""
    rows: list[ListRow] = []
    if read.plan.missing:
        rows.append(_heading("Missing", len(read.plan.missing)))
        rows += [
            ListRow(f"{MISSING}{item.kind.value}", item.kind.label, item.why, _MISSING)
            for item in read.plan.missing
        ]
    out = read.left_out()
    for kind in PACKET_ORDER:
        enclosed = [item for item in read.plan.exhibits if item.kind is kind]
        # In their group and not in one of their own: what is left out by mistake is still in sight.
        absent = [item for item in out if item.kind is kind]
        if enclosed or absent:
            rows.append(_heading(kind.label, len(enclosed)))
        rows += [_exhibit(read, item) for item in enclosed]
        rows += [ListRow(item.id, _title(item), _detail(item), _LEFT_OUT, is_faint=True) for item in absent]
    return tuple(rows)


def how_enclosed(read: ReadPacket, document_id: str) -> str:
    """Whether its own pages are enclosed, or its text set by the program."""
    file = read.files.get(document_id)
    if file is None or not read.has_pages(document_id):
        return "text of the record"
    return f"{_FILES[file.media_type]} as it came"


def _exhibit(read: ReadPacket, exhibit: Exhibit) -> ListRow:
    document = read.case.document(exhibit.document_id)
    parts = [
        document.dated_on.isoformat() if document is not None and document.dated_on else "undated",
        counted(exhibit.page_count, "page"),
        how_enclosed(read, exhibit.document_id),
    ]
    return ListRow(
        exhibit.document_id,
        f"{exhibit.letter}   {exhibit.title}",
        " · ".join(parts),
        marks=tuple(_marks(read, exhibit.document_id)),
    )


def _marks(read: ReadPacket, document_id: str) -> Iterator[Mark]:
    redactions = read.redactions_of(document_id)
    if any(read.hides_evidence(item) for item in redactions):
        yield Mark("warning", "unclear", "evidence is blacked out")
    if redactions:
        yield Mark("eye", "muted", f"{counted(len(redactions), 'redaction')}")
    if read.links_of(document_id):
        yield Mark("check", "met", EVIDENCE)


def _detail(document: Document) -> str:
    day = document.dated_on.isoformat() if document.dated_on else "undated"
    return f"{day} · not in the packet"


def _title(document: Document) -> str:
    return " ".join(document.title.split()) or document.kind.label


def _heading(words: str, count: int) -> ListRow:
    return ListRow("", f"{words}  {count}", is_heading=True)
