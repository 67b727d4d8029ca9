"""The form of an entry of one's own: bibliographic fields, stance, subjects, claims; it stores nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.reference import (
    Bibliography,
    Claim,
    EvidenceLevel,
    OwnReference,
    ReferenceStance,
)
from desktop.ui.chips import ChipRow
from desktop.ui.field_grid import FieldGrid
from desktop.ui.forms import CheckField, ChoiceField, Field, LineField, TextField
from desktop.ui.references.claim_form import ClaimForm
from desktop.ui.references.drafts import NEW, Draft, type_into, typed_in
from desktop.ui.references.entry_text import (
    authors_text,
    issued_text,
    list_text,
    read_authors,
    read_issued,
    read_list,
)
from desktop.ui.references.wording import STANCES, TYPES, type_word
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label, section_header

_LINES = (
    ("container_title", "Journal or book", 2),
    ("volume", "Volume", 1),
    ("issue", "Issue", 1),
    ("page", "Pages", 1),
    ("number", "Number of the document", 1),
    ("edition", "Edition", 1),
    ("section", "Section (42 CFR 422.101)", 1),
    ("authority", "Issued by (agency, court)", 2),
    ("publisher", "Publisher", 1),
    ("publisher_place", "Place", 1),
    ("doi", "DOI", 1),
    ("pmid", "PMID", 1),
    ("pmcid", "PMCID", 1),
    ("url", "Address on the web", 2),
    ("note", "Note", 4),
)


class EntryForm(QScrollArea):
    """Nothing is stored before Save."""

    saved = Signal(object)
    """An `OwnReference` with everything typed; its id is `new` for an entry that is not stored yet."""
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._own = OwnReference(id=NEW, bibliography=Bibliography())
        self._topics: tuple[str, ...] = ()
        self._claims: list[ClaimForm] = []
        self._is_filling = False
        self.is_changed = False
        """Whether anything was typed since the form was filled."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading = label("", "heading")
        self.hint = label("", "muted", wraps=True)
        self.type = ChoiceField("Kind", list(TYPES.items()))
        self.title = LineField("Title")
        self.authors = TextField(
            "Authors, one a line", placeholder="Spirig, Jose M\n{World Health Organization}"
        )
        self.has_more = CheckField("There are more authors than these")
        self.issued = LineField("Published", read_issued, issued_text, placeholder="2019 or 2019-05")
        self.lines = {name: LineField(words) for name, words, _ in _LINES}
        self.stance = ChoiceField("Stance", list(STANCES.items()))
        levels = [(level, level.label.capitalize()) for level in EvidenceLevel]
        self.evidence = ChoiceField("Evidence, as the source says", levels)
        self.subjects = LineField("Subjects", read_list, list_text, placeholder="lumbar fusion, imaging")
        self.save = button("Save", "primary")
        self.cancel = button("Cancel")
        self.add_claim = button("Add a claim")
        self._lay_out()
        for field in self._fields():
            field.edited.connect(self._edited)
        self.save.clicked.connect(self.try_to_save)
        self.cancel.clicked.connect(self.cancelled)
        self.add_claim.clicked.connect(self.new_claim)

    @property
    def claims(self) -> tuple[ClaimForm, ...]:
        """The claims' forms."""
        return tuple(self._claims)

    def begin(self, own: OwnReference | None, topics: Sequence[str], hint: str = "") -> None:
        """Have a new entry typed, or an own one changed; `topics` are those to complete from."""
        self._topics = tuple(topics)
        self._own = own or OwnReference(id=NEW, bibliography=Bibliography(type="article-journal"))
        is_new = self._own.id == NEW
        self.heading.setText("A reference of your own" if is_new else f"Edit {self._own.id}")
        self.hint.setText(
            hint
            or (
                "It counts as unverified until you have recorded where and when you checked it."
                if is_new
                else "With other words or claims it counts as unverified again."
            )
        )
        self._fill(self._own)
        self.verticalScrollBar().setValue(0)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_claim(self) -> None:
        """Have another claim typed."""
        made = self._add()
        made.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(made)
        self._note_change()

    def try_to_save(self) -> None:
        """Emit what is typed, or go to the first field that makes no value."""
        found = self.read()
        if found is not None:
            self.saved.emit(found)
            return
        wrong = next((field.editor for field in self._fields() if field.editor.property("problem")), None)
        wrong = wrong or next((place for made in self._claims if (place := made.first_problem())), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(wrong)

    def read(self) -> OwnReference | None:
        """Everything typed; None where something is wrong, which is then said beside it."""
        is_whole = not [field for field in self._fields() if not field.check()]  # each says its own
        if is_whole and not self.title.read().strip():
            self.title.set_own_problem("A source without a title cannot be found.")
            is_whole = False
        claims = self._read_claims()
        if not is_whole or len(claims) < len(self._claims):
            return None
        values = {name: field.read().strip() for name, field in self.lines.items()}
        entry = self._own.bibliography.model_copy(
            update={
                **values,
                "type": self.type.read(),
                "title": self.title.read().strip(),
                "authors": read_authors(self.authors.read()),
                "authors_truncated": self.has_more.read(),
                "issued": self.issued.read(),
            }
        )
        changes = {
            "bibliography": entry,
            "stance": self.stance.read() or ReferenceStance.FOR,
            "evidence": self.evidence.read() or EvidenceLevel.NOT_STATED,
            "subjects": self.subjects.read(),
            "claims": tuple(claims),
        }
        return self._own.model_copy(update=changes)

    def draft(self) -> Draft:
        """What stands in the form, whole or not."""
        fields = tuple(typed_in(field) for field in self._fields())
        return Draft(self._own.id, fields, tuple(made.typed() for made in self._claims))

    def restore(self, draft: Draft) -> None:
        """Put back what stood in the form when it was left; it counts as changed."""
        for field, words in zip(self._fields(), draft.fields, strict=False):
            type_into(field, words)
        for made in self.claims:
            self._drop(made)
        for typed in draft.claims:
            self._add().restore(typed)
        self._note_change()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Escape cancels."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.try_to_save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    # Claims

    def _read_claims(self) -> list[Claim]:
        taken = {made.id for made in self._claims}
        found: list[Claim] = []
        number = 0
        for made in self._claims:
            new_id = ""
            while not made.id and (not new_id or new_id in taken):
                number += 1
                new_id = f"c{number}"
            taken.add(new_id)
            claim = made.read(self._own.id, new_id)
            if claim is not None:
                found.append(claim)
        return found

    def _add(self) -> ClaimForm:
        made = ClaimForm(self._theme, len(self._claims) + 1, self._topics)
        made.edited.connect(self._note_change)
        made.remove_wanted.connect(self._remove)
        self._claims.append(made)
        self._claim_column.addWidget(made)
        return made

    def _remove(self, made: ClaimForm) -> None:
        self._drop(made)
        for number, left in enumerate(self._claims, start=1):
            left.number(number)
        self.add_claim.setFocus(Qt.FocusReason.OtherFocusReason)
        self._note_change()

    def _drop(self, made: ClaimForm) -> None:
        self._claims.remove(made)
        self._claim_column.removeWidget(made)
        made.hide()
        made.deleteLater()

    # Filling

    def _fill(self, own: OwnReference) -> None:
        self._is_filling = True
        entry = own.bibliography
        kinds = list(TYPES.items())
        if entry.type not in TYPES:
            kinds.append((entry.type, type_word(entry.type)))
        self.type.set_choices(kinds)
        self.type.show_value(entry.type)
        self.title.show_value(entry.title)
        self.authors.show_value(authors_text(entry.authors))
        self.has_more.show_value(entry.authors_truncated)
        self.issued.show_value(entry.issued)
        for name, field in self.lines.items():
            field.show_value(getattr(entry, name))
        self.stance.show_value(own.stance)
        self.evidence.show_value(own.evidence)
        self.subjects.show_value(own.subjects)
        for made in self.claims:
            self._drop(made)
        for claim in own.claims:
            self._add().fill(claim)
        self._is_filling = self.is_changed = False

    def _edited(self, _field: object) -> None:
        self._note_change()

    def _note_change(self) -> None:
        if not self._is_filling:
            self.is_changed = True

    def _fields(self) -> tuple[Field, ...]:
        head = (self.type, self.title, self.authors, self.has_more, self.issued)
        return (*head, *self.lines.values(), self.stance, self.evidence, self.subjects)

    def _lay_out(self) -> None:
        px = self._theme.px
        page = QWidget()
        page.setProperty("role", "surface")
        page.setMaximumWidth(px(980))
        column = QVBoxLayout(page)
        column.setContentsMargins(px(16), px(12), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        grid = FieldGrid()
        grid.add(self.type)
        grid.add(self.title, 3)
        grid.add(self.authors, 3)
        grid.add(self.has_more)
        grid.add(self.issued)
        for name, _, span in _LINES:
            grid.add(self.lines[name], span)
        column.addWidget(grid)
        column.addWidget(hairline())
        judged = FieldGrid()
        judged.add(self.stance)
        judged.add(self.evidence)
        judged.add(self.subjects, 2)
        column.addWidget(judged)
        column.addWidget(hairline())
        column.addWidget(section_header("What it supports"))
        column.addWidget(self._claim_hint())
        self._claim_column = QVBoxLayout()
        column.addLayout(self._claim_column)
        deeds = ChipRow()
        for made in (self.add_claim, self.save, self.cancel):
            deeds.flow.addWidget(made)
        column.addWidget(deeds)
        column.addStretch(1)
        self.setWidget(page)

    def _claim_hint(self) -> QLabel:
        return label(
            "One sentence a claim, in your own words, with the figures as the source writes them and the place "
            "where they stand in it.",
            "muted",
            wraps=True,
        )
