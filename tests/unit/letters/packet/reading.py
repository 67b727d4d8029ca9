"""Reads a built packet as whoever receives it would: its words, its pictures, its objects."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image
from pypdfium2 import PdfDocument


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def places_of(
    pdf: bytes, words: str
) -> list[tuple[int, tuple[float, float, float, float], tuple[float, float]]]:
    """Page (from 0), box and page size of each place where words stand."""
    found = []
    with PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            search = text.search(words)
            while (hit := search.get_next()) is not None:
                boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
                box = (
                    min(one[0] for one in boxes),
                    min(one[1] for one in boxes),
                    max(one[2] for one in boxes),
                    max(one[3] for one in boxes),
                )
                found.append((number, box, page.get_size()))
    return found


def picture_of(pdf: bytes, page: int, dpi: int = 72) -> Image.Image:
    """A page (from 0; -1 is the last) as it is shown, in grey."""
    with PdfDocument(pdf) as document:
        drawn: Any = document[page % len(document)]
        return drawn.render(scale=dpi / 72).to_pil().convert("L")


def every_object(pdf: bytes) -> Iterator[pikepdf.Object]:
    """Every object of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield from list(opened.objects)


def raw_words(pdf: bytes) -> bytes:
    """Every string and every unpacked stream of the file, one after the other."""
    parts = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream):
                parts.append(item.unparse(resolved=False))
                try:
                    parts.append(item.read_bytes())
                except pikepdf.PdfError:
                    parts.append(item.read_raw_bytes())
            else:
                parts.append(item.unparse(resolved=True))
        parts.append(opened.trailer.unparse())
    return b"\n".join(parts)


def grey_at(shown: Image.Image, across: float, down: float) -> int:
    """How bright a picture in grey is at a share of its width and height: 0 black, 255 white."""
    return shown.tobytes()[int(shown.height * down) * shown.width + int(shown.width * across)]
