"""Requests, relief, signature, enclosures and the place of the reference list; law only where the plan fits it."""

from __future__ import annotations

from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterTable
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceTiming
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, citing, form, paragraph, record, row
from desktop.letters.wording import long_date, one_line, service_phrase, short_date


def requests(inputs: LetterInputs) -> LetterBlock:
    """What the plan is asked to hand over, and the rules that say so where the line of business is known."""
    denial = inputs.case.denial
    asks = [
        "the criteria applied, with publisher, title and edition, and the plan’s definition of medical necessity",
        "the name, credentials and specialty of each reviewer who took part in the denial",
        "the records, notes and advice on which the denial rests",
    ]
    if inputs.reasons:
        asks.append(
            "for each row of the tables above with which the reviewer disagrees, its number, the reason and the record "
            "relied on"
        )
    if denial.peer_to_peer_phone.strip():
        asks.append("a peer-to-peer conversation before any decision to uphold")
    else:
        asks.append(
            "a peer-to-peer conversation before any decision to uphold, and the number to call for it"
        )
    lettered = "; ".join(f"({index}) {text}" for index, text in enumerate(asks, start=1))
    paragraphs = [paragraph(f"The plan is asked for: {lettered}.", form("requests"))]
    paragraphs.extend(_legal(inputs))
    return LetterBlock(
        id=block_id(BlockKind.REQUESTS),
        kind=BlockKind.REQUESTS,
        heading="Requests",
        paragraphs=tuple(paragraphs),
    )


def legal_topics(inputs: LetterInputs) -> tuple[str, ...]:
    """Topics of the library's legal claims that fit the line of business, urgency and timing; none if unknown."""
    coverage = inputs.case.coverage
    is_urgent = inputs.case.denial.is_expedited
    match coverage.line_of_business:
        case LineOfBusiness.SELF_FUNDED_ERISA:
            if is_urgent:
                return ("law-erisa", "law-erisa-time-urgent")
            timings = {line.timing for line in inputs.case.service_lines}
            if timings == {ServiceTiming.PRE_SERVICE}:
                return ("law-erisa", "law-erisa-time-pre-service")
            if timings == {ServiceTiming.POST_SERVICE}:
                return ("law-erisa", "law-erisa-time-post-service")
            return ("law-erisa",)
        case LineOfBusiness.INSURED_GROUP | LineOfBusiness.INDIVIDUAL_ACA:
            return ("law-aca",)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            clock = "law-medicare-advantage-time-urgent" if is_urgent else "law-medicare-advantage-time"
            return ("law-medicare-advantage", "law-medicare-advantage-reviewer", clock)
        case LineOfBusiness.MEDICAID_MCO:
            return ("law-medicaid-time-urgent" if is_urgent else "law-medicaid-time",)
        case LineOfBusiness.WORKERS_COMPENSATION if coverage.state.strip().upper() in ("CA", "CALIFORNIA"):
            return ("law-california-workers-compensation",)
        case _:
            return ()


def _legal(inputs: LetterInputs) -> list[LetterParagraph]:
    business = inputs.case.coverage.line_of_business
    origin = record("coverage.line_of_business", "Line of business")
    if business is LineOfBusiness.UNKNOWN:
        text = (
            "The kind of plan is not known to the writer, so no rule is claimed here. The plan is asked to state its "
            "kind, the rules that govern this appeal, and the time limits for it."
        )
        return [paragraph(text, origin, form("requests.unknown_plan"))]
    claims = inputs.references.claims(*legal_topics(inputs))
    if not claims:
        text = "The plan is asked to state the rules that govern this appeal and the time limits for it."
        return [paragraph(text, origin, form("requests.rules"))]
    sentences = " ".join(claim.cited_text for claim in claims)
    sources = (cited(claim.reference_id) for claim in claims)
    return [citing(f"The coverage is recorded as: {business.label}. {sentences}", origin, *sources)]


