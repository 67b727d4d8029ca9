"""The form of one claim with its figures; it keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QVBoxLayout, QWidget

from desktop.domain.reference import Claim, Figure, ReferenceStance
from desktop.ui.chips import ChipRow
from desktop.ui.field_grid import FieldGrid
from desktop.ui.forms import ChoiceField, Field, LineField, TextField
from desktop.ui.references.drafts import TypedClaim, type_into, typed_in
from desktop.ui.references.entry_text import read_topic
from desktop.ui.references.wording import STANCES
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline

_FIGURE = {
    "what": ("What was measured", "specificity of CT for a loose screw"),
    "value": ("Value", "as the source writes it"),
    "unit": ("Unit", "%"),
    "comparator": ("Against", "radiograph"),
    "n": ("n", "55 patients"),
    "follow_up": ("Follow-up", "24 months"),
}


class FigureForm(QWidget):
    """One figure as the source states it."""

    edited = Signal()
    remove_wanted = Signal(object)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, LineField] = {}
        grid = FieldGrid()
        for name, (label, hint) in _FIGURE.items():
            field = LineField(label, placeholder=hint)
            field.edited.connect(self._edited)
            self.fields[name] = field
            grid.add(field, 2 if name == "what" else 1)
        self.remove = button("Remove the figure", "link")
        self.remove.clicked.connect(self._remove)
        self.number(number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def number(self, number: int) -> None:
        """Its place among the figures of the claim, for who hears the form."""
        for name, (label, _) in _FIGURE.items():
            self.fields[name].editor.setAccessibleName(f"Figure {number}: {label}")
        self.remove.setAccessibleName(f"Remove figure {number}")

    def fill(self, figure: Figure) -> None:
        """Show a figure."""
        for name, field in self.fields.items():
            field.show_value(getattr(figure, name))

    def read(self) -> Figure | None:
        """The figure; None while it is empty or lacks what it measures or its value, which is then said."""
        values = {name: field.read().strip() for name, field in self.fields.items()}
        if not any(values.values()):
            return None
        for name in ("what", "value"):
            lacks = not values[name]
            self.fields[name].set_own_problem(
                "A figure says what was measured, and its value." if lacks else ""
            )
        return Figure.model_validate(values) if values["what"] and values["value"] else None

    @property
    def is_wrong(self) -> bool:
        """Whether something is typed that makes no figure."""
        return any(field.message for field in self.fields.values())

    def _edited(self, _field: object) -> None:
        self.edited.emit()

    def _remove(self) -> None:
        self.remove_wanted.emit(self)


class ClaimForm(QFrame):
    """One sentence that the source supports, in one's own words."""

    edited = Signal()
    remove_wanted = Signal(object)

    def __init__(
        self, theme: Theme, number: int, topics: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.id = ""
        self._figures: list[FigureForm] = []
        self.text = TextField(
            "Claim, in your own words", placeholder="What the source supports", least_lines=2
        )
        self.topic = LineField("Topic", read_topic, placeholder="nonunion-imaging")
        completer = QCompleter(list(topics), self.topic.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.topic.line.setCompleter(completer)
        self.stance = ChoiceField("Stance", list(STANCES.items()))
        self.locator = LineField("Where in the source", placeholder="table 2, page 7")
        grid = FieldGrid()
        grid.add(self.text, 4)
        grid.add(self.topic, 2)
        grid.add(self.stance)
        grid.add(self.locator)
        for field in self._fields():
            field.edited.connect(self._edited)
        self.add_figure = button("Add a figure")
        self.add_figure.clicked.connect(self.new_figure)
        self.remove = button("Remove the claim", "link")
        self.remove.clicked.connect(self._remove)
        deeds = ChipRow()
        deeds.flow.addWidget(self.add_figure)
        deeds.flow.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(8), 0, theme.px(4))
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(grid)
        self._column.addWidget(deeds)
        self._column.addWidget(hairline())
        self.number(number)

    @property
    def figures(self) -> tuple[FigureForm, ...]:
        """The figures' forms."""
        return tuple(self._figures)

    def number(self, number: int) -> None:
        """Its place among the claims, for who hears the form."""
        for field in self._fields():
            field.editor.setAccessibleName(f"Claim {number}: {field.label}")
        self.add_figure.setAccessibleName(f"Add a figure to claim {number}")
        self.remove.setAccessibleName(f"Remove claim {number}")

    def fill(self, claim: Claim) -> None:
        """Show a claim."""
        self.id = claim.id
        self.text.show_value(claim.text)
        self.topic.show_value(claim.topic)
        self.stance.show_value(claim.stance)
        self.locator.show_value(claim.locator)
        for figure in claim.figures:
            self._add().fill(figure)

    def new_figure(self) -> None:
        """Have another figure typed."""
        self._add().fields["what"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def read(self, reference_id: str, claim_id: str) -> Claim | None:
        """The claim; None where something is lacking, which is then said beside it."""
        is_whole = not [field for field in self._fields() if not field.check()]  # each says its own
        words = self.text.read().strip() if self.text.check() else ""
        if not words:
            self.text.set_own_problem("Say what the source supports, or remove the claim.")
        figures = [made.read() for made in self._figures]
        if not is_whole or not words or any(made.is_wrong for made in self._figures):
            return None
        return Claim(
            reference_id=reference_id,
            id=self.id or claim_id,
            topic=self.topic.read(),
            stance=self.stance.read() or ReferenceStance.FOR,
            text=words,
            locator=self.locator.read().strip(),
            figures=tuple(figure for figure in figures if figure is not None),
        )

    def typed(self) -> TypedClaim:
        """What stands in the form, whole or not."""
        figures = tuple(
            {name: typed_in(field) for name, field in made.fields.items()} for made in self._figures
        )
        return TypedClaim(self.id, tuple(typed_in(field) for field in self._fields()), figures)

    def restore(self, typed: TypedClaim) -> None:
        """Put back what stood in the form."""
        self.id = typed.id
        for field, words in zip(self._fields(), typed.fields, strict=False):
            type_into(field, words)
        for figure in typed.figures:
            made = self._add()
            for name, words in figure.items():
                if name in made.fields:
                    type_into(made.fields[name], words)

    def first_problem(self) -> QWidget | None:
        """Where the keyboard should go to put it right."""
        fields = (*self._fields(), *(field for made in self._figures for field in made.fields.values()))
        return next((field.editor for field in fields if field.editor.property("problem")), None)

    def _fields(self) -> Iterator[Field]:
        yield from (self.text, self.topic, self.stance, self.locator)

    def _add(self) -> FigureForm:
        made = FigureForm(len(self._figures) + 1)
        made.edited.connect(self.edited)
        made.remove_wanted.connect(self._remove_figure)
        self._figures.append(made)
        self._column.insertWidget(self._column.count() - 2, made)
        return made

    def _remove_figure(self, made: FigureForm) -> None:
        self._figures.remove(made)
        self._column.removeWidget(made)
        made.hide()
        made.deleteLater()
        for number, left in enumerate(self._figures, start=1):
            left.number(number)
        self.add_figure.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _edited(self, _field: object) -> None:
        self.edited.emit()

    def _remove(self) -> None:
        self.remove_wanted.emit(self)
