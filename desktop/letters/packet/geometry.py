"""Where a foreign page and its stamp lie on a sheet of the packet; numbers only, no PDF library.

A page is shown as its author meant it (cropped, turned), a little smaller, above a free strip that carries the stamp:
so the stamp is inside the visible area of any page and never over its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER = (612.0, 792.0)
STRIP = 42.0
"""Height of the strip for the stamp, in points, on a page of the usual size."""
LEAST_SIDE = 230.0
"""A page with a shorter side has no room for a stamp: it is laid on a sheet of US Letter in its own size."""
_MARGIN = 36.0
_GREATEST_SIDE = 14_400.0
"""What readers of PDF are bound to show (ISO 32000, annex C); a box beyond it is not believed."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

_TURNED: dict[int, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the packet: its size, the matrix that puts the foreign page there, and how large the stamp is drawn."""

    width: float
    height: float
    matrix: Matrix
    stamp_scale: float


def visible_box(media: Sequence[float] | None, crop: Sequence[float] | None) -> Box:
    """The part of a page that is shown: the crop box within the media box; US Letter where both are unusable."""
    whole = _sound(media) or (0.0, 0.0, *LETTER)
    cut = _sound(crop)
    if cut is None:
        return whole
    inner = (
        max(whole[0], cut[0]),
        max(whole[1], cut[1]),
        min(whole[2], cut[2]),
        min(whole[3], cut[3]),
    )
    return _sound(inner) or whole


def quarter_turns(rotate: int) -> int:
    """The rotation as 0, 90, 180 or 270; what is no multiple of 90 turns nothing, as in a reader."""
    return rotate % 360 if rotate % 90 == 0 else 0


def sheet_for(box: Box, rotate: int, unit: float = 1.0, *, is_own: bool = False) -> Sheet:
    """How a page with this visible box is laid out. One of our `own` pages keeps its size: it left the strip free."""
    turn = quarter_turns(rotate)
    x0, y0, x1, y1 = box
    across, up = (x1 - x0) * unit, (y1 - y0) * unit
    width, height = (up, across) if turn in {90, 270} else (across, up)
    if is_own:
        return Sheet(width, height, _matrix(box, turn, unit, (0.0, 0.0)), 1.0)
    if min(width, height) < LEAST_SIDE:
        return _on_a_letter_sheet(box, turn, unit, (width, height))
    stamp = max(1.0, min(width, height) / LETTER[0])
    strip = STRIP * stamp
    scale = (height - strip) / height
    at = ((width - scale * width) / 2, strip)
    return Sheet(width, height, _matrix(box, turn, unit * scale, at), stamp)


def _on_a_letter_sheet(box: Box, turn: int, unit: float, shown: tuple[float, float]) -> Sheet:
    width, height = LETTER if shown[1] >= shown[0] else (LETTER[1], LETTER[0])
    room = (width - 2 * _MARGIN, height - STRIP - 2 * _MARGIN)
    scale = min(1.0, room[0] / shown[0], room[1] / shown[1])
    at = ((width - scale * shown[0]) / 2, height - _MARGIN - scale * shown[1])
    return Sheet(width, height, _matrix(box, turn, unit * scale, at), 1.0)


def _matrix(box: Box, turn: int, scale: float, at: tuple[float, float]) -> Matrix:
    """Turns the page as a reader would, scales it, and puts its lower left corner as shown at a point."""
    a, b, c, d = _TURNED[turn]
    x0, y0, x1, y1 = box
    corners = [(a * x + c * y, b * x + d * y) for x in (x0, x1) for y in (y0, y1)]
    left, low = min(x for x, _ in corners), min(y for _, y in corners)
    return (a * scale, b * scale, c * scale, d * scale, at[0] - scale * left, at[1] - scale * low)


def _sound(box: Sequence[float] | None) -> Box | None:
    if box is None or len(box) != 4:
        return None
    x0, x1 = sorted((float(box[0]), float(box[2])))
    y0, y1 = sorted((float(box[1]), float(box[3])))
    sides = (x1 - x0, y1 - y0)
    is_sound = all(1.0 <= side <= _GREATEST_SIDE for side in sides)
    return (x0, y0, x1, y1) if is_sound else None
