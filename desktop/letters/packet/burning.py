"""Draws a page anew with what is to be blacked out burnt into the picture, inside the limited process.

The page loses its whole text layer: a layer put back beneath a picture would have to be cut by guesses about which
letters lie under the box, and one wrong guess gives away what the box is there to hide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ctypes import byref, c_int
from dataclasses import dataclass
from typing import Any, cast

from pikepdf import Pdf
from PIL import Image, ImageDraw

from desktop.letters.packet.foreign_pdf import Leaf, RefusedError
from desktop.letters.packet.geometry import Box
from desktop.letters.packet.pictures import frames_of, leaf_of_image, picture_stream, place_of_image
from desktop.letters.packet.plain_words import plain

DPI = 200
_MOST_PIXELS = 60_000_000
_ROOM = 2
"""Pixels added around words, so that no edge of a letter shows."""

Area = tuple[int, int, int, int]
"""Left, top, right and bottom in thousandths of the page as it is shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Burn:
    """What is burnt into one page: areas, and words of which the `nth` place is meant (None: every one)."""

    page: int
    areas: tuple[Area, ...] = ()
    words: tuple[tuple[str, int | None, int], ...] = ()
    """The words, which place of how many that the record counts on this page."""


@dataclass(frozen=True, slots=True, repr=False)
class Burnt:
    """A page drawn anew, where its picture lies, and where on that (as areas) it is black now."""

    leaf: Leaf
    place: Box
    areas: tuple[Area, ...]


def burn_pdf(data: bytes, burn: Burn, into: Pdf) -> Burnt:
    """Draw a page of a PDF with its areas and words blacked out, into `into`.

    Raises RefusedError: `page` when it cannot be drawn, `words` when words are not found on it.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(data) as opened:
            document = cast("Any", opened)  # its drawing half carries no types
            if not 1 <= burn.page <= len(document):
                raise RefusedError("no_page", burn.page)
            if document.get_formtype():
                document.init_forms()
            page = document[burn.page - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = cast("Image.Image", page.render(scale=scale).to_pil())
            found = [areas_of_words(page, picture.size, item, burn.page) for item in burn.words]
    except PdfiumError:
        raise RefusedError("page", burn.page) from None
    areas = (*burn.areas, *(area for areas in found for area in areas))
    return _burnt(picture, areas, (width, height), into)


def burn_picture(data: bytes, burn: Burn, into: Pdf) -> Burnt:
    """As `burn_pdf`, for a frame of a picture file, which has no words to be found."""
    if burn.words:
        raise RefusedError("words", burn.page)
    for number, frame in enumerate(frames_of(data), start=1):
        if number == burn.page:
            return _burnt(frame.convert("RGB"), burn.areas, None, into)
    raise RefusedError("no_page", burn.page)


def _burnt(
    picture: Image.Image, areas: Sequence[Area], sheet: tuple[float, float] | None, into: Pdf
) -> Burnt:
    from PIL import ImageOps

    drawn = ImageOps.exif_transpose(picture).convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for area in areas:
        pen.rectangle(_pixels(area, drawn.size), fill="black")
    # A new picture: nothing of the file's notes travels along.
    fresh = Image.frombytes("RGB", drawn.size, drawn.tobytes())
    leaf = leaf_of_image(into, picture_stream(into, fresh), fresh.size, sheet)
    return Burnt(leaf, place_of_image(fresh.size, sheet), tuple(areas))


def _pixels(area: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = area
    return (
        left * size[0] // 1000,
        top * size[1] // 1000,
        -(-right * size[0] // 1000),
        -(-bottom * size[1] // 1000),
    )


def areas_of_words(
    page: Any, size: tuple[int, int], wanted: tuple[str, int | None, int], number: int
) -> list[Area]:
    """Where words stand on an open page, as areas: one bar a line. Raises RefusedError: `words`."""
    words, nth, of = wanted
    text = page.get_textpage()
    letters: list[str] = []
    places: list[int] = []
    for index in range(text.count_chars()):
        for letter in plain(text.get_text_range(index, 1, errors="ignore")):
            letters.append(letter)
            places.append(index)
    joined, sought = "".join(letters), plain(words)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(sought)})", joined)] if sought else []
    if not starts:
        raise RefusedError("words", number)
    if nth is not None and len(starts) == of:
        starts = [starts[nth]]
    areas: list[Area] = []
    for start in starts:
        hit = dict.fromkeys(places[at] for at in range(start, start + len(sought)))
        areas += _bars([_area(page, text.get_charbox(index, loose=True), size) for index in hit])
    return areas


def _bars(letters: Sequence[Area]) -> list[Area]:
    """The areas of letters joined to one bar for each line, so that the gaps do not tell the lengths of words."""
    bars: list[Area] = []
    for before, area in zip((None, *letters), letters, strict=False):
        if before is not None and _is_beside(before, area):
            old = bars[-1]
            bars[-1] = (
                min(old[0], area[0]),
                min(old[1], area[1]),
                max(old[2], area[2]),
                max(old[3], area[3]),
            )
        else:
            bars.append(area)
    return bars


def _is_beside(before: Area, area: Area) -> bool:
    """Whether they stand on one line, be it upright or turned, and no more than a wide space apart."""
    along = (
        min(before[3], area[3]) - max(before[1], area[1]),
        max(before[0], area[0]) - min(before[2], area[2]),
    )
    across = (
        min(before[2], area[2]) - max(before[0], area[0]),
        max(before[1], area[1]) - min(before[3], area[3]),
    )
    height, width = area[3] - area[1], area[2] - area[0]
    return (along[0] * 2 > height and along[1] < height) or (across[0] * 2 > width and across[1] < width)


def _area(page: Any, box: tuple[float, float, float, float], size: tuple[int, int]) -> Area:
    """A box of the page's own coordinates as an area of the page as it is shown, however that is turned or cropped."""
    from pypdfium2 import raw as bindings

    raw = cast("Any", bindings)
    left, bottom, right, top = box
    points: list[tuple[int, int]] = []
    for x, y in ((left, bottom), (right, top)):
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, byref(across), byref(down))
        points.append((across.value, down.value))
    (x0, x1), (y0, y1) = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return (
        max(0, (x0 - _ROOM) * 1000 // size[0]),
        max(0, (y0 - _ROOM) * 1000 // size[1]),
        min(1000, -(-(x1 + _ROOM) * 1000 // size[0])),
        min(1000, -(-(y1 + _ROOM) * 1000 // size[1])),
    )
