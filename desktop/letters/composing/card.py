"""The peer-to-peer card: one page for the speaker's own hand; it must not hold anything the record does not say.

It is never sent. It names few things and says where the rest stands: a page that has to be turned is no card.
"""

from __future__ import annotations

from desktop.domain.letter import BlockKind, LetterBlock, LetterRow, LetterTable
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.card_criterion import LONGEST_FIELD, brief, criterion_at_issue
from desktop.letters.composing.card_facts import facts
from desktop.letters.composing.card_objections import objections
from desktop.letters.composing.closing import reference_list
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row
from desktop.letters.wording import (
    counted,
    long_date,
    service_name,
    service_phrase,
    short_date,
    shortened,
)

ROOM = 3_400
"""Characters that fit a page in the type of a card: objections give way first, the letter has them all."""

MOST_LINES = 4
"""Service lines named one by one."""


def card_blocks(inputs: LetterInputs) -> tuple[LetterBlock, ...]:
    """The card from top to bottom: who, the ask, facts, the criterion, objections, caution, and a form for the call."""
    before = (_about(inputs), _ask(inputs), _facts(inputs), criterion_at_issue(inputs))
    after = (_caution(inputs), _call(inputs), reference_list(inputs))
    rest = [block for block in (*before, *after) if block is not None]
    blocks = (*before, objections(inputs, ROOM - sum(map(_length, rest))), *after)
    return tuple(block for block in blocks if block is not None)


def _length(block: LetterBlock) -> int:
    rows = block.table.rows if block.table is not None else ()
    return len(block.text) + sum(len(cell) for row_ in rows for cell in row_.cells)


def _latest(inputs: LetterInputs) -> PeerToPeer | None:
    return inputs.peer_to_peers[-1] if inputs.peer_to_peers else None


def _about(inputs: LetterInputs) -> LetterBlock:
    case, denial = inputs.case, inputs.case.denial
    call = _latest(inputs)
    window = f"until {short_date(call.window_ends_on)}" if call is not None and call.window_ends_on else ""
    phone = " ".join(part for part in (denial.peer_to_peer_phone.strip(), window) if part)
    born = short_date(case.member.date_of_birth) if case.member.date_of_birth else ""
    numbers = (denial.reference_number, denial.authorization_number, denial.claim_number)
    fields = (
        ("Member", case.member.full_name, "member"),
        ("Born", born, "member.date_of_birth"),
        ("Member ID", case.member.member_id.strip(), "member.member_id"),
        (
            "Reference",
            next((item.strip() for item in numbers if item.strip()), ""),
            "denial.reference_number",
        ),
        ("Plan", case.coverage.payer.strip(), "coverage.payer"),
        ("Notice", short_date(denial.notice_dated_on), "denial.notice_dated_on"),
        ("Call", phone or "no number in the notice", "denial.peer_to_peer_phone"),
        ("Named reviewer", denial.reviewer_name.strip(), "denial.reviewer_name"),
    )
    shown = [(label, shortened(value, LONGEST_FIELD), path) for label, value, path in fields if value]
    pairs = [shown[index : index + 2] for index in range(0, len(shown), 2)]
    rows = tuple(
        row(
            (cell for label, value, _ in pair for cell in (label, value)),
            *(record(p, label) for label, _, p in pair),
        )
        for pair in pairs
    )
    number = case.number.strip()
    return LetterBlock(
        id=block_id(BlockKind.RE),
        kind=BlockKind.RE,
        heading=f"Peer-to-peer card, case {number}" if number else "Peer-to-peer card",
        table=LetterTable(columns=("", "", "", ""), widths=(0.13, 0.37, 0.15, 0.35), rows=rows),
    )


