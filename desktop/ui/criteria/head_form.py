"""What a set is called, who wrote it and what it speaks of, being typed; the criteria themselves stand elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import LicenceClass
from desktop.services.typed_set_check import TypedProblem
from desktop.services.typed_sets import TypedSet
from desktop.ui.chips import ChipsField
from desktop.ui.field_grid import FieldGrid
from desktop.ui.forms import ChoiceField, Field, LineField, Loudness, TextField

LICENCES = (
    (LicenceClass.USER, "My plan's criteria"),
    (LicenceClass.LICENSED_REFERENCE, "A publisher's, under licence"),
)
_BETWEEN_CODES = re.compile(r"[\s,;]+")


class HeadForm(QWidget):
    """The fields above the criteria."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = LineField("Title", str, placeholder="As it stands on the document")
        self.publisher = LineField("Publisher", str, placeholder="The plan, or who wrote it")
        self.number = LineField("Document number", str)
        self.edition = LineField("Edition", str, placeholder="Year, date or revision")
        self.licence = ChoiceField("Whose words these are", LICENCES)
        self.codes = LineField("Codes", str, placeholder="22849, 22612")
        self.indications = TextField(
            "Indications it names", placeholder="One on each line, as written", least_lines=1
        )
        self.notes = TextField("Notes", least_lines=1)
        self.covers = ChipsField(
            "Findings those indications speak of",
            none_means="None chosen: with an indication named, the set is silent on every finding.",
        )
        self.covers.set_choices([(finding, finding.label) for finding in FindingKind])
        self.fields: tuple[Field, ...] = (
            self.title,
            self.publisher,
            self.number,
            self.edition,
            self.licence,
            self.codes,
            self.indications,
            self.notes,
            self.covers,
        )
        grid = FieldGrid()
        spans = (2, 2, 1, 1, 1, 1, 2, 2, 4)
        for field, span in zip(self.fields, spans, strict=True):
            grid.add(field, span)
            field.edited.connect(self._field_edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)

    def applied_to(self, typed: TypedSet) -> TypedSet:
        """The set with what is typed here."""
        codes = _BETWEEN_CODES.split(self.codes.line.text().strip())
        indications = self.indications.area.exact_text().split("\n")
        return replace(
            typed,
            title=self.title.line.text(),
            publisher=self.publisher.line.text(),
            document_number=self.number.line.text(),
            edition=self.edition.line.text(),
            licence=self.licence.read(),
            codes=tuple(code for code in codes if code),
            indications=tuple(line.strip() for line in indications if line.strip()),
            covers=self.covers.read(),
            notes=self.notes.area.exact_text(),
        )

    def fill(self, typed: TypedSet) -> None:
        """Show a set; an equal field leaves its cursor alone."""
        self.title.show_value(typed.title)
        self.publisher.show_value(typed.publisher)
        self.number.show_value(typed.document_number)
        self.edition.show_value(typed.edition)
        self.licence.show_value(typed.licence)
        self.codes.show_value(", ".join(typed.codes))
        self.indications.show_value("\n".join(typed.indications))
        self.covers.show_value(typed.covers)
        self.notes.show_value(typed.notes)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [stop for field in self.fields for stop in field.stops()]

    def show_problems(self, problems: tuple[TypedProblem, ...]) -> None:
        """Say under each field what is wrong with it."""
        words = {problem.field: problem.what for problem in reversed(problems) if not problem.path}
        for name, field in self._by_name().items():
            field.set_remark(words.get(name, ""), Loudness.ERROR)

    def focus_on(self, problem: TypedProblem) -> None:
        """Put the keyboard where a problem is."""
        field = self._by_name().get(problem.field, self.title)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _by_name(self) -> dict[str, Field]:
        return {
            "title": self.title,
            "publisher": self.publisher,
            "document_number": self.number,
            "edition": self.edition,
            "codes": self.codes,
            "indications": self.indications,
            "notes": self.notes,
        }

    def _field_edited(self, _field: Field) -> None:
        self.edited.emit()
