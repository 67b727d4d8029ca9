"""Takes the pages out of a foreign PDF inside the limited process: what is seen, and nothing that acts.

Each page becomes a form: its content, its resources and the box that is shown. Scripts, actions, links, attachments,
forms to fill in (XFA), private data and metadata hang on the catalog or on the page object, and neither is taken.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pikepdf import Array, Dictionary, Name, Object, Page, PasswordError, Pdf, PdfError, Stream

from desktop.letters.packet.carried import Pruner, cleaned, packed, take_off
from desktop.letters.packet.foreign_limits import MAX_PAGES
from desktop.letters.packet.geometry import Box, quarter_turns, visible_box

_OF_OTHER_STREAMS = frozenset({"/F", "/Subtype"})
"""Keys of a stream that lies in another file, or that is drawn as a form already."""


class RefusedError(Exception):
    """A file that cannot be enclosed; `word` says why, for the parent to put into a sentence."""

    def __init__(self, word: str, count: int = 0) -> None:
        self.word = word
        self.count = count
        super().__init__(word)


@dataclass(repr=False)
class Leaf:
    """A page ready for the packet: a form in its own file, the box that is shown, the turn and the unit."""

    form: Object
    box: Box
    rotate: int = 0
    unit: float = 1.0
    is_own: bool = False


@dataclass(repr=False)
class OpenFile:
    """An opened file and its pages, with words for what a reviewer should know of it."""

    pdf: Pdf
    leaves: list[Leaf]
    numbers: list[int] = field(default_factory=list[int])
    """For each leaf the number of its page in the file, counted from 1."""
    notices: list[str] = field(default_factory=list[str])


def open_pdf(data: bytes) -> Pdf:
    """Open a PDF. Raises RefusedError: `encrypted`, `broken`, `pages`, `empty`."""
    try:
        pdf = Pdf.open(io.BytesIO(data))
        count = len(pdf.pages)
    except PasswordError:
        raise RefusedError("encrypted") from None
    except (PdfError, ValueError, RuntimeError, RecursionError):
        raise RefusedError("broken") from None
    if count > MAX_PAGES:
        raise RefusedError("pages", count)
    if count == 0:
        raise RefusedError("empty")
    return pdf


def leaves_of(
    pdf: Pdf,
    wanted: Collection[int] = (),
    *,
    burnt: Mapping[int, Leaf] | None = None,
    may_split: bool = False,
) -> OpenFile:
    """The wanted pages (counted from 1; none named: all) as leaves; `burnt` ones stand in for pages drawn anew.

    Where not every page goes into one file, each takes along only what its own content names: files often list the
    pictures of all pages on every page. Raises RefusedError `page` with the number of a page that cannot be taken.
    """
    burnt = burnt or {}
    try:
        notices = _flatten(pdf)
    except (PdfError, ValueError, TypeError, RuntimeError):
        raise RefusedError("broken") from None
    numbers = [number for number in range(1, len(pdf.pages) + 1) if not wanted or number in wanted]
    is_pruned = bool(burnt) or may_split or len(numbers) < len(pdf.pages)
    pruner = Pruner(pdf) if is_pruned else None
    taken: set[tuple[int, int]] = set()
    leaves: list[Leaf] = []
    for number in numbers:
        if number in burnt:
            leaves.append(burnt[number])
            continue
        try:
            leaves.append(_leaf(pdf, pdf.pages[number - 1], taken, pruner))
        except (PdfError, ValueError, TypeError, RuntimeError, RecursionError):
            raise RefusedError("page", number) from None
    if not leaves:
        raise RefusedError("empty")
    if cast("Any", pdf).get_warnings():
        # Pages or words may be gone from a file that had to be put together again: it must not pass unsaid.
        notices.append("repaired")
    return OpenFile(pdf, leaves, numbers, notices)


def _leaf(pdf: Pdf, page: Page, taken: set[tuple[int, int]], pruner: Pruner | None) -> Leaf:
    obj = page.obj
    form = _content(pdf, obj, taken)
    keys = obj.keys()
    media = obj["/MediaBox"] if "/MediaBox" in keys else page.mediabox
    crop = obj["/CropBox"] if "/CropBox" in keys else page.cropbox
    box = visible_box(_numbers(media), _numbers(crop) if crop is not media else None)
    resources = page.resources
    take_off(form)
    form["/Type"] = Name.XObject
    form["/Subtype"] = Name.Form
    form["/BBox"] = Array(list(box))
    if "/Group" in keys:
        form["/Group"] = obj["/Group"]
    form["/Resources"] = pruner.pruned(resources, form.read_bytes()) if pruner else cleaned(resources)
    unit = float(obj["/UserUnit"]) if "/UserUnit" in keys else 1.0
    return Leaf(form, box, quarter_turns(page.rotation), unit if 0 < unit <= 1000 else 1.0)


def _content(pdf: Pdf, obj: Object, taken: set[tuple[int, int]]) -> Stream:
    """The page's content as one stream that belongs to this page alone; its bytes stay packed where they are."""
    found = obj.get("/Contents")
    if isinstance(found, Array):
        streams = [item for item in found if isinstance(item, Stream)]
        if len(streams) != 1:
            return packed(pdf, b"\n".join(item.read_bytes() for item in streams))
        found = streams[0]
    if not isinstance(found, Stream):
        return Stream(pdf, b"")
    if found.objgen in taken or not _OF_OTHER_STREAMS.isdisjoint(found.keys()):
        return packed(pdf, found.read_bytes())
    taken.add(found.objgen)
    return found


def _numbers(box: Any) -> list[float] | None:
    try:
        return [float(side) for side in box]
    except (TypeError, ValueError):
        return None


def _flatten(pdf: Pdf) -> list[str]:
    """Draw filled-in fields and marks into the pages; links, which draw nothing, are gone afterwards."""
    root = cast("Any", pdf.Root)
    form = root.get("/AcroForm")
    notices: list[str] = []
    if isinstance(form, Dictionary):
        if form.get("/XFA") is not None:
            notices.append("xfa")
        pdf.generate_appearance_streams()
    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("screen")
    return notices
