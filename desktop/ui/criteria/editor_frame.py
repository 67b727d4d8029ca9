"""How the criteria editor is divided: names, outline beside form (or text), findings, foot; nothing of what they do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.truth import Truth
from desktop.ui.chips import ChipRow
from desktop.ui.criteria.criterion_form import CriterionForm
from desktop.ui.criteria.draft_tree import DraftTree
from desktop.ui.criteria.group_form import GroupForm
from desktop.ui.criteria.head_strip import HeadStrip
from desktop.ui.criteria.line_boxes import LineBoxes
from desktop.ui.criteria.lower_pane import LowerPane
from desktop.ui.criteria.set_form import SetForm
from desktop.ui.criteria.text_view import TextView
from desktop.ui.criteria.trial_bar import TrialBar
from desktop.ui.forms import ChoiceBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label, pill_button
from desktop.ui.widgets.state_badge import StateBadge, truth_visual

KEYS = (
    "Enter next criterion · Alt+→ into a group · Alt+← out · Alt+↑ Alt+↓ move · Ctrl+G group · "
    "Ctrl+U exception · Ctrl+↑ Ctrl+↓ walk · Ctrl+Z undo"
)
LEAST_HEIGHT = 460
"""Design pixels of outline, form and findings together; where the window has less, all of it scrolls."""
SET_PAGE, GROUP_PAGE, CRITERION_PAGE = range(3)
WHERE_TO_GO = "Esc closes and keeps a draft."


class Page(QScrollArea):
    """A form that scrolls, whose fields take the keyboard and not the page itself."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(form)

    def minimumSizeHint(self) -> QSize:
        """It scrolls: the window decides."""
        return QSize(0, 0)


class Views(QStackedWidget):
    """Outline or text: as high as there is room, never asking for more than its least height."""

    def sizeHint(self) -> QSize:
        """The page around would scroll where it asked for all that its forms could fill."""
        return QSize(0, self.minimumHeight())


