"""Rules of law as the library holds them, where kind of letter, plan, urgency and timing fit; none is ever guessed.

Only claims of the library are told, each with its source: none says that a reviewer must be of the same specialty.
"""

from __future__ import annotations

from desktop.domain.letter import LetterKind, LetterParagraph
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceTiming
from desktop.letters.composing.naming import is_appeal_there
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, paragraph, record

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
    claims = inputs.references.claims(*legal_topics(inputs))
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


def _of_appeal(inputs: LetterInputs) -> tuple[str, ...]:
    is_urgent = inputs.is_urgent
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            return ("law-erisa", *_erisa_clock(inputs))
        case LineOfBusiness.INSURED_GROUP | LineOfBusiness.INDIVIDUAL_ACA:
            return ("law-aca",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            clock = "law-medicare-advantage-time-urgent" if is_urgent else "law-medicare-advantage-time"
            return ("law-medicare-advantage", "law-medicare-advantage-reviewer", clock)
        case LineOfBusiness.MEDICAID_MCO:
            return ("law-medicaid-time-urgent" if is_urgent else "law-medicaid-time",)
        case LineOfBusiness.WORKERS_COMPENSATION if _is_californian(inputs):
            return ("law-california-workers-compensation",)
        case _:
            return ()


def _erisa_clock(inputs: LetterInputs) -> tuple[str, ...]:
    if inputs.is_urgent:
        return ("law-erisa-time-urgent",)
    timings = {line.timing for line in inputs.case.service_lines}
    if timings == {ServiceTiming.PRE_SERVICE}:
        return ("law-erisa-time-pre-service",)
    return ("law-erisa-time-post-service",) if timings == {ServiceTiming.POST_SERVICE} else ()


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
        case LineOfBusiness.WORKERS_COMPENSATION if _is_californian(inputs):
            return ("law-california-imr-only", "law-california-workers-compensation")
        case _:
            return ()


def _of_the_file(inputs: LetterInputs) -> tuple[str, ...]:
    business = inputs.case.coverage.line_of_business
    if business in _OF_PLAN:
        return ("law-aca",)
    return ("law-medicare-advantage",) if business is LineOfBusiness.MEDICARE_ADVANTAGE else ()


def _of_first_decision(inputs: LetterInputs) -> tuple[str, ...]:
    match inputs.case.coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            return ("law-erisa-first-decision",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            urgent = "-urgent" if inputs.is_urgent else ""
            return ("law-medicare-advantage", f"law-medicare-advantage-first-decision{urgent}")
        case LineOfBusiness.MEDICAID_MCO:
            return ("law-medicaid-authorization",)
        case _:
            return ()


def _is_californian(inputs: LetterInputs) -> bool:
    return inputs.case.coverage.state.strip().upper() in ("CA", "CALIFORNIA")
