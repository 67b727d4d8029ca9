"""How the entries of a group combine, in words, with the number where one belongs to it; it counts nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from desktop.services.criteria_draft import GroupDraft, Rule
from desktop.ui.criteria.choices import RULES
from desktop.ui.forms import ChoiceBox
from desktop.ui.theme import Theme

MOST = 99
FEWEST = 2
"""Where a number begins, with so many entries to choose from."""


class RuleField(QWidget):
    """One of the rules; `offered` leaves out what makes no sense here."""

    edited = Signal()

    def __init__(
        self, theme: Theme, name: str, offered: tuple[Rule, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = tuple(rule for rule, _ in RULES if not offered or rule in offered)
        self._is_showing = False
        self._entries = 0
        self.box = ChoiceBox()
        self.box.addItems([words for rule, words in RULES if rule in self._rules])
        self.box.setMinimumWidth(theme.px(160))
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setMinimumWidth(theme.px(56))
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        self.box.setAccessibleName(f"Rule of {name}")
        self.count.setAccessibleName(f"How many must hold, {name}")
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._rule_chosen)
        self.count.valueChanged.connect(self._changed)
        self.count.hide()

    def rule(self) -> tuple[Rule, int]:
        """The rule and its number."""
        return self._rules[self.box.currentIndex()], self.count.value()

    def show_rule(self, rule: Rule, count: int, entries: int = 0) -> None:
        """Show a rule of a group with so many entries, without counting as an edit."""
        self._is_showing = True
        self._entries = entries
        if rule not in self._rules:
            self._rules = (*self._rules, rule)
            self.box.addItem(dict(RULES)[rule])
        self.box.setCurrentIndex(self._rules.index(rule))
        self.count.setValue(count)
        self.count.setVisible(rule == "at_least")
        self._is_showing = False

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops."""
        return [self.box, self.count]

    def _rule_chosen(self) -> None:
        is_new = not self._is_showing and self.rule() == ("at_least", 1)
        if is_new and self._entries >= FEWEST:
            # One of several is what "at least one" says already; its own signal tells of both changes.
            self.count.setValue(FEWEST)
        else:
            self._changed()

    def _changed(self) -> None:
        self.count.setVisible(self.rule()[0] == "at_least")
        if not self._is_showing:
            self.edited.emit()


def written(group: GroupDraft) -> int:
    """How many entries of a group have something in them."""
    return sum(not child.is_blank for child in group.children)
