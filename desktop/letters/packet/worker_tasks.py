"""What the limited process does with the frames it is sent; it keeps the opened files between them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import Pdf, PdfError

from desktop.letters.packet.assembling import PartPlan, StampedLeaf, assemble
from desktop.letters.packet.burning import Burn, Burnt, burn_pdf, burn_picture
from desktop.letters.packet.foreign_pdf import Leaf, OpenFile, RefusedError, leaves_of, open_pdf
from desktop.letters.packet.geometry import sheet_for
from desktop.letters.packet.pictures import leaves_of_picture
from desktop.letters.packet.proving import Check, prove
from desktop.letters.packet.weighing import weigh

Tell = Callable[[int, int], None]

_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    PdfError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What libraries raise over a damaged file: each its own, and none says which all of them are."""


class Desk:
    """The opened files of one packet."""

    def __init__(self) -> None:
        self._files: list[OpenFile] = []
        self._burnt: dict[tuple[int, int], Burnt] = {}
        """By file, and the page within what was taken of it, counted from 0."""

    def read(self, message: dict[str, Any], blobs: Sequence[bytes], tell: Tell) -> dict[str, Any]:
        """Open every file; the answer has for each its pages, or the word for why it was refused."""
        self._files, self._burnt = [], {}
        answers: list[dict[str, Any]] = []
        for number, (asked, data) in enumerate(zip(message["files"], blobs, strict=True)):
            try:
                alive = _Alive(tell, number, len(blobs))
                opened = self._opened(number, asked, data, alive, may_split=message["may_split"])
            except RefusedError as error:
                opened = OpenFile(Pdf.new(), [])
                answers.append({"refused": error.word, "count": error.count})
            except MemoryError:
                opened = OpenFile(Pdf.new(), [])
                answers.append({"refused": "memory", "count": 0})
            except _DAMAGE:
                opened = OpenFile(Pdf.new(), [])
                answers.append({"refused": "broken", "count": 0})
            else:
                answers.append(self._told(opened, is_weighed=message["may_split"]))
            self._files.append(opened)
            tell(number + 1, len(blobs))
        return {"files": answers}

    def assemble(
        self, message: dict[str, Any], blobs: Sequence[bytes], tell: Tell
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Join the parts. The first blob is the PDF with our own pages; its last page carries the stamps' fonts."""
        own = open_pdf(blobs[0])
        fonts = own.pages[-1].resources["/Font"]
        ours = leaves_of(own)
        for leaf in ours.leaves:
            leaf.is_own = True
        files = [*self._files, ours]
        parts = [_part(part, len(files) - 1) for part in message["parts"]]
        total, before = sum(len(part.pages) for part in parts), 0
        made: list[bytes] = []
        proofs: list[list[Any]] = []
        for part, asked in zip(parts, message["parts"], strict=True):
            counted = _Counted(tell, before, total)
            made.append(assemble(files, fonts, part, counted))
            before += len(part.pages)
            checks = [self._check(item, part) for item in asked["checks"]]
            proofs.append([list(answer) for answer in prove(made[-1], checks)] if checks else [])
        return {"proofs": proofs}, made

    def _opened(
        self, number: int, asked: dict[str, Any], data: bytes, alive: Callable[[], None], *, may_split: bool
    ) -> OpenFile:
        wanted: tuple[int, ...] = tuple(asked["pages"])
        burns = [
            Burn(
                item["page"],
                tuple(tuple(area) for area in item["areas"]),
                tuple((words, nth, of) for words, nth, of in item["words"]),
            )
            for item in asked["burns"]
            if not wanted or item["page"] in wanted
        ]
        if asked["media"] == "picture":
            file = leaves_of_picture(data, wanted)
            drawn: dict[int, Burnt] = {}
            for burn in burns:
                drawn[burn.page] = burn_picture(data, burn, file.pdf)
                alive()
            for page, burnt in drawn.items():
                file.leaves[file.numbers.index(page)] = burnt.leaf
        else:
            pdf = open_pdf(data)
            drawn = {}
            for burn in burns:
                drawn[burn.page] = burn_pdf(data, burn, pdf)
                alive()
            leaves = {page: burnt.leaf for page, burnt in drawn.items()}
            file = leaves_of(pdf, wanted, burnt=leaves, may_split=may_split)
        for page, burnt in drawn.items():
            self._burnt[number, file.numbers.index(page)] = burnt
        if asked["is_own"]:
            for leaf in file.leaves:
                leaf.is_own = True
        return file

    def _told(self, file: OpenFile, *, is_weighed: bool) -> dict[str, Any]:
        sheets = [_sheet(leaf) for leaf in file.leaves]
        told: dict[str, Any] = {"sheets": sheets, "numbers": file.numbers, "notices": file.notices}
        if is_weighed:
            told["needs"], told["weights"] = weigh(file)
        return told

    def _check(self, item: dict[str, Any], part: PartPlan) -> Check:
        pages: tuple[int, ...] = tuple(item["pages"])
        burnt = self._burnt.get(_leaf_of(part.pages[pages[0]]))
        if burnt is None:
            return Check(pages, item["words"], item["allowed"], item["marks"], item["head"])
        leaf = burnt.leaf
        sheet = sheet_for(leaf.box, leaf.rotate, leaf.unit)
        x0, y0, x1, y1 = burnt.place
        a, _, _, d, e, f = sheet.matrix
        matrix = (a, 0.0, 0.0, d, e + a * x0, f + d * y0)
        return Check(pages, item["words"], 0, 0, 0, burnt.areas, matrix, (x1 - x0, y1 - y0))


class _Alive:
    """Says that a file is still being worked on: drawing many pages anew takes minutes."""

    def __init__(self, tell: Tell, done: int, of: int) -> None:
        self._tell, self._done, self._of = tell, done, of

    def __call__(self) -> None:
        self._tell(self._done, self._of)


class _Counted:
    """Turns the pages of one part into pages of the packet."""

    def __init__(self, tell: Tell, before: int, total: int) -> None:
        self._tell, self._before, self._total = tell, before, total

    def __call__(self, done: int) -> None:
        self._tell(self._before + done, self._total)


def _leaf_of(page: StampedLeaf) -> tuple[int, int]:
    return page.file, page.leaf


def _sheet(leaf: Leaf) -> tuple[float, float]:
    """Width of the sheet in units of its stamp, and how much larger than usual that is drawn."""
    sheet = sheet_for(leaf.box, leaf.rotate, leaf.unit, is_own=leaf.is_own)
    return sheet.width / sheet.stamp_scale, sheet.stamp_scale


def _part(asked: dict[str, Any], own: int) -> PartPlan:
    return PartPlan(
        pages=tuple(
            StampedLeaf(own if file < 0 else file, leaf, stamp.encode("latin-1"))
            for file, leaf, stamp in asked["pages"]
        ),
        title=asked["title"],
        bookmarks=tuple((title, page) for title, page in asked["bookmarks"]),
        labels=tuple((page, prefix, first) for page, prefix, first in asked["labels"]),
        links=tuple((page, (a, b, c, d), to) for page, (a, b, c, d), to in asked["links"]),
    )
