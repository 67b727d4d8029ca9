"""Joins leaves into the files of a packet inside the limited process: page by page, each over its stamp.

It takes numbers and places as they are given; what is printed in a stamp was drawn by the parent.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream, String

from desktop.letters.packet.foreign_pdf import Leaf, OpenFile
from desktop.letters.packet.geometry import STRIP, sheet_for

PRODUCER = "Indicated"


@dataclass(frozen=True, slots=True, repr=False)
class StampedLeaf:
    """A page of a part: which leaf of which file, and the operators that draw its stamp."""

    file: int
    leaf: int
    stamp: bytes


@dataclass(frozen=True, slots=True, repr=False)
class PartPlan:
    """One file of the packet. Pages are counted from 0 within it."""

    pages: tuple[StampedLeaf, ...]
    title: str
    bookmarks: tuple[tuple[str, int], ...]
    labels: tuple[tuple[int, str, int], ...]
    """Page, prefix and first number of each run of page labels."""
    links: tuple[tuple[int, tuple[float, float, float, float], int], ...] = ()
    """Page, area on it, and the page that a click on the area leads to."""


def assemble(
    files: Sequence[OpenFile], fonts: Object, part: PartPlan, progress: Callable[[int], None] | None = None
) -> bytes:
    """One file of the packet as bytes. `fonts` is the font dictionary that the stamps were drawn with."""
    target = Pdf.new()
    stamp_fonts = target.copy_foreign(fonts)
    forms: dict[tuple[int, int], Object] = {}
    pages = target.pages
    for number, item in enumerate(part.pages):
        leaf = files[item.file].leaves[item.leaf]
        key = (item.file, item.leaf)
        if key not in forms:
            forms[key] = target.copy_foreign(leaf.form)
        pages.append(Page(target.make_indirect(_page(target, leaf, forms[key], stamp_fonts, item.stamp))))
        if progress is not None:
            progress(number + 1)
    _keep_layers(target, [files[index].pdf for index in dict.fromkeys(item.file for item in part.pages)])
    for at, area, to in part.links:
        pages[at].obj["/Annots"] = _with_link(target, pages[at].obj, area, pages[to].obj)
    _describe(target, part)
    buffer = io.BytesIO()
    target.save(buffer, compress_streams=False)
    return buffer.getvalue()


def _page(target: Pdf, leaf: Leaf, form: Object, fonts: Object, stamp: bytes) -> Dictionary:
    size, before, behind = _frame(leaf.box, leaf.rotate, leaf.unit, leaf.is_own)
    return Dictionary(
        {
            "/Type": Name.Page,
            "/MediaBox": Array(size),
            "/Contents": Stream(target, before + behind + stamp + b" Q\n"),
            "/Resources": Dictionary({"/XObject": Dictionary({"/P": form}), "/Font": fonts}),
        }
    )


@lru_cache(maxsize=64)
def _frame(
    box: tuple[float, float, float, float], rotate: int, unit: float, is_own: bool
) -> tuple[tuple[int, int, float, float], bytes, bytes]:
    """The media box of a page, the operators that draw the foreign page, and those that clear the strip."""
    sheet = sheet_for(box, rotate, unit, is_own=is_own)
    matrix = " ".join(f"{number:.5f}" for number in sheet.matrix)
    scale = sheet.stamp_scale
    strip = f"q {scale:.4f} 0 0 {scale:.4f} 0 0 cm 1 1 1 rg 0 0 {sheet.width / scale:.2f} {STRIP:.2f} re f "
    size = (0, 0, round(sheet.width, 3), round(sheet.height, 3))
    return size, f"q {matrix} cm /P Do Q\n".encode("ascii"), strip.encode("ascii")


def _keep_layers(target: Pdf, sources: Sequence[Pdf]) -> None:
    """Keep layers hidden that a file hides: without this list a reader shows every layer of every page."""
    groups: list[Any] = []
    hidden: list[Any] = []
    for source in sources:
        layers = cast("Any", source.Root).get("/OCProperties")
        usual = layers.get("/D") if isinstance(layers, Dictionary) else None
        if not isinstance(layers, Dictionary) or not isinstance(usual, Dictionary):
            continue
        every = [item for item in cast("Any", layers).get("/OCGs", []) if item.is_indirect]
        off = [item for item in cast("Any", usual).get("/OFF", []) if item.is_indirect]
        if cast("Any", usual).get("/BaseState") == "/OFF":
            on = {item.objgen for item in cast("Any", usual).get("/ON", [])}
            off = [item for item in every if item.objgen not in on]
        groups += [target.copy_foreign(item) for item in every]
        hidden += [target.copy_foreign(item) for item in off]
    if hidden:
        target.Root["/OCProperties"] = Dictionary(
            {"/OCGs": Array(groups), "/D": Dictionary({"/OFF": Array(hidden)})}
        )


def _with_link(target: Pdf, page: Object, area: Sequence[float], to: Object) -> Array:
    link = Dictionary(
        {
            "/Type": Name.Annot,
            "/Subtype": Name.Link,
            "/Rect": Array([round(side, 2) for side in area]),
            "/Border": Array([0, 0, 0]),
            "/Dest": Array([to, Name.Fit]),
        }
    )
    present = list(cast("Any", page.get("/Annots", Array([]))))
    return Array([*present, target.make_indirect(link)])


def _describe(target: Pdf, part: PartPlan) -> None:
    with target.open_outline() as outline:
        for title, page in part.bookmarks:
            outline.root.append(OutlineItem(title, page, "Fit"))
    numbers: list[Any] = []
    for page, prefix, first in part.labels:
        label: dict[str, Any] = {"/S": Name.D, "/St": first}
        if prefix:
            label["/P"] = String(prefix)
        numbers += [page, Dictionary(label)]
    root = target.Root
    root["/PageLabels"] = Dictionary({"/Nums": Array(numbers)})
    root["/Lang"] = String("en-US")
    root["/PageMode"] = Name.UseOutlines
    root["/ViewerPreferences"] = Dictionary({"/DisplayDocTitle": True})
    target.docinfo["/Title"] = String(part.title)
    target.docinfo["/Producer"] = String(PRODUCER)
    target.docinfo["/Creator"] = String(PRODUCER)
