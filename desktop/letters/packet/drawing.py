"""Draws one page of a foreign file as plain pixels inside the limited process, for a look at it before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PIL import Image, ImageOps

from desktop.letters.packet.burning import Area, areas_of_words
from desktop.letters.packet.foreign_pdf import RefusedError
from desktop.letters.packet.pictures import frames_of

MOST_PIXELS = 16_000_000
_MOST_SIDE = 5_000
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of pdfium's fpdfview.h."""


def draw(message: dict[str, Any], blobs: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """A page of the file in the first blob: `width`, `height`, `count` and three bytes a pixel; or `refused`.

    `areas` are where the asked words stand on it, and `unfound` how many of them do not.
    """
    try:
        if message["media"] == "picture":
            picture, count = _of_picture(blobs[0], message["page"], message["width"])
            areas, unfound = list[Area](), len(message["words"])
        else:
            picture, count, areas, unfound = _of_pdf(blobs[0], message)
    except RefusedError as error:
        return {"refused": error.word, "count": error.count}, []
    answer = {"width": picture.width, "height": picture.height, "count": count}
    return answer | {"areas": areas, "unfound": unfound}, [picture.tobytes()]


def _of_pdf(data: bytes, message: dict[str, Any]) -> tuple[Image.Image, int, list[Area], int]:
    from pypdfium2 import PdfDocument, PdfiumError

    number: int = message["page"]

    try:
        with PdfDocument(data) as opened:
            document = cast("Any", opened)  # its drawing half carries no types
            if not 1 <= number <= len(document):
                raise RefusedError("no_page", number)
            if document.get_formtype():
                document.init_forms()
            page = document[number - 1]
            across, down = page.get_size()
            scale = _scale(across, down, message["width"])
            drawn = cast("Image.Image", page.render(scale=scale).to_pil())
            areas, unfound = list[Area](), 0
            for words, nth, of in message["words"]:
                try:
                    areas += areas_of_words(page, drawn.size, (words, nth, of), number)
                except RefusedError:
                    unfound += 1
            return drawn.convert("RGB"), len(document), areas, unfound
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise RefusedError("encrypted" if is_locked else "page", number) from None


def _of_picture(data: bytes, number: int, width: int) -> tuple[Image.Image, int]:
    wanted, count = None, 0
    for count, frame in enumerate(frames_of(data), start=1):
        if count == number:
            wanted = ImageOps.exif_transpose(frame).convert("RGB")
    if wanted is None:
        raise RefusedError("no_page", number)
    scale = _scale(wanted.width, wanted.height, width)
    if scale < 1:
        size = (max(1, round(wanted.width * scale)), max(1, round(wanted.height * scale)))
        wanted = cast("Any", wanted).resize(size, Image.Resampling.LANCZOS)
    return wanted, count


def _scale(across: float, down: float, width: int) -> float:
    """Pixels for each unit of the page: the wanted width, within what a picture may hold."""
    across, down = max(across, 1.0), max(down, 1.0)
    return min(width / across, _MOST_SIDE / across, _MOST_SIDE / down, (MOST_PIXELS / (across * down)) ** 0.5)
