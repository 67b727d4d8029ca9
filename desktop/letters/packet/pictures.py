"""Makes pages of pictures inside the limited process: scans as they came, without what cameras write along.

A JPEG keeps its bytes but for the segments that draw nothing; other pictures are packed without loss.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, cast

from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageOps, ImageSequence

from desktop.letters.packet.foreign_limits import MAX_FRAMES, MAX_PIXELS
from desktop.letters.packet.foreign_pdf import Leaf, OpenFile, RefusedError
from desktop.letters.packet.geometry import LETTER, Box

_MARGIN = 24.0
_DRAWN_SEGMENTS = frozenset({0xE0, 0xEE})
"""JFIF and Adobe: the two that say how the colours are meant."""
_JPEG_QUALITY = 85


def leaves_of_picture(data: bytes, wanted: tuple[int, ...] = ()) -> OpenFile:
    """The frames of a PNG, JPEG or TIFF as pages of US Letter. Raises RefusedError: `broken`, `pixels`, `pages`."""
    pdf = Pdf.new()
    leaves: list[Leaf] = []
    numbers: list[int] = []
    for number, frame in enumerate(frames_of(data), start=1):
        if wanted and number not in wanted:
            continue
        jpeg = _plain_jpeg(data, frame) if number == 1 else None
        image = _jpeg_stream(pdf, jpeg, frame) if jpeg else picture_stream(pdf, _drawn(frame))
        numbers.append(number)
        leaves.append(leaf_of_image(pdf, image, _turned_size(frame) if jpeg is None else frame.size))
    if not leaves:
        raise RefusedError("empty")
    return OpenFile(pdf, leaves, numbers)


def frames_of(data: bytes) -> Iterator[Image.Image]:
    """The frames of a picture, one at a time. Raises RefusedError."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            count = cast("int", getattr(picture, "n_frames", 1))
            if picture.format == "TIFF" and count > MAX_FRAMES:
                raise RefusedError("frames", count)
            many = picture.format == "TIFF"  # a further frame of a PNG or JPEG is a preview, or an animation
            for frame in ImageSequence.Iterator(picture) if many else (picture,):
                if frame.width * frame.height > MAX_PIXELS:
                    raise RefusedError("pixels")
                frame.load()
                yield frame
    except (OSError, ValueError, SyntaxError, zlib.error, EOFError):
        raise RefusedError("broken") from None
    except Image.DecompressionBombError:
        raise RefusedError("pixels") from None


def picture_stream(pdf: Pdf, picture: Image.Image) -> Stream:
    """A picture as an image of the file: grey where it has no colour, packed the smaller of two ways."""
    plain = _without_alpha(picture)
    if plain.mode == "RGB" and _is_grey(plain):
        plain = plain.convert("L")
    packed = zlib.compress(plain.tobytes(), 6)
    entries = _image_entries(plain.size, "/DeviceRGB" if plain.mode == "RGB" else "/DeviceGray")
    if plain.mode == "1":
        entries["/BitsPerComponent"] = 1
    else:
        jpeg = io.BytesIO()
        plain.save(jpeg, "JPEG", quality=_JPEG_QUALITY)
        if len(jpeg.getvalue()) < len(packed) * 0.7:
            return _raw_stream(pdf, jpeg.getvalue(), entries, "/DCTDecode")
    return _raw_stream(pdf, packed, entries, "/FlateDecode")


def leaf_of_image(
    pdf: Pdf, image: Stream, size: tuple[int, int], sheet: tuple[float, float] | None = None
) -> Leaf:
    """A page with the image as large as it will go: on a `sheet` of its own size, else on US Letter with margins."""
    width, height = sheet or sheet_of_image(size)
    x0, y0, x1, y1 = place_of_image(size, sheet)
    content = f"q {x1 - x0:.3f} 0 0 {y1 - y0:.3f} {x0:.3f} {y0:.3f} cm /Im Do Q"
    form = Stream(pdf, content.encode("ascii"))
    form["/Type"] = Name.XObject
    form["/Subtype"] = Name.Form
    form["/BBox"] = Array([0, 0, width, height])
    form["/Resources"] = Dictionary({"/XObject": Dictionary({"/Im": image})})
    return Leaf(form, (0.0, 0.0, width, height))


