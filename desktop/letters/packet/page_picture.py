"""A look at one page of a kept file, drawn in the limited process; this process only takes its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.domain.errors import UserFacingError
from desktop.letters.packet.redacting import HiddenWords
from desktop.letters.packet.worker_link import IsCancelled, WorkerLink, WorkerLostError

Area = tuple[int, int, int, int]
"""Left, top, right and bottom in thousandths of the page."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as pixels of three bytes, row by row without padding. `count` is how many pages the file has."""

    page: int
    count: int
    width: int
    height: int
    pixels: bytes = field(repr=False)
    areas: tuple[Area, ...] = ()
    """Where the asked words stand, in thousandths of the page."""
    unfound: int = 0
    """How many of the asked words do not stand on the page of the file."""


class PageNotDrawnError(UserFacingError):
    """A page that cannot be shown. The file may still be enclosed as it is, or not: building says so."""

    def __init__(self, word: str, page: int) -> None:
        what = {
            "encrypted": "The file is protected with a password, so its pages cannot be shown.",
            "no_page": f"The file has no page {page}.",
        }.get(word, f"Page {page} of the file cannot be drawn; it may be damaged.")
        super().__init__(
            what,
            safe="Nothing was changed.",
            todo="Look at its text, or leave the document out and ask for the file again.",
        )


def page_picture(
    data: bytes,
    page: int,
    width: int,
    *,
    is_picture: bool,
    words: Sequence[HiddenWords] = (),
    is_cancelled: IsCancelled | None = None,
) -> PagePicture:
    """A page, counted from 1, at about `width` pixels across, and where `words` to be blacked out stand on it.

    Raises PageNotDrawnError, PacketCancelledError.

    Call it off the GUI thread: it starts another process and waits for it.
    """
    message = {
        "do": "draw",
        "media": "picture" if is_picture else "pdf",
        "page": page,
        "width": width,
        # As the burning of the packet looks for them: by place only where the record counts as many.
        "words": [
            [item.words, item.nth if item.of > 0 else None, item.of] for item in words if item.page == page
        ],
    }
    with WorkerLink(is_cancelled) as link:
        try:
            answer, made = link.ask(message, [data])
        except WorkerLostError:
            answer, made = {"refused": "lost"}, []
    if "refused" in answer or len(made) != 1:
        raise PageNotDrawnError(str(answer.get("refused", "")), page)
    across, down, count = int(answer["width"]), int(answer["height"]), int(answer["count"])
    if across < 1 or down < 1 or len(made[0]) != across * down * 3:
        raise PageNotDrawnError("size", page)
    areas = tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in answer["areas"])
    return PagePicture(page, count, across, down, made[0], areas, int(answer["unfound"]))
