"""Files as they come from outside, made small: PDF pages with words, turned, cropped, active, encrypted; pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.case import Case
from desktop.domain.document import Document, DocumentKind
from desktop.domain.kept_file import MediaType
from desktop.domain.member import Member
from desktop.domain.packet import PacketChoice, Redaction
from desktop.letters.enclosures import enclosures_of
from desktop.letters.packet.sources import ExhibitSource, PacketInputs

LETTER_SIZE = (612.0, 792.0)
DAY = date(2026, 11, 22)


def pdf_of(words: Sequence[str], size: tuple[float, float] = LETTER_SIZE) -> bytes:
    """A PDF with a page for each text, its words near the upper left corner."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for text in words:
        canvas.setFont("Helvetica", min(12, size[1] / 6))
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(size[0] * 0.08, size[1] * 0.85 - number * 15, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def changed(pdf: bytes, change) -> bytes:
    """The PDF after `change(pikepdf.Pdf)`."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        buffer = io.BytesIO()
        opened.save(buffer)
    return buffer.getvalue()


def turned(pdf: bytes, degrees: int) -> bytes:
    def turn(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            page.obj["/Rotate"] = degrees

    return changed(pdf, turn)


def cropped(pdf: bytes, box: Sequence[float]) -> bytes:
    def crop(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            page.obj["/CropBox"] = pikepdf.Array(list(box))

    return changed(pdf, crop)


def encrypted(pdf: bytes, user: str = "secret", owner: str = "owner") -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        buffer = io.BytesIO()
        opened.save(buffer, encryption=pikepdf.Encryption(user=user, owner=owner))
    return buffer.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = (850, 1100), mode: str = "L", **options) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle(
        (size[0] * 0.12, size[1] * 0.09, size[0] * 0.5, size[1] * 0.18), fill="black"
    )
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, form, **options)
    return buffer.getvalue()


def document(
    name: str, text: str = "words of the record\n", kind: DocumentKind = DocumentKind.CLINIC_NOTE
) -> Document:
    starts = [0, *[at + 1 for at, letter in enumerate(text) if letter == "\f"]]
    return Document(
        id=name,
        kind=kind,
        title=f"Document {name}",
        dated_on=date(2026, 3, 1),
        text=text,
        page_starts=tuple(starts),
    )


def packet_inputs(
    documents: Sequence[Document],
    files: dict[str, bytes] | None = None,
    *,
    redactions: Sequence[Redaction] = (),
    choices: Sequence[PacketChoice] = (),
    letter: bytes | None = None,
    media: MediaType = MediaType.PDF,
) -> PacketInputs:
    """A case of these documents; `files` are their kept files by id, all of one media type."""
    files = files or {}
    case = Case(
        id="case",
        number="26-0001",
        member=Member(given_name="Harlan", family_name="Testerman", member_id="SYN-1"),
        documents=tuple(documents),
    )
    chosen = {item.document_id: item.pages for item in choices}
    return PacketInputs(
        case=case,
        letter_pdf=letter or pdf_of(["Letter page one", "Letter page two"]),
        letter_label="First-level appeal",
        exhibits=tuple(
            ExhibitSource(
                enclosure=item,
                content=files.get(item.document.id),
                media=media if item.document.id in files else None,
                chosen_pages=chosen.get(item.document.id, ()),
                redactions=tuple(one for one in redactions if one.document_id == item.document.id),
            )
            for item in enclosures_of(documents, choices)
        ),
        today=DAY,
    )
