"""The review of a case as it stands, evaluated: what the review screen, the gaps and the tasks all look at.

It must not write anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.document import SpanState, check_span
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.offer import Offer
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import Library
from desktop.rules.measures import offers_for
from desktop.rules.subjects import places_of
from desktop.services.catalogue import Catalogue
from desktop.store.engine import Reader, Store

Answers = Mapping[AssessmentKey, CriterionAssessment]
Offers = Mapping[AssessmentKey, Offer]
Links = Mapping[AssessmentKey, tuple[EvidenceLink, ...]]


@dataclass(frozen=True)
class ReviewView:
    """Everything the review screen shows, read at one moment."""

    case: Case
    sets: tuple[CriteriaSet, ...]
    """Those that the lines name; once signed, in the editions that the signature froze."""
    assessments: Answers
    links: Links
    traces: tuple[EvaluationTrace, ...]
    """One per service line and set, lines first; once signed, those that the signature froze."""
    span_states: Mapping[str, SpanState]
    """By link id: whether its words still stand where they stood."""
    undo_label: str | None
    redo_label: str | None
    is_signed: bool
    offers: Offers = field(default_factory=dict[AssessmentKey, Offer])
    """Answers that the record holds, taken or not; none once signed."""
    stale_offers: frozenset[AssessmentKey] = frozenset()
    """Answers taken from the record that the record no longer gives so; the new one is in `offers`, if there is one."""

    @property
    def missing_sets(self) -> tuple[str, ...]:
        """Ids of sets that lines name and that are not here, so that nothing is evaluated under them, each once."""
        there = {criteria_set.id for criteria_set in self.sets}
        return tuple(set_id for set_id in self.case.criteria_set_ids if set_id not in there)

    @property
    def untaken_offers(self) -> tuple[AssessmentKey, ...]:
        """Questions without an answer that the record decides, in the order of lines and sets."""
        return untaken(self.offers, self.assessments)


def view_of(store: Store, catalogue: Catalogue, case_id: str) -> ReviewView:
    """The review of a case as it stands, evaluated."""
    with store.read() as reader:
        case = reader.cases.get(case_id)
        assessments, links = read_review(reader, case_id)
        versions = reader.determinations.all(case_id)
        signed = versions[-1] if versions and versions[-1].is_signed else None
        sets = catalogue.for_case(case)
        if signed:
            # A signed edition that left the library meanwhile is read all the same.
            found = {item.id: item for item in sets}
            found |= {item.id: item for item in signed_sets(reader, signed.traces, Library(sets))}
            sets = tuple(found[set_id] for set_id in case.criteria_set_ids if set_id in found)
    undo_label, redo_label = store.undo_labels(case_id)
    offers = {} if signed else offers_of(case, sets)
    return ReviewView(
        case=case,
        sets=sets,
        assessments=assessments,
        links=links,
        traces=signed.traces if signed else evaluate_case(case, sets, assessments, links),
        span_states={
            link.id: check_span(link.span, case.document(link.span.document_id))
            for group in links.values()
            for link in group
        },
        undo_label=undo_label,
        redo_label=redo_label,
        is_signed=signed is not None,
        offers=offers,
        stale_offers=frozenset() if signed else _stale(assessments, offers, sets),
    )


def evaluate_case(
    case: Case, sets: tuple[CriteriaSet, ...], assessments: Answers, links: Links
) -> tuple[EvaluationTrace, ...]:
    """Every service line against each of its sets, in the line's order of sets."""
    by_id = {criteria_set.id: criteria_set for criteria_set in sets}
    return tuple(
        evaluate(by_id[set_id], line, assessments, links, imaging=case.imaging, documents=case.documents)
        for line in case.service_lines
        for set_id in line.criteria_set_ids
        if set_id in by_id
    )


def offers_of(case: Case, sets: tuple[CriteriaSet, ...]) -> dict[AssessmentKey, Offer]:
    """What the record offers, by question. Where two lines ask the same question, the first line's day counts."""
    by_id = {criteria_set.id: criteria_set for criteria_set in sets}
    found: dict[AssessmentKey, Offer] = {}
    for line in case.service_lines:
        for set_id in line.criteria_set_ids:
            if set_id not in by_id:
                continue
            for level, side in places_of(by_id[set_id], line):
                for offer in offers_for(by_id[set_id], case, line, level, side):
                    found.setdefault(offer.key, offer)
    return found


def read_review(
    reader: Reader, case_id: str
) -> tuple[dict[AssessmentKey, CriterionAssessment], dict[AssessmentKey, tuple[EvidenceLink, ...]]]:
    """The answers and the links of a case, by question."""
    return (
        {item.key: item for item in reader.review.assessments(case_id)},
        _by_key(reader.review.links(case_id)),
    )


def signed_sets(
    reader: Reader, traces: tuple[EvaluationTrace, ...], library: Library
) -> Iterator[CriteriaSet]:
    """The sets of signed traces in the editions that were signed, each once; those found nowhere are left out."""
    for set_hash, set_id in dict.fromkeys((trace.set_hash, trace.set_id) for trace in traces):
        found = reader.archive.get(set_hash)
        if found is None and (present := library.get(set_id)) and present.content_hash == set_hash:
            found = present  # signed before there was an archive, and never changed since
        if found is not None:
            yield found


def untaken(offers: Offers, assessments: Answers) -> tuple[AssessmentKey, ...]:
    """Questions that have no answer (a note alone is none) and that the record decides one way or the other."""
    return tuple(
        key
        for key, offer in offers.items()
        if offer.truth is not Truth.UNKNOWN
        and ((answer := assessments.get(key)) is None or (answer.state is None and answer.amount is None))
    )


def _stale(assessments: Answers, offers: Offers, sets: tuple[CriteriaSet, ...]) -> frozenset[AssessmentKey]:
    shown = {criteria_set.id for criteria_set in sets}
    return frozenset(
        key
        for key, answer in assessments.items()
        if answer.arithmetic and key.set_id in shown and not _is_taken(answer, offers.get(key))
    )


def _is_taken(answer: CriterionAssessment, offer: Offer | None) -> bool:
    return offer is not None and (answer.amount, answer.arithmetic) == (offer.amount, offer.arithmetic)


def _by_key(links: tuple[EvidenceLink, ...]) -> dict[AssessmentKey, tuple[EvidenceLink, ...]]:
    grouped: dict[AssessmentKey, tuple[EvidenceLink, ...]] = {}
    for link in links:
        grouped[link.key] = (*grouped.get(link.key, ()), link)
    return grouped
