"""The opening: who is written for, what was refused and what is asked, kind by kind, and how each line stands."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.determination import Decision
from desktop.domain.letter import (
    BlockKind,
    Letter,
    LetterBlock,
    LetterKind,
    LetterParagraph,
    LetterRow,
    LetterTable,
    Provenance,
)
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.asking import kept_lines
from desktop.letters.composing.column_widths import best_widths
from desktop.letters.composing.criteria import CriteriaTables, publisher_of
from desktop.letters.composing.criteria_tree import is_held_met, standing
from desktop.letters.composing.earlier import (
    answer_to_letter,
    appeals,
    first_appeal,
    is_answered_by_notice,
    last_appeal,
    printed_day,
)
from desktop.letters.composing.naming import is_all_past, is_appeal_there, is_statement, name_of_level
from desktop.letters.composing.talking import speakers
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, citing, form, paragraph, record, row, trace
from desktop.letters.references.numbering import literal
from desktop.letters.wording import listed, long_date, lowered, service_phrase

GREETING = "To whom it may concern:"

_PURPOSE = {
    LetterKind.FIRST_LEVEL: "to appeal {denial}. This is a first-level appeal.",
    LetterKind.SECOND_LEVEL: "to appeal, at the second level, {denial}.",
    LetterKind.EXPEDITED: "to appeal {denial}, and to ask that this first-level appeal be expedited.",
    LetterKind.RECONSIDERATION: "to ask that {denial} be looked at again.",
    LetterKind.EXTERNAL_REVIEW: "to ask for an independent external review of {denial}.",
    LetterKind.PEER_TO_PEER: "to ask for a peer-to-peer conversation about {denial}.",
    LetterKind.CLAIM_FILE: "to ask for the file behind {denial}, and for the criteria that were applied.",
    LetterKind.WITHDRAWAL: "to withdraw the appeal of {denial}.",
}


_AFTER_OTHERS = (LetterKind.SECOND_LEVEL, LetterKind.EXTERNAL_REVIEW)


def opening(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock:
    """Greeting, purpose and request in a few sentences, and each line at a glance in a table."""
    rows = tuple(_standing_row(inputs, tables, line) for line in inputs.case.service_lines)
    columns = ("Service", "In this letter", "Criteria and result")
    decided = record("determination.lines", "Determination")
    request = f"{_request(inputs)} {_plan(inputs, tables)}".strip()
    return _block(
        inputs,
        (paragraph(request, decided, form("opening.request")),),
        LetterTable(columns=columns, widths=best_widths((0.30, 0.20, 0.50), rows), rows=rows)
        if rows
        else None,
    )


def short_opening(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock:
    """Greeting and purpose only, for a letter that argues nothing."""
    return _block(inputs, tuple(_of_short(inputs)), None)


def _block(inputs: LetterInputs, more: tuple[LetterParagraph, ...], table: LetterTable | None) -> LetterBlock:
    return LetterBlock(
        id=block_id(BlockKind.OPENING),
        kind=BlockKind.OPENING,
        paragraphs=(
            paragraph(GREETING, form("opening.greeting")),
            _purpose(inputs),
            *_history_of_appeals(inputs),
            *more,
        ),
        table=table,
    )


def _purpose(inputs: LetterInputs) -> LetterParagraph:
    """For whom and to what end, with the name that the plan's rules give it."""
    case = inputs.case
    name = case.member.full_name or "the member named above"
    age = case.member.age_on(inputs.today)
    who = f"{name}, who is {age} years old," if age is not None else name
    if inputs.kind is LetterKind.MEDICAL_NECESSITY:
        act = "cover" if is_all_past(inputs) else "authorize"
        of_payer = f"and to ask {case.coverage.payer.strip() or 'the plan'} to {act} it"
        what = f"to set out why the service named above is medically necessary {of_payer}."
        if len(case.service_lines) > 1:
            what = what.replace("service named above is", "services named above are").replace(
                " it.", " them."
            )
    elif inputs.kind is LetterKind.WITHDRAWAL and kept_lines(inputs):
        what = f"to withdraw in part the appeal of {_denial(inputs)}."
    elif is_statement(inputs):
        what = f"to add this statement to the file of {_denial(inputs)}, for the independent reviewer."
    elif inputs.kind is LetterKind.RECONSIDERATION and is_appeal_there(inputs):
        what = f"to ask for reconsideration of {_denial(inputs)}."
    else:
        what = _PURPOSE[inputs.kind].format(denial=_denial(inputs))
    origins = (
        form("opening"),
        record("member", "Member"),
        record("denial.notice_dated_on", "Date of the notice"),
        record("coverage.payer", "Payer"),
    )
    named, claims = name_of_level(inputs)
    text = literal(f"I write for {who} {what}")
    if not named:
        return citing(text, *origins)
    business = record("coverage.line_of_business", "Line of business")
    return citing(f"{text} {named}", *origins, business, *(cited(claim.reference_id) for claim in claims))


def _denial(inputs: LetterInputs) -> str:
    payer = inputs.case.coverage.payer.strip()
    of_payer = f"of {payer} " if payer else ""
    noticed = inputs.case.denial.notice_dated_on
    return (
        f"the adverse determination {of_payer}{f'dated {long_date(noticed)}' if noticed else 'named above'}"
    )


