"""One document of the packet in front: its text or its file's pages, and which pages are enclosed; stores nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.forms import LineField
from desktop.ui.library.page import Page
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.packet.exhibit_text import ExhibitText
from desktop.ui.packet.page_canvas import PageCanvas
from desktop.ui.packet.page_numbers import read_pages, show_pages
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label, pill_button, plain_tooltip

_LEAVE_OUT = (
    "Leave out",
    "Takes the document out of the packet. It stays in the case, and in this list as left out.",
)
_ENCLOSE = (
    "Enclose",
    "Puts the document into the packet, with an exhibit letter, index line and page stamps.",
)
_PAGES_WIDTH, _WIDEST_PAGES = 110, 150
_MOST_SCALE_WITH_KEYS = 140
"""With larger text the keys beside the words would cost a line of the page."""


class ExhibitView(QWidget):
    """Title, deeds, and the text, the page or a few words in their place."""

    face_changed = Signal()
    """The text was asked for, or the pages."""
    page_stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = ElidedLabel("", "strong")
        self.detail = ElidedLabel("", "muted")
        self.toggle_button = button("")
        self.black_button = button(self._with_key("Black out", "B"))
        self.black_button.setAccessibleName("Black out")
        self.text_pill = pill_button("Text")
        self.page_pill = pill_button("Pages")
        self.previous_button = button("←", "quiet")
        self.previous_button.setAccessibleName("Page before")
        self.next_button = button("→", "quiet")
        self.next_button.setAccessibleName("Next page")
        self.page_label = label("", "muted")
        self.pages = LineField("Pages enclosed", read_pages, show_pages, placeholder="all")
        self.remark = label("", "warning", wraps=True)
        self.text = ExhibitText(theme)
        self.canvas = PageCanvas(theme)
        self.words = ReadingPage(theme)
        self.paper = QScrollArea()
        self.paper.setWidgetResizable(True)
        self.paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.paper.setWidget(self.canvas)
        self._stack = QStackedWidget()
        for part in (self.words, self.text, self.paper):
            self._stack.addWidget(part)
        self._lay_out()
        self._connect()

    @property
    def is_page(self) -> bool:
        """Whether the pages of the file are in front."""
        return self.page_pill.isChecked() and self.page_pill.isVisibleTo(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is as wide as its place, times its zoom."""
        super().resizeEvent(event)
        self.canvas.fit(self.paper.viewport().width())

    def show_words(self, page: Page) -> None:
        """Show words where there is no document: nothing is chosen, or it is missing."""
        self._head.hide()
        self._stack.setCurrentWidget(self.words)
        self.words.show_page(page)

    def show_face(self, *, has_pages: bool, is_enclosed: bool) -> None:
        """Show the document that was put into the parts."""
        self._head.show()
        self.text_pill.setVisible(has_pages)
        self.page_pill.setVisible(has_pages)
        is_page = has_pages and self.page_pill.isChecked()
        for part in (self.previous_button, self.next_button, self.page_label):
            part.setVisible(is_page)
        self._pages_box.setVisible(is_enclosed)
        self.black_button.setVisible(is_enclosed)
        self._stack.setCurrentWidget(self.paper if is_page else self.text)

    def show_deed(self, *, is_enclosed: bool) -> None:
        """Say what the space bar does with the document in front."""
        words, effect = _LEAVE_OUT if is_enclosed else _ENCLOSE
        self.toggle_button.setText(self._with_key(words, "Space"))
        self.toggle_button.setAccessibleName(words)
        self.toggle_button.setAccessibleDescription(effect)
        self.toggle_button.setToolTip(plain_tooltip(effect))

    def _with_key(self, words: str, key: str) -> str:
        return f"{words}   {key}" if self._theme.scale_percent <= _MOST_SCALE_WITH_KEYS else words

    def show_remark(self, words: str) -> None:
        """Say what is wrong with the page in front; empty for nothing."""
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def flip(self) -> None:
        """Show the pages instead of the text, or the text instead of the pages."""
        if self.page_pill.isVisibleTo(self):
            other = self.text_pill if self.page_pill.isChecked() else self.page_pill
            other.click()

    def focus_document(self) -> None:
        """Give the keyboard to the text or the page."""
        in_front = self._stack.currentWidget()
        target = self.canvas if in_front is self.paper else in_front or self.words
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def blacken(self) -> None:
        """Black out the selected words, or begin an area on the page."""
        if self._stack.currentWidget() is self.text:
            self.text.blacken()
        elif self._stack.currentWidget() is self.paper:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self.canvas.begin_area()

    def _lay_out(self) -> None:
        theme = self._theme
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(theme.px(4))
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        top.addLayout(words, 1)
        # In a box of its own: a field has no width, and a layout would give it none beside a text.
        self._pages_box = QWidget()
        self._pages_box.setFixedWidth(min(theme.px(_PAGES_WIDTH), _WIDEST_PAGES))
        self.pages.caption.setText("Pages")
        inner = QVBoxLayout(self._pages_box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.pages)
        top.addWidget(self._pages_box)
        column.addLayout(top)
        deeds = ChipRow()
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(4)
        for part in (self.previous_button, self.page_label, self.next_button):
            steps.addWidget(part)
        for part in (self.toggle_button, self.black_button, self.text_pill, self.page_pill, self._steps):
            deeds.flow.addWidget(part)
        column.addWidget(deeds)
        column.addWidget(self.remark)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        # The document first, although it stands last: where F6 looks for who has the keyboard next, it begins here.
        rows.addWidget(self._stack, 1)
        rows.insertWidget(0, hairline())
        rows.insertWidget(0, self._head)
        self._head.hide()
        self.remark.hide()

    def _connect(self) -> None:
        for pill in (self.text_pill, self.page_pill):
            pill.setAutoExclusive(True)
            pill.clicked.connect(self._face_pressed)
        self.page_pill.setChecked(True)
        self.previous_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._on)
        self.canvas.page_stepped.connect(self.page_stepped)
        self.canvas.area_moved.connect(self._follow_area)
        self.black_button.clicked.connect(self.blacken)

    def _face_pressed(self) -> None:
        self.face_changed.emit()

    def _back(self) -> None:
        self.page_stepped.emit(-1)

    def _on(self) -> None:
        self.page_stepped.emit(1)

    def _follow_area(self) -> None:
        if self.canvas.draft is not None:
            place = self.canvas.rect_of(self.canvas.draft).center().toPoint()
            self.paper.ensureVisible(place.x(), place.y(), 40, 80)
