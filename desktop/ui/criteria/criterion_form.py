"""One criterion as plain fields, all that the language can say of it; it shows no YAML and stores nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.document import DocumentKind
from desktop.services.criteria_draft import CriterionDraft
from desktop.ui.chips import ChipsField
from desktop.ui.criteria.choices import POLARITIES, PROOFS, SCOPES, subjects
from desktop.ui.criteria.node_form import NodeForm
from desktop.ui.criteria.sentence_area import SentenceField
from desktop.ui.criteria.value_fields import AgeField, AgeWords, MeasureField, ValueField, ValueWords
from desktop.ui.forms import ChoiceField, LineField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label

_ID_HINT = "Recorded under “{}”. Answers of cases hang on it, so it stays whatever the words become."


class CriterionForm(NodeForm):
    """Words first, then when it holds, what proves it, and where it was read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.words = SentenceField(
            "What must hold, in one sentence",
            placeholder="For example: Therapy lasted at least 6 weeks",
        )
        self.value = ValueField("Value that meets it")
        self.measure = MeasureField("Answered from the record")
        self.age = AgeField("No older than")
        self.kinds = ChipsField("Proved by", none_means="None chosen: any kind of document counts.")
        self.kinds.set_choices([(kind, kind.label) for kind in DocumentKind])
        self._section("", ("text", self.words, 2))
        self._section(
            "",
            ("number", self.value, 2),
            ("measure", self.measure, 1),
            ("within_count", self.age, 1),
            ("polarity", ChoiceField("The thing it names", POLARITIES), 1),
            ("per", ChoiceField("Asked", SCOPES), 1),
        )
        self._section(
            "",
            ("evidence_types", self.kinds, 2),
            (
                "closes_with",
                LineField(
                    "What would close it",
                    str,
                    placeholder="For example: a therapy record with dates",
                ),
                2,
            ),
        )
        self._section(
            "Where it was read",
            ("locator", LineField("Section or page", str), 1),
            ("document", LineField("Another document than the set's", str), 1),
            ("proof", ChoiceField("How it was read", PROOFS), 1),
            ("address", LineField("Address of that document", str), 1),
        )
        self._section(
            "For laying sets side by side",
            ("concerns", ChoiceField("It speaks of", subjects()), 1),
            (
                "topic",
                LineField("Shared name of the question", str, placeholder="For example: conservative-care"),
                1,
            ),
            ("note", LineField("Note", str), 2),
        )
        self._id = label("", "caption", wraps=True)
        self._column.addWidget(self._id)
        self._column.addStretch(1)

    def show_node(self, node: CriterionDraft, number: str) -> None:
        """Show a criterion; equal fields leave their cursor alone."""
        self.words.area.setAccessibleName(f"Criterion {number}")
        for name, field in self.fields.items():
            field.show_value(_shown(node, name))
        self._id.setText(_ID_HINT.format(node.id) if node.id else "")
        self._id.setVisible(bool(node.id))

    def show_offer(self, arithmetic: str) -> None:
        """Say what the open case's record would answer; empty where it holds nothing."""
        self.measure.set_hint(f"The open case: {arithmetic}" if arithmetic else "")

    def _values(self, name: str, value: object) -> dict[str, object]:
        if isinstance(value, ValueWords):
            return {"comparison": value.comparison, "number": value.number, "unit": value.unit}
        if isinstance(value, AgeWords):
            return {"within_count": value.number, "within_unit": value.unit}
        return {name: value}


def _shown(node: CriterionDraft, name: str) -> object:
    match name:
        case "number":
            return ValueWords(node.comparison, node.number, node.unit)
        case "within_count":
            return AgeWords(node.within_count, node.within_unit)
        case _:
            return getattr(node, name)
