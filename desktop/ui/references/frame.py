"""Where everything stands on the references shelf: filters left, what can be done with an entry right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.reference import EvidenceLevel, ReferenceStance, Standing
from desktop.letters.references.exchange import ReferenceForm
from desktop.ui.forms import ChoiceBox, restyle
from desktop.ui.library.row_frame import RowFrame, pick_box
from desktop.ui.references.rows import Filters, ReferenceView, read_years
from desktop.ui.references.wording import STANCES
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, pill_button

FORMS = (
    (ReferenceForm.RIS, "As RIS"),
    (ReferenceForm.BIBTEX, "As BibTeX"),
    (ReferenceForm.NBIB, "As NBIB (PubMed)"),
    (ReferenceForm.CSL_JSON, "As CSL-JSON"),
)
MARKS = (
    (Standing.RETRACTED, "As retracted…"),
    (Standing.SUPERSEDED, "As superseded…"),
    (Standing.CURRENT, "Take the mark off"),
)


LARGE = 140
"""Text scale in per cent from which filters and the buttons under the list take turns."""


class ReferencesFrame(RowFrame):
    """The widgets of the shelf, named and laid out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, "References", [view.value for view in ReferenceView], takes_several=True, parent=parent
        )
        self.search.setPlaceholderText("Author, title, claim, topic, year, DOI")
        self.search.setAccessibleName("Find a reference")
        self.stance = self._filter("Stance", "Any stance")
        self.evidence = self._filter("Evidence level", "Any evidence")
        self.topic = self._filter("Topic or subject", "Any topic")
        self.years = QLineEdit()
        self.years.setPlaceholderText("Years: 2015-2024")
        self.years.setAccessibleName("Years")
        self.years.setFixedWidth(theme.px(176))
        self.clear = button("Clear filters", "link")
        self.more = pill_button("Filters")
        self.more.setAccessibleDescription("Show or hide stance, evidence level, topic and years")
        self.views_row.flow.addWidget(self.more)
        self.more.toggled.connect(self._show_filters)
        self.filters.hide()
        for made in (self.stance, self.evidence, self.topic, self.years, self.clear):
            self.filters.flow.addWidget(made)
        for stance, words in STANCES.items():
            self.stance.addItem(words, stance)
        for level in EvidenceLevel:
            self.evidence.addItem(level.label.capitalize(), level)
        self.clear.hide()
        self.add = button("Add…")
        self.bring = button("Import…")
        self.check = button("Check")
        self.check.setAccessibleDescription("Shows what is incomplete, unverified or there twice")
        self.undo = button("Undo", "quiet")
        self.redo = button("Redo", "quiet")
        for made in (self.add, self.bring, self.check, self.undo, self.redo):
            self.foot.flow.addWidget(made)
        self.back = button("Back to the reference")
        self.copy_ama = button("Copy AMA")
        self.copy_vancouver = button("Copy Vancouver")
        self.verify = button("Verify…", "primary")
        self.edit = button("Edit")
        self.mark = pick_box(theme, "Mark…", "Mark… ")
        self.export = pick_box(theme, "Export…", "Export 117")
        self.topics = pick_box(theme, "Topics (99)")
        self.remove = button("Remove", "quiet")
        for made in self._deeds():
            self.deeds.flow.addWidget(made)
        for form, words in FORMS:
            self.export.addItem(words, form)
        self.export.setCurrentIndex(-1)
        for made in self._deeds():
            made.hide()

    def filters_now(self) -> Filters:
        """What is looked for. A year that cannot be read is marked, and narrows nothing."""
        try:
            years = read_years(self.years.text())
            problem = ""
        except ValueError as error:
            years, problem = (None, None), str(error)
        if bool(self.years.property("problem")) != bool(problem):
            self.years.setProperty("problem", bool(problem))
            restyle(self.years)
        self.years.setToolTip(problem)
        self.years.setAccessibleDescription(problem)
        return Filters(
            view=ReferenceView(self.view),
            words=self.search.text(),
            stance=cast("ReferenceStance | None", self.stance.currentData()),
            evidence=cast("EvidenceLevel | None", self.evidence.currentData()),
            topic=str(self.topic.currentData() or ""),
            years=years,
        )

    def _show_filters(self, is_shown: bool) -> None:
        # With large text there is no room for both.
        self.filters.setVisible(is_shown)
        self.foot.setHidden(is_shown and self._theme.scale_percent > LARGE)

    def clear_filters(self) -> None:
        """Everything but the view as it was at first."""
        self.search.clear()
        self.years.clear()
        for box in (self.stance, self.evidence, self.topic):
            box.setCurrentIndex(0)

    def offer_topics(self, names: Sequence[str]) -> None:
        """Offer topics to filter by, keeping the chosen one where it is still there."""
        if [self.topic.itemData(at) for at in range(1, self.topic.count())] == list(names):
            return
        chosen = self.topic.currentData()
        self.topic.blockSignals(True)
        while self.topic.count() > 1:
            self.topic.removeItem(1)
        for name in names:
            self.topic.addItem(name, name)
        self.topic.setCurrentIndex(max(0, self.topic.findData(chosen)))
        self.topic.blockSignals(False)

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """What undo and redo would do, in words; None hides the button."""
        for made, word, step in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            made.setVisible(step is not None)
            made.setAccessibleDescription(step or "")
            made.setToolTip(f"{word}: {step}" if step else "")
        self.foot.updateGeometry()

    def show_deeds(
        self,
        *,
        is_there: bool,
        is_own: bool,
        is_verified: bool,
        may_write: bool,
        standing: Standing,
        is_elsewhere: bool,
    ) -> None:
        """Offer what can be done with the entry in front."""
        is_entry = is_there and not is_elsewhere
        self.back.setVisible(is_elsewhere)
        for made in (self.copy_ama, self.copy_vancouver):
            made.setVisible(is_entry)
        self.export.setVisible(is_entry)
        self.verify.setVisible(is_entry and is_own and may_write)
        self.verify.setText("Verify again…" if is_verified else "Verify…")
        self.verify.setAccessibleName("Record where and when it was checked")
        self.edit.setVisible(is_entry and is_own and may_write)
        self.remove.setVisible(is_entry and is_own and may_write)
        self.mark.setVisible(is_entry and may_write)
        self.mark.clear()
        for value, words in MARKS:
            if value is not Standing.CURRENT or standing is not Standing.CURRENT:
                self.mark.addItem(words, value)
        self.mark.setCurrentIndex(-1)
        self.deeds.updateGeometry()

    def show_topics(self, topics: Sequence[tuple[str, str]]) -> None:
        """Offer the topics that argue with the entry."""
        self.topics.clear()
        for topic_id, words in topics:
            self.topics.addItem(words, topic_id)
        self.topics.setCurrentIndex(-1)
        self.topics.setPlaceholderText(f"Topics ({len(topics)})")
        self.topics.setAccessibleName("Topics that argue with it")
        self.topics.setVisible(bool(topics))

    def _deeds(self) -> tuple[QWidget, ...]:
        return (
            self.back,
            self.verify,
            self.edit,
            self.copy_ama,
            self.copy_vancouver,
            self.mark,
            self.export,
            self.topics,
            self.remove,
        )

    def _filter(self, name: str, nothing: str) -> ChoiceBox:
        made = ChoiceBox()
        made.setAccessibleName(name)
        made.addItem(nothing, None)
        made.setFixedWidth(self._theme.px(176))
        made.setStyleSheet("QComboBox { combobox-popup: 0; }")
        made.setMaxVisibleItems(18)
        made.view().setMinimumWidth(self._theme.px(260))
        return made
