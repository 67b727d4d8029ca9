"""Which line, set, level and question is in front, and showing them everywhere at once; it changes no answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.assessment import AssessmentKey
from desktop.domain.criteria import CriteriaSet
from desktop.domain.gap import LineGaps
from desktop.domain.service_line import ServiceLine
from desktop.ui.review.choice_rows import Fit
from desktop.ui.review.criteria_pane import CriteriaPane
from desktop.ui.review.criteria_rows import next_gap, trace_of
from desktop.ui.review.highlights import Highlight, highlights_in
from desktop.ui.review.matched_sets import MatchedSets
from desktop.ui.review.result_rows import line_result, line_results
from desktop.ui.review.review_frame import NO_LINE, NO_SET, ReviewFrame
from desktop.ui.review.row_building import build_rows
from desktop.ui.review.way_rows import gap_at
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView


class QuestionDesk(ReviewFrame):
    """Holds the review as last read and what of it is in front."""

    moved = Signal()
    """Another line, set, level, question or document came to the front."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view: ReviewView | None = None
        self._gaps: tuple[LineGaps, ...] = ()
        self._fits: dict[tuple[str, str], Fit] = {}
        self._line_id = ""
        self._set_ids = ["", ""]
        self._wishes = ["", ""]
        """The set asked for in each pane; it may be on its way to the service line."""
        self._active = 0
        self._level = ""
        self._side = ""
        self._spotlight: str | None = None
        self._matched = MatchedSets()
        self._collapsed: dict[str, tuple[str, ...]] = {}
        self._is_showing = False
        self._tree_sets = ["", ""]
        for pane in self.set_panes:
            pane.tree.question_changed.connect(self._question_changed)
            pane.tree.level_chosen.connect(self.choose_level)
            pane.tree.focused.connect(self._pane_focused)
            pane.tree.folded.connect(self._folded)
            pane.say(NO_SET)
        self.line_picker.activated.connect(self._line_picked)
        self.side.line_chosen.connect(self.choose_line)
        self.side.level_chosen.connect(self.choose_level)
        self.compare.toggled.connect(self._compare_toggled)
        self.note_pane.document_changed.connect(self._document_changed)
        self.note_pane.view.hovered.connect(self._light)
        self.note_pane.view.activated.connect(self._open_highlight)
        self.strip.gap_chosen.connect(self.go_to)

    @property
    def view(self) -> ReviewView | None:
        """The review as last read."""
        return self._view

    @property
    def active_pane(self) -> CriteriaPane:
        """The pane whose tree the keys act on."""
        return self.set_panes[self._active]

    @property
    def line(self) -> ServiceLine | None:
        """The service line in front."""
        return self._view.case.service_line(self._line_id) if self._view else None

    @property
    def current_key(self) -> AssessmentKey | None:
        """The question in front; None on a group."""
        return self.active_pane.tree.current_key()

    def show_view(self, view: ReviewView) -> None:
        """Show the review as it is now; what is in front stays in front as far as it still exists."""
        self._view = view
        lines = view.case.service_lines
        if not any(line.id == self._line_id for line in lines):
            self._line_id = lines[0].id if lines else ""
        self.signed.setVisible(view.is_signed)
        self.note_pane.show_documents(view.case.documents)
        self._show_lines()
        self._show_sets()

    def show_gaps(self, gaps: tuple[LineGaps, ...]) -> None:
        """Show what is missing, as worked out for the review that was shown last."""
        self._gaps = gaps
        if self._view is not None:
            self._show_ways()

    @property
    def line_gaps(self) -> LineGaps | None:
        """The gaps of the line in front under the set in front."""
        place = (self._line_id, self.active_pane.set_id)
        return next((item for item in self._gaps if (item.service_line_id, item.set_id) == place), None)

    def show_fits(self, fits: dict[tuple[str, str], Fit]) -> None:
        """How the chosen sets fit, by line and set."""
        self._fits = fits
        for pane in self.set_panes:
            pane.show_fit(self.fit_of(pane.set_id))

    def fit_of(self, set_id: str) -> Fit | None:
        """How a set fits the line in front; None where that is not known (yet). Signed, its edition stays."""
        fit = self._fits.get((self._line_id, set_id))
        is_signed = self._view is not None and self._view.is_signed
        return replace(fit, instead=None) if fit is not None and is_signed else fit

    def choose_line(self, line_id: str) -> None:
        """Bring a service line to the front."""
        if line_id != self._line_id:
            self._line_id = line_id
            self._spotlight = None
            self._show_lines()
            self._show_sets()
            self.moved.emit()

    def choose_level(self, level: str) -> None:
        """Bring a level, or a side, to the front: in both trees and in the picture."""
        line = self.line
        if line is None or level not in (*line.levels, *line.sides):
            return
        if level in line.levels:
            self._level = level
        else:
            self._side = level
        self._show_place_in_trees()
        self._show_question()
        self.moved.emit()

    def choose_set(self, pane: int, set_id: str) -> None:
        """Show a set of the service line in a pane; the set that was there goes to the other one if it is shown."""
        if self._set_ids[1 - pane] == set_id:
            self._set_ids[1 - pane] = self._set_ids[pane]
        self._set_ids[pane] = set_id
        self._wishes = list(self._set_ids)
        self._show_sets()
        self.moved.emit()

    def wish_for_set(self, pane: int, set_id: str) -> None:
        """Show a set in a pane as soon as the service line is held against it."""
        self._wishes[pane] = set_id
        self._activate(pane)

    def go_to(self, key: AssessmentKey) -> None:
        """Bring a question to the front, in the pane that shows its set or else in the active one."""
        line = self.line
        if line is None:
            return
        shown = self._set_ids if self.set_panes[1].isVisibleTo(self) else self._set_ids[:1]
        if key.set_id not in shown:
            if key.set_id not in line.criteria_set_ids:
                return
            self.choose_set(self._active, key.set_id)
        pane = self._set_ids.index(key.set_id)
        self._activate(pane)
        self.set_panes[pane].tree.go_to(key)

    def go_to_next_gap(self) -> bool:
        """Bring the next open question of the active set to the front; False when nothing is open."""
        tree = self.active_pane.tree
        if self._view is None or tree.root is None:
            return False
        trace = trace_of(self._view, self.active_pane.set_id, self._line_id)
        key = next_gap(tree.root, trace, tree.current_key())
        if key is not None:
            tree.go_to(key)
        return key is not None

    def spotlight(self, link_id: str | None) -> None:
        """Bring out one quotation among those of the current question."""
        self._spotlight = link_id
        self._emphasise()

    def key_of_digit(self, digit: int) -> AssessmentKey | None:
        """The question that a digit stands for in the active tree, at the current level."""
        tree = self.active_pane.tree
        row_id = next((row_id for row_id, number in tree.numbers.items() if number == digit), None)
        return tree.key_of_row(row_id) if row_id else None

    def is_double(self, sets: int) -> bool:
        """Whether two sets stand side by side, of so many that the line has."""
        return self.compare.isChecked() and sets > 1 and self.has_room_for_two_sets

    def room_changed(self) -> None:
        """One tree or two."""
        if self._view is not None:
            self._show_sets()

    # Showing

    def _show_lines(self) -> None:
        lines = self._view.case.service_lines if self._view else ()
        captions = [line.caption or line.id for line in lines]
        if captions != [self.line_picker.itemText(at) for at in range(self.line_picker.count())]:
            self.line_picker.clear()
            self.line_picker.addItems(captions)
        at = next((at for at, line in enumerate(lines) if line.id == self._line_id), -1)
        self.line_picker.setCurrentIndex(at)
        self.line_picker.setEnabled(len(lines) > 1)

    def _show_sets(self) -> None:
        view, line = self._view, self.line
        own: tuple[CriteriaSet, ...] = ()
        if view is not None and line is not None:
            by_id = {item.id: item for item in view.sets}
            own = tuple(by_id[set_id] for set_id in line.criteria_set_ids if set_id in by_id)
            self._level = self._level if self._level in line.levels else next(iter(line.levels), "")
            self._side = self._side if self._side in line.sides else next(iter(line.sides), "")
        there = {item.id for item in own}
        named = line.criteria_set_ids if line else ()
        is_signed = view is not None and view.is_signed
        self.missing_sets.show_missing(
            tuple(item for item in named if item not in there), is_editable=not is_signed
        )
        self._settle_sets(tuple(item.id for item in own))
        self.compare.setEnabled(len(own) > 1 and self.has_room_for_two_sets)
        is_double = self.is_double(len(own))
        if not is_double:
            self._active = 0
        if is_double and not self.set_panes[1].isVisibleTo(self):
            self.share_evenly()
        self.set_panes[1].setVisible(is_double)
        self._is_showing = True
        for at, pane in enumerate(self.set_panes):
            pane.say(NO_SET if line else NO_LINE)
            self._show_pane(at, pane, own if at == 0 or is_double else ())
        self._is_showing = False
        self._activate(self._active)
        self._show_question()
        self._document_changed("")

    def _settle_sets(self, own: tuple[str, ...]) -> None:
        """Keep the sets shown as far as the line has them; the payer's own comes first otherwise."""
        pairs = zip(self._wishes, self._set_ids, strict=True)
        chosen = [next((item for item in pair if item in own), "") for pair in pairs]
        if chosen[0] == chosen[1]:
            chosen[1] = ""
        for at in (0, 1):
            if not chosen[at]:
                chosen[at] = next((set_id for set_id in own if set_id not in chosen), "")
        self._set_ids = chosen

    def _show_pane(self, at: int, pane: CriteriaPane, own: tuple[CriteriaSet, ...]) -> None:
        chosen = next((item for item in own if item.id == self._set_ids[at]), None)
        if self._view is None or self.line is None or chosen is None:
            pane.show_set(own, None, None, None, None)
            self._tree_sets[at] = ""
            return
        self._keep_folding()
        rows = build_rows(chosen, self.line, self._view)
        result = line_result(self._view, self._line_id, chosen.id)
        if self._tree_sets[at] != chosen.id:
            self._tree_sets[at] = ""
            pane.tree.restore_collapsed(self._collapsed.get(chosen.id, ()))
        pane.show_set(own, chosen, rows, result, self.fit_of(chosen.id))
        self._tree_sets[at] = chosen.id
        self._show_place_in_trees()

    def _show_place_in_trees(self) -> None:
        for pane in self.set_panes:
            pane.tree.choose_level(self._level)
            pane.tree.choose_side(self._side)

    def _show_question(self) -> None:
        if self._view is None:
            return
        tree = self.active_pane.tree
        set_id = self.active_pane.set_id or None
        row = tree.current_row() if set_id else None
        key = tree.current_key() if set_id else None
        self.panel.show_question(self._view, row, key, is_editable=not self._view.is_signed)
        self._show_ways()
        results = line_results(self._view, set_id)
        self.side.show_view(self._view, results, self._line_id, self._level)
        self.strip.show_result(line_result(self._view, self._line_id, set_id))
        self._emphasise()

    def _show_ways(self) -> None:
        self.strip.show_ways(self.line_gaps, self._level, self._side)
        self.panel.show_gap(gap_at(self.line_gaps, self.current_key if self.active_pane.set_id else None))

    def _emphasise(self) -> None:
        key = self.current_key
        links = self._view.links.get(key, ()) if self._view and key else ()
        ids = frozenset(link.id for link in links)
        if self._spotlight not in ids:
            self._spotlight = None
        self.note_pane.view.emphasise(ids, self._spotlight)

    def _activate(self, pane: int) -> None:
        self._active = pane
        for at, item in enumerate(self.set_panes):
            item.tree.show_digits(is_shown=at == pane)

    def _follow_in_note(self) -> None:
        """Scroll to the words of the question where the open document has some; never away from a selection."""
        note, key = self.note_pane.view, self.current_key
        if note.hasFocus() or note.selected_span() is not None or self._view is None:
            return
        words = [item for item in note.highlights if item.key == key]
        if words and not any(note.is_in_sight(item.start) for item in words):
            note.reveal(words[0].start, words[0].end)

    def _follow_in_other_pane(self) -> None:
        """Bring the criterion about the same thing into view in the other set."""
        other = self.set_panes[1 - self._active]
        if not other.isVisibleTo(self) or self._view is None:
            return
        sets = {item.id: item for item in self._view.sets}
        left, right = sets.get(self.active_pane.set_id), sets.get(other.set_id)
        match = self._matched.about(left, right, self.active_pane.tree.current_row_id())
        if match:
            other.tree.go_to_row(match)

    def _keep_folding(self) -> None:
        for at, pane in enumerate(self.set_panes):
            if self._tree_sets[at]:
                self._collapsed[self._tree_sets[at]] = pane.tree.collapsed_ids()

    # Reacting

    def _question_changed(self) -> None:
        tree = self.active_pane.tree
        if self._is_showing or self.sender() is not tree:
            return
        self._show_question()
        self._follow_in_note()
        self._follow_in_other_pane()
        self.moved.emit()

    def _pane_focused(self) -> None:
        for at, pane in enumerate(self.set_panes):
            if self.sender() is pane.tree and at != self._active:
                self._activate(at)
                self._show_question()
                self.moved.emit()

    def _folded(self) -> None:
        self.moved.emit()

    def _line_picked(self, at: int) -> None:
        if self._view is not None:
            self.choose_line(self._view.case.service_lines[at].id)

    def _compare_toggled(self, is_compared: bool) -> None:
        if not is_compared and self._active == 1:
            self._keep_folding()
            self._set_ids.reverse()
            self._wishes = list(self._set_ids)
            self._tree_sets = ["", ""]
        if self._view is not None:
            self._show_sets()
            self.moved.emit()

    def _document_changed(self, document_id: str) -> None:
        document = self.note_pane.document
        if self._view is not None and document is not None:
            self.note_pane.show_highlights(highlights_in(self._view, document.id))
            self._emphasise()
        if document_id:
            self.moved.emit()

    def _light(self, highlights: tuple[Highlight, ...]) -> None:
        keys = [item.key for item in highlights]
        for pane in self.set_panes:
            pane.tree.light(key for key in keys if key.set_id == pane.set_id)

    def _open_highlight(self, highlight: Highlight) -> None:
        self._spotlight = highlight.link_id
        self.go_to(highlight.key)
        self._emphasise()
