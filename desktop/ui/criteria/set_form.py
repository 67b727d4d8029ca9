"""What a set is about beyond its name: licence, codes, words, dates; its criteria stand in the outline."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import LicenceClass
from desktop.services.criteria_draft import CriteriaDraft, Rule
from desktop.services.criteria_draft_edition import LICENCE_WORDS
from desktop.ui.chips import ChipsField
from desktop.ui.criteria.choices import LICENCES, PUBLIC_LICENCE
from desktop.ui.criteria.node_form import NodeForm
from desktop.ui.criteria.rule_field import RuleField, written
from desktop.ui.criteria.value_fields import DayField
from desktop.ui.forms import ChoiceField, LineField, TextField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, section_header

_BETWEEN_CODES = re.compile(r"[\s,;]+")
_BETWEEN_TERMS = re.compile(r"\s*[,;\n]\s*")
_CODES = {"codes", "diagnoses"}
ROOT_RULES: tuple[Rule, ...] = ("all", "any", "at_least", "not")


class ListField(LineField):
    """Several short texts on one line, between commas."""

    def __init__(self, title: str, *, is_code: bool, placeholder: str) -> None:
        self._between = _BETWEEN_CODES if is_code else _BETWEEN_TERMS
        super().__init__(title, self._listed, _joined, placeholder=placeholder)

    def _listed(self, text: str) -> tuple[str, ...]:
        return tuple(part for part in self._between.split(text.strip()) if part)


class LinesField(TextField):
    """Several texts, one on each line."""

    def read(self) -> tuple[str, ...]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The lines in which something stands."""
        return tuple(line.strip() for line in self.area.exact_text().split("\n") if line.strip())

    def fill(self, value: tuple[str, ...]) -> None:
        """One line for each."""
        self.area.setPlainText("\n".join(value))


class SetForm(NodeForm):
    """The rule of the whole, then whose words these are, what they are for, and when they hold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.rule = RuleField(theme, "the whole set", ROOT_RULES)
        self._column.addWidget(section_header("How the criteria combine"))
        self._column.addWidget(self.rule)
        self.licence = ChoiceField("Whose words these are", LICENCES)
        self.covers = ChipsField(
            "Findings those indications speak of",
            none_means="None chosen: with an indication named, the set is silent on every finding.",
        )
        self.covers.set_choices([(finding, finding.label) for finding in FindingKind])
        self._section(
            "The document",
            ("document_number", LineField("Document number", str), 1),
            ("licence", self.licence, 1),
            ("effective_from", DayField("In force from"), 1),
            ("effective_to", DayField("In force until"), 1),
            ("retrieved_on", DayField("Read on"), 1),
            ("review_by", DayField("Check again by"), 1),
            ("address", LineField("Address of the document", str), 2),
        )
        self._section(
            "What it is for",
            ("codes", ListField("Codes", is_code=True, placeholder="22849, 22612"), 1),
            ("diagnoses", ListField("Diagnoses", is_code=True, placeholder="M96.0, T84.296A"), 1),
            (
                "terms",
                ListField("Words of a request", is_code=False, placeholder="ACDF, cervical fusion"),
                2,
            ),
            (
                "indications",
                LinesField("Indications it names", placeholder="One on each line, as written", least_lines=1),
                2,
            ),
            ("covers", self.covers, 2),
            ("notes", TextField("Notes", least_lines=1), 2),
        )
        self._id = label("", "caption", wraps=True)
        self._column.addWidget(self._id)
        self._column.addStretch(1)
        self.rule.edited.connect(self._rule_edited)

    def show_draft(self, draft: CriteriaDraft) -> None:
        """Show a set; equal fields leave their cursor alone."""
        self.rule.show_rule(draft.root.rule, draft.root.count, written(draft.root))
        is_public = draft.licence is LicenceClass.PUBLIC
        self.licence.set_choices((*LICENCES, PUBLIC_LICENCE) if is_public else LICENCES)
        self.licence.set_hint(LICENCE_WORDS[draft.licence][1])
        for name, field in self.fields.items():
            field.show_value(getattr(draft, name))
        said = [f"Id: {draft.id}" if draft.id else ""]
        said.append(f"a payer's customization of {draft.customises}" if draft.customises else "")
        said.append(f"takes the place of {draft.supersedes}" if draft.supersedes else "")
        self._id.setText(" · ".join(part for part in said if part))
        self._id.setVisible(bool(self._id.text()))

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.rule.stops(), *super().stops()]

    def set_read_only(self, value: bool) -> None:
        """Look, but do not type."""
        super().set_read_only(value)
        self.rule.setEnabled(not value)

    def _rule_edited(self) -> None:
        rule, count = self.rule.rule()
        self.edited.emit({"rule": rule, "count": count})

    def _values(self, name: str, value: object) -> dict[str, object]:
        if name == "licence":
            self.licence.set_hint(LICENCE_WORDS[cast("LicenceClass", value)][1])
        return {name: value}


def _joined(value: object) -> str:
    return ", ".join(cast("tuple[str, ...]", value))
