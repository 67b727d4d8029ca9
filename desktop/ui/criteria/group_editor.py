"""The heading of a group being typed: how its criteria combine, and its name; its rows stand below on their own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.services.typed_sets import Rule, TypedGroup
from desktop.ui.criteria.entry_keys import EntryKeys
from desktop.ui.forms import ChoiceBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label

RULES: tuple[tuple[Rule, str], ...] = (
    ("all", "All of these must hold"),
    ("any", "Any one of these is enough"),
    ("at_least", "At least this many must hold:"),
)
MOST = 99


class RuleField(QWidget):
    """ALL, ANY or AT LEAST n, in words."""

    edited = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ChoiceBox()
        self.box.addItems([words for _, words in RULES])
        self.box.setMinimumWidth(theme.px(236))
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setMinimumWidth(theme.px(56))
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.box)
        row.addWidget(self.count)
        self.name(name)
        self.box.currentIndexChanged.connect(self._changed)
        self.count.valueChanged.connect(self._changed)
        self.count.hide()

    def name(self, name: str) -> None:
        """What it is the rule of, for who hears it."""
        self.box.setAccessibleName(f"Rule of {name}")
        self.count.setAccessibleName(f"How many must hold, {name}")

    def rule(self) -> tuple[Rule, int]:
        """The rule and its number."""
        return RULES[self.box.currentIndex()][0], self.count.value()

    def show_rule(self, rule: Rule, count: int) -> None:
        """Show a rule."""
        self.box.setCurrentIndex([value for value, _ in RULES].index(rule))
        self.count.setValue(count)
        self.count.setVisible(rule == "at_least")

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops."""
        return [self.box, self.count]

    def _changed(self) -> None:
        self.count.setVisible(self.rule()[0] == "at_least")
        self.edited.emit()


class GroupEditor(QWidget):
    """A rule and a name."""

    edited = Signal()

    def __init__(self, theme: Theme, group: TypedGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self.keys = EntryKeys(self)
        self.rule = RuleField(theme, "the group")
        self.rule.show_rule(group.rule, group.count)
        self.words = QLineEdit(group.text)
        self.words.setPlaceholderText("Name of the group, if it has one")
        self.number = label("", "muted")
        self.number.setFixedWidth(theme.px(26))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remark: QLabel = label("", "error", wraps=True)
        self.remark.setContentsMargins(theme.px(38), 0, 0, theme.px(2))
        self.remark.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.number)
        line.addWidget(self.rule)
        line.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(2))
        column.setSpacing(theme.px(2))
        column.addLayout(line)
        column.addWidget(self.remark)
        self.keys.watch(*self.stops())
        self.rule.edited.connect(self.edited)
        self.words.textChanged.connect(self._changed)

    def value(self) -> TypedGroup:
        """The heading as typed, without rows."""
        rule, count = self.rule.rule()
        return replace(self._group, text=self.words.text(), rule=rule, count=count, rows=())

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.rule.stops(), self.words]

    def set_place(self, number: str, *, is_inside: bool) -> None:
        """Show which group this is."""
        self.number.setText(number)
        self.rule.name(f"group {number}")
        self.words.setAccessibleName(f"Name of group {number}")

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say under the heading what is wrong."""
        text = "  ".join(f"× {words}" for words in problems.values())
        self.remark.setText(text)
        self.remark.setVisible(bool(text))
        self.words.setAccessibleDescription(text)

    def focus_on(self, field: str) -> None:
        """Put the keyboard where a problem is."""
        target = self.words if field == "text" else self.rule.box
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self.edited.emit()
