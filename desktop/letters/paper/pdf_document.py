"""The page: margins, running foot, page numbers, marks and bookmarks; it knows no block of a letter."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from desktop.letters.paper.fonts import BOLD, REGULAR, font_runs
from desktop.letters.paper.job import PrintJob
from desktop.letters.paper.pdf_flow import letter_flow
from desktop.letters.paper.pdf_parts import Heading
from desktop.letters.paper.structure import Element, Marks, marked
from desktop.letters.paper.styles import (
    ALERT,
    CARD_MARGIN_TOP,
    GREY,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SYNTHETIC_MARK,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WATERMARK,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_PAGE_COUNT = "page-count"
_FOOT_SIZE = 8.0
_FOOT = MARGIN_BOTTOM - 28


def build_pdf(target: IO[bytes], job: PrintJob, *, is_tagged: bool = False) -> int:
    """Lay the letter out and write it; returns the number of pages. Tagged, its drawings carry the job's structure."""
    # A letter never loads an image or a link target, whatever its text looks like.
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    document = _Document(target, job)
    document.build(letter_flow(job), canvasmaker=_TaggedCanvas if is_tagged else _CountingCanvas)
    return document.page


class _CountingCanvas(Canvas):
    """Writes the number of pages, which only the end knows, into a form that every page shows."""

    def save(self) -> None:
        """Write the count, then the file; the template has closed the last page by then."""
        canvas = cast("Any", self)  # its form methods carry no types
        canvas.beginForm(_PAGE_COUNT, 0, -4, 60, 12)
        canvas.setFont(REGULAR, _FOOT_SIZE)
        canvas.setFillColor(HexColor(GREY))
        canvas.drawString(0, 0, str(self.getPageNumber() - 1))
        canvas.endForm()
        super().save()


class _TaggedCanvas(_CountingCanvas):
    """Numbers what is drawn, so that the letter's structure can point at it."""

    def __init__(self, *args: Any, **values: Any) -> None:
        self.marks = Marks()
        cast("Any", super()).__init__(*args, **values)


class _Document(BaseDocTemplate):
    """US Letter, one column; the running foot is drawn before the text."""

    def __init__(self, target: IO[bytes], job: PrintJob) -> None:
        self._content = content = job.content
        self._is_draft = job.is_draft
        # What a page's furniture says of the whole letter is told once, before everything else.
        self._draft_told = Element("P")
        self._synthetic_told = Element("P")
        notices = [(self._draft_told, job.is_draft), (self._synthetic_told, content.is_synthetic)]
        job.structure.parts[:0] = [element for element, is_shown in notices if is_shown]
        for element, _ in notices:
            element.is_repeated = True
        self._outlines = 0
        super().__init__(
            target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=content.title,
            author="",
            creator="Indicated",
            producer="Indicated",
            lang=content.language,
            invariant=1,
            initialFontName=REGULAR,
            displayDocTitle=True,
            pageCompression=1,
        )
        frame = Frame(
            MARGIN_SIDE,
            MARGIN_BOTTOM,
            TEXT_WIDTH,
            TEXT_HEIGHT + (MARGIN_TOP - CARD_MARGIN_TOP if job.is_card else 0),
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(id="letter", frames=[frame], onPage=self._page))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Make a bookmark of each heading."""
        if isinstance(flowable, Heading) and flowable.outline_title:
            key = f"heading-{self._outlines}"
            self._outlines += 1
            canvas = cast("Any", self.canv)
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(flowable.outline_title, key, level=0)
            flowable.outline_title = ""

    def _page(self, canvas: Any, _document: Any) -> None:
        canvas.saveState()
        if self._is_draft:
            with marked(canvas, self._draft_told):
                _watermark(canvas)
        with marked(canvas, None):
            self._foot(canvas)
        if self._content.is_synthetic:
            with marked(canvas, self._synthetic_told):
                canvas.setFillColor(HexColor(ALERT))
                canvas.setFont(BOLD, _FOOT_SIZE)
                canvas.drawCentredString(PAGE_WIDTH / 2, _FOOT - 13, SYNTHETIC_MARK)
        canvas.restoreState()

    def _foot(self, canvas: Any) -> None:
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN_SIDE, _FOOT + 13, PAGE_WIDTH - MARGIN_SIDE, _FOOT + 13)
        canvas.setFillColor(HexColor(GREY))
        lead = f"Page {canvas.getPageNumber()} of "
        canvas.setFont(REGULAR, _FOOT_SIZE)
        canvas.drawString(MARGIN_SIDE, _FOOT, lead)
        canvas.saveState()
        canvas.translate(MARGIN_SIDE + stringWidth(lead, REGULAR, _FOOT_SIZE), _FOOT)
        canvas.doForm(_PAGE_COUNT)
        canvas.restoreState()
        _right(canvas, self._content.running_head, _FOOT)


def _right(canvas: Canvas, text: str, y: float) -> None:
    """The running head, set to the right edge, smaller where it is long."""
    line = " ".join(text.split())
    runs = list(font_runs(line, REGULAR))
    width = sum(stringWidth(run, name, _FOOT_SIZE) for name, run in runs)
    room = TEXT_WIDTH - 80
    size = _FOOT_SIZE * min(1.0, room / width) if width else _FOOT_SIZE
    x = PAGE_WIDTH - MARGIN_SIDE - min(width, room)
    for name, run in runs:
        canvas.setFont(name, size)
        canvas.drawString(x, y, run)
        x += stringWidth(run, name, size)


def _watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(HexColor(WATERMARK))
    canvas.setFont(BOLD, 132)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -44, "DRAFT")
    canvas.restoreState()
