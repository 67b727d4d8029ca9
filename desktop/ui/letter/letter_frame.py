"""How the letter screen is laid out: its bar, its three panes, the check below, and the page of all papers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.letter import ReviewStatus
from desktop.services.letter_paper import PaperForm
from desktop.ui.chips import ChipRow
from desktop.ui.context import UiContext
from desktop.ui.letter.batch_page import BatchPage
from desktop.ui.letter.block_editor import BlockEditor
from desktop.ui.letter.block_outline import BlockOutline
from desktop.ui.letter.call_panel import CallPanel
from desktop.ui.letter.check_list import CheckList
from desktop.ui.letter.delivery_panel import DeliveryPanel
from desktop.ui.letter.issue_strip import IssueStrip
from desktop.ui.letter.paper_words import status_badge
from desktop.ui.letter.papers_page import PapersPage
from desktop.ui.letter.preview import Preview
from desktop.ui.letter.review_panel import ReviewPanel
from desktop.ui.letter.settings_panel import SettingsPanel
from desktop.ui.letter.sign_strip import SignStrip
from desktop.ui.letter.sources_panel import SourcesPanel
from desktop.ui.letter.stationery_page import StationeryPage
from desktop.ui.letter.three_panes import ThreePanes
from desktop.ui.letter.versions_panel import VersionsPanel
from desktop.ui.widgets.basics import button, hairline, label
from desktop.ui.widgets.pick_box import PickBox
from desktop.ui.widgets.state_badge import StateBadge

FORMS = {
    PaperForm.PDF: "PDF",
    PaperForm.ACCESSIBLE_PDF: "PDF for screen readers",
    PaperForm.DOCX: "Word document",
    PaperForm.TEXT: "Plain text",
}
SIGNED = "signed"
"""In the place of a form: a copy that is signed with a certificate of the user's own."""


class _BarButtons(ChipRow):
    """Wants one line, and takes as many as the width makes of it; the page is not sized for the narrowest of bars."""

    def sizeHint(self) -> QSize:
        """All side by side."""
        sizes = [item.sizeHint() for at in range(self.flow.count()) if (item := self.flow.itemAt(at))]
        return QSize(sum(size.width() + 6 for size in sizes), max(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        """One line of the widest."""
        return QSize(self.flow.minimumSize().width(), self.sizeHint().height())


class _Workplace(QWidget):
    """Asks a scroll area for the least room it can do with, where Qt would ask for all that it would like."""

    def heightForWidth(self, arg__1: int) -> int:
        """The least height at a width."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(arg__1) if layout is not None else -1


class LetterFrame(QWidget):
    """Holds the parts; the screen wires them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._theme = theme
        self.papers_button = button("Papers", "quiet")
        self.title = label("", "strong")
        self.badge = StateBadge(theme, status_badge(ReviewStatus.DRAFT))
        self.state = label("", "muted", wraps=True)
        self.compose_button = button("Compose a new one")
        self.save_box = self._make_save_box()
        self.print_button = button("Print…")
        self.issue_button = button("Issue letter", "primary")
        self.issue_strip = IssueStrip()
        self.sign_strip = SignStrip(theme)
        self.papers = PapersPage(theme)
        self.outline = BlockOutline(theme)
        self.editor = BlockEditor(theme)
        self.preview = Preview(context)
        self.settings = SettingsPanel(theme)
        self.review = ReviewPanel(theme, context.services.actor)
        self.versions = VersionsPanel(theme)
        self.sources = SourcesPanel(theme)
        self.delivery = DeliveryPanel(theme)
        self.call = CallPanel(theme)
        self.panes = ThreePanes(theme, "Block", left=250, most_left=330, stretch=(0, 4, 5))
        self.side = self.panes.side
        self.side.add_panel("pages", "Pages", self.preview, scrolls=False)
        self.side.add_panel("settings", "Settings", self.settings)
        self.side.add_panel("review", "Review", self.review)
        self.side.add_panel("versions", "Versions", self.versions)
        self.side.add_panel("sources", "Sources", self.sources)
        self.side.add_panel("delivery", "Sent", self.delivery)
        self.side.add_panel("call", "Call", self.call)
        self.check = CheckList(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.papers)
        self._pages.addWidget(self._scrolled(self._workplace()))
        self.batch = BatchPage(theme)
        self._pages.addWidget(self.batch)
        self.stationery = StationeryPage(theme)
        self._pages.addWidget(self.stationery)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._pages)

    @property
    def first_button(self) -> QWidget:
        """What takes the next step where there is no paper yet."""
        return self.papers.compose_button

    def show_workplace(self, is_workplace: bool) -> None:
        """Show the paper in front, or all of them."""
        self._pages.setCurrentIndex(1 if is_workplace else 0)

    def show_other(self, page: QWidget) -> None:
        """Show the letters of many cases, or the stationery."""
        self._pages.setCurrentWidget(page)

    @property
    def other(self) -> QWidget | None:
        """The page in front that belongs to no single paper: the letters of many cases, or the stationery."""
        page = self._pages.currentWidget()
        return page if page is self.batch or page is self.stationery else None

    @property
    def has_workplace(self) -> bool:
        """Whether a paper is in front, not the page of all of them."""
        return self._pages.currentIndex() == 1

    def buttons(self) -> Sequence[QWidget]:
        """What stands at the right of the bar, in order."""
        return (self.compose_button, self.save_box, self.print_button, self.issue_button)

    def _make_save_box(self) -> PickBox:
        made = PickBox()
        made.setAccessibleName("Save as")
        made.setPlaceholderText("Save as…")
        for form, words in FORMS.items():
            made.addItem(words, form)
        made.addItem("Signed copy…", SIGNED)
        made.setCurrentIndex(-1)
        made.setFixedWidth(self._theme.px(118))
        made.view().setMinimumWidth(self._theme.px(190))
        return made

    def _scrolled(self, page: QWidget) -> QScrollArea:
        """With large text and a question open the parts ask for more than the screen has: then the page scrolls."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _workplace(self) -> QWidget:
        page = _Workplace()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._bar())
        rows.addWidget(self.issue_strip)
        rows.addWidget(self.sign_strip)
        rows.addWidget(hairline())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 0, 8)
        column.addWidget(self.outline)
        self.panes.hold(left, self.editor)
        self.editor.wanted.connect(self.panes.show_middle)
        rows.addWidget(self.panes, 1)
        rows.addWidget(hairline())
        rows.addWidget(self.check)
        return page

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 16, 6)
        bar.setSpacing(12)
        bar.addWidget(self.papers_button, 0, Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(head)
        words.addWidget(self.state)
        bar.addLayout(words, 3)
        buttons = _BarButtons(is_right_aligned=True)
        for item in self.buttons():
            buttons.flow.addWidget(item)
        bar.addWidget(buttons, 4)
        return bar
