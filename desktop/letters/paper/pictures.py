"""Makes a logo or signature fit for print, whatever it came as; what cannot be read is said, never left out."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterContent

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 40_000_000
"""A scan of a whole page at 600 dpi has 34 million."""

LONGEST_EDGE = 1_400
"""Pixels kept: 300 dpi over the widest place a picture takes."""

# What is warned of is set for the whole process, so one picture is read at a time.
_WARNINGS = threading.Lock()
_FORMATS = ("PNG", "JPEG", "TIFF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on white: RGB as PNG bytes, and its size in pixels."""

    png: bytes
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size in points within a box, never larger than at 96 dpi."""
        scale = min(width / self.width, height / self.height, 0.75)
        return self.width * scale, self.height * scale


class PictureError(UserFacingError):
    """A picture that a letter names cannot be printed."""

    def __init__(self, which: str, why: str) -> None:
        super().__init__(
            f"The {which} cannot be printed: {why}.",
            safe="Nothing was printed and nothing was changed.",
            todo=f"Choose another {which} for the letterhead (PNG or JPEG), or take it out, and try again.",
        )


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one letter; None where it has none."""

    logo: Picture | None = None
    signature: Picture | None = None


def pictures_of(content: LetterContent, images: Mapping[str, bytes], *, has_signature: bool) -> Pictures:
    """The pictures that the letter names, ready for print. Raises PictureError naming the one at fault."""
    return Pictures(
        logo=_named(content.logo_sha256, images, "logo"),
        signature=_named(content.signature_sha256, images, "signature picture") if has_signature else None,
    )


def _named(sha256: str, images: Mapping[str, bytes], which: str) -> Picture | None:
    if not sha256:
        return None
    if sha256 not in images:
        raise PictureError(which, "its file is not in the store")
    return prepared(images[sha256], which)


def prepared(data: bytes, which: str) -> Picture:
    """The picture on white in RGB, made smaller where it is larger than print needs."""
    from PIL import Image, UnidentifiedImageError

    try:
        with _WARNINGS, warnings.catch_warnings():
            # Pillow warns of damage that it reads past, and of size, which is checked below before reading.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    why = f"it has {image.width:,} by {image.height:,} pixels, and at most {MAX_PIXELS:,} can be taken"
                    raise PictureError(which, why)
                return _on_white(image)
    except Image.DecompressionBombError:
        raise PictureError(which, "it claims more pixels than can be taken") from None
    except UnidentifiedImageError:
        raise PictureError(which, "it is not a PNG, JPEG or TIFF picture") from None
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
        OverflowError,
        MemoryError,
    ):
        # Whatever a decoder stumbles over in a damaged file.
        raise PictureError(which, "its file is damaged") from None


def _on_white(source: Image) -> Picture:
    from PIL import Image

    image: Any = source
    image.load()
    if image.mode.startswith(("I", "F")):
        # Sixteen bits a point: scaled, because a plain conversion would cut everything bright to white.
        lowest, highest = image.getextrema()
        span = 65535 if highest > 255 else max(1, highest)
        image = image.point(_scaled(255.0 / span)).convert("L") if lowest >= 0 else image.convert("L")
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if has_alpha:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    image = image.convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Picture(buffer.getvalue(), image.width, image.height)


def _scaled(factor: float) -> Any:
    def scale(value: Any) -> Any:
        # Pillow asks this of a stand-in for the pixels and reads a factor from the answer.
        return value * factor

    return scale
