"""Operations of the review screen: answering criteria, linking the words that prove them, choosing sets."""

from __future__ import annotations

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case import Case, CaseStatus
from desktop.domain.changes import ChangeFlag
from desktop.domain.document import span_of
from desktop.domain.errors import UserFacingError
from desktop.domain.value import new_id
from desktop.services.catalogue import Catalogue
from desktop.services.operation import OperationResult, result
from desktop.services.review_view import ReviewView, evaluate_case, read_review, view_of
from desktop.services.signature_lock import require_open_review
from desktop.store.engine import Store, UnitOfWork

__all__ = ["ReviewView", "Reviews", "evaluate_case", "read_review"]


class Reviews:
    """The review of a case: one answer per question, any number of linked quotations."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue

    def view(self, case_id: str) -> ReviewView:
        """The review as it stands, evaluated."""
        return view_of(self._store, self._catalogue, case_id)

    def set_state(
        self, case_id: str, key: AssessmentKey, state: AssessmentState | None, exception_source: str = ""
    ) -> OperationResult[ReviewView]:
        """Answer a question, or clear the answer. An exception needs the source that waives the criterion."""
        criterion = self._criterion(key)
        label = f"{state.label if state else 'Clear'}: {_short(criterion)}"
        return self._assess(case_id, key, "state_set", label, state=state, exception_source=exception_source)

    def set_note(self, case_id: str, key: AssessmentKey, note: str) -> OperationResult[ReviewView]:
        """Write the reviewer's note to a question."""
        label = f"Note on: {_short(self._criterion(key))}"
        return self._assess(case_id, key, "note_written", label, note=note)

    def set_amount(
        self, case_id: str, key: AssessmentKey, amount: Amount | None
    ) -> OperationResult[ReviewView]:
        """Record a measured value for a question that has a threshold."""
        label = f"Value for: {_short(self._criterion(key))}"
        # A value of the reviewer's own has no arithmetic behind it.
        return self._assess(case_id, key, "amount_recorded", label, amount=amount, arithmetic="")

    def link(
        self, case_id: str, key: AssessmentKey, document_id: str, start: int, end: int, stance: Stance
    ) -> OperationResult[ReviewView]:
        """Link the words `text[start:end]` of a document to a question, sealed as they stand now."""
        label = f"Link evidence to: {_short(self._criterion(key))}"
        with self._store.write("evidence_linked", label, case_id=case_id) as work:
            case = self._open_for_review(work, case_id)
            document = case.document(document_id)
            if document is None or not 0 <= start < end <= len(document.text):
                raise UserFacingError(
                    "No words are selected.",
                    safe="Nothing was changed.",
                    todo="Select the words in the note that speak to this criterion, then link them.",
                )
            span = span_of(document, start, end)
            same = [item for item in work.review.links(case_id) if item.key == key and item.span == span]
            for item in same:
                if item.stance is not stance:
                    work.review.remove_link(case_id, item.id)
            if not any(item.stance is stance for item in same):
                work.review.add_link(case_id, EvidenceLink(id=new_id(), key=key, span=span, stance=stance))
        return self._viewed(case_id, ChangeFlag.EVIDENCE)

    def unlink(self, case_id: str, link_id: str) -> OperationResult[ReviewView]:
        """Remove a linked quotation."""
        with self._store.write("evidence_unlinked", "Unlink evidence", case_id=case_id) as work:
            self._open_for_review(work, case_id)
            work.review.remove_link(case_id, link_id)
        return self._viewed(case_id, ChangeFlag.EVIDENCE)

    def choose_sets(
        self, case_id: str, service_line_id: str, set_ids: tuple[str, ...]
    ) -> OperationResult[ReviewView]:
        """Choose the criteria sets that a service line is held against, the payer's own first."""
        library = self._catalogue.library()
        unknown = [set_id for set_id in set_ids if library.get(set_id) is None]
        if unknown:
            raise UserFacingError(
                f"There is no criteria set called {', '.join(unknown)}.",
                safe="Nothing was changed.",
                todo="Choose a set from the library or type it first.",
            )
        with self._store.write("criteria_sets_chosen", "Choose criteria sets", case_id=case_id) as work:
            case = self._open_for_review(work, case_id)
            if case.service_line(service_line_id) is None:
                raise UserFacingError(
                    "This service line is not in the case any more.",
                    safe="Nothing was changed.",
                    todo="Choose one of the lines that the case has now.",
                )
            lines = tuple(
                line.model_copy(update={"criteria_set_ids": set_ids}) if line.id == service_line_id else line
                for line in case.service_lines
            )
            work.cases.put(case.model_copy(update={"service_lines": lines}))
        return self._viewed(case_id, ChangeFlag.CASE, ChangeFlag.CRITERIA)

    def _assess(
        self, case_id: str, key: AssessmentKey, operation: str, label: str, **fields: object
    ) -> OperationResult[ReviewView]:
        with self._store.write(operation, label, case_id=case_id) as work:
            if operation == "note_written":
                work.typing_in = f"note {key.set_id} {key.criterion_id} {key.subject}"
            self._open_for_review(work, case_id)
            old = next((item for item in work.review.assessments(case_id) if item.key == key), None)
            new = (old or CriterionAssessment(key=key)).model_copy(update=fields)
            if new == CriterionAssessment(key=key):
                work.review.remove_assessment(case_id, key)
            else:
                work.review.put_assessment(case_id, new)
        return self._viewed(case_id, ChangeFlag.ASSESSMENTS)

    def _open_for_review(self, work: UnitOfWork, case_id: str) -> Case:
        require_open_review(work, case_id)
        case = work.cases.get(case_id)
        if case.status is CaseStatus.DRAFT:
            # The first answer is what starts a review; undoing it makes the case a draft again.
            case = case.model_copy(update={"status": CaseStatus.UNDER_REVIEW})
            work.cases.put(case)
        return case

    def _criterion(self, key: AssessmentKey) -> str:
        criteria_set = self._catalogue.library().get(key.set_id)
        criterion = criteria_set.criterion(key.criterion_id) if criteria_set else None
        if criterion is None:
            raise UserFacingError(
                "This criterion is not in the library any more.",
                safe="Nothing was changed.",
                todo="Choose the criteria set again for this service line.",
            )
        return criterion.text

    def _viewed(self, case_id: str, *flags: ChangeFlag) -> OperationResult[ReviewView]:
        return result(self.view(case_id), case_id, *flags, ChangeFlag.CASE_LIST)


def _short(text: str) -> str:
    return text if len(text) <= 48 else text[:47].rstrip() + "…"