def relief(inputs: LetterInputs) -> LetterBlock:
    """What is asked for line by line, with levels and sides, and what is not asked for."""
    paragraphs: list[LetterParagraph] = []
    for index, line in enumerate(inputs.granted_lines, start=1):
        granted = inputs.granted_levels(line)
        is_past = line.timing is ServiceTiming.POST_SERVICE
        act = "Reverse the denial and pay for" if is_past else "Reverse the denial and authorize"
        text = f"{index}. {act} {service_phrase(line, granted, inputs.granted_sides(line))}."
        if rest := inputs.where_left_out(line):
            text += f" It is not asked for {rest}."
        if line.levels and not granted:
            text += " The determination names no level."
        if line.sides and not inputs.granted_sides(line):
            text += " The determination names no side."
        paragraphs.append(
            paragraph(text, record(f"determination.{line.id}", "Determination"), form("relief.granted"))
        )
    if not paragraphs:
        text = "No relief is asked for yet: no service line has been determined to be medically necessary."
        paragraphs.append(paragraph(text, record("determination", "Determination"), form("relief.none")))
    for line in inputs.other_lines:
        decision = inputs.decision(line).decision
        why = (
            "it is undecided"
            if decision is Decision.UNDECIDED
            else f"determined as: {decision.label.lower()}"
        )
        text = f"Not asked for: {service_phrase(line)} ({why})."
        paragraphs.append(paragraph(text, record(f"determination.{line.id}", "Determination")))
    return LetterBlock(
        id=block_id(BlockKind.RELIEF),
        kind=BlockKind.RELIEF,
        heading="Relief requested",
        paragraphs=tuple(paragraphs),
    )


def signature(inputs: LetterInputs) -> LetterBlock:
    """The ordering provider's name, credential, specialty, licence and NPI; never the reviewer in their place."""
    author = inputs.author
    signed = inputs.determination.sign_off if inputs.determination else None
    paragraphs = [paragraph("Sincerely,", form("signature.closing"))]
    if author is not None and author.name.strip():
        where = record(f"providers.{author.id}", "Provider")
        name = ", ".join(part for part in (author.name.strip(), author.credential.strip()) if part)
        lines = [name, author.specialty.strip(), author.organization.strip()]
        numbers = (("License", author.license_number), ("NPI", author.npi))
        lines.append(" · ".join(f"{label} {value.strip()}" for label, value in numbers if value.strip()))
        paragraphs.extend(paragraph(line, where) for line in lines if line)
    else:
        paragraphs.append(paragraph("Ordering provider not recorded", record("providers", "Providers")))
    if signed is not None:
        text = (
            f"The determination was signed by {signed.name}, {signed.credential}, "
            f"on {long_date(signed.signed_at.date())} (UTC): {one_line(signed.meaning)}"
        )
        paragraphs.append(paragraph(text, record("determination.sign_off", "Sign-off")))
    return LetterBlock(
        id=block_id(BlockKind.SIGNATURE), kind=BlockKind.SIGNATURE, paragraphs=tuple(paragraphs)
    )


def enclosures(inputs: LetterInputs) -> LetterBlock | None:
    """The documents of the case lettered in packet order; None when there are none."""
    rows = tuple(
        row(
            (
                item.letter,
                one_line(item.document.title) or item.document.kind.label,
                short_date(item.document.dated_on),
                str(item.page_count),
            ),
            record(f"documents.{item.document.id}", "Document"),
        )
        for item in inputs.enclosures
    )
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.ENCLOSURES),
        kind=BlockKind.ENCLOSURES,
        heading="Enclosures",
        table=LetterTable(
            columns=("", "Document", "Date", "Pages"), widths=(0.07, 0.63, 0.2, 0.1), rows=rows
        ),
    )


def reference_list() -> LetterBlock:
    """The place of the reference list; its entries are made from the citations when the letter is rendered."""
    return LetterBlock(
        id=block_id(BlockKind.REFERENCES),
        kind=BlockKind.REFERENCES,
        heading="References",
    )