def sheet_of_image(size: tuple[int, int]) -> tuple[float, float]:
    """US Letter, lying where the image does."""
    return LETTER if size[1] >= size[0] else (LETTER[1], LETTER[0])


def place_of_image(size: tuple[int, int], sheet: tuple[float, float] | None) -> Box:
    """Where `leaf_of_image` puts the image."""
    if sheet is not None:
        return (0.0, 0.0, *sheet)
    width, height = sheet_of_image(size)
    scale = min((width - 2 * _MARGIN) / size[0], (height - 2 * _MARGIN) / size[1])
    across, up = scale * size[0], scale * size[1]
    left, low = (width - across) / 2, height - _MARGIN - up
    return (left, low, left + across, low + up)


def _drawn(frame: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    return turned if turned.mode in {"1", "L", "RGB"} else _without_alpha(turned)


def _turned_size(frame: Image.Image) -> tuple[int, int]:
    return ImageOps.exif_transpose(frame).size


def _without_alpha(picture: Image.Image) -> Image.Image:
    """The picture on white, in a mode that a PDF holds: a transparent page would print black."""
    if picture.mode in {"1", "L", "RGB"}:
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":
        return _as_eight_bits(picture)
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        sheet = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(sheet, seen).convert("RGB")
    return picture.convert("RGB")


def _as_eight_bits(picture: Image.Image) -> Image.Image:
    low, high = cast("tuple[float, float]", picture.getextrema())
    span = (high - low) or 1
    # Sixteen bits hold what a scanner measured, seldom from 0 to 65,535: spread, so that it can be read.
    spread = cast("Any", picture.convert("F")).point(_Spread(low, 255 / span))
    return cast("Image.Image", spread.convert("L"))


class _Spread:
    """A straight line, in the shape that Pillow takes for pictures of many bits."""

    def __init__(self, low: float, factor: float) -> None:
        self._low, self._factor = low, factor

    def __call__(self, value: Any) -> Any:
        return value * self._factor + (-self._low * self._factor)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    for other in (green, blue):
        low_high = cast("tuple[int, int]", ImageChops.difference(red, other).getextrema())
        if low_high[1] > 8:
            return False
    return True


def _plain_jpeg(data: bytes, frame: Image.Image) -> bytes | None:
    """A JPEG's own bytes without Exif, GPS and comments; None where it must be drawn anew (turned, CMYK, damaged)."""
    if frame.format != "JPEG" or frame.mode not in {"L", "RGB"} or frame.getexif().get(0x0112, 1) != 1:
        return None
    kept = bytearray(data[:2])
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:  # the picture itself begins; what stands after its end is not drawn
            end = data.rfind(b"\xff\xd9")
            return bytes(kept + data[at : end + 2]) if end > at else None
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_note or marker in _DRAWN_SEGMENTS:
            kept += data[at : at + 2 + length]
        at += 2 + length
    return None


def _jpeg_stream(pdf: Pdf, jpeg: bytes, frame: Image.Image) -> Stream:
    space = "/DeviceGray" if frame.mode == "L" else "/DeviceRGB"
    return _raw_stream(pdf, jpeg, _image_entries(frame.size, space), "/DCTDecode")


def _image_entries(size: tuple[int, int], space: str) -> dict[str, Any]:
    return {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": size[0],
        "/Height": size[1],
        "/ColorSpace": Name(space),
        "/BitsPerComponent": 8,
    }


def _raw_stream(pdf: Pdf, packed: bytes, entries: dict[str, Any], how: str) -> Stream:
    stream = Stream(pdf, b"", entries)
    stream.write(packed, filter=Name(how))
    return stream
