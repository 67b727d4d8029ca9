"""Opening and denial: what is asked, the reasons in the notice's words, and an answer to each where one exists."""

from __future__ import annotations

from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.letters.compose_concession import concession
from desktop.letters.compose_criteria import set_name, standing_of
from desktop.letters.compose_support import coding_paragraphs, has_support
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, trace
from desktop.letters.wording import (
    ended,
    level_list,
    listed,
    long_date,
    one_line,
    quoted,
    service_name,
    service_phrase,
)


def opening(inputs: LetterInputs) -> LetterBlock:
    """Who is written for, what was refused and what is asked, in a few sentences."""
    case = inputs.case
    name = case.member.full_name or "the member named above"
    age = case.member.age_on(inputs.today)
    who = f"{name}, who is {age} years old," if age is not None else name
    payer = case.coverage.payer.strip()
    of_payer = f"of {payer} " if payer else ""
    dated = (
        f"dated {long_date(case.denial.notice_dated_on)}" if case.denial.notice_dated_on else "named above"
    )
    first = f"I write for {who} to appeal the adverse determination {of_payer}{dated}. This is a first-level appeal."
    origins = (
        form("opening"),
        record("member", "Member"),
        record("denial.notice_dated_on", "Date of the notice"),
        record("coverage.payer", "Payer"),
    )
    asked = [service_phrase(line, inputs.granted_levels(line)) for line in inputs.granted_lines]
    if asked:
        request = f"I ask that it be overturned for {listed(asked)}."
    else:
        request = "No service line has been determined to be medically necessary so far, so nothing is asked for yet."
    if case.denial.is_expedited:
        request += " An expedited decision is requested."
    plan = (
        "Each stated reason and each criterion is taken in turn below, with the words of the record, the document, "
        "its date and its page. Where a criterion is not met or not documented, this letter says so."
    )
    decided = record("determination.lines", "Determination")
    return LetterBlock(
        id=block_id(BlockKind.OPENING),
        kind=BlockKind.OPENING,
        paragraphs=(
            paragraph("To whom it may concern:", form("opening.greeting")),
            paragraph(first, *origins),
            paragraph(f"{request} {plan}", decided, form("opening.request")),
        ),
    )


def denial_block(inputs: LetterInputs) -> LetterBlock:
    """The reasons quoted, each followed by its answer; the criteria named, or a demand for them."""
    denial = inputs.case.denial
    paragraphs: list[LetterParagraph] = []
    if denial.reasons:
        count = "these reasons" if len(denial.reasons) > 1 else "this reason"
        paragraphs.append(paragraph(f"The notice gives {count}:", form("denial.reasons")))
    else:
        text = "No reason for the refusal is recorded from the notice."
        paragraphs.append(paragraph(text, record("denial.reasons", "Denial reasons")))
    for reason in denial.reasons:
        origin = record(f"denial.reasons.{reason.id}.verbatim", "Denial reason, word for word")
        paragraphs.append(paragraph(quoted(reason.verbatim), origin, is_quote=True))
        paragraphs.extend(_answer(inputs, reason))
    paragraphs.append(_criteria_named(inputs))
    reviewer = ", ".join(p for p in (denial.reviewer_name.strip(), denial.reviewer_credential.strip()) if p)
    if reviewer:
        text = f"The notice names as reviewer: {reviewer}."
        paragraphs.append(paragraph(text, record("denial.reviewer_name", "Reviewer named in the notice")))
    return LetterBlock(
        id=block_id(BlockKind.DENIAL),
        kind=BlockKind.DENIAL,
        heading="The denial and the answer to it",
        paragraphs=tuple(paragraphs),
    )


def _criteria_named(inputs: LetterInputs) -> LetterParagraph:
    named = one_line(inputs.case.denial.criteria_named)
    origin = record("denial.criteria_named", "Criteria named in the notice")
    if named:
        return paragraph(f"The notice names these criteria: {ended(named)}", origin)
    text = "The notice, as recorded, names no criteria. A copy of those applied, with their edition, is requested."
    return paragraph(text, origin, form("denial.criteria_demand"))


def _lines_of(inputs: LetterInputs, reason: DenialReason) -> tuple[ServiceLine, ...]:
    ids = set(reason.service_line_ids)
    return tuple(line for line in inputs.case.service_lines if not ids or line.id in ids)


def _answer(inputs: LetterInputs, reason: DenialReason) -> list[LetterParagraph]:
    match reason.category:
        case DenialCategory.MISSING_INFORMATION:
            return [*_records_answer(inputs), *_medical_answer(inputs, reason)]
        case DenialCategory.CODING:
            return list(coding_paragraphs(inputs))
        case DenialCategory.EXPERIMENTAL if has_support(inputs):
            text = (
                "The published evidence, for and against, is set out under “Guidelines and literature” below."
            )
            return [paragraph(text, form(f"denial.answer.{reason.id}")), *_medical_answer(inputs, reason)]
        case DenialCategory.MEDICAL_NECESSITY | DenialCategory.EXPERIMENTAL | DenialCategory.LEVEL_OF_CARE:
            return _medical_answer(inputs, reason)
        case _:
            # Not a clinical question: nothing recorded answers it, and the letter check says so.
            return []


def _records_answer(inputs: LetterInputs) -> list[LetterParagraph]:
    count = len(inputs.case.documents)
    if count == 0:
        return []
    documents = "1 document" if count == 1 else f"{count} documents"
    text = f"In answer: {documents} of the record are enclosed and listed at the end of this letter."
    if inputs.case.treatments:
        text += " Treatments are set out, with the dates recorded, under “Treatment before this request”."
    if concession(inputs) is not None:
        text += " What is still missing is named under “What the record does not establish”."
    return [paragraph(text, form("denial.answer.records"), record("documents", "Documents of the case"))]


def _medical_answer(inputs: LetterInputs, reason: DenialReason) -> list[LetterParagraph]:
    answers: list[LetterParagraph] = []
    for line in _lines_of(inputs, reason):
        sentences: list[str] = []
        origins = [form(f"denial.answer.{reason.id}")]
        traces = inputs.traces_of(line)
        if traces:
            first = traces[0]
            sentences.append(f"Under the criteria “{set_name(first)}”: {standing_of(first)}.")
            origins.append(trace(first, "root"))
            if first.is_silent:
                see = "see “The criteria do not speak of this indication”"
                sentences.append(f"They do not speak of what the imaging shows; {see}.")
        if line in inputs.granted_lines:
            levels = inputs.granted_levels(line)
            where = f" at {level_list(levels)}" if levels else ""
            sentences.append(
                f"On the whole record the service was determined to be medically necessary{where}; "
                "the grounds are given under “Why this service”."
            )
            origins.append(record(f"determination.{line.id}", "Determination"))
        else:
            is_open = inputs.decision(line).decision is Decision.UNDECIDED
            decided = "It is not decided yet." if is_open else "This letter does not ask for this service."
            sentences.append(f"{decided} See “Relief requested”.")
            origins.append(record(f"determination.{line.id}", "Determination"))
        answers.append(paragraph(f"In answer, for {service_name(line)}: {' '.join(sentences)}", *origins))
    return answers
