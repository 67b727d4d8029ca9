"""Turns a drawing into a picture for papers that take no vectors; the same lines and words as on the PDF's page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from desktop.letters.paper.drawing import Disc, Drawing, Item, Line, Shape, Words
from desktop.letters.paper.fonts import font_file

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

DOTS_PER_INCH = 216
_FINER = 2
"""Drawn finer by this and made smaller again, because Pillow draws lines without smooth edges."""


def picture_of(drawing: Drawing) -> bytes:
    """The drawing as PNG on white."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    scale = DOTS_PER_INCH / 72 * _FINER
    size = (round(drawing.width * scale), round(drawing.height * scale))
    image: Any = Image.new("RGB", size, "white")
    pen = Draw(image)
    for item in drawing.items:
        _draw(pen, item, scale)
    image = image.reduce(_FINER)
    buffer = io.BytesIO()
    # 32 greys and blues are all it has: a palette keeps the letter small enough for a portal.
    image.quantize(32, Image.Quantize.FASTOCTREE).save(buffer, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return buffer.getvalue()


def _draw(pen: ImageDraw, item: Item, scale: float) -> None:
    match item:
        case Line():
            ends = (_at(item.start, scale), _at(item.end, scale))
            pen.line(ends, fill=item.color, width=max(1, round(item.width * scale)))
        case Shape():
            points = [_at(point, scale) for point in item.points]
            if item.fill:
                pen.polygon(points, fill=item.fill)
            if item.stroke:
                pen.line(
                    [*points, points[0]],
                    fill=item.stroke,
                    width=max(1, round(item.width * scale)),
                    joint="curve",
                )
        case Disc():
            (x, y), r = _at(item.centre, scale), item.radius * scale
            width = max(1, round(item.width * scale))
            pen.ellipse((x - r, y - r, x + r, y + r), item.fill or None, item.stroke or None, width)
        case Words():
            for x, name, text in item.runs():
                font = _font(name, item.size * scale)
                pen.text(_at((x, item.place[1]), scale), text, fill=item.color, font=font, anchor="ls")


def _at(point: tuple[float, float], scale: float) -> tuple[float, float]:
    return point[0] * scale, point[1] * scale


def _font(name: str, size: float) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(font_file(name)), size)
