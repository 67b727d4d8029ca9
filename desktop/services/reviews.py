"""Operations of the review screen: answering criteria, linking the words that prove them, choosing sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from desktop.domain.gap import LineGaps
from desktop.domain.offer import Offer
from desktop.domain.text import shortened
from desktop.domain.truth import Truth
from desktop.domain.value import new_id
from desktop.services.catalogue import Catalogue, no_such_set
from desktop.services.gaps import WAYS, gaps_of
from desktop.services.operation import OperationResult, result
from desktop.services.review_view import (
    ReviewView,
    evaluate_case,
    offers_of,
    read_review,
    untaken,
    view_of,
)
from desktop.services.signature_lock import require_open_review
from desktop.store.engine import Store, UnitOfWork

_SHOWN = 48
"""So many characters of a criterion stand in the label of a step to undo."""

__all__ = ["ReviewView", "Reviews", "evaluate_case", "read_review"]


class Reviews:
    """The review of a case: one answer per question, any number of linked quotations."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue

    def view(self, case_id: str) -> ReviewView:
        """The review as it stands, evaluated."""
        return view_of(self._store, self._catalogue, case_id)

    def gaps(self, view: ReviewView, limit: int = WAYS) -> tuple[LineGaps, ...]:
        """What would make each line met under each of its sets, one entry for each trace of a review that was read."""
        return gaps_of(view, limit)

    def set_state(
        self, case_id: str, key: AssessmentKey, state: AssessmentState | None, exception_source: str = ""
    ) -> OperationResult[ReviewView]:
        """Answer a question, or clear the answer. An exception needs the source that waives the criterion."""
        criterion = self._criterion(key)
        label = f"{state.label if state else 'Clear'}: {shortened(criterion, _SHOWN)}"
        return self._assess(case_id, key, "state_set", label, state=state, exception_source=exception_source)

    def set_note(self, case_id: str, key: AssessmentKey, note: str) -> OperationResult[ReviewView]:
        """Write the reviewer's note to a question."""
        label = f"Note on: {shortened(self._criterion(key), _SHOWN)}"
        return self._assess(case_id, key, "note_written", label, note=note)

    def set_amount(
        self, case_id: str, key: AssessmentKey, amount: Amount | None
    ) -> OperationResult[ReviewView]:
        """Record a measured value for a question that has a threshold."""
        label = f"Value for: {shortened(self._criterion(key), _SHOWN)}"
        # A value of the reviewer's own has no arithmetic behind it.
        return self._assess(case_id, key, "amount_recorded", label, amount=amount, arithmetic="")

    def take_offer(self, case_id: str, key: AssessmentKey) -> OperationResult[ReviewView]:
        """Record the value that the record gives for a question, with its arithmetic, and link the words that state it.

        The value settles a question that was marked unclear or not documented; any other mark stays. Raises
        UserFacingError when the record gives none (any more).
        """
        label = f"Take from the record: {shortened(self._criterion(key), _SHOWN)}"
        return self._take(case_id, (key,), label)

    def take_offers(
        self, case_id: str, keys: Iterable[AssessmentKey] | None = None
    ) -> OperationResult[ReviewView]:
        """As `take_offer`, for several questions in one step; None: for every question that has no answer yet.

        Without questions named, values that decide nothing are left out: they are the reviewer's to look at.
        """
        return self._take(case_id, None if keys is None else tuple(keys), "Take answers from the record")

    def link(
        self, case_id: str, key: AssessmentKey, document_id: str, start: int, end: int, stance: Stance
    ) -> OperationResult[ReviewView]:
        """Link the words `text[start:end]` of a document to a question, sealed as they stand now."""
        label = f"Link evidence to: {shortened(self._criterion(key), _SHOWN)}"
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
        """Choose the criteria sets that a service line is held against, the payer's own first.

        A set that the line names and the library lacks may stay; a new one has to be there. UserFacingError else.
        """
        library = self._catalogue.library()
        with self._store.write("criteria_sets_chosen", "Choose criteria sets", case_id=case_id) as work:
            case = self._open_for_review(work, case_id)
            line = case.service_line(service_line_id)
            if line is None:
                raise UserFacingError(
                    "This service line is not in the case any more.",
                    safe="Nothing was changed.",
                    todo="Choose one of the lines that the case has now.",
                )
            unknown = [
                set_id
                for set_id in set_ids
                if set_id not in line.criteria_set_ids and library.get(set_id) is None
            ]
            if unknown:
                raise no_such_set(", ".join(unknown))
            chosen = line.model_copy(update={"criteria_set_ids": set_ids})
            lines = tuple(chosen if item.id == line.id else item for item in case.service_lines)
            work.cases.put(case.model_copy(update={"service_lines": lines}))
        return self._viewed(case_id, ChangeFlag.CASE, ChangeFlag.CRITERIA)

    def _take(
        self, case_id: str, keys: tuple[AssessmentKey, ...] | None, label: str
    ) -> OperationResult[ReviewView]:
        with self._store.write("offer_taken", label, case_id=case_id) as work:
            require_open_review(work, case_id)
            case = work.cases.get(case_id)
            offers = offers_of(case, self._catalogue.for_case(case))
            answers, links = read_review(work, case_id)
            wanted = untaken(offers, answers) if keys is None else keys
            if any(key not in offers for key in wanted):
                raise UserFacingError(
                    "The record does not give an answer to this criterion any more.",
                    safe="Nothing was changed.",
                    todo="Answer it yourself, or enter what is missing in the intake.",
                )
            if wanted:
                self._open_for_review(work, case_id)
            for key in wanted:
                old = answers.get(key, CriterionAssessment(key=key))
                work.review.put_assessment(case_id, _taken(old, offers[key]))
                linked = [link.span for link in links.get(key, ())]
                for link in _links_of(offers[key]):
                    if link.span not in linked:
                        work.review.add_link(case_id, link)
        return self._viewed(case_id, ChangeFlag.ASSESSMENTS, ChangeFlag.EVIDENCE)

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


_OPEN = frozenset({AssessmentState.UNCLEAR, AssessmentState.NOT_DOCUMENTED})


def _taken(old: CriterionAssessment, offer: Offer) -> CriterionAssessment:
    """An answer with the value of the record, which settles what was open; what decides nothing is unclear."""
    if offer.truth is Truth.UNKNOWN:
        state = old.state or AssessmentState.UNCLEAR
    else:
        state = None if old.state in _OPEN else old.state
    return old.model_copy(update={"amount": offer.amount, "arithmetic": offer.arithmetic, "state": state})


def _links_of(offer: Offer) -> Iterator[EvidenceLink]:
    # What fails a threshold speaks against the criterion.
    stance = Stance.CONTRADICTS if offer.truth is Truth.FALSE else Stance.SUPPORTS
    for span in offer.spans:
        yield EvidenceLink(id=new_id(), key=offer.key, span=span, stance=stance)
