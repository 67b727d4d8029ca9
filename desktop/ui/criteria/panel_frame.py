"""How the place for typing a set is divided: head, criteria or text, service lines, foot; nothing of what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.criteria.entry_list import EntryList
from desktop.ui.criteria.group_editor import RuleField
from desktop.ui.criteria.head_form import HeadForm
from desktop.ui.criteria.line_boxes import LineBoxes
from desktop.ui.criteria.text_view import TextView
from desktop.ui.forms import ChoiceBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label, pill_button, section_header

WIDEST = 1400
ABOUT = (
    "Type the plan's or licensed criteria as you have them on paper. They are kept in your store as your own."
)
KEYS = "Enter next criterion · Ctrl+G group · Alt+↑ Alt+↓ move · Ctrl+Backspace remove"


class PanelFrame(QFrame):
    """The widgets of the panel, in one column no wider than a page."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Type a criteria set")
        self.picker = ChoiceBox()
        self.picker.setAccessibleName("Set to type")
        self.picker.setMinimumWidth(theme.px(260))
        self.as_text = pill_button("As text")
        self.as_text.setToolTip("Show the set as YAML text, or as rows (Ctrl+Shift+T)")
        self.head = HeadForm()
        self.rule = RuleField(theme, "the whole set")
        self.rows = EntryList(theme)
        self.add_row = button("Add a criterion", "link")
        self.add_group = button("Add a group", "link")
        self.text_view = TextView(theme)
        self.lines = LineBoxes(theme)
        self.status = label("", "caption", wraps=True)
        self.afresh = button("Start afresh", "link")
        self.put_back = button("Put it back", "link")
        self.close_button = button("Close", "quiet")
        self.close_button.setToolTip("Esc. What is typed is kept as a draft.")
        self.save_button = button("Save", "primary")
        self.save_button.setToolTip("Ctrl+Enter")
        self.afresh.hide()
        self.put_back.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        gap = theme.px(16)
        top = QHBoxLayout()
        top.setContentsMargins(gap, theme.px(12), gap, theme.px(10))
        top.setSpacing(theme.px(12))
        top.addWidget(label("Type a criteria set", "heading"))
        about = label(ABOUT, "caption", wraps=True)
        top.addWidget(about, 1)
        top.addWidget(self.picker)
        top.addWidget(self.as_text)
        self.views = QStackedWidget()
        self.views.addWidget(self._form())
        text = QWidget()
        inner = QVBoxLayout(text)
        inner.setContentsMargins(gap, theme.px(12), gap, theme.px(12))
        inner.addWidget(self.text_view)
        self.views.addWidget(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.views, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())

    def _form(self) -> QWidget:
        theme = self._theme
        page = QWidget()
        page.setMaximumWidth(theme.px(WIDEST))
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(self.head)
        column.addSpacing(theme.px(8))
        column.addWidget(hairline())
        rule = QHBoxLayout()
        rule.setSpacing(theme.px(12))
        rule.addWidget(section_header("Criteria"))
        rule.addWidget(self.rule)
        rule.addStretch(1)
        rule.addWidget(label(KEYS, "caption"))
        column.addLayout(rule)
        column.addWidget(self.rows)
        add = QHBoxLayout()
        add.setContentsMargins(theme.px(34), 0, 0, 0)
        add.addWidget(self.add_row)
        add.addWidget(self.add_group)
        add.addStretch(1)
        column.addLayout(add)
        column.addStretch(1)
        self.page = QScrollArea()
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.page.setWidget(page)
        return self.page

    def _foot(self) -> QVBoxLayout:
        theme = self._theme
        actions = QHBoxLayout()
        actions.setSpacing(theme.px(8))
        actions.addWidget(self.status, 1)
        for widget in (self.put_back, self.afresh, self.close_button, self.save_button):
            actions.addWidget(widget)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(10))
        foot.setSpacing(theme.px(6))
        foot.addWidget(self.lines)
        foot.addLayout(actions)
        return foot
