"""Builds a packet: opens the files in the limited process, numbers and draws, has the pages joined, and proves it.

It decides nothing about what is enclosed, and hands nothing out in which a blacked-out word can still be read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from desktop.domain.errors import UserFacingError
from desktop.domain.packet import PORTAL_CAP_BYTES, BuiltPacket, Exhibit, PacketFile, RedactionProof
from desktop.letters.packet.cover_words import cover_of
from desktop.letters.packet.front_pages import draw_cover, draw_index, index_sheets
from desktop.letters.packet.lettering import own_canvas
from desktop.letters.packet.numbering import (
    LETTER,
    NumberedPart,
    bookmarks_of,
    index_rows,
    labels_of,
    numbered,
    stamps_of,
)
from desktop.letters.packet.opening import Opened, open_all
from desktop.letters.packet.proofs import asked_proofs
from desktop.letters.packet.sources import PacketInputs
from desktop.letters.packet.split import FIXED, PageTooLargeError, divide
from desktop.letters.packet.stamps import stamp_code
from desktop.letters.packet.worker_link import (
    IsCancelled,
    PacketCancelledError,
    Progress,
    WorkerLink,
    WorkerLostError,
)
from desktop.letters.paper.pdf import ONE_AT_A_TIME

MAX_BYTES = 400_000_000
"""What the files of one packet may hold together."""
_TRIES = 4
_SAFE = "The packet was not built, and nothing was changed."
_READING = 30
"""Hundredths of the work that opening the files is told as."""


def build_packet(
    inputs: PacketInputs,
    *,
    cap_bytes: int | None = PORTAL_CAP_BYTES,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> BuiltPacket:
    """The files of a packet, none larger than `cap_bytes` (None: one file), with proofs and notices.

    `progress` is told hundredths done, of 100. Raises EnclosureRefusedError naming a document, PacketCancelledError,
    and UserFacingError. Call it off the GUI thread: it takes seconds.
    """
    total = len(inputs.letter_pdf) + sum(len(item.content or b"") for item in inputs.exhibits)
    if total > MAX_BYTES:
        raise UserFacingError(
            f"The documents of this packet take {total // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB are put "
            "together.",
            safe=_SAFE,
            todo="Leave out documents or pages that do not matter.",
        )
    tell = _Told(progress)
    with WorkerLink(is_cancelled, tell) as link:
        may_split = cap_bytes is not None and total > cap_bytes - FIXED
        opened = open_all(link, inputs, may_split=may_split, is_cancelled=is_cancelled)
        room = cap_bytes
        for _ in range(_TRIES):
            tell.base = _READING
            built = _built(link, inputs, opened, room, is_cancelled)
            largest = max(len(file.content) for file in built.files)
            if cap_bytes is None or largest <= cap_bytes:
                tell(1, 1)
                return built
            if not may_split:
                # Smaller than the cap by the weight of its files, larger once the stamps were drawn.
                may_split = True
                opened = open_all(link, inputs, may_split=True, is_cancelled=is_cancelled)
            else:
                room = (room or cap_bytes) - (largest - cap_bytes) - FIXED // 4
    raise UserFacingError(
        f"The packet could not be divided into files of {_megabytes(cap_bytes)}.",
        safe=_SAFE,
        todo="Allow larger files, or leave out the largest document.",
    )


def _built(
    link: WorkerLink,
    inputs: PacketInputs,
    opened: Opened,
    room: int | None,
    is_cancelled: IsCancelled | None,
) -> BuiltPacket:
    parts = numbered(inputs, opened.body, _cuts(inputs, opened, room))
    total = sum(part.page_count for part in parts)
    proofs = [asked_proofs(inputs, opened, part) for part in parts]
    with ONE_AT_A_TIME:
        own, asked = _drawn(inputs, parts, total, is_cancelled)
    for part, told in zip(proofs, asked, strict=True):
        told["checks"] = [item.message for item in part]
    answer, contents = _ask(link, {"do": "assemble", "parts": asked}, [own])
    proven = [
        RedactionProof(
            redaction_id=item.redaction_id,
            packet_page=parts[number].first_page + item.page,
            words_left=left,
            is_covered=is_covered,
        )
        for number, items in enumerate(proofs)
        for item, (left, is_covered) in zip(items, answer["proofs"][number], strict=True)
    ]
    _require_proven(proven)
    files = tuple(
        PacketFile(
            name=_file_name(inputs, part),
            content=content,
            first_page=part.first_page,
            page_count=part.page_count,
            exhibits=tuple(
                dict.fromkeys(
                    inputs.exhibits[page.exhibit].enclosure.letter
                    for page in part.body
                    if page.exhibit != LETTER
                )
            ),
        )
        for part, content in zip(parts, contents, strict=True)
    )
    return BuiltPacket(
        files=files,
        exhibits=_exhibits(inputs, parts),
        page_count=total,
        proofs=tuple(proven),
        notices=opened.notices,
    )


def _cuts(inputs: PacketInputs, opened: Opened, room: int | None) -> list[tuple[int, int]]:
    if room is None or not opened.weights:
        return [(0, len(opened.body))]
    try:
        return divide(opened.weighed, opened.weights, room)
    except PageTooLargeError as error:
        page = opened.body[error.index]
        title = "The letter" if page.exhibit == LETTER else f"'{inputs.exhibits[page.exhibit].title}'"
        raise UserFacingError(
            f"Page {page.document_page} of {title} alone takes {_megabytes(error.size)}; a file of the packet may "
            f"have {_megabytes(room)}.",
            safe=_SAFE,
            todo="Allow larger files, scan that page again in gray at 300 dpi, or leave it out.",
        ) from None


def _drawn(
    inputs: PacketInputs, parts: Sequence[NumberedPart], total: int, is_cancelled: IsCancelled | None
) -> tuple[bytes, list[dict[str, Any]]]:
    """Our own pages as one PDF, and for each part what the limited process is asked to join."""
    buffer = io.BytesIO()
    canvas = own_canvas(buffer)
    asked: list[dict[str, Any]] = []
    own_leaf = 0
    for part in parts:
        own: list[int] = []
        if part.has_cover:
            draw_cover(canvas, cover_of(inputs, part, total))
            own.append(own_leaf)
            own_leaf += 1
        sheets = index_sheets(index_rows(inputs, parts, part))
        sheets += [[] for _ in range(part.index_sheets - len(sheets))]
        areas = draw_index(canvas, sheets, part=part.name, is_synthetic=inputs.case.is_synthetic)
        index = list(range(own_leaf, own_leaf + part.index_sheets))
        own_leaf += part.index_sheets
        body = [(page.file, page.leaf, page.width) for page in part.body]
        ours = [(-1, leaf, 612.0) for leaf in (*own, *index)]
        ordered = [
            *ours[: len(own)],
            *body[: part.letter_pages],
            *ours[len(own) :],
            *body[part.letter_pages :],
        ]
        pages: list[list[Any]] = []
        for (file, leaf, width), stamp in zip(ordered, stamps_of(inputs, part, total), strict=True):
            if is_cancelled is not None and len(pages) % 50 == 0 and is_cancelled():
                raise PacketCancelledError
            pages.append([file, leaf, stamp_code(canvas, stamp, width)])
        before = len(own) + part.letter_pages
        asked.append(
            {
                "pages": pages,
                "title": _file_name(inputs, part).removesuffix(".pdf"),
                "bookmarks": bookmarks_of(inputs, part),
                "labels": labels_of(inputs, part),
                "links": [(before + area.page, area.box, area.target) for area in areas],
            }
        )
    canvas.showPage()  # the fonts of all stamps hang on this last page
    canvas.save()
    return buffer.getvalue(), asked


def _ask(
    link: WorkerLink, message: dict[str, Any], blobs: Sequence[bytes]
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        answer, made = link.ask(message, blobs)
    except WorkerLostError:
        answer, made = {"refused": "lost"}, []
    if "refused" in answer:
        raise UserFacingError(
            "The documents could not be put together: one of them is damaged, or needs more memory than it should.",
            safe=_SAFE,
            todo="Leave the documents out one after the other to find which, and ask for that file again.",
        )
    return answer, made


def _require_proven(proofs: Sequence[RedactionProof]) -> None:
    open_ones = [proof for proof in proofs if not proof.holds]
    if open_ones:
        pages = ", ".join(str(page) for page in sorted({proof.packet_page for proof in open_ones}))
        raise UserFacingError(
            f"What was to be blacked out can still be read on page {pages} of the packet.",
            safe="The packet was not handed out, and nothing was changed.",
            todo="Black out a larger area there, or leave the page out.",
        )


def _exhibits(inputs: PacketInputs, parts: Sequence[NumberedPart]) -> tuple[Exhibit, ...]:
    pages: dict[int, list[int]] = {}
    for part in parts:
        for place, page in enumerate(part.body):
            pages.setdefault(page.exhibit, []).append(part.first_page + part.page_of(place))
    return tuple(
        Exhibit(
            letter=item.enclosure.letter,
            document_id=item.enclosure.document.id,
            title=item.title,
            kind=item.enclosure.document.kind,
            page_count=len(pages.get(number, [])),
            first_page=pages[number][0] if number in pages else None,
        )
        for number, item in enumerate(inputs.exhibits)
    )


def _file_name(inputs: PacketInputs, part: NumberedPart) -> str:
    number = inputs.case.number.strip()
    name = f"Packet {number}" if number else "Packet"
    safe = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name)
    return f"{safe}, part {part.number} of {part.of}.pdf" if part.of > 1 else f"{safe}.pdf"


def _megabytes(size: int | None) -> str:
    return f"{(size or 0) / 1_000_000:.1f} MB"


class _Told:
    """Turns the steps of the limited process into hundredths of the whole."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.base = 0

    def __call__(self, done: int, of: int) -> None:
        if self._progress is not None:
            room = 100 - self.base if self.base else _READING
            self._progress(self.base + room * done // max(1, of), 100)
