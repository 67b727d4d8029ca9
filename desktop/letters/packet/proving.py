"""Reads a built packet again, inside the limited process, and says whether what was blacked out is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from PIL import Image

from desktop.letters.packet.burning import Area
from desktop.letters.packet.geometry import STRIP
from desktop.letters.packet.plain_words import MARK, plain

_DARK = 60
_PROOF_DPI = 100
_EDGE = 2
"""Pixels at the border of an area that may be mixed with what lies beside it when the page is drawn smaller."""


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """What must be gone from some pages (counted from 0): words, and areas of the first of these pages.

    `allowed` is how often the words may still stand there, in other places; `marks` how many letters are masked.
    """

    pages: tuple[int, ...]
    words: str = ""
    allowed: int = 0
    marks: int = 0
    head: float = 0
    """Points at the top of each page that are ours and not read."""
    areas: tuple[Area, ...] = ()
    matrix: tuple[float, float, float, float, float, float] = (1, 0, 0, 1, 0, 0)
    """How the picture of the page, whose sides are `size`, lies on the page of the packet."""
    size: tuple[float, float] = (0, 0)


def prove(pdf: bytes, checks: Sequence[Check]) -> list[tuple[int, bool]]:
    """For each check how often the words are left beyond what is allowed, and whether the place is covered."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as opened:
        document = cast("Any", opened)
        return [_answer(document, check) for check in checks]


def _answer(document: Any, check: Check) -> tuple[int, bool]:
    text = "".join(_words(document[number], check.head) for number in check.pages)
    sought = plain(check.words)
    found = plain(text).count(sought) if sought else 0
    is_covered = text.count(MARK) >= check.marks
    if check.areas:
        is_covered = is_covered and _is_black(document[check.pages[0]], check)
    return max(0, found - check.allowed), is_covered


def _words(page: Any, head: float) -> str:
    """The text of a page between our head line and its stamp."""
    text = page.get_textpage()
    width, height = page.get_size()
    strip = STRIP * max(1.0, min(width, height) / 612.0) - 1
    return cast("str", text.get_text_bounded(bottom=strip, top=height - head, errors="ignore"))


def _is_black(page: Any, check: Check) -> bool:
    scale = _PROOF_DPI / 72
    picture = cast("Image.Image", page.render(scale=scale).to_pil()).convert("L")
    height = float(page.get_size()[1])
    a, _, _, d, e, f = check.matrix
    for left, top, right, bottom in check.areas:
        x0 = e + a * check.size[0] * left / 1000
        x1 = e + a * check.size[0] * right / 1000
        y1 = height - (f + d * check.size[1] * (1 - top / 1000))
        y0 = height - (f + d * check.size[1] * (1 - bottom / 1000))
        place = (
            round(x0 * scale) + _EDGE,
            round(y1 * scale) + _EDGE,
            round(x1 * scale) - _EDGE,
            round(y0 * scale) - _EDGE,
        )
        if place[2] <= place[0] or place[3] <= place[1]:
            continue
        if cast("tuple[int, int]", picture.crop(place).getextrema())[1] > _DARK:
            return False
    return True