def _ask(inputs: LetterInputs) -> LetterBlock:
    paragraphs = [
        paragraph(
            f"{number}. Overturn the denial of {_asked(inputs, line)}.",
            record(f"determination.{line.id}", "Determination"),
            form("card.ask"),
        )
        for number, line in enumerate(inputs.granted_lines[:MOST_LINES], start=1)
    ]
    more = len(inputs.granted_lines) - MOST_LINES
    if more > 0:
        text = f"And {counted(more, 'further line')}, as the determination lists them."
        paragraphs.append(paragraph(text, record("determination", "Determination")))
    if not paragraphs:
        text = (
            "No service line has been determined to be medically necessary: there is nothing to ask for yet."
        )
        paragraphs = [paragraph(text, record("determination", "Determination"), form("card.ask"))]
    left = [service_name(brief(line)) for line in inputs.other_lines]
    if left and inputs.granted_lines:
        rest = f"; and {len(left) - MOST_LINES} more" if len(left) > MOST_LINES else ""
        text = f"Not asked for: {'; '.join(left[:MOST_LINES])}{rest}."
        paragraphs.append(paragraph(text, record("determination", "Determination")))
    return LetterBlock(
        id=block_id(BlockKind.OPENING),
        kind=BlockKind.OPENING,
        heading="The ask",
        paragraphs=tuple(paragraphs),
    )


def _asked(inputs: LetterInputs, line: ServiceLine) -> str:
    return service_phrase(brief(line), inputs.granted_levels(line), inputs.granted_sides(line))


def _facts(inputs: LetterInputs) -> LetterBlock | None:
    rows = facts(inputs)
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.TALKING_POINTS),
        kind=BlockKind.TALKING_POINTS,
        heading="Facts to name",
        table=LetterTable(columns=("Fact", "Document, date, page"), widths=(0.56, 0.44), rows=rows),
    )


def _caution(inputs: LetterInputs) -> LetterBlock:
    """What the call and the appeal may close for one another, and how sure that is."""
    call, denial = _latest(inputs), inputs.case.denial
    days: list[str] = []
    origins = [form("card.caution")]
    if call is not None and call.window_ends_on is not None:
        days.append(f"The plan offers the call until {long_date(call.window_ends_on)}, as recorded.")
        origins.append(record(f"peer_to_peers.{call.id}.window_ends_on", "Last day of the call"))
    if denial.deadline_stated_on is not None:
        days.append(f"The notice gives {long_date(denial.deadline_stated_on)} as the last day to appeal.")
        origins.append(record("denial.deadline_stated_on", "Last day stated in the notice"))
    text = (
        "Filing the appeal often closes the peer-to-peer: ask before filing. Do not count on the call to stop the time "
        "for the appeal. Both are practice, not a rule that was read for this plan; the notice controls."
    )
    paragraphs = [paragraph(text, form("card.caution"))]
    if days:
        paragraphs.insert(0, paragraph(" ".join(days), *origins))
    return LetterBlock(
        id=block_id(BlockKind.CAUTION),
        kind=BlockKind.CAUTION,
        heading="Before you call",
        paragraphs=tuple(paragraphs),
    )


def _call(inputs: LetterInputs) -> LetterBlock:
    """The form of the call: what is recorded of it, and room to write."""
    call = _latest(inputs)
    origin = record(f"peer_to_peers.{call.id}", "Peer-to-peer") if call is not None else form("card.call")
    known = call if call is not None else PeerToPeer(id="none")
    outcome = known.outcome.label if known.outcome is not PeerToPeerOutcome.PENDING else ""
    held = short_date(known.held_on) if known.held_on else shortened(known.scheduled_for, LONGEST_FIELD)
    rows: list[LetterRow] = [
        row(
            (
                "Physician",
                shortened(known.physician_name, LONGEST_FIELD),
                "NPI",
                shortened(known.physician_npi, LONGEST_FIELD),
            ),
            origin,
        ),
        row(
            (
                "Specialty",
                shortened(known.physician_specialty, LONGEST_FIELD),
                "Reference no.",
                shortened(known.reference, LONGEST_FIELD),
            ),
            origin,
        ),
        row(("Day and hour", held, "Outcome", outcome), origin),
        row(("Said", ""), origin),
    ]
    return LetterBlock(
        id=block_id(BlockKind.TALKING_POINTS, "call"),
        kind=BlockKind.TALKING_POINTS,
        heading="The call",
        table=LetterTable(columns=("", "", "", ""), widths=(0.15, 0.40, 0.15, 0.30), rows=tuple(rows)),
    )
