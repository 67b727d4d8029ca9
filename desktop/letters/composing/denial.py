"""Opening and denial: what is asked, how it stands, and each reason in the notice's words with its answer."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.answers import answer_to
from desktop.letters.composing.column_widths import best_widths
from desktop.letters.composing.criteria import CriteriaTables, publisher_of
from desktop.letters.composing.criteria_tree import is_held_met, standing
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row, trace
from desktop.letters.wording import ended, listed, long_date, one_line, quoted, service_phrase


def opening(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock:
    """Who is written for, what was refused and what is asked, in a few sentences, and how each line stands."""
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
    asked = [
        service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        for line in inputs.granted_lines
    ]
    if asked:
        request = f"I ask that it be overturned for {listed(asked)}."
    else:
        request = "No service line has been determined to be medically necessary so far, so nothing is asked for yet."
    if case.denial.is_expedited:
        request += " An expedited decision is requested."
    decided = record("determination.lines", "Determination")
    rows = tuple(_standing_row(inputs, tables, line) for line in case.service_lines)
    columns = ("Service", "In this letter", "Criteria and result")
    return LetterBlock(
        id=block_id(BlockKind.OPENING),
        kind=BlockKind.OPENING,
        paragraphs=(
            paragraph("To whom it may concern:", form("opening.greeting")),
            paragraph(first, *origins),
            paragraph(f"{request} {_plan(inputs, tables)}".rstrip(), decided, form("opening.request")),
        ),
        table=LetterTable(columns=columns, widths=best_widths((0.30, 0.20, 0.50), rows), rows=rows)
        if rows
        else None,
    )


def _plan(inputs: LetterInputs, tables: CriteriaTables) -> str:
    """How the letter goes on; it promises no criterion and no words that the tables do not hold."""
    nodes = [
        node
        for table in tables.tables
        for row_node in table.layout.criteria
        for node in table.layout.at_levels(row_node)
    ]
    subjects = ["each stated reason"] if inputs.case.denial.reasons else []
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


def denial_block(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock:
    """The reasons quoted, each followed by its answer; the criteria named, or a demand for them."""
    denial = inputs.case.denial
    paragraphs: list[LetterParagraph] = []
    if not denial.reasons:
        text = "No reason for the refusal is recorded from the notice."
        paragraphs.append(paragraph(text, record("denial.reasons", "Denial reasons")))
    for reason in denial.reasons:
        origin = record(f"denial.reasons.{reason.id}.verbatim", "Denial reason, word for word")
        paragraphs.append(paragraph(quoted(reason.verbatim), origin, is_quote=True))
        paragraphs.extend(answer_to(inputs, tables, reason))
    paragraphs.extend(_notice(inputs))
    return LetterBlock(
        id=block_id(BlockKind.DENIAL),
        kind=BlockKind.DENIAL,
        heading="The reasons stated in the notice, and the answers",
        paragraphs=tuple(paragraphs),
    )


def _notice(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """The criteria and the reviewer that the notice names; a demand for criteria that it does not name."""
    denial = inputs.case.denial
    named = one_line(denial.criteria_named)
    origins = [record("denial.criteria_named", "Criteria named in the notice")]
    if named:
        text = f"The notice names these criteria: {ended(named)}"
    else:
        text = "The notice, as recorded, names no criteria. A copy of those applied, with their edition, is requested."
        origins.append(form("denial.criteria_demand"))
    reviewer = ", ".join(p for p in (denial.reviewer_name.strip(), denial.reviewer_credential.strip()) if p)
    if reviewer:
        text += f" It names as reviewer: {ended(one_line(reviewer))}"
        origins.append(record("denial.reviewer_name", "Reviewer named in the notice"))
    yield paragraph(text, *origins)
