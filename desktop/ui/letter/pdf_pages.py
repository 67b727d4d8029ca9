"""Turns the bytes of a PDF into pictures of its pages and finds blocks on them; only rendering, never parsing files
from outside. Runs off the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

# pdfium keeps global state and may be called from one thread at a time only.
_PDFIUM = threading.Lock()
_SHORTEST_ANCHOR = 6
_LONGEST_ANCHOR = 48


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the page from 0, and how far down it from 0 to 1."""

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """Pictures of all pages, the page sizes in points, and where each block begins."""

    pages: tuple[QImage, ...]
    sizes: tuple[tuple[float, float], ...]
    places: Mapping[str, Place]


def render(pdf: bytes, width_px: int, anchors: Mapping[str, str]) -> RenderedPdf:
    """Every page at a width in device pixels; `anchors` are the first printed words of each block, in order."""
    with _PDFIUM, _opened(pdf) as document:
        pages: list[QImage] = []
        sizes: list[tuple[float, float]] = []
        for page in _pages(document):
            width, height = page.get_size()
            sizes.append((width, height))
            pages.append(_picture(page, width_px / width))
        return RenderedPdf(tuple(pages), tuple(sizes), _places(document, anchors))


def page_at_resolution(pdf: bytes, index: int, dots_per_inch: int) -> QImage:
    """One page for a printer."""
    with _PDFIUM, _opened(pdf) as document:
        return _picture(document[index], dots_per_inch / 72)


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with _PDFIUM, _opened(pdf) as document:
        return len(document)


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _pages(document: Any) -> Iterator[Any]:
    for index in range(len(document)):
        yield document[index]


def _picture(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=False)
    formats = {"BGR": QImage.Format.Format_BGR888, "BGRx": QImage.Format.Format_RGB32}
    formats |= {"BGRA": QImage.Format.Format_ARGB32, "L": QImage.Format.Format_Grayscale8}
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, formats[bitmap.mode])
    # The copy owns its pixels: the buffer goes away with the bitmap.
    return image.copy()


def _places(document: Any, anchors: Mapping[str, str]) -> dict[str, Place]:
    """Search the printed text in order, blind to spaces and line ends, so that wrapping does not matter."""
    letters: list[str] = []
    origin: list[tuple[int, int]] = []
    text_pages: list[tuple[Any, float]] = []
    for number, page in enumerate(_pages(document)):
        text_page = page.get_textpage()
        text_pages.append((text_page, page.get_size()[1]))
        for index, letter in enumerate(text_page.get_text_range()):
            if not letter.isspace() and letter.isprintable():
                letters.append(letter)
                origin.append((number, index))
    whole = "".join(letters)
    found: dict[str, Place] = {}
    after = 0
    for name, anchor in anchors.items():
        wanted = "".join(letter for letter in anchor if not letter.isspace() and letter.isprintable())
        wanted = wanted[:_LONGEST_ANCHOR]
        at = whole.find(wanted, after) if len(wanted) >= _SHORTEST_ANCHOR else -1
        if at < 0:
            continue
        after = at
        number, index = origin[at]
        text_page, height = text_pages[number]
        top = text_page.get_charbox(index)[3]
        found[name] = Place(number, min(1.0, max(0.0, 1 - top / height)))
    return found
