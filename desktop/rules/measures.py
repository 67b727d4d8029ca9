"""Works out what the record already holds for criteria that name a recorded value, and offers it with its arithmetic.

It must not answer anything: an offer counts only when the reviewer takes it. It reads no clock and converts no units.
"""

from __future__ import annotations

from desktop.domain.assessment import Amount, AssessmentKey
from desktop.domain.case import Case
from desktop.domain.clinical import ConservativeTreatment
from desktop.domain.criteria import CriteriaSet, Criterion, MeasureKind, Scope
from desktop.domain.offer import Offer
from desktop.domain.service_line import ServiceLine
from desktop.rules.dated_worth import (
    Asked,
    age_worth,
    fact_worth,
    imaging_age_worth,
    measurement_worth,
    score_worth,
    since_surgery_worth,
)
from desktop.rules.schema import ANY_TREATMENT
from desktop.rules.subjects import subject_of
from desktop.rules.treatment_worth import treatment_worth
from desktop.rules.worth import Worth, decimal_beside, truth_of


def offers_for(
    criteria_set: CriteriaSet, case: Case, line: ServiceLine, level: str = "", side: str = ""
) -> tuple[Offer, ...]:
    """What the case holds for the measured criteria of a set, asked of one level and side of a line, in reading order.

    Criteria for which nothing counts have no offer: what is not recorded is unknown, never zero. An offer is UNKNOWN
    where care without dates, or several values of one day, could decide either way.
    """
    found = (_offer(criteria_set, leaf, case, line, level, side) for leaf in criteria_set.criteria())
    return tuple(offer for offer in found if offer is not None)


def _offer(
    criteria_set: CriteriaSet, criterion: Criterion, case: Case, line: ServiceLine, level: str, side: str
) -> Offer | None:
    threshold = criterion.threshold
    subject = subject_of(criterion, line.id, level, side)
    if criterion.measure is None or threshold is None or (criterion.per is not Scope.CASE and not subject):
        return None
    asked_side = side if criterion.per is Scope.SIDE else ""
    worth = _worth(Asked(criterion, threshold, case, line, level, asked_side), criterion.measure.kind)
    if worth is None:
        return None
    return Offer(
        key=AssessmentKey(set_id=criteria_set.id, criterion_id=criterion.id, subject=subject),
        amount=Amount(value=decimal_beside(worth.value, threshold.value), unit=threshold.unit),
        truth=truth_of(worth, threshold),
        arithmetic=worth.words,
        document_ids=tuple(item for item in worth.document_ids if case.document(item) is not None),
        spans=worth.spans,
    )


def _worth(asked: Asked, kind: MeasureKind) -> Worth | None:
    match kind:
        case MeasureKind.AGE:
            return age_worth(asked)
        case MeasureKind.TREATMENT:
            return treatment_worth(
                asked.criterion, asked.threshold, _treatments(asked), asked.line.service_on
            )
        case MeasureKind.SCORE:
            return score_worth(asked)
        case MeasureKind.FACT:
            return fact_worth(asked)
        case MeasureKind.MEASUREMENT:
            return measurement_worth(asked)
        case MeasureKind.SINCE_SURGERY:
            return since_surgery_worth(asked)
        case _:
            return imaging_age_worth(asked)


def _treatments(asked: Asked) -> list[ConservativeTreatment]:
    return [
        item
        for item in asked.case.treatments
        if asked.name in {ANY_TREATMENT, item.kind.value} and asked.is_of_side(item.label)
    ]
