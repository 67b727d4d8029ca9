"""The anatomy of the spine picture as vector outlines; it must know nothing of findings, colours or levels asked."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QTransform

from desktop.domain.vertebra import VERTEBRAE

# How far each body's centre lies behind (+) or before (-) the plumb line, in hundredths of a lumbar body's
# depth: the cervical and lumbar lordosis and the thoracic kyphosis of a standing adult, seen from the left.
_CERVICAL = (0, -4, -9, -12, -12, -8, -2)
_THORACIC = (4, 10, 16, 20, 24, 26, 27, 26, 23, 18, 11, 4)
_LUMBOSACRAL = (-6, -16, -23, -21, -7, 17, 52)
_OFFSET = dict(zip(VERTEBRAE, (*_CERVICAL, *_THORACIC, *_LUMBOSACRAL), strict=True))


@dataclass(frozen=True, slots=True)
class Bone:
    """One vertebra placed in the picture: centre, tilt in degrees, depth (front to back) and height."""

    name: str
    center: QPointF
    tilt: float
    depth: float
    height: float

    @property
    def placement(self) -> QTransform:
        """From the bone's own coordinates (front left, back right) to the picture's."""
        transform = QTransform()
        transform.translate(self.center.x(), self.center.y())
        transform.rotate(self.tilt)
        return transform

    def at(self, x: float, y: float) -> QPointF:
        """A point given in shares of half depth and half height."""
        return self.placement.map(QPointF(x * self.depth / 2, y * self.height / 2))


def place_bones(
    names: tuple[str, ...], left: float, top: float, pitch: float, depth: float
) -> tuple[Bone, ...]:
    """The bones one `pitch` apart from `top`; `depth` is that of a lumbar body, both in pixels."""
    middles = [
        QPointF(
            left + depth * (0.5 + (_OFFSET[name] - min(_OFFSET[n] for n in names)) / 100),
            top + pitch * (i + 0.5),
        )
        for i, name in enumerate(names)
    ]
    bones: list[Bone] = []
    for index, name in enumerate(names):
        before, after = middles[max(index - 1, 0)], middles[min(index + 1, len(names) - 1)]
        run = after - before
        tilt = -math.degrees(math.atan2(run.x(), run.y())) if index or len(names) > 1 else 0.0
        bones.append(Bone(name, middles[index], tilt * 0.85, depth * _share(name), pitch * 0.66))
    return tuple(bones)


def _share(name: str) -> float:
    number = int(name[1:])
    match name[0]:
        case "C":
            return 0.58 + 0.02 * number
        case "T":
            return 0.72 + 0.02 * number
        case _:
            return 1.0 if name[0] == "L" else 0.92 - 0.18 * (number - 1)


def body_outline(bone: Bone) -> QPainterPath:
    """The vertebral body: waisted in front and behind, endplates slightly hollow, corners lipped."""
    w, h = bone.depth / 2, bone.height / 2
    path = QPainterPath()
    if bone.name.startswith("S"):
        # The sacrum is a wedge: its endplate is wide, its lower end narrow, and the pieces are fused.
        low, end = (0.80, 2.06) if bone.name == "S1" else (0.72, 1.30)
        path.moveTo(-w, -h * 0.92)
        path.quadTo(0, -h * 0.80, w, -h * 0.92)
        path.quadTo(w * 0.94, h * 0.40, w * low, h * end)
        path.quadTo(0, h * (end - 0.12), -w * low, h * end)
        path.quadTo(-w * 0.80, h * 0.40, -w, -h * 0.92)
    else:
        lip = 0.06
        path.moveTo(-w * (1 - lip), -h)
        path.quadTo(0, -h * 0.86, w * (1 - lip), -h)
        path.quadTo(w * 1.03, -h * 0.97, w, -h * 0.80)
        path.quadTo(w * 0.86, 0, w, h * 0.80)
        path.quadTo(w * 1.03, h * 0.97, w * (1 - lip), h)
        path.quadTo(0, h * 0.86, -w * (1 - lip), h)
        path.quadTo(-w * 1.05, h * 0.97, -w, h * 0.80)
        path.quadTo(-w * 0.82, 0, -w, -h * 0.80)
        path.quadTo(-w * 1.05, -h * 0.97, -w * (1 - lip), -h)
    path.closeSubpath()
    return bone.placement.map(path)


def arch_outline(bone: Bone) -> QPainterPath:
    """Pedicle, joint processes and spinous process, behind the body."""
    w, h = bone.depth / 2, bone.height / 2
    path = QPainterPath()
    match bone.name[0]:
        case "S":
            path.moveTo(w * 0.95, -h * 0.55)
            path.cubicTo(w * 1.35, -h * 0.75, w * 1.62, -h * 0.10, w * 1.44, h * 0.62)
            path.cubicTo(w * 1.30, h * 0.42, w * 1.10, h * 0.38, w * 0.84, h * 0.52)
        case "L":
            path.moveTo(w * 0.92, -h * 0.62)
            path.cubicTo(w * 1.15, -h * 0.66, w * 1.22, -h * 1.02, w * 1.36, -h * 1.10)
            path.cubicTo(w * 1.50, -h * 0.98, w * 1.44, -h * 0.52, w * 1.62, -h * 0.30)
            path.cubicTo(w * 1.90, -h * 0.26, w * 2.28, -h * 0.20, w * 2.40, h * 0.06)
            path.cubicTo(w * 2.50, h * 0.46, w * 2.34, h * 0.80, w * 2.12, h * 0.84)
            path.cubicTo(w * 1.88, h * 0.70, w * 1.70, h * 0.66, w * 1.56, h * 0.82)
            path.cubicTo(w * 1.48, h * 1.18, w * 1.34, h * 1.24, w * 1.26, h * 1.06)
            path.cubicTo(w * 1.20, h * 0.60, w * 1.16, h * 0.10, w * 0.92, -h * 0.06)
        case _:
            slope = 1.5 if bone.name[0] == "T" else 0.7
            path.moveTo(w * 0.92, -h * 0.60)
            path.cubicTo(w * 1.20, -h * 0.62, w * 1.26, -h * 0.92, w * 1.40, -h * 0.90)
            path.cubicTo(w * 1.56, -h * 0.40, w * 2.00, h * (slope * 0.45), w * 2.36, h * slope)
            path.cubicTo(
                w * 2.40, h * (slope + 0.22), w * 2.24, h * (slope + 0.30), w * 2.08, h * (slope + 0.14)
            )
            path.cubicTo(w * 1.76, h * (slope * 0.72), w * 1.40, h * 0.72, w * 1.22, h * 0.62)
            path.cubicTo(w * 1.16, h * 0.30, w * 1.10, h * 0.04, w * 0.92, -h * 0.04)
    path.closeSubpath()
    return bone.placement.map(path)


def disc_outline(upper: Bone, lower: Bone) -> QPainterPath:
    """The disc between two bodies, a little wider in front as in a lordotic segment."""
    low = -0.92 if lower.name.startswith("S") else -1.0
    path = QPainterPath(upper.at(-0.93, 1.0))
    path.quadTo(upper.at(0, 0.86), upper.at(0.93, 1.0))
    back = (upper.at(1.05, 1.12) + lower.at(1.05, low - 0.12)) / 2
    path.quadTo(back, lower.at(0.93, low))
    path.quadTo(lower.at(0, low + 0.12), lower.at(-0.93, low))
    front = (upper.at(-1.12, 1.12) + lower.at(-1.12, low - 0.12)) / 2
    path.quadTo(front, upper.at(-0.93, 1.0))
    path.closeSubpath()
    return path


def screw_axis(bone: Bone) -> tuple[QPointF, QPointF]:
    """A pedicle screw seen from the side: its head behind the pedicle and its tip in the body."""
    if bone.name.startswith("S"):
        return bone.at(1.42, -0.42), bone.at(-0.62, -0.42)
    return bone.at(1.40, -0.42), bone.at(-0.66, -0.18)
