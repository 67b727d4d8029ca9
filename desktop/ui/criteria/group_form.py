"""A group as plain fields: how its entries combine, and its name; the entries themselves stand in the outline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.criteria_draft import GroupDraft
from desktop.services.criteria_draft_check import DraftProblem
from desktop.ui.criteria.choices import RULE_HINTS
from desktop.ui.criteria.node_form import NodeForm
from desktop.ui.criteria.rule_field import RuleField, written
from desktop.ui.forms import LineField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label


class GroupForm(NodeForm):
    """A name, a rule, and what it means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.rule = RuleField(theme, "the group")
        self._hint = label("", "muted", wraps=True)
        self._wrong = label("", "error", wraps=True)
        self._section(
            "",
            (
                "text",
                LineField(
                    "Name of the group, if it has one", str, placeholder="For example: Conservative care"
                ),
                2,
            ),
        )
        self._column.addWidget(label("How its entries combine", "caption"))
        self._column.addWidget(self.rule)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._wrong)
        self._column.addStretch(1)
        self.rule.edited.connect(self._rule_edited)

    def show_node(self, node: GroupDraft, number: str) -> None:
        """Show a group. A rule with exceptions is named by its rule and has no name of its own."""
        self.rule.box.setAccessibleName(f"Rule of group {number}")
        self.rule.show_rule(node.rule, node.count, written(node))
        self._hint.setText(RULE_HINTS[node.rule])
        self.fields["text"].show_value(node.text)
        self.fields["text"].setVisible(node.rule != "unless")

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*super().stops(), *self.rule.stops()]

    def show_problems(self, problems: dict[str, DraftProblem]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Say what is wrong with the rule, and with the name."""
        super().show_problems(problems)
        problem = problems.get("rule")
        self._wrong.setText(f"× {problem.words}" if problem else "")
        self._wrong.setVisible(problem is not None)
        self.rule.box.setAccessibleDescription(problem.words if problem else "")

    def focus_on(self, name: str) -> None:
        """Put the keyboard where a problem is."""
        if name == "text" and self.fields["text"].isVisible():
            super().focus_on(name)
        else:
            self.rule.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, value: bool) -> None:
        """Look, but do not type."""
        super().set_read_only(value)
        self.rule.setEnabled(not value)

    def _rule_edited(self) -> None:
        rule, count = self.rule.rule()
        self._hint.setText(RULE_HINTS[rule])
        self.edited.emit({"rule": rule, "count": count})
