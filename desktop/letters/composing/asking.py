"""What is asked for: the requests of each kind of letter, the relief line by line, and what a withdrawal takes back."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterKind, LetterParagraph
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.earlier import last_appeal, printed_day, unanswered_appeal
from desktop.letters.composing.legal import legal_paragraphs
from desktop.letters.composing.naming import is_statement
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import long_date, lowered, service_phrase

_CRITERIA = (
    "the criteria applied, with publisher, title and edition, and the plan’s definition of medical necessity"
)
_REVIEWERS = "the name, credentials and specialty of each reviewer who took part in the denial"
_ROWS = (
    "for each row of the tables above with which the reviewer disagrees, its number, the reason and the record "
    "relied on"
)

_LEADS = {
    LetterKind.EXTERNAL_REVIEW: "The independent reviewer is asked:",
    LetterKind.WITHDRAWAL: "The plan is asked to confirm in writing:",
}
_WITHOUT_LAW = (LetterKind.PEER_TO_PEER, LetterKind.WITHDRAWAL)
_LISTED = (LetterKind.PEER_TO_PEER, LetterKind.CLAIM_FILE, LetterKind.WITHDRAWAL)
"""Letters of which the requests are the heart: one under another."""


def requests(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock:
    """What the reader is asked to do or hand over, and the rules that say so where the plan's kind is known."""
    asks = tuple(_asks(inputs))
    lead = _LEADS.get(inputs.kind, "The plan is asked for:")
    origin = form(f"requests.{inputs.kind.slug}")
    if inputs.kind in _LISTED:
        paragraphs = [paragraph(lead, origin)]
        paragraphs.extend(
            paragraph(f"{number}. {text}.", origin) for number, text in enumerate(asks, start=1)
        )
    else:
        lettered = "; ".join(f"({number}) {text}" for number, text in enumerate(asks, start=1))
        paragraphs = [paragraph(f"{lead} {lettered}.", origin)]
    if is_statement(inputs):
        text = "The plan is asked to place this statement with its enclosures in the file that it sends on."
        paragraphs.insert(0, paragraph(text, form("requests.statement")))
    if inputs.kind is LetterKind.CLAIM_FILE:
        paragraphs.extend(_in_time(inputs))
    if inputs.kind not in _WITHOUT_LAW:
        paragraphs.extend(legal_paragraphs(inputs))
    return LetterBlock(
        id=block_id(BlockKind.REQUESTS),
        kind=BlockKind.REQUESTS,
        heading="Requests",
        paragraphs=tuple(paragraphs),
    )


def _asks(inputs: LetterInputs) -> Iterator[str]:
    match inputs.kind:
        case LetterKind.EXTERNAL_REVIEW:
            yield "to decide each service, and each level or side of it, on its own"
            yield "to name the criteria and the evidence on which the decision rests"
            if inputs.reasons:
                yield f"to state, {_ROWS}"
            if missing := _missing_answer(inputs):
                yield f"to obtain the plan’s {missing}"
        case LetterKind.PEER_TO_PEER:
            yield "a conversation with the physician who decides, with training and experience in the field concerned"
            yield "the name, credentials and specialty of that physician before it"
            yield "the criteria that are held not to be met, with publisher, title and edition"
            if not inputs.case.denial.peer_to_peer_phone.strip():
                yield "the number to call"
            yield "the last day and the hours at which it can be held, and a number under which it is recorded"
        case LetterKind.CLAIM_FILE:
            yield "the complete file of this determination, with the records, notes and advice on which it rests"
            yield f"{_CRITERIA}; of the criteria also the dates they are in force and every change the plan made"
            yield "the provisions of the plan that were relied on"
            yield _REVIEWERS
        case LetterKind.MEDICAL_NECESSITY:
            yield "its decision in writing, service by service"
            yield "a peer-to-peer conversation before any refusal"
            yield f"with any refusal, {_CRITERIA}"
        case LetterKind.WITHDRAWAL:
            yield "that the appeal is closed for what is named above, and from which day"
            yield "until which day another appeal of it could be filed"
        case _:
            yield _CRITERIA
            yield _REVIEWERS
            yield "the records, notes and advice on which the denial rests"
            if inputs.kind is LetterKind.SECOND_LEVEL:
                yield "a reviewer who took part in neither of the earlier decisions"
                if missing := _missing_answer(inputs):
                    yield f"its {missing}"
            if inputs.reasons:
                yield _ROWS
            call = "a peer-to-peer conversation before any decision to uphold"
            has_number = bool(inputs.case.denial.peer_to_peer_phone.strip())
            yield call if has_number else f"{call}, and the number to call for it"


def _missing_answer(inputs: LetterInputs) -> str:
    """The answer to the latest appeal where nothing on file is one; empty else."""
    letter = unanswered_appeal(inputs)
    if letter is None:
        return ""
    named = f"{lowered(letter.kind.label)} of {printed_day(letter)}"
    return f"answer to the {named}, which is not among the documents enclosed"


