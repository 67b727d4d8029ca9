"""The program's own line drawings, painted in any colour and size; each must always stand beside a word."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from desktop.ui.theme import Theme

_DISABLED = 0.5
"""How much is left of the colour of what cannot be pressed."""
_STROKE = 1.7
"""Line width on the 16-unit grid that all drawings use."""


def _lines(*strokes: tuple[tuple[float, float], ...]) -> Callable[[], QPainterPath]:
    def draw() -> QPainterPath:
        path = QPainterPath()
        for stroke in strokes:
            path.moveTo(*stroke[0])
            for point in stroke[1:]:
                path.lineTo(*point)
        return path

    return draw


def _tilde() -> QPainterPath:
    path = QPainterPath(QPointF(2.5, 9.5))
    path.cubicTo(4.5, 4.5, 7, 5.5, 8, 8)
    path.cubicTo(9, 10.5, 11.5, 11.5, 13.5, 6.5)
    return path


def _dotted() -> QPainterPath:
    path = QPainterPath()
    for step in range(8):
        angle = step * math.pi / 4
        path.addEllipse(QPointF(8 + 5.2 * math.cos(angle), 8 + 5.2 * math.sin(angle)), 0.35, 0.35)
    return path


def _ring() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 5, 5)
    return path


def _shield() -> QPainterPath:
    path = QPainterPath(QPointF(8, 1.8))
    path.lineTo(13.2, 3.8)
    path.cubicTo(13.4, 9, 11.5, 12.2, 8, 14.2)
    path.cubicTo(4.5, 12.2, 2.6, 9, 2.8, 3.8)
    path.closeSubpath()
    return path


def _search() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(7, 7), 4.3, 4.3)
    path.moveTo(10.3, 10.3)
    path.lineTo(14, 14)
    return path


def _lock() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3, 7, 10, 7), 1.5, 1.5)
    path.moveTo(5, 7)
    path.lineTo(5, 5)
    path.cubicTo(5, 0.9, 11, 0.9, 11, 5)
    path.lineTo(11, 7)
    return path


def _desk() -> QPainterPath:
    path = QPainterPath()
    for row in (3.5, 8.0, 12.5):
        path.addEllipse(QPointF(2.6, row), 0.4, 0.4)
        path.moveTo(5.6, row)
        path.lineTo(14, row)
    return path


def _case() -> QPainterPath:
    path = QPainterPath(QPointF(2, 13))
    for point in ((2, 3.5), (6.3, 3.5), (7.6, 5.2), (14, 5.2), (14, 13)):
        path.lineTo(*point)
    path.closeSubpath()
    return path


def _library() -> QPainterPath:
    """A list of which two points are ticked."""
    path = QPainterPath()
    for row in (4.2, 11.2):
        path.moveTo(1.8, row)
        path.lineTo(3.4, row + 1.7)
        path.lineTo(6.2, row - 2.0)
        path.moveTo(8.6, row)
        path.lineTo(14.2, row)
    return path


def _settings() -> QPainterPath:
    path = QPainterPath()
    for row, knob in ((4.0, 10.5), (8.0, 5.5), (12.0, 9.0)):
        path.moveTo(2, row)
        path.lineTo(knob - 1.8, row)
        path.addEllipse(QPointF(knob, row), 1.6, 1.6)
        path.moveTo(knob + 1.8, row)
        path.lineTo(14, row)
    return path


def _warning() -> QPainterPath:
    path = QPainterPath(QPointF(8, 2))
    path.lineTo(14.3, 13.4)
    path.lineTo(1.7, 13.4)
    path.closeSubpath()
    path.moveTo(8, 6.3)
    path.lineTo(8, 9.6)
    path.addEllipse(QPointF(8, 11.5), 0.25, 0.25)
    return path


def _info() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 6, 6)
    path.moveTo(8, 7.4)
    path.lineTo(8, 11.3)
    path.addEllipse(QPointF(8, 4.9), 0.25, 0.25)
    return path


def _eye() -> QPainterPath:
    path = QPainterPath(QPointF(1.5, 8))
    path.cubicTo(4.2, 3.4, 11.8, 3.4, 14.5, 8)
    path.cubicTo(11.8, 12.6, 4.2, 12.6, 1.5, 8)
    path.addEllipse(QPointF(8, 8), 2, 2)
    return path


def _undo() -> QPainterPath:
    path = QPainterPath(QPointF(6, 2.5))
    path.lineTo(2.6, 5.9)
    path.lineTo(6, 9.3)
    path.moveTo(2.6, 5.9)
    path.lineTo(9.5, 5.9)
    path.cubicTo(15, 5.9, 15, 13.3, 9.5, 13.3)
    path.lineTo(6, 13.3)
    return path


_DRAWINGS: dict[str, Callable[[], QPainterPath]] = {
    "check": _lines(((2.8, 8.6), (6.3, 12.2), (13.3, 4.2))),
    "cross": _lines(((3.8, 3.8), (12.2, 12.2)), ((12.2, 3.8), (3.8, 12.2))),
    "dash": _lines(((3.5, 8), (12.5, 8))),
    "plus": _lines(((8, 3), (8, 13)), ((3, 8), (13, 8))),
    "right": _lines(((6, 3.5), (10.5, 8), (6, 12.5))),
    "down": _lines(((3.5, 6), (8, 10.5), (12.5, 6))),
    "tilde": _tilde,
    "dotted": _dotted,
    "ring": _ring,
    "shield": _shield,
    "search": _search,
    "lock": _lock,
    "desk": _desk,
    "case": _case,
    "library": _library,
    "settings": _settings,
    "warning": _warning,
    "info": _info,
    "eye": _eye,
    "undo": _undo,
}


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor, weight: float = 1.0) -> None:
    """Draw an icon into a square rectangle; `weight` thickens the line. Raises KeyError for an unknown name."""
    unit = min(rect.width(), rect.height()) / 16
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - 8 * unit, rect.center().y() - 8 * unit)
    painter.scale(unit, unit)
    pen = QPen(color, _STROKE * weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_DRAWINGS[name]())
    painter.restore()


def themed_icon(theme: Theme, name: str, color: str = "muted", size: int = 16) -> QIcon:
    """A drawing as a QIcon in a colour of the theme, at most `size` design pixels large.

    Whatever shows it follows another look and another text size at once.
    """
    return QIcon(_ThemedEngine(theme, name, color, size))


class _ThemedEngine(QIconEngine):
    """Asks the theme at each painting. A picture drawn beforehand would keep the colour of the look it was drawn in."""

    def __init__(self, theme: Theme, name: str, color: str, size: int) -> None:
        super().__init__()
        self._size = size
        self._theme = theme
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it now."""
        color = self._theme.color(self._color)
        if mode == QIcon.Mode.Disabled:
            color.setAlphaF(_DISABLED)
        paint_icon(painter, self._name, QRectF(rect), color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The drawing on nothing; Qt would begin with a white ground."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return made

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """No larger than it was asked for, whatever room a list has for icons."""
        side = self._theme.px(self._size)
        return size.boundedTo(QSize(side, side))

    def clone(self) -> QIconEngine:
        """Another of the same, for a copy of the icon that is changed."""
        return _ThemedEngine(self._theme, self._name, self._color, self._size)
