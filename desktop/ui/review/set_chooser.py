"""The page on which a criteria set is chosen for the service line in front; it holds no line against any set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.review.choice_list import ChoiceList
from desktop.ui.review.choice_rows import Choices, choice_entries
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label

NOTHING = "No set has all these words. Shorten the search; T types a set of your own."


class SetChooser(QWidget):
    """A search over the list; what fits the request comes first."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._choices: Choices | None = None
        self.title = ElidedLabel("", "strong")
        self.back = button("Back (Esc)", "quiet")
        self.search = QLineEdit()
        self.search.setAccessibleName("Search the criteria sets")
        self.search.setPlaceholderText("Publisher, number, code or words of a set")
        self.search.setClearButtonEnabled(True)
        self.list = ChoiceList(theme)
        self.nothing = label(NOTHING, "muted", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(16, 16, 16, 16)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 2)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        field = QHBoxLayout()
        field.setContentsMargins(16, 2, 12, 8)
        field.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(hairline())
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.list.choose)
        self.list.chosen.connect(self.chosen)
        self.list.left_upwards.connect(self._to_search)
        self.back.clicked.connect(self.closed)

    def ask(self, title: str, choices: Choices) -> None:
        """Have one of these chosen."""
        self._choices = choices
        self.title.setText(title)
        self.search.clear()
        self._filter()
        self._to_search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, Down goes from the search to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not event.text().isalnum():
            event.ignore()

    def _filter(self) -> None:
        if self._choices is not None:
            entries = choice_entries(self._choices, self.search.text())
            self.list.show_entries(entries)
            self.list.setVisible(bool(entries))
            self.nothing.setVisible(not entries)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
