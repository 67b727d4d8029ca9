"""The letter to the patient: what was asked, what the plan said, what was done, and what comes next, in plain words.

It must not forecast an outcome, advise on treatment, or state a right that no proven rule gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.clinical import affirmed_findings
from desktop.domain.determination import Decision
from desktop.domain.document import DocumentKind
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterTable
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.domain.truth import Truth
from desktop.letters.composing.closing import reference_list
from desktop.letters.composing.heading import letterhead
from desktop.letters.composing.naming import is_all_past
from desktop.letters.composing.open_points import OpenPoint, open_points
from desktop.letters.composing.patient_rights import rights
from desktop.letters.composing.patient_words import (
    DECISIONS,
    PAPERS,
    REASONS,
    plain_findings,
    plain_place,
    plain_service,
    plain_study,
)
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row, trace
from desktop.letters.wording import listed, long_date, one_line, opened, quoted

MOST_FINDINGS = 4
"""Kinds of findings told of one study: the report holds them all."""


def patient_blocks(inputs: LetterInputs) -> tuple[LetterBlock, ...]:
    """The whole letter in its order; a section with nothing to say is left out."""
    blocks = (
        letterhead(inputs),
        _date(inputs),
        _addressee(inputs),
        about(inputs),
        _opening(inputs),
        _section("said", "What the plan said", plan_said(inputs)),
        _section("done", "What we did", what_we_did(inputs)),
        _section("next", "What happens next", _next(inputs)),
        _section("send", "What you can do", what_you_can_do(inputs)),
        _section("rights", "Your rights", rights(inputs)),
        _section("call", "Whom to call", whom_to_call(inputs)),
        _signature(inputs),
        reference_list(inputs),
    )
    return tuple(block for block in blocks if block is not None)


def about(inputs: LetterInputs) -> LetterBlock | None:
    """What the paper is about, as rows: plan, numbers, and each service with where it was asked for."""
    denial, coverage = inputs.case.denial, inputs.case.coverage
    facts = (
        (
            "Your plan",
            " · ".join(filter(None, map(str.strip, (coverage.payer, coverage.plan_name)))),
            "coverage",
        ),
        ("Plan’s number", denial.reference_number.strip(), "denial.reference_number"),
        (
            "Date of the notice",
            long_date(denial.notice_dated_on) if denial.notice_dated_on else "",
            "denial.notice_dated_on",
        ),
    )
    rows = [row((name, value), record(path, name)) for name, value, path in facts if value]
    for line in inputs.case.service_lines:
        place = plain_place(line.levels, line.sides)
        asked = f"{opened(plain_service(line))} {place}".rstrip()
        rows.append(row(("Asked for", asked), record(f"service_lines.{line.id}", "Service line")))
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.RE),
        kind=BlockKind.RE,
        heading="About: the decision of your health plan",
        table=LetterTable(columns=("", ""), widths=(0.22, 0.78), rows=tuple(rows)),
    )


def plan_said(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """The reasons in the plan's own words, each followed by what it means."""
    denial = inputs.case.denial
    if not denial.reasons:
        return
    lead = "The plan wrote this. These are its own words, not ours:"
    yield paragraph(lead, form("patient.said"))
    for reason in denial.reasons:
        origin = record(f"denial.reasons.{reason.id}.verbatim", "Denial reason, word for word")
        yield paragraph(quoted(reason.verbatim), origin, is_quote=True)
        plain = REASONS.get(reason.category)
        if plain:
            kind = record(f"denial.reasons.{reason.id}.category", "Category of the reason")
            if is_all_past(inputs):
                plain = plain.replace(" need ", " needed ")
            yield paragraph(f"In plain words: {plain}.", kind, form("patient.said"))


