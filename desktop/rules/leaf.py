"""The truth of one criterion and the sentence that explains it, from what the reviewer said and linked.

It must not look at the tree: combining is the evaluator's work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.assessment import Amount, AssessmentState, CriterionAssessment, EvidenceLink, Stance
from desktop.domain.criteria import Criterion, Polarity, Threshold
from desktop.domain.document import Document
from desktop.domain.evaluation import CORRECT_ONE, NO_WAIVER
from desktop.domain.truth import Truth
from desktop.rules.currency import currency_of
from desktop.rules.units import same_unit

NO_LEVEL = "The service line names no level, and this is asked level by level."
NO_SIDE = "The service line names no side, and this is asked side by side."
NOT_ANSWERED = "Not answered yet."
NOT_APPLICABLE = "Marked not applicable; it does not count."
NO_WORDS_LINKED = "No words linked."


@dataclass(frozen=True, slots=True)
class LeafResult:
    """Truth, whether it counts, why, and the recorded value as shown."""

    truth: Truth
    reason: str
    is_applicable: bool = True
    amount: str = ""


def judge(
    criterion: Criterion,
    assessment: CriterionAssessment | None,
    links: Sequence[EvidenceLink],
    documents: Mapping[str, Document],
    service_on: date | None = None,
) -> LeafResult:
    """What one criterion comes to.

    `documents` are those that links point into, by id; `service_on` is the day that `within` counts back from.
    """
    if assessment is None:
        return LeafResult(Truth.UNKNOWN, NOT_ANSWERED)
    shown = _shown_amount(criterion.threshold, assessment.amount)
    match assessment.state:
        case AssessmentState.NOT_APPLICABLE:
            return LeafResult(Truth.UNKNOWN, NOT_APPLICABLE, is_applicable=False, amount=shown)
        case AssessmentState.EXCEPTION:
            source = assessment.exception_source.strip()
            if not source:
                return LeafResult(Truth.UNKNOWN, NO_WAIVER, amount=shown)
            waived = _with_links(criterion, f"Exception: waived under {source}.", links, documents)
            return LeafResult(Truth.TRUE, waived, amount=shown)
        case _:
            truth, reason = _answered(criterion, assessment)
    if truth is not Truth.TRUE:
        return LeafResult(truth, reason, amount=shown)
    supporting = [documents.get(link.span.document_id) for link in links if link.stance is Stance.SUPPORTS]
    age = currency_of(criterion.within, service_on, supporting)
    reason = f"{_with_links(criterion, reason, links, documents)} {age.remark}".rstrip()
    return LeafResult(Truth.UNKNOWN if age.is_outdated else truth, reason, amount=shown)


def _shown_amount(threshold: Threshold | None, amount: Amount | None) -> str:
    if amount is None:
        return ""
    value = f"{amount.value} {amount.unit}".strip()
    return f"{value} (needs {threshold.caption})" if threshold else value


def _answered(criterion: Criterion, assessment: CriterionAssessment) -> tuple[Truth, str]:
    """The truth of a state other than not applicable and exception, held against a recorded value."""
    state, amount, threshold = assessment.state, assessment.amount, criterion.threshold
    if amount is None or threshold is None:
        return (Truth.UNKNOWN, NOT_ANSWERED) if state is None else (state.truth, _said(criterion, state))
    value = f"{amount.value} {amount.unit}".strip()
    said = "" if state is None else _said(criterion, state) + " "
    if not same_unit(amount.unit, threshold.unit):
        return (
            Truth.UNKNOWN,
            f"{said}The recorded value {value} cannot be held against {threshold.caption}: the units differ.",
        )
    holds = threshold.holds_for(amount.value)
    measured = f"{value} {'meets' if holds else 'does not meet'} {threshold.caption}."
    if assessment.arithmetic:
        measured = f"{assessment.arithmetic.removesuffix('.')}; {measured}"
    arithmetic = Truth.TRUE if holds else Truth.FALSE
    if state is None:
        return arithmetic, measured
    if state.truth is not Truth.UNKNOWN and state.truth is not arithmetic:
        return (
            Truth.UNKNOWN,
            f"The reviewer says {state.label.lower()}, but {measured} {CORRECT_ONE}",
        )
    return state.truth, said + measured


def _said(criterion: Criterion, state: AssessmentState) -> str:
    if criterion.polarity is Polarity.PRESENT:
        return f"{state.label}."
    match state:
        case AssessmentState.MET:
            return "Met: shown to be absent, as it must be."
        case AssessmentState.NOT_MET:
            return "Not met: shown to be present, and it must be absent."
        case _:
            return f"{state.label}: unknown never counts as absent."


def _with_links(
    criterion: Criterion, reason: str, links: Sequence[EvidenceLink], documents: Mapping[str, Document]
) -> str:
    """The reason why something holds, with what the linked words add. It changes nothing: that is the reviewer's."""
    parts = [reason]
    supporting = [link for link in links if link.stance is Stance.SUPPORTS]
    against = len(links) - len(supporting)
    if not supporting:
        parts.append(NO_WORDS_LINKED)
    elif _all_of_other_kinds(criterion, supporting, documents):
        asked = " or ".join(kind.label.lower() for kind in criterion.evidence_types)
        parts.append(f"The linked words are not from the kind of document asked for ({asked}).")
    if against:
        parts.append(
            f"{against} linked passage{'s' if against > 1 else ''} contradict{'' if against > 1 else 's'} it."
        )
    return " ".join(parts)


def _all_of_other_kinds(
    criterion: Criterion, supporting: Sequence[EvidenceLink], documents: Mapping[str, Document]
) -> bool:
    if not criterion.evidence_types:
        return False
    found = [documents.get(link.span.document_id) for link in supporting]
    return all(document is not None and document.kind not in criterion.evidence_types for document in found)
