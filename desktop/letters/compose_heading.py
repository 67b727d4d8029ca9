"""Letterhead, date, addressee and RE block; it states what the record holds and says "not recorded" elsewhere."""

from __future__ import annotations

from desktop.domain.letter import BlockKind, LetterBlock, LetterRow, LetterTable, Provenance
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import (
    NOT_RECORDED,
    code_text,
    date_row,
    listed,
    long_date,
    one_line,
    quoted,
    service_phrase,
)


def letterhead(inputs: LetterInputs) -> LetterBlock | None:
    """Practice, clinician, address, telephone, fax and NPI of the author; None without an author."""
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
    return LetterBlock(
        id=block_id(BlockKind.LETTERHEAD),
        kind=BlockKind.LETTERHEAD,
        paragraphs=tuple(paragraph(line, record(where, "Provider")) for line in lines if line),
    )


def date_block(inputs: LetterInputs) -> LetterBlock:
    """The day of the letter and how it is sent, as far as the notice says where to."""
    denial = inputs.case.denial
    ways = [
        f"{label} {value.strip()}"
        for label, value in (("by fax to", denial.appeal_fax), ("through the portal:", denial.appeal_portal))
        if value.strip()
    ]
    if denial.appeal_address.strip():
        ways.append("by mail to the address below")
    paragraphs = [paragraph(long_date(inputs.today), form("date"))]
    if ways:
        sent = "; ".join(ways)
        origin = record("denial.appeal_address", "Where the notice says to send an appeal")
        paragraphs.append(paragraph(sent[0].upper() + sent[1:], origin))
    return LetterBlock(id=block_id(BlockKind.DATE), kind=BlockKind.DATE, paragraphs=tuple(paragraphs))


def addressee(inputs: LetterInputs) -> LetterBlock | None:
    """Who the notice says to write to; None when neither addressee nor payer is recorded."""
    case = inputs.case
    named = case.denial.appeal_addressee.strip()
    payer = case.coverage.payer.strip()
    in_notice = record("denial.appeal_addressee", "Addressee in the notice")
    at = record("denial.appeal_address", "Address in the notice")
    lines = [paragraph(line.strip(), in_notice) for line in named.splitlines() if line.strip()]
    if payer and payer.casefold() not in named.casefold():
        lines.append(paragraph(payer, record("coverage.payer", "Payer")))
    address = case.denial.appeal_address.splitlines()
    lines.extend(paragraph(line.strip(), at) for line in address if line.strip())
    if not lines:
        return None
    return LetterBlock(id=block_id(BlockKind.ADDRESSEE), kind=BlockKind.ADDRESSEE, paragraphs=tuple(lines))


def re_block(inputs: LetterInputs) -> LetterBlock:
    """Who and what the letter is about, as label and value; essentials are shown even when not recorded."""
    case = inputs.case
    member, denial, coverage = case.member, case.denial, case.coverage
    rows: list[LetterRow] = []

    def row(label: str, value: str, path: str, *, is_essential: bool = False) -> None:
        text = value.strip()
        if text or is_essential:
            rows.append(_row(label, text or NOT_RECORDED, record(path, label)))

    if denial.is_expedited:
        rows.append(
            _row("EXPEDITED", "Expedited review is requested", record("denial.is_expedited", "Urgency"))
        )
    row("Member", member.full_name, "member", is_essential=True)
    row("Date of birth", date_row(member.date_of_birth), "member.date_of_birth")
    row("Member ID", member.member_id, "member.member_id", is_essential=True)
    row("Group number", member.group_number, "member.group_number")
    row("Subscriber", member.subscriber_name, "member.subscriber_name")
    row("Plan", " · ".join(p for p in (coverage.payer.strip(), coverage.plan_name.strip()) if p), "coverage")
    row("Reference number", denial.reference_number, "denial.reference_number", is_essential=True)
    row("Authorization number", denial.authorization_number, "denial.authorization_number")
    row("Claim number", denial.claim_number, "denial.claim_number")
    for index, line in enumerate(case.service_lines):
        label = "Services" if index == 0 and len(case.service_lines) > 1 else "Service" if index == 0 else ""
        rows.append(_row(label, service_phrase(line), record(f"service_lines.{line.id}", "Service line")))
    _dates_of_service(inputs, rows)
    codes = [f"{item.code.strip()} {one_line(item.title)}".strip() for item in case.diagnoses]
    row("Diagnoses", "\n".join(code for code in codes if code), "diagnoses")
    row("Date of notice", date_row(denial.notice_dated_on), "denial.notice_dated_on")
    row("Notice received", long_date(denial.received_on) if denial.received_on else "", "denial.received_on")
    for index, reason in enumerate(denial.reasons):
        label = "Reason stated" if index == 0 else ""
        rows.append(
            _row(
                label,
                quoted(reason.verbatim),
                record(f"denial.reasons.{reason.id}.verbatim", "Denial reason"),
            )
        )
    return LetterBlock(
        id=block_id(BlockKind.RE),
        kind=BlockKind.RE,
        heading="RE: Appeal of an adverse determination",
        table=LetterTable(columns=("", ""), widths=(0.26, 0.74), rows=tuple(rows)),
    )


def _dates_of_service(inputs: LetterInputs, rows: list[LetterRow]) -> None:
    lines = [line for line in inputs.case.service_lines if line.service_on is not None]
    days: dict[str, list[ServiceLine]] = {}
    for line in lines:
        verb = "Performed on" if line.timing is ServiceTiming.POST_SERVICE else "Planned for"
        days.setdefault(f"{verb} {long_date(line.service_on)}", []).append(line)
    for index, (when, those) in enumerate(days.items()):
        names = listed(code_text(line) or one_line(line.label) for line in those)
        text = when if len(those) == len(inputs.case.service_lines) else f"{when}: {names}"
        origins = tuple(record(f"service_lines.{line.id}.service_on", "Date of service") for line in those)
        label = "Date of service" if index == 0 else ""
        rows.append(LetterRow(cells=(label, text), provenance=origins))


def _row(label: str, value: str, origin: Provenance) -> LetterRow:
    return LetterRow(cells=(label, value), provenance=(origin,))
