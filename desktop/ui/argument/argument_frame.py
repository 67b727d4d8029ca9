"""How the argument tab is laid out: what is offered beside the chosen one in full, or the calls; it wires nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.argument.call_page import CallPage
from desktop.ui.argument.offer_rows import Filter
from desktop.ui.chips import ChipRow
from desktop.ui.forms import TextField
from desktop.ui.letter.two_line_list import ToggleList
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label, pill_button


class SearchField(QLineEdit):
    """Down goes on to what was found; Escape clears."""

    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search what is offered")
        self.setPlaceholderText("Search claims and sources…   Ctrl+F")
        self.setClearButtonEnabled(False)

    def minimumSizeHint(self) -> QSize:
        """It may become narrow before anything else does."""
        return QSize(0, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys that lead out of the field."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left_down.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


class ArgumentFrame(QWidget):
    """Holds the parts; the screen connects them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.search = SearchField()
        self.filters: dict[Filter, QPushButton] = {}
        self.calls_button = button("Peer-to-peer", "quiet")
        self.list = ToggleList(theme, "What can be argued with", title_lines=2)
        self.page = ReadingPage(theme)
        self.toggle_button = button("Leave out", "")
        self.letter_button = button("Go to the letter", "link")
        self.saved = label("", "caption")
        self.changed = ElidedLabel("", "muted")
        self.note = TextField(
            "Your own words, printed as typed once this is taken",
            least_lines=3,
            placeholder="Why it holds in this case",
        )
        self.calls = CallPage(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._offers())
        self._pages.addWidget(self.calls)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._pages)

    @property
    def is_calls(self) -> bool:
        """Whether the calls with the plan's physician are in front."""
        return self._pages.currentWidget() is self.calls

    def show_calls(self, is_calls: bool) -> None:
        """Show the calls, or what is offered."""
        self._pages.setCurrentIndex(1 if is_calls else 0)

    def show_counts(self, counts: Mapping[Filter, int]) -> None:
        """Say how many offers each filter lists."""
        for kind, pill in self.filters.items():
            words = f"{kind.value} {counts[kind]}"
            if pill.text() != words:
                pill.setText(words)
                pill.setAccessibleName(words)
                pill.updateGeometry()

    def show_count(self, calls: int) -> None:
        """Say how many calls there are."""
        words = f"Peer-to-peer {calls}" if calls else "Peer-to-peer"
        self.calls_button.setText(words)
        self.calls_button.setAccessibleName(words)

    def _offers(self) -> QWidget:
        page = QSplitter(Qt.Orientation.Horizontal)
        page.setChildrenCollapsible(False)
        page.addWidget(self._left())
        page.addWidget(self._right())
        page.setSizes([min(self._theme.px(440), 560), 760])
        page.setStretchFactor(0, 2)
        page.setStretchFactor(1, 3)
        return page

    def _left(self) -> QWidget:
        theme = self._theme
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(8, 8, 0, 8)
        rows.setSpacing(theme.px(6))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.calls_button)
        # The list first, although it stands last: where Qt looks for who has the keyboard next, it begins here.
        rows.addWidget(self.list, 1)
        rows.insertLayout(0, top)
        pills = ChipRow()
        for item in Filter:
            made = pill_button(item.value)
            made.setAutoExclusive(True)
            made.setChecked(item is Filter.ALL)
            pills.flow.addWidget(made)
            self.filters[item] = made
        rows.insertWidget(1, pills)
        return side

    def _right(self) -> QWidget:
        theme = self._theme
        side = QWidget()
        side.setProperty("role", "surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        bar = ChipRow()
        bar.flow.addWidget(self.toggle_button)
        bar.flow.addWidget(self.letter_button)
        self._bar = QWidget()
        column = QVBoxLayout(self._bar)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(theme.px(4))
        column.addWidget(bar)
        column.addWidget(self.changed)
        rows.addWidget(self._bar)
        rows.addWidget(hairline())
        rows.addWidget(self.page, 1)
        self._note_line = hairline()
        rows.addWidget(self._note_line)
        self._note_box = QWidget()
        under = QVBoxLayout(self._note_box)
        under.setContentsMargins(16, 8, 16, 8)
        under.setSpacing(2)
        under.addWidget(self.note)
        under.addWidget(self.saved)
        rows.addWidget(self._note_box)
        return side

    def show_parts(self, *, has_offer: bool, has_note: bool) -> None:
        """Show the buttons of an offer, and the field for an exception's own words."""
        self._bar.setVisible(has_offer)
        self._note_box.setVisible(has_note)
        self._note_line.setVisible(has_note)
