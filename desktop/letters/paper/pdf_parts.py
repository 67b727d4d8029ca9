"""The pieces a page is made of: paragraphs, quotes, boxes, rules, figures and pictures that know their place in the
letter's structure; they decide nothing about which block gets what.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph

from desktop.letters.paper.drawing import Disc, Drawing, Item, Line, Shape, Words
from desktop.letters.paper.structure import Element, marked
from desktop.letters.paper.styles import ACCENT, ALERT, RULE, TEXT_WIDTH, TINT

if TYPE_CHECKING:
    from desktop.letters.paper.pictures import Picture

_SOFT = " \n\t"
_RAISED = re.compile(r"(?<![\d.])((?!0 )[\d.]+ Ts (?:/\S+ \S+ Tf \S+ TL )?)(\(([\d,-]+)\) Tj)")
"""A raised number in the code of a page."""


class Lines(Paragraph):
    """A paragraph that belongs to an element of the letter's structure."""

    element: Element | None = None

    def __init__(self, *args: Any, **values: Any) -> None:
        cast("Any", super()).__init__(*args, **values)
        # Taken now, because breaking lines turns the fragments into other things; the parts of a paragraph on two
        # pages share both, and are drawn in order.
        fragments: list[Any] = [] if values.get("frags") is not None else cast("Any", self).frags
        self.source = "".join(cast("str", fragment.text) for fragment in fragments)
        self.drawn_so_far = [0]

    def told_as(self, element: Element) -> Lines:
        """The paragraph, belonging to the element."""
        self.element = element
        return self

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (reportlab's names)
        """Its parts on two pages, which belong to the same element."""
        parts = cast("list[Lines]", super().split(availWidth, availHeight))
        for part in parts:
            part.element, part.source, part.drawn_so_far = self.element, self.source, self.drawn_so_far
        return cast("list[Flowable]", parts)

    def draw(self) -> None:
        """Draw the furniture, then the text under its mark."""
        self.draw_behind()
        if getattr(self.canv, "marks", None) is None:
            super().draw()
            return
        _part_words(self)
        with marked(self.canv, self.element):
            code: list[str] = cast("Any", self.canv)._code  # noqa: SLF001  (what the page has so far)
            start = len(code)
            super().draw()
            code[start:] = [_RAISED.sub(_told_apart, part) for part in code[start:]]

    def draw_behind(self) -> None:
        """Draw what stands behind the text; nothing here."""


class Heading(Lines):
    """A block's heading; the document template makes a bookmark of it."""

    outline_title = ""


class Quote(Lines):
    """Words of the notice or the record, with a rule at their left."""

    def draw_behind(self) -> None:
        """Draw the rule."""
        canvas = self.canv
        with marked(canvas, None):
            canvas.saveState()
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(1.4)
            canvas.line(8, 1, 8, self.height - 1)
            canvas.restoreState()


class Boxed(Lines):
    """A paragraph on a tint with a bar at its left; boxes that follow each other join."""

    bar = ACCENT

    def draw_behind(self) -> None:
        """Draw the tint and the bar."""
        canvas = self.canv
        with marked(canvas, None):
            canvas.saveState()
            canvas.setFillColor(HexColor(TINT))
            canvas.rect(0, -3.2, TEXT_WIDTH, self.height + 6.4, stroke=0, fill=1)
            canvas.setFillColor(HexColor(self.bar))
            canvas.rect(0, -3.2, 3, self.height + 6.4, stroke=0, fill=1)
            canvas.restoreState()


class Warned(Boxed):
    """A box for what must not be overlooked; its words say so, the colour of the bar only helps."""

    bar = ALERT


class Rule(Flowable):
    """A line over the whole width."""

    def __init__(self, before: float, after: float) -> None:
        super().__init__()
        self._before, self._after = before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803  (reportlab\'s names)
        """Its size with the space around it."""
        return TEXT_WIDTH, self._before + self._after

    def draw(self) -> None:
        """Draw the line."""
        with marked(self.canv, None):
            self.canv.saveState()
            self.canv.setStrokeColor(HexColor(ACCENT))
            self.canv.setLineWidth(0.9)
            self.canv.line(0, self._after, TEXT_WIDTH, self._after)
            self.canv.restoreState()


class FigureDrawing(Flowable):
    """A drawing as vectors with embedded fonts."""

    def __init__(self, drawing: Drawing, element: Element) -> None:
        super().__init__()
        self._drawing = drawing
        self.element = element

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803  (reportlab\'s names)
        """Its size with a little space around it."""
        return self._drawing.width, self._drawing.height + 6

    def draw(self) -> None:
        """Draw its items from back to front."""
        _place_figure(self.canv, self.element, self._drawing.width, self._drawing.height + 3)
        with marked(self.canv, self.element):
            canvas = self.canv
            canvas.saveState()
            canvas.translate(0, self._drawing.height + 3)
            for item in self._drawing.items:
                _draw(canvas, item)
            canvas.restoreState()


class PictureFlowable(Flowable):
    """A logo or a signature, at the left or in the middle."""

    def __init__(
        self, picture: Picture, size: tuple[float, float], element: Element | None, *, is_centred: bool
    ) -> None:
        super().__init__()
        self._picture, self._size = picture, size
        self.element = element
        self._left = (TEXT_WIDTH - size[0]) / 2 if is_centred else 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803  (reportlab\'s names)
        """Its size with a little space below."""
        return TEXT_WIDTH, self._size[1] + 4

    def draw(self) -> None:
        """Draw the picture."""
        from reportlab.lib.utils import ImageReader

        width, height = self._size
        if self.element is not None:
            _place_figure(self.canv, self.element, width, height, left=self._left)
        with marked(self.canv, self.element):
            reader = cast("Any", ImageReader(io.BytesIO(self._picture.png)))
            cast("Any", self.canv).drawImage(reader, self._left, 2, width, height)


def _place_figure(canvas: Any, element: Element, width: float, height: float, left: float = 0.0) -> None:
    x, y = canvas.absolutePosition(left, 0)
    element.box = (x, y, x + width, y + height)


def _draw(canvas: Any, item: Item) -> None:
    match item:
        case Line():
            canvas.setStrokeColor(HexColor(item.color))
            canvas.setLineWidth(item.width)
            canvas.line(item.start[0], -item.start[1], item.end[0], -item.end[1])
        case Shape():
            path = canvas.beginPath()
            path.moveTo(item.points[0][0], -item.points[0][1])
            for x, y in item.points[1:]:
                path.lineTo(x, -y)
            path.close()
            _colours(canvas, item)
            canvas.drawPath(path, stroke=int(bool(item.stroke)), fill=int(bool(item.fill)))
        case Disc():
            _colours(canvas, item)
            x, y = item.centre
            canvas.circle(x, -y, item.radius, stroke=int(bool(item.stroke)), fill=int(bool(item.fill)))
        case Words():
            canvas.setFillColor(HexColor(item.color))
            for x, font, text in item.runs():
                canvas.setFont(font, item.size)
                canvas.drawString(x, -item.place[1], text)


def _colours(canvas: Any, item: Shape | Disc) -> None:
    if item.fill:
        canvas.setFillColor(HexColor(item.fill))
    if item.stroke:
        canvas.setStrokeColor(HexColor(item.stroke))
        canvas.setLineWidth(item.width)


def _told_apart(found: re.Match[str]) -> str:
    """The raised number as it is to be told: `22%` with a raised 14 is not `22%14`."""
    words = f" [{found[3]}]".encode("utf-16-be").hex().upper()
    return f"{found[1]}/Span <</ActualText <FEFF{words}>>> BDC {found[2]} EMC"


def _part_words(paragraph: Lines) -> None:
    """Put a space at the end of each line that ends between two words, so that read aloud the words stay apart.

    reportlab drops the space at which it broke the line; a line broken inside a long word gets none.
    """
    inner = cast("Any", paragraph)
    if getattr(paragraph, "_words_parted", False):
        return
    inner._words_parted = True  # noqa: SLF001
    source, place = paragraph.source, paragraph.drawn_so_far[0]
    is_plain: bool = inner.blPara.kind == 0
    for line in inner.blPara.lines:
        # A line of one font is a pair (room left, words), any other has fragments.
        words: list[str] | None = line[1] if is_plain else None
        text = (
            "".join(cast("str", fragment.text) for fragment in line.words)
            if words is None
            else " ".join(words)
        )
        for character in text:
            if character in _SOFT:
                continue
            while place < len(source) and source[place] in _SOFT:
                place += 1
            place += 1
        if place >= len(source) or source[place] not in _SOFT:
            continue
        if words:
            # Within the last word: the space between words of a tight line is shared out by their number.
            words[-1] += " "
        elif words is None and line.words:
            line.words[-1].text += " "
    paragraph.drawn_so_far[0] = place
