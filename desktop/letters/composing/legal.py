"""Rules of law as the library holds them, where kind of letter, plan, urgency and timing fit; none is ever guessed.

Only claims of the library are told, each with its source: none says that a reviewer must be of the same specialty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.letter import LetterKind, LetterParagraph
from desktop.domain.member import LineOfBusiness
from desktop.domain.reference import Claim
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.letters.composing.naming import is_appeal_there
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, paragraph, record

MEDICARE_RULES_BEGIN = date(2024, 1, 1)
"""CMS-4201-F governs coverage from this day: reference `88fr22120`."""

_INTERNAL_CRITERIA = ("42cfr-422-101", "c2")
_ACA = (LineOfBusiness.INSURED_GROUP, LineOfBusiness.INDIVIDUAL_ACA)
_OF_PLAN = (LineOfBusiness.SELF_FUNDED_ERISA, *_ACA)

_WHAT = {
    LetterKind.EXTERNAL_REVIEW: "review",
    LetterKind.CLAIM_FILE: "request",
    LetterKind.MEDICAL_NECESSITY: "request",
    LetterKind.RECONSIDERATION: "request",
}


def legal_topics(inputs: LetterInputs) -> tuple[str, ...]:
    """Topics of the library's legal claims that fit the letter and the plan; none if either is unknown."""
    match inputs.kind:
        case LetterKind.FIRST_LEVEL | LetterKind.EXPEDITED:
            return _of_appeal(inputs)
        case LetterKind.RECONSIDERATION:
            return _of_appeal(inputs) if is_appeal_there(inputs) else ()
        case LetterKind.SECOND_LEVEL:
            return _of_second_level(inputs)
        case LetterKind.EXTERNAL_REVIEW:
            return _of_external_review(inputs)
        case LetterKind.CLAIM_FILE:
            return _of_the_file(inputs)
        case LetterKind.MEDICAL_NECESSITY:
            return _of_first_decision(inputs)
        case _:
            return ()


def legal_paragraphs(inputs: LetterInputs) -> tuple[LetterParagraph, ...]:
    """The rules in one paragraph; where none is known to fit, the plan is asked to state them."""
    business = inputs.case.coverage.line_of_business
    origin = record("coverage.line_of_business", "Line of business")
    what = _WHAT.get(inputs.kind, "appeal")
    if business is LineOfBusiness.UNKNOWN:
        text = (
            "The kind of plan is not known to the writer, so no rule is claimed here. The plan is asked to state its "
            f"kind, the rules that govern this {what}, and the time limits for it."
        )
        return (paragraph(text, origin, form("requests.unknown_plan")),)
    claims = _in_force(inputs, inputs.references.claims(*legal_topics(inputs)))
    if not claims:
        text = f"The plan is asked to state the rules that govern this {what} and the time limits for it."
        return (paragraph(text, origin, form("requests.rules")),)
    sentences = " ".join(claim.cited_text for claim in claims)
    if inputs.kind is LetterKind.EXTERNAL_REVIEW and business in _ACA:
        sentences += (
            " Whether the process of the state or the federal one applies, the final notice has to say."
        )
    sources = (cited(claim.reference_id) for claim in claims)
    return (citing(f"The coverage is recorded as: {business.label}. {sentences}", origin, *sources),)


def is_before_medicare_rules(line: ServiceLine) -> bool:
    """Whether a service is of a day before the rules on internal criteria of Medicare Advantage governed."""
    return line.service_on is not None and line.service_on < MEDICARE_RULES_BEGIN