class EditorFrame(QFrame):
    """The widgets of the editor from edge to edge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        # It paints its own ground: else what lies under it would be painted again at every letter.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Criteria editor")
        self.picker = ChoiceBox()
        self.picker.setAccessibleName("Set to write")
        self.picker.setMinimumWidth(theme.px(200))
        self.as_text = pill_button("As text")
        self.as_text.setToolTip("Show the set as YAML text, or as outline and form (Ctrl+Shift+T)")
        self.edition = button("New edition", "quiet")
        self.edition.setToolTip("Begin the edition that takes the place of this one")
        self.customise = button("Make a payer's customization of it", "primary")
        self.head = HeadStrip(theme)
        self.tree = DraftTree(theme)
        self.trial = TrialBar(theme)
        self.add_criterion = button("Criterion", "link")
        self.add_group = button("Group", "link")
        self.add_exception = button("Exception", "link")
        self.duplicate = button("Copy", "link")
        self.dissolve = button("Dissolve", "link")
        self.remove = button("Remove", "link")
        self.set_form, self.group_form = SetForm(theme), GroupForm(theme)
        self.criterion_form = CriterionForm(theme)
        self.text_view = TextView(theme)
        self.below = LowerPane(theme)
        self.below.setMinimumHeight(theme.px(132))
        self.lines = LineBoxes(theme)
        self.on_line = label("On the line", "caption")
        self.badge = StateBadge(theme, truth_visual(Truth.UNKNOWN))
        self.status = label("", "caption", wraps=True)
        self.afresh = button("Start afresh", "link")
        self.undo_button = button("Undo", "quiet")
        self.close_button = button("Close", "quiet")
        self.close_button.setToolTip(WHERE_TO_GO)
        self.save_button = button("Save", "primary")
        self.save_button.setToolTip("Ctrl+Enter")
        for made, name in (
            (self.add_criterion, "Add a criterion"),
            (self.add_group, "Add a group"),
            (self.add_exception, "Add an exception"),
            (self.duplicate, "Copy the row"),
            (self.dissolve, "Take the group away and leave its entries"),
            (self.remove, "Remove the row with all under it"),
        ):
            made.setAccessibleName(name)
            made.setToolTip(name)
        self.afresh.hide()
        self.customise.hide()
        self._lay_out()

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """The ground of a page."""
        painter = QPainter(self)
        painter.fillRect(arg__1.rect(), self._theme.color("window"))
        painter.end()

    def row_deeds(self) -> tuple[QPushButton, ...]:
        """The buttons under the outline, in order."""
        adding = (self.add_criterion, self.add_group, self.add_exception)
        return (*adding, self.duplicate, self.dissolve, self.remove)

    def sized(self) -> None:
        """Outline and form side by side in proportion to the width they have."""
        width = max(400, self.width())
        self.sides.setSizes([width * 9 // 20, width * 11 // 20])
        height = max(300, self.height())
        self.floors.setSizes([height * 4 // 5, height // 5])

    def _lay_out(self) -> None:
        theme = self._theme
        gap = theme.px(16)
        top = QHBoxLayout()
        top.setContentsMargins(gap, theme.px(8), gap, theme.px(6))
        top.setSpacing(theme.px(8))
        self.title = ElidedLabel("Criteria set", "heading")
        top.addWidget(self.title, 1)
        for widget in (self.customise, self.edition, self.picker, self.as_text):
            top.addWidget(widget)
        names = QHBoxLayout()
        names.setContentsMargins(gap, 0, gap, theme.px(10))
        names.addWidget(self.head)
        self.views = Views()
        self.views.addWidget(self._form())
        self.views.addWidget(self._text())
        self.views.setMinimumHeight(theme.px(LEAST_HEIGHT))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(names)
        inner.addWidget(hairline())
        inner.addWidget(self.views, 1)
        inner.addWidget(hairline())
        self.lines.setContentsMargins(gap, theme.px(6), gap, theme.px(4))
        inner.addWidget(self.lines)
        self.body = Page(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.body, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())

    def _text(self) -> QWidget:
        text = QWidget()
        inner = QVBoxLayout(text)
        inner.setContentsMargins(*([self._theme.px(16)] * 4))
        inner.addWidget(self.text_view)
        return text

    def _form(self) -> QWidget:
        self.pages = QStackedWidget()
        for form in (self.set_form, self.group_form, self.criterion_form):
            self.pages.addWidget(Page(form))
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.setChildrenCollapsible(False)
        self.sides.addWidget(self._outline())
        self.sides.addWidget(self.pages)
        self.floors = QSplitter(Qt.Orientation.Vertical)
        self.floors.setChildrenCollapsible(False)
        self.floors.addWidget(self.sides)
        self.floors.addWidget(self.below)
        return self.floors

    def _outline(self) -> QWidget:
        theme = self._theme
        pane = QWidget()
        pane.setMinimumWidth(theme.px(260))
        pane.setProperty("role", "surface")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tree.setMinimumHeight(theme.px(110))
        column.addWidget(self.trial)
        column.addWidget(self.tree, 1)
        column.addWidget(hairline())
        self.deeds = ChipRow()
        self.deeds.setContentsMargins(theme.px(8), theme.px(2), theme.px(8), 0)
        for widget in self.row_deeds():
            self.deeds.flow.addWidget(widget)
        column.addWidget(self.deeds)
        self.keys_hint = label(KEYS, "caption", wraps=True)
        self.keys_hint.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(6))
        column.addWidget(self.keys_hint)
        return pane

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        actions = QHBoxLayout()
        actions.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(8))
        actions.setSpacing(theme.px(8))
        actions.addWidget(self.status, 1)
        for widget in (
            self.on_line,
            self.badge,
            self.afresh,
            self.undo_button,
            self.close_button,
            self.save_button,
        ):
            actions.addWidget(widget)
        return actions
