"""Shows the pages of the letter as they will be printed; it draws pictures and knows no letter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.ui.letter.pdf_pages import Place, RenderedPdf
from desktop.ui.theme import Theme

GAP = 16
_LETTER_RATIO = 11 / 8.5


class _Stack(QWidget):
    """The pages under each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pages: tuple[QImage, ...] = ()
        self.ratios: tuple[float, ...] = ()

    def page_width(self) -> int:
        return max(80, self.width() - 2 * GAP)

    def top_of(self, page: int) -> float:
        return GAP + sum(self.page_width() * ratio + GAP for ratio in self.ratios[:page])

    def wanted_height(self, width: int) -> int:
        inner = max(80, width - 2 * GAP)
        return round(GAP + sum(inner * ratio + GAP for ratio in self.ratios))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = self.page_width()
        for number, (image, ratio) in enumerate(zip(self.pages, self.ratios, strict=True)):
            box = QRectF(GAP, self.top_of(number), width, width * ratio)
            if not box.intersects(QRectF(event.rect())):
                continue
            painter.drawImage(box, image)
            painter.setPen(QPen(self._theme.color("hairline"), 1))
            painter.drawRect(box)
        painter.end()


class PageView(QScrollArea):
    """Fits the width; scrolls by keyboard; `width_changed` asks for sharper pictures."""

    width_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stack = _Stack(theme)
        self.setWidget(self._stack)
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._name)
        theme.changed.connect(self._stack.update)
        self._name()

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._stack.pages)

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        at = self.verticalScrollBar().value() + self.viewport().height() / 3
        tops = [self._stack.top_of(number) for number in range(self.page_count)]
        return max([number for number, top in enumerate(tops) if top <= at], default=0)

    def wanted_width_px(self) -> int:
        """How wide a page should be rendered, in device pixels."""
        return round(self._stack.page_width() * self.devicePixelRatioF())

    def show_pages(self, rendered: RenderedPdf) -> None:
        """Show these pages at the place where the eyes are."""
        self._stack.pages = rendered.pages
        self._stack.ratios = tuple(height / width for width, height in rendered.sizes)
        self._fit()
        self._stack.update()
        self._name()

    def go_to(self, place: Place) -> None:
        """Bring a place near the top of the view."""
        if place.page >= self.page_count:
            return
        height = self._stack.page_width() * self._stack.ratios[place.page]
        top = self._stack.top_of(place.page) + place.down * height
        self.verticalScrollBar().setValue(round(top) - self.viewport().height() // 6)

    def sizeHint(self) -> QSize:
        """A page of readable size."""
        return QSize(self._theme.px(520), round(self._theme.px(520) * _LETTER_RATIO))

    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        """Fit the width, and ask for pictures of that width."""
        super().resizeEvent(arg__1)
        self._fit()
        self.width_changed.emit()

    def _fit(self) -> None:
        width = self.viewport().width()
        self._stack.resize(width, max(self.viewport().height(), self._stack.wanted_height(width)))

    def _name(self) -> None:
        count = self.page_count
        words = f"Letter as it prints, page {self.page + 1} of {count}" if count else "Letter as it prints"
        self.setAccessibleName(words)