def _in_force(inputs: LetterInputs, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without a rule that did not govern yet on the day of a service."""
    is_early = any(map(is_before_medicare_rules, inputs.case.service_lines))
    return tuple(
        claim for claim in claims if not (is_early and (claim.reference_id, claim.id) == _INTERNAL_CRITERIA)
    )


def _timings(inputs: LetterInputs) -> set[ServiceTiming]:
    return {line.timing for line in inputs.case.service_lines}


def _of_appeal(inputs: LetterInputs) -> tuple[str, ...]:
    is_urgent = inputs.is_urgent
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            return ("law-erisa", *_erisa_clock(inputs))
        case LineOfBusiness.INSURED_GROUP | LineOfBusiness.INDIVIDUAL_ACA:
            return ("law-aca",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            return ("law-medicare-advantage", "law-medicare-advantage-reviewer", *_advantage_clock(inputs))
        case LineOfBusiness.MEDICAID_MCO:
            return ("law-medicaid-time-urgent" if is_urgent else "law-medicaid-time",)
        case LineOfBusiness.WORKERS_COMPENSATION if is_californian(inputs):
            return ("law-california-workers-compensation",)
        case _:
            return ()


def _erisa_clock(inputs: LetterInputs) -> tuple[str, ...]:
    if inputs.is_urgent:
        return ("law-erisa-time-urgent",)
    timings = _timings(inputs)
    if timings == {ServiceTiming.PRE_SERVICE}:
        return ("law-erisa-time-pre-service",)
    return ("law-erisa-time-post-service",) if timings == {ServiceTiming.POST_SERVICE} else ()


def _advantage_clock(inputs: LetterInputs) -> tuple[str, ...]:
    """The time for an item or service, and another for a payment, as which a service that was had comes up."""
    if inputs.is_urgent:
        return ("law-medicare-advantage-time-urgent",)
    timings = _timings(inputs)
    if ServiceTiming.POST_SERVICE not in timings:
        return ("law-medicare-advantage-time",)
    return ("law-medicare-advantage-time-other",) if timings == {ServiceTiming.POST_SERVICE} else ()


def _of_second_level(inputs: LetterInputs) -> tuple[str, ...]:
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA | LineOfBusiness.INSURED_GROUP | LineOfBusiness.INDIVIDUAL_ACA:
            return _of_appeal(inputs)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            # Which entity decides at this level is told in the opening.
            return ("law-medicare-advantage",)
        case LineOfBusiness.WORKERS_COMPENSATION:
            return _of_appeal(inputs)
        case _:
            return ()


def _of_external_review(inputs: LetterInputs) -> tuple[str, ...]:
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            return ("law-aca-scope", "law-aca-external-review")
        case LineOfBusiness.INSURED_GROUP | LineOfBusiness.INDIVIDUAL_ACA:
            return ("law-aca-scope",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            return ("law-medicare-advantage",)
        case LineOfBusiness.MEDICAID_MCO:
            return ("law-medicaid-fair-hearing",)
        case LineOfBusiness.WORKERS_COMPENSATION if is_californian(inputs):
            return ("law-california-imr-only", "law-california-workers-compensation")
        case _:
            return ()


def _of_the_file(inputs: LetterInputs) -> tuple[str, ...]:
    business = inputs.case.coverage.line_of_business
    if business in _OF_PLAN:
        return ("law-aca",)
    return ("law-medicare-advantage",) if business is LineOfBusiness.MEDICARE_ADVANTAGE else ()


def _of_first_decision(inputs: LetterInputs) -> tuple[str, ...]:
    """The times for a first decision; of Medicare Advantage and Medicaid only those before a service are held."""
    is_ahead = ServiceTiming.POST_SERVICE not in _timings(inputs)
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            return ("law-erisa-first-decision",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            urgent = "-urgent" if inputs.is_urgent else ""
            clock = (f"law-medicare-advantage-first-decision{urgent}",)
            return ("law-medicare-advantage", *(clock if is_ahead else ()))
        case LineOfBusiness.MEDICAID_MCO if is_ahead:
            return ("law-medicaid-authorization",)
        case _:
            return ()


def is_californian(inputs: LetterInputs) -> bool:
    """Whether the coverage is recorded as of California, whose rules on workers' compensation were read."""
    return inputs.case.coverage.state.strip().upper() in ("CA", "CALIFORNIA")
