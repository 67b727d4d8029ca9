"""The draft held against the open case, its test cases, the stored set and other open cases; it changes no draft."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import ChangeFlag, Changes
from desktop.rules.diff import diff
from desktop.services.criteria_draft_trial import TrialResult, saved_set_of
from desktop.services.review_view import ReviewView
from desktop.ui.context import UiContext
from desktop.ui.criteria.change_words import ChangeLine, change_lines, changed_cases
from desktop.ui.criteria.editor_operations import EditorOperations, Opening
from desktop.ui.criteria.editor_sheet import EditorSheet
from desktop.ui.criteria.lower_pane import CHANGES
from desktop.ui.later import later
from desktop.ui.widgets.state_badge import truth_visual

TRY_AFTER_MS = 120
COMPARE_AFTER_MS = 500
_OF_INTEREST = frozenset(
    {ChangeFlag.CASE, ChangeFlag.ASSESSMENTS, ChangeFlag.EVIDENCE, ChangeFlag.DOCUMENTS, ChangeFlag.UNDO}
)


class TrialSide(QObject):
    """Tries again a moment after every change, and looks at other cases only while that list is in front."""

    case_made = Signal(object)
    """The draft with ids and one test case more."""

    def __init__(
        self, context: UiContext, sheet: EditorSheet, operations: EditorOperations, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._sheet = sheet
        self._operations = operations
        self._opening: Opening | None = None
        self._view: ReviewView | None = None
        self._result: TrialResult | None = None
        self._try_timer = later(self, TRY_AFTER_MS, self._try)
        self._compare_timer = later(self, COMPARE_AFTER_MS, self._compare)
        operations.tried.connect(self._tried)
        operations.case_made.connect(self.case_made)
        sheet.node_changed.connect(self._show_offer)
        sheet.trial.line_chosen.connect(self._try)
        sheet.trial.place_chosen.connect(self._show)
        sheet.below.shown.connect(self._list_turned)
        context.refresh.changes_committed.connect(self._on_changes)

    def begin(self, opening: Opening, line_id: str) -> None:
        """Try on another case, first on one of its lines."""
        self._opening, self._view, self._result = opening, opening.view, None
        held = [
            line.id
            for line in (opening.case.service_lines if opening.case else ())
            if line_id in {"", line.id}
        ]
        self._sheet.trial.show_case(opening.case, line_id or next(iter(held), ""))
        self.show_badge(is_shown=False)
        self._sheet.tree.rows.show_results({})
        self._sheet.below.show_changes(())
        self.look_again()

    def end(self) -> None:
        """Nothing is open any more."""
        self._try_timer.stop()
        self._compare_timer.stop()
        self._opening = self._view = self._result = None

    def look_again(self) -> None:
        """The draft is another one: try it in a moment."""
        if self._opening is not None:
            self._try_timer.start()
            if self._sheet.below.front == CHANGES:
                self._compare_timer.start()

    def keep_case(self) -> None:
        """Keep the answers of the line it is tried on as a test case."""
        line = self._sheet.trial.line
        if self._view is not None and line is not None and self._opening is not None:
            taken = self._opening.taken - {self._opening.set_id}
            self._operations.make_case(self._sheet.desk.draft, taken, self._view, line)

    @property
    def may_keep_case(self) -> bool:
        """Whether there is a case whose answers could be kept."""
        return self._view is not None and self._sheet.trial.line is not None

    # Trying

    def _try(self) -> None:
        self._try_timer.stop()
        line = self._sheet.trial.line
        if self._view is not None and line is not None:
            self._operations.try_on(self._sheet.desk.draft, self._view, line)

    def _tried(self, result: TrialResult | None) -> None:
        if self._opening is None:
            return
        self._result = result
        self._sheet.trial.show_places(result.places if result else ())
        self._show()

    def _show(self) -> None:
        result, sheet = self._result, self._sheet
        self.show_badge(is_shown=not sheet.as_text.isChecked())
        if result is None:
            sheet.tree.rows.show_results({})
            return
        place = sheet.trial.place if sheet.trial.place in result.nodes else result.places[0]
        sheet.tree.rows.show_results(result.nodes[place])
        sheet.badge.set_visual(truth_visual(result.truth))
        sheet.badge.setToolTip("What the set comes to for the line it is tried on, over all its levels")
        self._show_offer()

    def _show_offer(self) -> None:
        """What the record would answer to the criterion at hand, at the place looked at."""
        sheet, result = self._sheet, self._result
        offers = result.offers.get(sheet.trial.place) if result else None
        sheet.criterion_form.show_offer(offers.get(sheet.desk.key, "") if offers else "")

    def show_badge(self, *, is_shown: bool) -> None:
        """Show what the whole comes to on the line, as far as it was tried."""
        self._sheet.badge.setVisible(is_shown and self._result is not None)
        self._sheet.on_line.setVisible(is_shown and self._result is not None)

    def _on_changes(self, changes: Changes, _initiator: object) -> None:
        opening = self._opening
        case = opening.case if opening else None
        if case is None or not changes.touches(_OF_INTEREST, case.id):
            return
        services, case_id = self._context.services, case.id

        def job() -> ReviewView:
            return services.review.view(case_id)

        self._context.runner.run(job, self._renewed, self._context.notify.failure, key="criteria.view")

    def _renewed(self, view: ReviewView) -> None:
        opening = self._opening
        if opening is not None and opening.case is not None and opening.case.id == view.case.id:
            self._view = view
            self._sheet.trial.show_case(view.case, "")
            self._try()

    # Comparing

    def _list_turned(self, tab: int) -> None:
        if tab == CHANGES and self._opening is not None:
            self._compare()

    def _compare(self) -> None:
        self._compare_timer.stop()
        opening = self._opening
        if opening is None or opening.stored is None or opening.purpose == "look":
            return
        old, old_id, draft = opening.stored, opening.compared_with, self._sheet.desk.draft
        editions = self._context.services.editions

        def job() -> tuple[tuple[ChangeLine, ...], int]:
            new = saved_set_of(draft)
            if new is None:
                return (), 0
            cases = editions.open_cases_that_change(old_id, new) if old_id else None
            return change_lines(diff(old, new), cases), changed_cases(cases or ())

        self._context.runner.run(job, self._compared, self._context.notify.failure, key="criteria.compare")

    def _compared(self, found: tuple[tuple[ChangeLine, ...], int]) -> None:
        if self._opening is not None:
            self._sheet.below.show_changes(*found)
