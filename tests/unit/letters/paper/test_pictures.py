"""A logo or signature is printed whatever it came as, or refused in a sentence; it is never left out silently."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import Any

import pikepdf
import pytest
from PIL import Image

from desktop.domain.letter import BlockKind, LetterContent, LetterKind
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.pictures import LONGEST_EDGE, PictureError, prepared
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.paper.pieces import block, letter, logo, sha


def headed(data: bytes, **changes: Any) -> LetterContent:
    return letter(block(BlockKind.LETTERHEAD, "", "Riverside"), logo_sha256=sha(data), **changes)


def pixel(data: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(prepared(data, "logo").png)) as image:
        assert image.mode == "RGB"
        found: Any = image.getpixel((0, 0))
        return tuple(found)


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("L", "PNG"),
        ("1", "PNG"),
        ("P", "PNG"),
        ("I;16", "PNG"),
        ("RGB", "JPEG"),
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("CMYK", "TIFF"),
        ("I;16", "TIFF"),
        ("F", "TIFF"),
        ("RGBA", "TIFF"),
    ],
)
def test_a_picture_of_any_kind_is_printed(mode: str, form: str) -> None:
    data = logo(mode, form=form)
    pdf = render_pdf(headed(data), EMPTY_LIBRARY, images={sha(data): data})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = [item.Subtype for item in opened.pages[0].Resources.XObject.values()]
    assert "/Image" in kinds
    assert render_docx(headed(data), EMPTY_LIBRARY, images={sha(data): data}).startswith(b"PK")


def test_what_is_transparent_is_white_on_paper() -> None:
    assert pixel(logo("RGBA")) == (255, 255, 255)


def test_sixteen_bits_keep_their_shades() -> None:
    (shade, *_) = pixel(logo("I;16"))
    assert abs(shade - 40000 / 65535 * 255) < 2


def test_a_print_in_four_colours_is_no_negative() -> None:
    assert pixel(logo("CMYK", form="JPEG"))[0] > 240


def test_a_large_picture_is_made_as_small_as_print_needs() -> None:
    made = prepared(logo("L", (5000, 2500)), "logo")
    assert (made.width, made.height) == (LONGEST_EDGE, LONGEST_EDGE // 2)


def _png_claiming(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    points = b"IDAT" + zlib.compress(bytes(100))
    parts = b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (chunk, points)
    )
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PNG"),
        (b"not a picture", "not a PNG"),
        (b"GIF89a" + b"\0" * 40, "not a PNG"),
        (b"%PDF-1.4", "not a PNG"),
        (logo()[:60], "damaged"),
        (logo("RGB", (400, 400), "JPEG")[:300], "damaged"),
        (_png_claiming(10_000, 10_000), "10,000 by 10,000 pixels"),
        (_png_claiming(60_000, 60_000), "more pixels"),
        (_png_claiming(0, 0), ""),
    ],
)
def test_a_broken_or_huge_picture_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(PictureError) as caught:
        render_pdf(headed(data), EMPTY_LIBRARY, images={sha(data): data})
    assert says in caught.value.what
    assert caught.value.what.startswith("The logo cannot be printed: ")
    assert caught.value.safe
    assert caught.value.todo


@pytest.mark.parametrize("at", range(8, 300, 17))
def test_a_picture_with_a_wrong_byte_is_printed_or_refused_never_a_crash(at: int) -> None:
    for good in (logo("RGB"), logo("RGB", form="JPEG"), logo("RGB", form="TIFF")):
        bad = bytearray(good)
        bad[at % len(bad)] ^= 0xFF
        with contextlib.suppress(PictureError):
            assert prepared(bytes(bad), "logo").png


def test_a_picture_that_is_not_there_is_said() -> None:
    with pytest.raises(PictureError) as caught:
        render_pdf(headed(b"x"), EMPTY_LIBRARY)
    assert "not in the store" in caught.value.what


def test_the_signature_stands_over_the_name_in_an_issued_letter_only() -> None:
    data = logo()
    content = LetterContent(
        kind=LetterKind.FIRST_LEVEL,
        title="T",
        running_head="x",
        signature_sha256=sha(data),
        blocks=(block(BlockKind.SIGNATURE, "", "Sincerely,", "Ann Doctor, MD"),),
    )
    issued = render_pdf(content, EMPTY_LIBRARY, images={sha(data): data})
    assert b"/Subtype /Image" in issued
    # A draft does not even need the picture.
    assert b"/Subtype /Image" not in render_pdf(content, EMPTY_LIBRARY, is_draft=True)
