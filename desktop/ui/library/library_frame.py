"""Where everything stands on the library screen: shelf left, the set to read right; it reacts to nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.chips import ChipRow
from desktop.ui.library.ask_strip import AskStrip
from desktop.ui.library.delegate import ShelfDelegate
from desktop.ui.library.model import ShelfModel
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.library.set_actions import SetActions
from desktop.ui.library.shelf import ShelfView
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label, pill_button

_LEFT, _RIGHT = 380, 820


class LibraryFrame(QWidget):
    """The widgets of the screen, named and laid out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = ShelfModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Words of a request, code, diagnosis, publisher")
        self.search.setAccessibleName("Find a criteria set")
        self.search.setClearButtonEnabled(True)
        self.views: dict[ShelfView, QPushButton] = {}
        self.list = self._make_list()
        self.nothing = label("", "muted", wraps=True)
        self.count = label("", "caption")
        self.new_set = button("Type a set")
        self.bring = button("Import…")
        self.trouble = QFrame()
        self.trouble_text = label("", "warning", wraps=True)
        self.trouble_more = button("Read all", "quiet")
        self.set_actions = SetActions(theme)
        self.ask = AskStrip(theme)
        self.page = ReadingPage(theme)
        self._lay_out()
        self.ask.is_asking.connect(self.set_actions.step_aside)

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [self.search, self.list, self._foot, self.trouble, self.set_actions, self.ask, self.page]

    def show_trouble(self, words: str) -> None:
        """Say above everything what of the library cannot be read; empty for nothing."""
        self.trouble_text.setText(words)
        self.trouble.setVisible(bool(words))

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self.model)
        made.setItemDelegate(ShelfDelegate(self._theme, made))
        made.setAccessibleName("Criteria sets")
        made.setMouseTracking(True)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        return made

    def _lay_out(self) -> None:
        theme = self._theme
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LEFT, _RIGHT])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(8))
        outer.setSpacing(theme.px(8))
        outer.addWidget(self._trouble())
        outer.addWidget(self.splitter, 1)

    def _trouble(self) -> QFrame:
        theme = self._theme
        self.trouble.setProperty("role", "banner")
        self.trouble.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.trouble)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        row.addWidget(self.trouble_text, 1)
        row.addWidget(self.trouble_more, 0, Qt.AlignmentFlag.AlignTop)
        self.trouble_more.setAccessibleName("Read what cannot be read and what to write instead")
        self.trouble.hide()
        return self.trouble

    def _left(self) -> QWidget:
        theme = self._theme
        left = QWidget()
        left.setMinimumWidth(theme.px(190))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        self.pills = ChipRow()
        group = QButtonGroup(self)
        for view in ShelfView:
            made = pill_button(view.value)
            made.setChecked(view is ShelfView.ALL)
            group.addButton(made)
            self.views[view] = made
            self.pills.flow.addWidget(made)
        # As high as the buttons beside it, so that their words stand on one line.
        self.count.setMinimumHeight(self.views[ShelfView.ALL].sizeHint().height())
        self.pills.flow.addWidget(self.count)
        column.addWidget(self.pills)
        empty = QWidget()
        empty.setProperty("role", "surface")
        empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(theme.px(20), theme.px(24), theme.px(20), theme.px(24))
        inside.addWidget(self.nothing)
        inside.addStretch(1)
        self.shelf = QStackedWidget()
        self.shelf.addWidget(self.list)
        self.shelf.addWidget(empty)
        column.addWidget(self.shelf, 1)
        self._foot = ChipRow()
        self._foot.flow.addWidget(self.new_set)
        self._foot.flow.addWidget(self.bring)
        column.addWidget(self._foot)
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
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        top.addWidget(self.set_actions)
        top.addWidget(self.ask)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.page, 1)
        return right
