"""How the review screen is divided: widgets and splitters, nothing of what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.down_scroll import DownScroll
from desktop.ui.review.ask_page import AskPage
from desktop.ui.review.criteria_pane import CriteriaPane
from desktop.ui.review.criterion_panel import CriterionPanel
from desktop.ui.review.missing_sets import MissingSets
from desktop.ui.review.note_pane import NotePane
from desktop.ui.review.result_strip import ROWS_FROM, ResultStrip
from desktop.ui.review.set_chooser import SetChooser
from desktop.ui.review.side_panel import SidePanel
from desktop.ui.review.task_pane import TaskPane
from desktop.ui.review.words_pane import WordsPane
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import hairline, label, pill_button

SIGNED = "Signed: this review can be read but not changed. Supersede the determination to go on."
NO_LINE = (
    "This case has no service line yet.\n\nAdd what was asked for under Intake (Ctrl+1); the criteria of each "
    "service line then stand here, beside the notes."
)
NO_SET = (
    "No criteria set is chosen for this service line.\n\nP chooses one: those that fit the request come first. "
    "T types the payer's own. Two can stand side by side."
)
ROOM_FOR_SPINE = 840
ROOM_FOR_TWO_SETS = 1_000
"""Widths in pixels at a text scale of 100 %."""

_LEAST_PANE = 150
"""Narrowest a criteria set gets beside another, in pixels at 100 %."""
_LEAST_READING = 100
"""Lowest that criteria and note get, in pixels at 100 %."""


class ReviewFrame(QWidget):
    """Criteria left, note in the middle, spine right, the current criterion below, the result at the foot."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line_picker = QComboBox()
        self.line_picker.setAccessibleName("Service line")
        self.missing_sets = MissingSets(theme)
        self.line_picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.compare: QPushButton = pill_button("Side by side")
        self.compare.setToolTip("Show one criteria set or two (\\)")
        self.signed = label(SIGNED, "muted")
        self.signed.setContentsMargins(16, 4, 16, 4)
        self.set_panes = (CriteriaPane(theme, "left"), CriteriaPane(theme, "right"))
        self.note_pane = NotePane(theme)
        self.words = WordsPane()
        self.chooser = SetChooser(theme)
        self.asking = AskPage(theme)
        self.reader = QStackedWidget()
        for page in (self.note_pane, self.words, self.chooser, self.asking):
            self.reader.addWidget(page)
        self.side = SidePanel(theme)
        self.panel = CriterionPanel(theme)
        self.tasks = TaskPane(theme)
        self.drawer = QStackedWidget()
        self.drawer.addWidget(self.panel)
        self.drawer.addWidget(self.tasks)
        self.strip = ResultStrip(theme)
        self.pane_splitter = _splitter(
            Qt.Orientation.Horizontal, "Between the criteria sets", *self.set_panes
        )
        self.reading = _splitter(
            Qt.Orientation.Horizontal, "Between criteria and note", self._criteria(), self.reader
        )
        self.rows = _splitter(Qt.Orientation.Vertical, "Above the criterion", self.reading, self.drawer)
        self.columns = _splitter(Qt.Orientation.Horizontal, "Before the spine", self.rows, self.side)
        for splitter in (self.reading, self.rows, self.columns):
            splitter.setStretchFactor(0, 1)
        self.reading.setStretchFactor(1, 1)
        for splitter in (self.rows, self.columns):
            splitter.setStretchFactor(1, 0)
        for at in (0, 1):
            self.pane_splitter.setStretchFactor(at, 1)
            self.set_panes[at].setMinimumWidth(theme.px(_LEAST_PANE))
        # Without sizes of its own a splitter follows what is written in the panes, and moves at every answer.
        self.pane_splitter.setSizes([theme.px(265), theme.px(265)])
        self.reading.setSizes([theme.px(530), theme.px(520)])
        self.rows.setSizes([theme.px(540), theme.px(200)])
        self.columns.setSizes([theme.px(954), theme.px(364)])
        self._theme = theme
        self._rooms = (True, True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.signed)
        # In a low window, or with large letters, these scroll; the way to met under them stays.
        column.addWidget(DownScroll(self.columns), 1)
        column.addWidget(hairline())
        column.addWidget(self.strip)
        self.signed.hide()
        theme.changed.connect(self.adapt)

    @property
    def splitters(self) -> dict[str, QSplitter]:
        """The splitters whose sizes are remembered, by name."""
        return {
            "panes": self.pane_splitter,
            "reading": self.reading,
            "columns": self.columns,
            "rows": self.rows,
        }

    def share_evenly(self) -> None:
        """Give both sets the same width where the second was left too narrow to be read, as after it was hidden."""
        left, right = self.pane_splitter.sizes()
        if right * 3 < left + right:
            self.pane_splitter.setSizes([1_000, 1_000])

    def show_note(self) -> None:
        """Put the note in front of whatever was read in its place."""
        self.reader.setCurrentWidget(self.note_pane)

    def _criteria(self) -> QWidget:
        made = QWidget()
        made.setProperty("role", "surface")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 8, 2)
        head.setSpacing(6)
        head.addWidget(self.line_picker, 1)
        head.addWidget(self.compare)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.missing_sets)
        column.addWidget(self.pane_splitter, 1)
        self._criteria_side = made
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window, or with large letters, the note and the criteria come first."""
        super().resizeEvent(event)
        self.adapt()

    def adapt(self) -> None:
        """Give up the spine, and the second set, where there is no room for them."""
        theme = self._theme
        self.side.setMinimumWidth(theme.px(180))
        self.reader.setMinimumWidth(theme.px(220))
        self._criteria_side.setMinimumWidth(theme.px(200))
        self.drawer.setMinimumHeight(theme.px(150))
        # Less than a few lines cannot be read: where there is no room for that, the whole scrolls.
        for reading in (*(pane.tree for pane in self.set_panes), self.note_pane.view):
            reading.setMinimumHeight(theme.px(_LEAST_READING))
        is_low = self.height() * 100 / theme.scale_percent < ROWS_FROM
        self.strip.set_low(is_low=is_low)
        for pane in self.set_panes:
            pane.set_low(is_low=is_low)
        width = self.width() * 100 / theme.scale_percent
        rooms = (width >= ROOM_FOR_SPINE, width >= ROOM_FOR_TWO_SETS)
        if rooms != self._rooms:
            self._rooms = rooms
            self.side.setVisible(rooms[0])
            self.room_changed()

    @property
    def has_room_for_two_sets(self) -> bool:
        """Whether two trees can be read side by side."""
        return self._rooms[1]

    def why_one_set(self, *, has_line: bool) -> str:
        """What to do for two trees where there is only one, in words."""
        if not self.has_room_for_two_sets:
            return "There is no room for two criteria sets. Make the window wider; S goes to the other set."
        if not has_line:
            return "There is no service line yet. Add one under Intake (Ctrl+1)."
        return (
            "Two criteria sets are needed to stand side by side. Choose another one for this service line in the "
            "list above the criteria."
        )

    def room_changed(self) -> None:
        """Called when there is more or less room than before."""


def _splitter(orientation: Qt.Orientation, name: str, *widgets: QWidget) -> QSplitter:
    made = QSplitter(orientation)
    made.setAccessibleName(name)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(1)
    for widget in widgets:
        made.addWidget(widget)
    return made