def what_we_did(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """What was read, what the tests show where the care was asked for, and the decision on each service."""
    count = len(inputs.case.documents)
    if count:
        papers = "the paper" if count == 1 else f"the {count} papers"
        text = f"We read {papers} of your record."
        yield paragraph(text, record("documents", "Documents of the case"), form("patient.done"))
    yield from what_tests_show(inputs)
    for line in inputs.case.service_lines:
        yield decided(inputs, line)


def what_tests_show(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """What each test affirms where care was asked for, in plain words."""
    for study in inputs.case.imaging:
        found = list(affirmed_findings((study,), inputs.case.levels))
        names = plain_findings(found)[:MOST_FINDINGS]
        if names:
            origins = [record(f"imaging.{study.id}.findings.{item.id}", plain_study(study)) for item in found]
            text = f"What the {plain_study(study)} found: {'; '.join(names)}."
            yield paragraph(text, *origins, form("patient.tests"))


def decided(inputs: LetterInputs, line: ServiceLine) -> LetterParagraph:
    """The decision on one service in plain words, with where it holds and where it does not."""
    found = inputs.decision(line)
    is_had = line.timing is ServiceTiming.POST_SERVICE
    told = DECISIONS[found.decision]
    parts = [f"{opened(plain_service(line))}: {told.replace(' need ', ' needed ') if is_had else told}"]
    place = plain_place(inputs.granted_levels(line), inputs.named_sides(line))
    if place:
        parts.append(f"This is for the care {place}.")
    if line in inputs.granted_lines and (rest := inputs.where_left_out(line)):
        parts.append(f"We do not ask for it {rest}.")
    return paragraph(
        " ".join(parts), record(f"determination.{line.id}", "Determination"), form("patient.decided")
    )


def what_you_can_do(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """The papers that would settle an open point, by kind, and what to keep."""
    kinds = _papers_wanted(inputs)
    if kinds:
        lead = "Some papers would help. If you have any of these, please send us a copy:"
        yield paragraph(lead, form("patient.send"))
        for number, kind in enumerate(kinds, start=1):
            traces = [trace(point.evaluation, point.node.id, point.node.subject) for point in kinds[kind]]
            yield paragraph(f"{number}. {opened(PAPERS[kind])}.", *traces, form("patient.send"))
    text = (
        "Keep this letter and the notice. Tell us if your health changes. Tell us if you hear from the plan."
    )
    yield paragraph(text, form("patient.keep"))


def whom_to_call(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """The telephone of the ordering provider, and that of the plan in general words."""
    author = inputs.author
    if author is not None:
        name = one_line(author.organization) or one_line(author.name) or "our office"
        phone = one_line(author.phone)
        text = (
            f"If you have questions, call {name} at {phone}."
            if phone
            else f"If you have questions, ask {name}."
        )
        yield paragraph(text, record(f"providers.{author.id}", "Provider"), form("patient.call"))
    text = "You can also call your health plan. Use the number on your card or on the notice."
    yield paragraph(text, form("patient.call"))


def _papers_wanted(inputs: LetterInputs) -> dict[DocumentKind, list[OpenPoint]]:
    wanted: dict[DocumentKind, list[OpenPoint]] = {}
    for line in inputs.case.service_lines:
        for point in open_points(inputs, line):
            found = inputs.sets.get(point.evaluation.set_id)
            criterion = found.criterion(point.node.id) if found is not None else None
            for kind in criterion.evidence_types if criterion is not None else ():
                if kind in PAPERS and point.node.truth is Truth.UNKNOWN:
                    wanted.setdefault(kind, []).append(point)
    return wanted


def _section(name: str, heading: str, paragraphs: Iterator[LetterParagraph]) -> LetterBlock | None:
    told = tuple(paragraphs)
    if not told:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SECTION, name), kind=BlockKind.SECTION, heading=heading, paragraphs=told
    )


def _date(inputs: LetterInputs) -> LetterBlock:
    return LetterBlock(
        id=block_id(BlockKind.DATE),
        kind=BlockKind.DATE,
        paragraphs=(paragraph(long_date(inputs.today), form("date")),),
    )


def _addressee(inputs: LetterInputs) -> LetterBlock | None:
    name = inputs.case.member.full_name
    if not name:
        return None
    return LetterBlock(
        id=block_id(BlockKind.ADDRESSEE),
        kind=BlockKind.ADDRESSEE,
        paragraphs=(paragraph(name, record("member", "Member")),),
    )


def _opening(inputs: LetterInputs) -> LetterBlock:
    denial = inputs.case.denial
    name = inputs.case.member.full_name or "Patient"
    is_refused = bool(denial.reasons) or denial.notice_dated_on is not None
    care = "to paying for care that you had" if is_all_past(inputs) else "to care that your doctor asked for"
    first = (
        f"Your health plan said no {care}. This letter tells you what the plan said and what we did. It also tells "
        "you what you can do."
        if is_refused
        else "Your doctor asked your health plan for care. This letter tells you what we did and what you can do."
    )
    return LetterBlock(
        id=block_id(BlockKind.OPENING),
        kind=BlockKind.OPENING,
        paragraphs=(
            paragraph(f"Dear {name}:", record("member", "Member")),
            paragraph(first, form("patient.opening"), record("denial.reasons", "Denial reasons")),
        ),
    )


def _next(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """Whether and when an appeal went out, and what is asked of the plan."""
    sent = [letter for letter in inputs.earlier if letter.kind.is_appeal and letter.issued_at is not None]
    if sent and sent[-1].issued_at is not None:
        text = f"We wrote an appeal to the plan on {long_date(sent[-1].issued_at.date())}."
        yield paragraph(text, record("letters", "Letters issued before"), form("patient.next"))
    if inputs.granted_lines:
        names = listed(plain_service(line) for line in inputs.granted_lines)
        verb = (
            "We ask the plan to change its decision"
            if inputs.case.denial.reasons
            else "We ask the plan to agree"
        )
        text = f"{verb}. This is about {names}. An appeal can be won or lost, so we can’t tell you how it will end."
        yield paragraph(text, record("determination", "Determination"), form("patient.next"))
        if inputs.case.denial.is_expedited:
            yield paragraph(
                "We ask for a fast answer.", record("denial.is_expedited", "Urgency"), form("patient.next")
            )
    left = [line for line in inputs.other_lines if inputs.decision(line).decision is not Decision.UNDECIDED]
    if left:
        names = listed(plain_service(line) for line in left)
        text = f"For now, we do not ask for {names}."
        yield paragraph(text, record("determination", "Determination"), form("patient.next"))


def _signature(inputs: LetterInputs) -> LetterBlock:
    author = inputs.author
    paragraphs = [paragraph("Sincerely,", form("signature.closing"))]
    if author is not None and author.name.strip():
        where = record(f"providers.{author.id}", "Provider")
        name = ", ".join(part for part in (author.name.strip(), author.credential.strip()) if part)
        paragraphs.extend(paragraph(line, where) for line in (name, author.organization.strip()) if line)
    else:
        paragraphs.append(paragraph("Ordering provider not recorded", record("providers", "Providers")))
    return LetterBlock(
        id=block_id(BlockKind.SIGNATURE), kind=BlockKind.SIGNATURE, paragraphs=tuple(paragraphs)
    )
