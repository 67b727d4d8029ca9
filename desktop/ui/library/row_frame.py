"""Where everything stands on a shelf: search, views and list left, the page right; it reacts to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.chips import ChipRow
from desktop.ui.library.ask_strip import AskStrip
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.library.row_list import RowList
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import hairline, label, pill_button
from desktop.ui.widgets.pick_box import PickBox

_LEFT, _RIGHT = 380, 820


class FrontStack(QStackedWidget):
    """A stack that asks for room for the sheet in front only, and lets that one scroll."""

    def minimumSizeHint(self) -> QSize:
        """As little as a few lines: whatever stands here scrolls."""
        front = self.currentWidget()
        least = QSize(0, 3 * self.fontMetrics().lineSpacing())
        return least if front is None else front.minimumSizeHint().boundedTo(least)


class ShelfFrame(QWidget):
    """The widgets that shelves share. `sheets` holds the page, and what else may stand in its place."""

    def __init__(
        self,
        theme: Theme,
        entries: QListView,
        views: Sequence[str],
        deeds: QWidget,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = entries
        self._deeds_bar = deeds
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.views: dict[str, QPushButton] = {}
        self.views_row = ChipRow()
        self.count = label("", "caption")
        self.filters = ChipRow()
        self.nothing = label("", "muted", wraps=True)
        self.foot = ChipRow()
        self.ask = AskStrip(theme)
        self._strips: list[QWidget] = []
        self.page = ReadingPage(theme)
        self.shelf = FrontStack()
        self.sheets = FrontStack()
        self._lay_out(views)
        self.ask.is_asking.connect(self._make_way)

    @property
    def view(self) -> str:
        """The view that is chosen."""
        return next((name for name, made in self.views.items() if made.isChecked()), "")

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [
            self.search,
            self.views_row,
            self.filters,
            self._entries,
            self.foot,
            self._deeds_bar,
            self.ask,
            self.sheets,
        ]

    def show_count(self, words: str, nothing: str = "") -> None:
        """Say how many there are; `nothing`: why there are none."""
        self.count.setText(words)
        self.nothing.setText(nothing)
        self.shelf.setCurrentIndex(1 if nothing else 0)

    def show_page_sheet(self) -> None:
        """Put the page in front of whatever else stood there."""
        self.sheets.setCurrentWidget(self.page)
        self._make_way()

    def show_sheet(self, sheet: QWidget) -> None:
        """Put something else in the place of the page; what can be done with the entry steps aside."""
        if self.sheets.indexOf(sheet) < 0:
            self.sheets.addWidget(sheet)
        self.sheets.setCurrentWidget(sheet)
        self._make_way()

    def add_strip(self, strip: QWidget) -> None:
        """Put a small form over the page; it comes and goes by itself, and what can be done makes way for it."""
        self._strips.append(strip)
        self._top.addWidget(strip)
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A small form came or went."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide} and watched in self._strips:
            self._make_way()
        return super().eventFilter(watched, event)

    def _make_way(self) -> None:
        """Of what stands over the page, a question or a small form takes the place of what can be done."""
        is_page = self.sheets.currentWidget() is self.page
        is_asking = any(not part.isHidden() for part in (self.ask, *self._strips))
        self._show_deeds_bar(is_page and not is_asking)
        self._head.setVisible(is_page or is_asking)

    def _show_deeds_bar(self, is_shown: bool) -> None:
        self._deeds_bar.setVisible(is_shown)

    def _lay_out(self, views: Sequence[str]) -> None:
        theme = self._theme
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left(views))
        splitter.addWidget(self._right())
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT, _RIGHT])
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        self.outer.setSpacing(theme.px(8))
        self.outer.addWidget(splitter, 1)

    def _left(self, views: Sequence[str]) -> QWidget:
        theme = self._theme
        left = QWidget()
        left.setMinimumWidth(theme.px(190))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        pills = self.views_row
        group = QButtonGroup(self)
        for at, name in enumerate(views):
            made = pill_button(name)
            made.setChecked(at == 0)
            group.addButton(made)
            self.views[name] = made
            pills.flow.addWidget(made)
        if self.views:
            # As high as the buttons beside it, so that their words stand on one line.
            self.count.setMinimumHeight(next(iter(self.views.values())).sizeHint().height())
        pills.flow.addWidget(self.count)
        column.addWidget(pills)
        column.addWidget(self.filters)
        empty = QWidget()
        empty.setProperty("role", "surface")
        empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(theme.px(20), theme.px(24), theme.px(20), theme.px(24))
        inside.addWidget(self.nothing)
        inside.addStretch(1)
        # With large text the words are longer than the list is high.
        scrolled = QScrollArea()
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setAccessibleName("Why nothing is listed")
        scrolled.setWidget(empty)
        scrolled.setViewportMargins(3, 3, 3, 3)  # room for the ring of the focus
        self.shelf.addWidget(self._entries)
        self.shelf.addWidget(scrolled)
        column.addWidget(self.shelf, 1)
        column.addWidget(self.foot)
        return left

    def _right(self) -> QWidget:
        theme = self._theme
        right = QWidget()
        right.setProperty("role", "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right.setMinimumWidth(theme.px(260))
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._top.setSpacing(theme.px(8))
        self._top.addWidget(self._deeds_bar)
        self._top.addWidget(self.ask)
        head.addLayout(self._top)
        head.addWidget(hairline())
        column.addWidget(self._head)
        self.sheets.addWidget(self.page)
        column.addWidget(self.sheets, 1)
        return right


class RowFrame(ShelfFrame):
    """The frame of a shelf whose entries are rows, and whose deeds stand in a row of buttons."""

    def __init__(
        self,
        theme: Theme,
        entries: str,
        views: Sequence[str],
        *,
        takes_several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.list = RowList(theme, entries, takes_several=takes_several)
        self.deeds = ChipRow()
        super().__init__(theme, self.list, views, self.deeds, parent=parent)


def pick_box(theme: Theme, words: str, widest: str = "", room: int = 320) -> PickBox:
    """A list of deeds that opens under its words, `room` wide; its own width is that of the widest words in it."""
    made = PickBox()
    made.setPlaceholderText(words)
    made.setAccessibleName(words.removesuffix("…").removesuffix(" (99)"))
    made.setFixedWidth(QFontMetrics(theme.font(13)).horizontalAdvance(widest or words) + theme.px(40) + 24)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    # A list of so many lines that scrolls, in the place of one that covers the screen.
    made.setStyleSheet("QComboBox { combobox-popup: 0; }")
    made.setMaxVisibleItems(16)
    made.view().setMinimumWidth(theme.px(room))
    made.view().setTextElideMode(Qt.TextElideMode.ElideRight)
    return made
