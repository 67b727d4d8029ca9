"""The clinical opinion: the determination as a document, in the order that each kind of reader needs.

The readers get the same facts: an order, a wording and what is left out may differ, a number, level or date never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.audience import Audience
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterTable
from desktop.domain.reference import EvidenceLevel
from desktop.domain.topic import TopicKind, TopicSection
from desktop.domain.topic_offer import OfferedClaim
from desktop.domain.vertebra import is_vertebra
from desktop.letters.composing.closing import disclaimer, enclosures, reference_list
from desktop.letters.composing.opinion_chronology import chronology
from desktop.letters.composing.opinion_claims import claim_told, offered_claims
from desktop.letters.composing.opinion_headline import headline
from desktop.letters.composing.opinion_record import (
    gaps,
    kinds_of_evidence,
    policy,
    question,
    reasons_given,
    section,
    status_table,
    who_decided,
)
from desktop.letters.composing.opinion_sections import opinion_sections
from desktop.letters.composing.opinion_words import written_out
from desktop.letters.composing.patient import about as about_for_patient
from desktop.letters.composing.patient import plan_said, what_tests_show, what_you_can_do, whom_to_call
from desktop.letters.composing.patient_rights import rights
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row
from desktop.letters.wording import long_date, one_line, service_phrase

LEVELS_EXPLAINED = (
    "The letter names the part: C is the neck, T is the upper and middle back, L is the lower back, and S is the "
    "sacrum below it. The bones are counted from the top of each part."
)
PLAIN_POLICY = (
    "A computer put this paper together by fixed rules. It used your records, what our staff typed and the sources "
    "named here. It made up nothing. This paper does not take the place of a talk with your doctor. Your plan decides "
    "what it pays for."
)

_LAW = (EvidenceLevel.LAW, EvidenceLevel.COURT_DECISION)

_Order = tuple[LetterBlock | None, ...]


def opinion_blocks(inputs: LetterInputs) -> tuple[LetterBlock, ...]:
    """The whole opinion for the audience of its settings; a section with nothing to say is left out."""
    match inputs.settings.audience:
        case Audience.PATIENT:
            return _present(_for_patient(inputs))
        case Audience.EXTERNAL_REVIEWER:
            return written_out(_closed(inputs, _for_external_reviewer(inputs)))
        case Audience.ATTORNEY:
            return written_out(_closed(inputs, _for_attorney(inputs)))
        case _:
            return _closed(inputs, _for_medical_director(inputs))


def _for_medical_director(inputs: LetterInputs) -> _Order:
    """The answer first, then the grounds in the order of an opinion."""
    return (
        _about(inputs),
        headline(inputs),
        question(inputs),
        status_table(inputs),
        *opinion_sections(inputs).values(),
        gaps(inputs),
        _documents(inputs),
    )


def _for_external_reviewer(inputs: LetterInputs) -> _Order:
    """The record first: who decided what, what the imaging says, and only then the conclusion and its grounds."""
    sections = opinion_sections(inputs)
    imaging = sections.pop(TopicSection.IMAGING, None)
    return (
        _about(inputs),
        question(inputs),
        who_decided(inputs),
        reasons_given(inputs),
        _documents(inputs),
        imaging,
        headline(inputs),
        *sections.values(),
        _rules(inputs),
        gaps(inputs),
        status_table(inputs),
    )


def _for_attorney(inputs: LetterInputs) -> _Order:
    """What was decided, when, on which document and by which rule; the medicine comes after it."""
    sections = opinion_sections(inputs)
    criteria = sections.pop(TopicSection.CRITERIA_AND_JUDGEMENT, None)
    return (
        _about(inputs),
        headline(inputs),
        who_decided(inputs),
        reasons_given(inputs),
        chronology(inputs),
        _rules(inputs),
        criteria,
        gaps(inputs),
        section("terms", "How levels are named", _terms(inputs)),
        *sections.values(),
        _documents(inputs),
        status_table(inputs),
    )


def _for_patient(inputs: LetterInputs) -> _Order:
    """The same conclusion in plain words; literature is left out, and so is what only professionals need."""
    return (
        about_for_patient(inputs),
        headline(inputs),
        section("said", "What the plan said", plan_said(inputs)),
        section("tests", "What the tests show", what_tests_show(inputs)),
        section("terms", "How places in the spine are named", _terms(inputs)),
        section("send", "What you can do", what_you_can_do(inputs)),
        section("rights", "Your rights", rights(inputs)),
        section("call", "Whom to call", whom_to_call(inputs)),
        status_table(inputs),
        reference_list(inputs),
        _plain_disclaimer(inputs),
    )


def _closed(inputs: LetterInputs, order: _Order) -> tuple[LetterBlock, ...]:
    """The blocks with the sources behind them, the policy, and the disclaimer that an opinion always has."""
    blocks = _present(order)
    always = replace(inputs, settings=inputs.settings.model_copy(update={"has_disclaimer": True}))
    end = (kinds_of_evidence(inputs, blocks), reference_list(inputs), policy(), disclaimer(always))
    return (*blocks, *_present(end))


def _present(blocks: _Order) -> tuple[LetterBlock, ...]:
    return tuple(block for block in blocks if block is not None)


def _about(inputs: LetterInputs) -> LetterBlock:
    """Whose case it is and what was asked for."""
    case, denial = inputs.case, inputs.case.denial
    born = long_date(case.member.date_of_birth) if case.member.date_of_birth else ""
    plan = " · ".join(part for part in (case.coverage.payer.strip(), case.coverage.plan_name.strip()) if part)
    notice = long_date(denial.notice_dated_on) if denial.notice_dated_on else ""
    codes = "; ".join(f"{item.code.strip()} {one_line(item.title)}".strip() for item in case.diagnoses)
    facts = (
        ("Case", case.number.strip(), "number"),
        ("Member", case.member.full_name, "member"),
        ("Date of birth", born, "member.date_of_birth"),
        ("Plan", plan, "coverage"),
        ("Kind of plan", case.coverage.line_of_business.label, "coverage.line_of_business"),
        ("Notice dated", notice, "denial.notice_dated_on"),
        ("Asked for", "\n".join(map(service_phrase, case.service_lines)), "service_lines"),
        ("Diagnoses", codes, "diagnoses"),
    )
    rows = tuple(row((label, value), record(path, label)) for label, value, path in facts if value)
    return LetterBlock(
        id=block_id(BlockKind.RE),
        kind=BlockKind.RE,
        heading="Clinical opinion",
        table=LetterTable(columns=("", ""), widths=(0.2, 0.8), rows=rows),
    )


def _documents(inputs: LetterInputs) -> LetterBlock | None:
    """The documents that were read, with the letters by which the opinion names them."""
    block = enclosures(inputs)
    return (
        block.model_copy(update={"heading": "Documents that were read (Encl.)"})
        if block is not None
        else None
    )


def _rules(inputs: LetterInputs) -> LetterBlock | None:
    """The rules of review and appeal for this kind of plan, each with its citation."""
    origin = record("coverage.line_of_business", "Line of business")
    offers = offered_claims(inputs, TopicKind.PROCESS)
    told = tuple(claim_told(offer) for offer in offers if _is_law(inputs, offer))
    if not told:
        return None
    lead = f"The coverage is recorded as: {inputs.case.coverage.line_of_business.label}. For it these rules were read:"
    return section("rules", "Rules that govern", (paragraph(lead, origin, form("opinion.rules")), *told))


def _is_law(inputs: LetterInputs, offer: OfferedClaim) -> bool:
    """Whether every source of a claim is law: reports on how plans decide are no rule."""
    found = (inputs.references.get(source.reference_id) for source in offer.claim.sources)
    return all(item is not None and item.evidence in _LAW for item in found)


def _terms(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """How levels are named, by one of this case."""
    levels = inputs.case.levels
    if not levels:
        return
    between = next((level for level in levels if not is_vertebra(level)), "")
    shown = (
        f"A level such as {between} is the place between two bones of the spine."
        if between
        else f"A level such as {levels[0]} is a bone of the spine."
    )
    origin = record("service_lines", "Levels of the service lines")
    yield paragraph(f"{shown} {LEVELS_EXPLAINED}", form("opinion.levels"), origin)


def _plain_disclaimer(inputs: LetterInputs) -> LetterBlock | None:
    """The house's own wording where there is one, else ours in plain words."""
    if inputs.settings.disclaimer.strip():
        return disclaimer(
            replace(inputs, settings=inputs.settings.model_copy(update={"has_disclaimer": True}))
        )
    return LetterBlock(
        id=block_id(BlockKind.DISCLAIMER),
        kind=BlockKind.DISCLAIMER,
        heading="What this paper is",
        paragraphs=(paragraph(PLAIN_POLICY, form("opinion.disclaimer")),),
    )
