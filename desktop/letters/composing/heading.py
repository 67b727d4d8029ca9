"""Letterhead, date, addressee and RE block; it states what the record holds and says "not recorded" elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from desktop.domain.denial import AdverseDetermination
from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterKind,
    LetterParagraph,
    LetterRow,
    LetterTable,
    Provenance,
)
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.letters.composing.naming import re_line
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, heading_row, paragraph, record, row
from desktop.letters.wording import (
    NOT_RECORDED,
    code_text,
    date_row,
    listed,
    long_date,
    one_line,
    opened,
    service_phrase,
)

_Fact = tuple[str, str, Provenance]

_REASONS_BELOW = {
    **{kind: "quoted and answered below" for kind in LetterKind if kind.is_appeal},
    LetterKind.PEER_TO_PEER: "quoted below",
    LetterKind.CLAIM_FILE: "quoted below",
}
"""Letters that quote the reasons of the notice, and what they say of it."""

_WITHOUT_DIAGNOSES = (LetterKind.PEER_TO_PEER, LetterKind.CLAIM_FILE, LetterKind.WITHDRAWAL)
"""Letters that argue nothing need no diagnosis, and tell none."""


def letterhead(inputs: LetterInputs) -> LetterBlock | None:
    """The lines of the chosen letterhead, or practice, clinician, address and numbers of the author; None without."""
    chosen = inputs.letterhead
    typed = [one_line(line) for line in chosen.lines if line.strip()] if chosen is not None else []
    if chosen is not None and typed:
        origin = record(f"letterheads.{chosen.id}", f"Letterhead {one_line(chosen.name)}".rstrip())
        return _letterhead([paragraph(line, origin) for line in typed])
    author = inputs.author
    if author is None:
        return None
    where = f"providers.{author.id}"
    name = ", ".join(part for part in (author.name.strip(), author.credential.strip()) if part)
    person = " · ".join(part for part in (name, author.specialty.strip()) if part)
    address = " · ".join(part.strip() for part in author.address.splitlines() if part.strip())
    reach = " · ".join(
        f"{label} {value.strip()}"
        for label, value in (("Tel", author.phone), ("Fax", author.fax), ("NPI", author.npi))
        if value.strip()
    )
    first = author.organization.strip()
    lines = (first, person, address, reach) if first else (person, address, reach)
    return _letterhead([paragraph(line, record(where, "Provider")) for line in lines if line])


def _letterhead(lines: list[LetterParagraph]) -> LetterBlock:
    return LetterBlock(id=block_id(BlockKind.LETTERHEAD), kind=BlockKind.LETTERHEAD, paragraphs=tuple(lines))


def date_block(inputs: LetterInputs) -> LetterBlock:
    """The day of the letter and how it is sent, as far as the notice says where to."""
    denial = inputs.case.denial if inputs.kind is not LetterKind.MEDICAL_NECESSITY else AdverseDetermination()
    ways = {
        field: words
        for field, words, value in (
            ("appeal_fax", f"by fax to {denial.appeal_fax.strip()}", denial.appeal_fax),
            ("appeal_portal", f"through the portal: {denial.appeal_portal.strip()}", denial.appeal_portal),
            ("appeal_address", "by mail to the address below", denial.appeal_address),
        )
        if value.strip()
    }
    paragraphs = [paragraph(long_date(inputs.today), form("date"))]
    if ways:
        origins = (record(f"denial.{field}", "Where the notice says to send an appeal") for field in ways)
        paragraphs.append(paragraph(opened("; ".join(ways.values())), *origins))
    return LetterBlock(id=block_id(BlockKind.DATE), kind=BlockKind.DATE, paragraphs=tuple(paragraphs))


def addressee(inputs: LetterInputs) -> LetterBlock | None:
    """Who the notice says to write to; None when neither addressee nor payer is recorded."""
    case = inputs.case
    # A first request goes to the plan, not to where its notices send appeals.
    denial = case.denial if inputs.kind is not LetterKind.MEDICAL_NECESSITY else AdverseDetermination()
    named = denial.appeal_addressee.strip()
    payer = case.coverage.payer.strip()
    in_notice = record("denial.appeal_addressee", "Addressee in the notice")
    at = record("denial.appeal_address", "Address in the notice")
    lines = [paragraph(line.strip(), in_notice) for line in named.splitlines() if line.strip()]
    reviewer = one_line(case.denial.reviewer_name)
    if reviewer and inputs.kind is LetterKind.PEER_TO_PEER:
        at_reviewer = record("denial.reviewer_name", "Reviewer named in the notice")
        lines.insert(0, paragraph(f"For the attention of {reviewer}", at_reviewer))
    if payer and payer.casefold() not in named.casefold():
        lines.append(paragraph(payer, record("coverage.payer", "Payer")))
    address = denial.appeal_address.splitlines()
    lines.extend(paragraph(line.strip(), at) for line in address if line.strip())
    if not lines:
        return None
    return LetterBlock(id=block_id(BlockKind.ADDRESSEE), kind=BlockKind.ADDRESSEE, paragraphs=tuple(lines))


def re_block(inputs: LetterInputs) -> LetterBlock:
    """Who and what the letter is about; short facts two to a row, essentials shown even when not recorded."""
    case = inputs.case
    member, denial, coverage = case.member, case.denial, case.coverage
    who = [
        _fact("Member", member.full_name or NOT_RECORDED, "member"),
        _fact("Date of birth", date_row(member.date_of_birth), "member.date_of_birth"),
        _fact("Member ID", member.member_id.strip() or NOT_RECORDED, "member.member_id"),
        _fact("Group number", member.group_number, "member.group_number"),
        _fact("Subscriber", member.subscriber_name, "member.subscriber_name"),
    ]
    is_first_request = inputs.kind is LetterKind.MEDICAL_NECESSITY
    missing = "" if is_first_request else NOT_RECORDED
    # A first request says nothing of a notice.
    noticed = "" if is_first_request else date_row(denial.notice_dated_on)
    received = long_date(denial.received_on) if denial.received_on and not is_first_request else ""
    numbers = [
        _fact("Reference number", denial.reference_number.strip() or missing, "denial.reference_number"),
        _fact("Authorization", denial.authorization_number, "denial.authorization_number"),
        _fact("Claim number", denial.claim_number, "denial.claim_number"),
        _fact("Date of notice", noticed, "denial.notice_dated_on"),
        _fact("Notice received", received, "denial.received_on"),
    ]
    rows: list[LetterRow] = []
    if inputs.is_urgent and inputs.kind is not LetterKind.WITHDRAWAL:
        asked = record("denial.is_expedited", "Urgency")
        rows.append(heading_row("EXPEDITED: expedited review is requested", asked))
    rows.extend(_side_by_side([item for item in who if item[1]], [item for item in numbers if item[1]]))
    plan = " · ".join(p for p in (coverage.payer.strip(), coverage.plan_name.strip()) if p)
    if plan:
        rows.append(row(("Plan", plan), record("coverage", "Plan")))
    if case.service_lines:
        label = "Services" if len(case.service_lines) > 1 else "Service"
        origins = (record(f"service_lines.{line.id}", "Service line") for line in case.service_lines)
        rows.append(row((label, "\n".join(map(service_phrase, case.service_lines))), *origins))
    rows.extend(_dates_of_service(inputs))
    codes = [f"{item.code.strip()} {one_line(item.title)}".strip() for item in case.diagnoses]
    if any(codes) and inputs.kind not in _WITHOUT_DIAGNOSES:
        rows.append(row(("Diagnoses", "; ".join(filter(None, codes))), record("diagnoses", "Diagnoses")))
    if denial.reasons and inputs.kind in _REASONS_BELOW:
        kinds = listed(dict.fromkeys(reason.category.label.lower() for reason in denial.reasons))
        origins = (record(f"denial.reasons.{item.id}", "Denial reason") for item in denial.reasons)
        rows.append(
            row(("Reasons", f"{kinds[0].upper()}{kinds[1:]}; {_REASONS_BELOW[inputs.kind]}"), *origins)
        )
    return LetterBlock(
        id=block_id(BlockKind.RE),
        kind=BlockKind.RE,
        heading=f"RE: {re_line(inputs)}",
        table=LetterTable(columns=("", "", "", ""), widths=(0.16, 0.34, 0.18, 0.32), rows=tuple(rows)),
    )


def _fact(label: str, value: str, path: str) -> _Fact:
    return label, value.strip(), record(path, label)


def _side_by_side(left: list[_Fact], right: list[_Fact]) -> Iterator[LetterRow]:
    for one, other in zip_longest(left, right):
        present = [item for item in (one, other) if item is not None]
        texts = [text for label, value, _ in present for text in (label, value)]
        # A fact without a neighbour stands in its own column.
        cells = ("", "", *texts) if one is None else texts
        yield row(cells, *(origin for _, _, origin in present))


def _dates_of_service(inputs: LetterInputs) -> Iterator[LetterRow]:
    """The date of service, once where it is the same for every line."""
    dated = [line for line in inputs.case.service_lines if line.service_on is not None]
    days: dict[str, list[ServiceLine]] = {}
    for line in dated:
        # A day that has gone by is planned no more, and nothing says that the service was had on it.
        is_gone = line.service_on is not None and line.service_on < inputs.today
        ahead = "Requested for" if is_gone else "Planned for"
        verb = "Performed on" if line.timing is ServiceTiming.POST_SERVICE else ahead
        days.setdefault(f"{verb} {long_date(line.service_on)}", []).append(line)
    texts = [
        when
        if len(those) == len(inputs.case.service_lines)
        else f"{when}: {listed(code_text(line) or one_line(line.label) for line in those)}"
        for when, those in days.items()
    ]
    if texts:
        origins = (record(f"service_lines.{line.id}.service_on", "Date of service") for line in dated)
        yield row(("Date of service", "\n".join(texts)), *origins)
