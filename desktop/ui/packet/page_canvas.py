"""A page of an exhibit's file as a picture, on which areas are drawn to be blacked out, by mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in thousandths of the page."""
_FIRST_BOX: Box = (300, 400, 700, 430)
_STEP, _FINE = 10, 2
_LEAST = 4
"""The smallest area, in thousandths: a click without a drag draws none."""
_MARGIN = 16
_MOST_ZOOM = 4.0
_ZOOMS = {"+": 1.25, "=": 1.25, "-": 0.8, "0": 0.0}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PageCanvas(QWidget):
    """One page, as wide as its place. `B` begins an area, arrows move it, Shift and arrows size it, Enter blackens."""

    area_drawn = Signal(object)
    """A `Box` to be blacked out."""
    page_stepped = Signal(int)
    zoomed = Signal()
    """The page is to be seen larger or smaller."""
    area_moved = Signal()
    """The area being drawn is elsewhere: bring it into sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._name = ""
        self._message = ""
        self._boxes: tuple[Box, ...] = ()
        self._draft: Box | None = None
        self._pressed: QPointF | None = None
        self._place_width = 0
        self.zoom = 1.0
        """How many times as wide as its place the page is."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._tell()

    @property
    def draft(self) -> Box | None:
        """The area being drawn, if any."""
        return self._draft

    @property
    def has_page(self) -> bool:
        """Whether a page is shown."""
        return self._image is not None

    def show_message(self, name: str, words: str) -> None:
        """Say something in the place of a page: that it is being drawn, or why it cannot be."""
        self._image, self._draft, self._name, self._message = None, None, name, words
        self._tell()
        self._resize()

    def show_page(self, name: str, image: QImage, boxes: Sequence[Box]) -> None:
        """Show a page with what is blacked out on it."""
        if name != self._name:
            self._draft = None
        self._image, self._boxes, self._name, self._message = image, tuple(boxes), name, ""
        self._tell()
        self._resize()

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Show other areas on the same page."""
        self._boxes = tuple(boxes)
        self._tell()
        self.update()

    def begin_area(self) -> None:
        """Draw an area by keys, from the middle of the page."""
        if self._image is not None and self._draft is None:
            self._set_draft(_FIRST_BOX)

    def page_rect(self) -> QRectF:
        """Where the page is drawn in the widget."""
        if self._image is None:
            return QRectF()
        width = max(80, self.width() - 2 * _MARGIN)
        return QRectF(_MARGIN, _MARGIN, width, width * self._image.height() / self._image.width())

    def rect_of(self, box: Box) -> QRectF:
        """Where an area is drawn in the widget."""
        page = self.page_rect()
        left, top, right, bottom = box
        return QRectF(
            page.left() + page.width() * left / 1000,
            page.top() + page.height() * top / 1000,
            page.width() * (right - left) / 1000,
            page.height() * (bottom - top) / 1000,
        )

    def fit(self, width: int) -> None:
        """Take the width of the place it is shown in, times the zoom."""
        self._place_width = width
        self.setMinimumWidth(round(width * self.zoom) if self.zoom > 1 else 0)

    def set_zoom(self, zoom: float) -> None:
        """See the page larger, up to four times as wide as its place."""
        zoom = max(1.0, min(_MOST_ZOOM, zoom))
        if zoom != self.zoom and self._image is not None:
            self.zoom = zoom
            self.fit(self._place_width)
            self.zoomed.emit()

    def sizeHint(self) -> QSize:
        """As high as the page at this width."""
        return QSize(self._theme.px(420), self._wanted_height())

    def resizeEvent(self, event: object) -> None:
        """The height follows the width."""
        self._resize()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything that the mouse can do; Escape gives an area up."""
        key, mods = event.key(), event.modifiers()
        if event.text() in _ZOOMS:
            self.set_zoom(self.zoom * _ZOOMS[event.text()])
            return
        if self._draft is None:
            if key == Qt.Key.Key_B:
                self.begin_area()
            elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not mods:
                self.page_stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
            else:
                super().keyPressEvent(event)
            return
        if key in _ARROWS:
            across, down = _ARROWS[Qt.Key(key)]
            step = _FINE if mods & Qt.KeyboardModifier.ControlModifier else _STEP
            is_sizing = bool(mods & Qt.KeyboardModifier.ShiftModifier)
            self._set_draft(_moved(self._draft, across * step, down * step, is_sizing=is_sizing))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_B):
            self._finish()
        elif key == Qt.Key.Key_Escape:
            self._set_draft(None)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms; else it is left to what scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.set_zoom(self.zoom * _ZOOMS["+" if event.angleDelta().y() > 0 else "-"])
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An area begins where the button goes down."""
        if event.button() == Qt.MouseButton.LeftButton and self._image is not None:
            self._pressed = event.position()
            self._set_draft(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes to where the mouse is."""
        if self._pressed is not None:
            self._set_draft(self._between(self._pressed, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is drawn when the button goes up; a click draws none."""
        if self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._set_draft(self._between(self._pressed, event.position()))
            self._pressed = None
            self._finish()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, what is black on it, and the area being drawn."""
        painter = QPainter(self)
        theme = self._theme
        if self._image is None:
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("muted"))
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
            painter.drawText(room, int(top | Qt.TextFlag.TextWordWrap), self._message)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            page = self.page_rect()
            painter.drawImage(page, self._image)
            painter.setPen(QPen(theme.color("hairline"), 1))
            painter.drawRect(page)
            for box in self._boxes:
                painter.fillRect(self.rect_of(box), Qt.GlobalColor.black)
                painter.setPen(QPen(theme.color("border"), 1))
                painter.drawRect(self.rect_of(box))
            if self._draft is not None:
                painter.setBrush(Qt.BrushStyle.Dense4Pattern)
                painter.setPen(QPen(Qt.GlobalColor.white, 4))
                painter.drawRect(self.rect_of(self._draft))
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRect(self.rect_of(self._draft))
        if self.hasFocus():
            paint_focus_ring(painter, self.visibleRegion().boundingRect(), theme)
        painter.end()

    def _between(self, first: QPointF, second: QPointF) -> Box:
        page = self.page_rect()
        across = sorted(round((point.x() - page.left()) / page.width() * 1000) for point in (first, second))
        down = sorted(round((point.y() - page.top()) / page.height() * 1000) for point in (first, second))
        return (_within(across[0]), _within(down[0]), _within(across[1]), _within(down[1]))

    def _finish(self) -> None:
        box, self._draft = self._draft, None
        if box is not None and box[2] - box[0] >= _LEAST and box[3] - box[1] >= _LEAST:
            self.area_drawn.emit(box)
        self._tell()
        self.update()

    def _set_draft(self, box: Box | None) -> None:
        self._draft = box
        self._tell()
        self.update()
        if box is not None and self._pressed is None:
            self.area_moved.emit()

    def _tell(self) -> None:
        """What a screen reader is told: the page, or where the area being drawn is."""
        self.setAccessibleName(self._name or "Page of the exhibit")
        if self._draft is not None:
            left, top, right, bottom = (f"{value / 10:g}" for value in self._draft)
            words = f"Area from {left} to {right} percent across and {top} to {bottom} percent down. Enter blackens."
        elif self._image is not None:
            count = len(self._boxes)
            black = f"{count} area{'' if count == 1 else 's'} blacked out. " if count else ""
            words = f"{black}B begins an area."
        else:
            words = self._message
        self.setAccessibleDescription(words)

    def _wanted_height(self) -> int:
        if self._image is None:
            return self._theme.px(160)
        return round(self.page_rect().height()) + 2 * _MARGIN

    def _resize(self) -> None:
        wanted = self._wanted_height()
        if wanted != self.minimumHeight():
            self.setFixedHeight(wanted)
        self.update()


def _moved(box: Box, across: int, down: int, *, is_sizing: bool) -> Box:
    """The area moved, or with its lower right corner moved; it never leaves the page."""
    left, top, right, bottom = box
    if is_sizing:
        return (
            left,
            top,
            max(left + _LEAST, _within(right + across)),
            max(top + _LEAST, _within(bottom + down)),
        )
    across = max(-left, min(1000 - right, across))
    down = max(-top, min(1000 - bottom, down))
    return (left + across, top + down, right + across, bottom + down)


def _within(value: int) -> int:
    return max(0, min(1000, value))
