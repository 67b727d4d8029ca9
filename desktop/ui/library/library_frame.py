"""Where everything stands on the criteria shelf: what cannot be read above, sets left, the set to read right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QWidget

from desktop.ui.library.delegate import ShelfDelegate
from desktop.ui.library.model import ShelfModel
from desktop.ui.library.row_frame import ShelfFrame
from desktop.ui.library.set_actions import SetActions
from desktop.ui.library.shelf import ShelfView
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label


class LibraryFrame(ShelfFrame):
    """The widgets of the shelf, named and laid out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.list = QListView()
        self.set_actions = SetActions(theme)
        super().__init__(
            theme, self.list, [view.value for view in ShelfView], self.set_actions, parent=parent
        )
        self.search.setPlaceholderText("Words of a request, code, diagnosis, publisher")
        self.search.setAccessibleName("Find a criteria set")
        self.filters.hide()
        self.model = ShelfModel(self)
        self._fill_list()
        self.new_set = button("Type a set")
        self.bring = button("Import…")
        self.foot.flow.addWidget(self.new_set)
        self.foot.flow.addWidget(self.bring)
        self.trouble = QFrame()
        self.trouble_text = label("", "warning", wraps=True)
        self.trouble_more = button("Read all", "quiet")
        self.outer.insertWidget(0, self._trouble())

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [self.search, self.list, self.foot, self.trouble, self.set_actions, self.ask, self.sheets]

    def show_trouble(self, words: str) -> None:
        """Say above everything what of the library cannot be read; empty for nothing."""
        self.trouble_text.setText(words)
        self.trouble.setVisible(bool(words))

    def _show_deeds_bar(self, is_shown: bool) -> None:
        self.set_actions.step_aside(not is_shown)

    def _fill_list(self) -> None:
        made = self.list
        made.setModel(self.model)
        made.setItemDelegate(ShelfDelegate(self._theme, made))
        made.setAccessibleName("Criteria sets")
        made.setMouseTracking(True)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

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