def _history_of_appeals(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """What was sent before, and what the record holds of the plan's answer."""
    match inputs.kind:
        case LetterKind.SECOND_LEVEL:
            first = first_appeal(inputs)
            sent = (first,) if first is not None else ()
        case LetterKind.EXTERNAL_REVIEW:
            sent = appeals(inputs)
        case LetterKind.WITHDRAWAL:
            last = last_appeal(inputs)
            sent = (last,) if last is not None else ()
        case _:
            return
    if sent:
        yield _sent(inputs, sent)


def _sent(inputs: LetterInputs, letters: tuple[Letter, ...]) -> LetterParagraph:
    named = [f"the {lowered(letter.kind.label)} of {printed_day(letter)}" for letter in letters]
    origins: list[Provenance] = [
        record(f"letters.{letter.id}", f"{letter.kind.label}, as issued") for letter in letters
    ]
    text = f"This letter was preceded by {listed(named)}."
    if inputs.kind is LetterKind.WITHDRAWAL:
        return paragraph(f"What is withdrawn is {named[-1]}.", *origins, form("opening.withdrawn"))
    last = letters[-1]
    answer = answer_to_letter(inputs, last)
    if is_answered_by_notice(inputs, last):
        text += " The determination named above is the plan’s answer to that."
        origins.append(record("denial.notice_dated_on", "Date of the notice"))
    elif answer is not None:
        text += f" The plan’s answer to that is enclosed: {inputs.source_text(answer)}."
        origins.append(record(f"documents.{answer.id}", "Document"))
    else:
        text += " The plan’s answer to that is not among the documents enclosed; a copy is requested."
        origins.append(record("documents", "Documents of the case"))
    return paragraph(text, *origins, form("opening.preceded"))


def _request(inputs: LetterInputs) -> str:
    asked = [
        service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        for line in inputs.granted_lines
    ]
    if not asked:
        return "No service line has been determined to be medically necessary so far, so nothing is asked for yet."
    if inputs.kind is LetterKind.MEDICAL_NECESSITY:
        act = "Coverage" if is_all_past(inputs) else "Authorization"
        text = f"{act} is asked for {listed(asked)}."
    else:
        # After letters were named, “it” would be one of them.
        what = "the determination" if inputs.kind in _AFTER_OTHERS else "it"
        text = f"I ask that {what} be overturned for {listed(asked)}."
    if inputs.kind is LetterKind.RECONSIDERATION and not is_appeal_there(inputs):
        text += " This letter comes before an appeal and is not one: the right to appeal is reserved."
    # An expedited appeal says so in its purpose.
    if inputs.is_urgent and inputs.kind is not LetterKind.EXPEDITED:
        text += " An expedited decision is requested."
    return text


def _of_short(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """What a letter that argues nothing says beside its purpose."""
    denial = inputs.case.denial
    match inputs.kind:
        case LetterKind.PEER_TO_PEER:
            text = "It is asked for with the physician who decides, before any further decision on these services."
            if denial.peer_to_peer_phone.strip():
                text += f" The notice names the number {denial.peer_to_peer_phone.strip()} for it."
            text += " This request is no appeal and does not take the place of one: the right to appeal is reserved."
            origins = (
                form("opening.peer_to_peer"),
                record("denial.peer_to_peer_phone", "Peer-to-peer number"),
            )
            yield paragraph(text, *origins)
            yield from speakers(inputs)
        case LetterKind.CLAIM_FILE:
            text = "They are needed to answer the determination point by point. This letter is not an appeal."
            yield paragraph(text, form("opening.claim_file"))
        case _:
            return


def _plan(inputs: LetterInputs, tables: CriteriaTables) -> str:
    """How the letter goes on; it promises no criterion and no words that the tables do not hold."""
    nodes = [
        node
        for table in tables.tables
        for row_node in table.layout.criteria
        for node in table.layout.at_levels(row_node)
    ]
    answers_reasons = inputs.kind.is_appeal and bool(inputs.case.denial.reasons)
    subjects = ["each stated reason"] if answers_reasons else []
    if not nodes:
        return "Each stated reason is taken in turn below." if subjects else ""
    subjects.append("each criterion")
    taken = listed(subjects)
    where = "the enclosure (Encl.), its date and the page"
    met = [inputs.supports(node) for node in nodes if is_held_met(node)]
    if not any(inputs.evidence(node.evidence_ids) for node in nodes):
        words = ""
    elif all(met):
        words = f", with the words of the record and where they stand: {where}"
    else:
        words = f", with the words of the record that are linked to it and where they stand: {where}"
    return (
        f"{taken[0].upper()}{taken[1:]} is taken in turn below{words}. Where a criterion is not met or not "
        "documented, this letter says so."
    )


def _standing_row(inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine) -> LetterRow:
    """One line at a glance: what is asked for, and how each of its sets came out there."""
    decision = inputs.decision(line).decision
    if line in inputs.granted_lines:
        rest = inputs.where_left_out(line)
        asked = f"Asked for {inputs.where_granted(line)}".rstrip()
        asked += f"\nNot asked for {rest}" if rest else ""
    elif decision is Decision.UNDECIDED:
        asked = "Not decided yet"
    else:
        asked = f"Not asked for: {decision.label.lower()}"
    results: list[str] = []
    origins = [
        record(f"service_lines.{line.id}", "Service line"),
        record(f"determination.{line.id}", "Decision"),
    ]
    for evaluation in inputs.traces_of(line):
        table = tables.of(evaluation)
        levels = table.layout.levels if table is not None else evaluation.levels
        name = f"{table.name}, {publisher_of(evaluation)}" if table is not None else publisher_of(evaluation)
        silent = "; silent on what the imaging shows" if evaluation.is_silent else ""
        results.append(f"{name}: {standing(levels)}{silent}")
        origins.append(trace(evaluation, "root"))
    cells = (service_phrase(line), asked, "\n".join(results) or "No criteria set was applied")
    return row(cells, *origins)