def _in_time(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    stated = inputs.case.denial.deadline_stated_on
    if stated is not None:
        text = (
            f"The notice states {long_date(stated)} as the last day for an appeal: the answer is needed in time "
            "before it."
        )
        yield paragraph(text, record("denial.deadline_stated_on", "Deadline the notice states"))


def relief(inputs: LetterInputs) -> LetterBlock:
    """What is asked for line by line, with levels and sides, and what is not asked for."""
    paragraphs: list[LetterParagraph] = []
    for index, line in enumerate(inputs.granted_lines, start=1):
        granted = inputs.granted_levels(line)
        text = f"{index}. {_act(inputs, line)} {service_phrase(line, granted, inputs.granted_sides(line))}."
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
        text = f"Not asked for: {service_phrase(line)} ({_why_not(inputs, line)})."
        paragraphs.append(paragraph(text, record(f"determination.{line.id}", "Determination")))
    is_first = inputs.kind is LetterKind.MEDICAL_NECESSITY
    return LetterBlock(
        id=block_id(BlockKind.RELIEF),
        kind=BlockKind.RELIEF,
        heading="What is requested" if is_first else "Relief requested",
        paragraphs=tuple(paragraphs),
    )


def _act(inputs: LetterInputs, line: ServiceLine) -> str:
    is_past = line.timing is ServiceTiming.POST_SERVICE
    if inputs.kind is LetterKind.MEDICAL_NECESSITY:
        return "Cover" if is_past else "Authorize"
    if inputs.kind is LetterKind.EXTERNAL_REVIEW:
        return "Overturn the denial of"
    return "Reverse the denial and pay for" if is_past else "Reverse the denial and authorize"


def _why_not(inputs: LetterInputs, line: ServiceLine) -> str:
    match inputs.decision(line).decision:
        case Decision.UNDECIDED:
            return "it is undecided"
        case Decision.CANNOT_DETERMINE:
            return "on this record it cannot be determined"
        case decision:
            return f"determined as: {decision.label.lower()}"


def withdrawn_lines(inputs: LetterInputs) -> tuple[ServiceLine, ...]:
    """What a withdrawal takes back: what was appealed and is no longer asked for, or all of it while it still is."""
    appealed = _appealed(inputs)
    return tuple(line for line in appealed if line not in inputs.granted_lines) or appealed


def kept_lines(inputs: LetterInputs) -> tuple[ServiceLine, ...]:
    """What was appealed and is not withdrawn."""
    gone = withdrawn_lines(inputs)
    return tuple(line for line in _appealed(inputs) if line not in gone)


def _appealed(inputs: LetterInputs) -> tuple[ServiceLine, ...]:
    """The lines that the last issued appeal asked for; every line where that cannot be seen."""
    last = last_appeal(inputs)
    asked = {
        origin.ref.removeprefix("determination.")
        for block in (last.content.blocks if last is not None else ())
        if block.kind is BlockKind.RELIEF
        for item in block.paragraphs
        if any(origin.ref == "relief.granted" for origin in item.provenance)
        for origin in item.provenance
    }
    lines = inputs.case.service_lines
    return tuple(line for line in lines if line.id in asked) or lines


def _withdrawn(inputs: LetterInputs, line: ServiceLine) -> str:
    """The service where it was appealed; as requested, where the determination no longer asks for it."""
    is_granted = line in inputs.granted_lines
    levels = inputs.granted_levels(line) if is_granted else None
    return service_phrase(line, levels, inputs.granted_sides(line) if is_granted else None)


def withdrawal(inputs: LetterInputs) -> LetterBlock:
    """What is withdrawn and what goes on, line by line; the right to appeal again is kept."""
    gone = withdrawn_lines(inputs)
    origins = [record(f"determination.{line.id}", "Determination") for line in inputs.case.service_lines]
    paragraphs = [
        paragraph(
            f"{index}. Withdrawn: {_withdrawn(inputs, line)}.",
            record(f"determination.{line.id}", "Determination"),
        )
        for index, line in enumerate(gone, start=1)
    ]
    kept = kept_lines(inputs)
    for line in kept:
        asked = service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        text = f"Not withdrawn: {asked}. The appeal goes on for it."
        paragraphs.append(paragraph(text, record(f"determination.{line.id}", "Determination")))
    text = (
        "This withdrawal is not meant to give up any right to appeal again, and it says nothing about whether the "
        "determination was right."
    )
    paragraphs.append(paragraph(text, form("withdrawal.rights"), *origins))
    return LetterBlock(
        id=block_id(BlockKind.RELIEF),
        kind=BlockKind.RELIEF,
        heading="What is withdrawn",
        paragraphs=tuple(paragraphs),
    )
