"""What an opinion states of its own making: the question, who decided what and when, what is open, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from desktop.domain.determination import Decision
from desktop.domain.letter import (
    CITATION,
    BlockKind,
    LetterBlock,
    LetterParagraph,
    LetterRow,
    LetterTable,
    ReviewStatus,
)
from desktop.domain.reference import EvidenceLevel, Reference, ReferenceStance
from desktop.letters.composing.criteria_tree import criterion_text, states_text
from desktop.letters.composing.open_points import open_points, shared_points
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, form, heading_row, paragraph, record, row, trace
from desktop.letters.wording import (
    long_date,
    one_line,
    opened,
    paragraphs_of,
    service_phrase,
    short_date,
)

_STATUSES = (ReviewStatus.SUBMITTED, ReviewStatus.UNDER_REVIEW, ReviewStatus.APPROVED)
_BEARING = {
    ReferenceStance.FOR: "for it, or neutral",
    ReferenceStance.MIXED: "both ways",
    ReferenceStance.AGAINST: "against it",
}
POLICY = (
    "How this opinion is made: every sentence comes from the record of the case, from words that a person typed, or "
    "from a library of sources, each of which was looked up and read as far as its entry says. Figures are those that "
    "a source states; what speaks against the request is told beside what speaks for it. No text was generated."
)


def section(name: str, heading: str, paragraphs: Iterable[LetterParagraph]) -> LetterBlock | None:
    """A section of an opinion; None where nothing is to be said."""
    told = tuple(paragraphs)
    if not told:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SECTION, name), kind=BlockKind.SECTION, heading=heading, paragraphs=told
    )


def question(inputs: LetterInputs) -> LetterBlock | None:
    """The review question as it stands in the case."""
    origin = record("review_question", "Review question")
    return section(
        "question",
        "Review question",
        (paragraph(part, origin) for part in paragraphs_of(inputs.case.review_question)),
    )


def status_table(inputs: LetterInputs) -> LetterBlock:
    """Submitted, under review, approved: each with the last time it was reached and by whom; and the last update."""
    rows: list[LetterRow] = []
    for status in _STATUSES:
        places = [place for place, item in enumerate(inputs.status_history) if item.status is status]
        if not places:
            rows.append(row((status.label, "not yet", ""), record("status_history", "Review status")))
            continue
        entry = inputs.status_history[places[-1]]
        who = ", ".join(part for part in (one_line(entry.by), one_line(entry.credential)) if part)
        note = f"\n{one_line(entry.note)}" if entry.note.strip() else ""
        day = f"{long_date(entry.at.date())} (UTC)"
        rows.append(
            row((status.label, day, f"{who}{note}"), record(f"status_history.{places[-1]}", "Review status"))
        )
    updated = last_updated(inputs)
    if updated is not None:
        origin = record("determination.sign_off", "Sign-off")
        rows.append(
            row(("Last updated", long_date(updated), ""), origin, record("status_history", "Review status"))
        )
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "status"),
        kind=BlockKind.SECTION,
        heading="Review status",
        table=LetterTable(columns=("Status", "When", "By"), widths=(0.24, 0.36, 0.40), rows=tuple(rows)),
    )


def last_updated(inputs: LetterInputs) -> date | None:
    """The day of the last step of the review or of the sign-off; None before either."""
    days = [entry.at.date() for entry in inputs.status_history]
    if inputs.determination is not None and inputs.determination.sign_off is not None:
        days.append(inputs.determination.sign_off.signed_at.date())
    return max(days, default=None)


def who_decided(inputs: LetterInputs) -> LetterBlock | None:
    """Who decided what, when and on which document: the plan by its notice, then the determination line by line."""
    denial, determination = inputs.case.denial, inputs.determination
    rows: list[LetterRow] = []
    if denial.notice_dated_on is not None or denial.reasons:
        who = ", ".join(
            p for p in (one_line(denial.reviewer_name), one_line(denial.reviewer_credential)) if p
        )
        payer = one_line(inputs.case.coverage.payer)
        by = f"\nby {payer}" if payer else ""
        by += f".\nReviewer named: {who}" if who else ""
        number = one_line(denial.reference_number)
        on = f"Notice of adverse determination{f', reference {number}' if number else ''}"
        cells = (
            short_date(denial.notice_dated_on),
            f"Request refused{by}",
            on,
        )
        rows.append(row(cells, record("denial", "Notice")))
    signed = determination.sign_off if determination is not None else None
    day = f"{short_date(signed.signed_at.date())} (UTC)" if signed is not None else "not signed yet"
    by = f"\nby {signed.name}, {signed.credential}" if signed is not None else ""
    for line in inputs.case.service_lines:
        decided = inputs.decision(line).decision
        if decided is not Decision.UNDECIDED:
            where = inputs.where_granted(line)
            text = f"{service_phrase(line)}: {decided.label.lower()}{f' {where}' if where else ''}{by}"
            version = determination.version if determination is not None else 1
            on = f"Determination, version {version}" if version > 1 else "Determination"
            rows.append(row((day, text, on), record(f"determination.{line.id}", "Determination")))
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "decided"),
        kind=BlockKind.SECTION,
        heading="Who decided what",
        table=LetterTable(
            columns=("When", "What was decided, and by whom", "On which document"),
            widths=(0.20, 0.48, 0.32),
            rows=tuple(rows),
        ),
    )


def gaps(inputs: LetterInputs) -> LetterBlock | None:
    """What the record does not settle, line by line with the levels, and which document would; None without any."""
    rows: list[LetterRow] = []
    for line in inputs.case.service_lines:
        points = shared_points(inputs, list(open_points(inputs, line)))
        if points:
            origin = record(f"service_lines.{line.id}", "Service line")
            rows.append(heading_row(service_phrase(line), origin))
        for shared in points:
            first = shared.first
            closes = dict.fromkeys(
                one_line(item.closes_with) for item in shared.points if item.closes_with.strip()
            )
            cells = (
                criterion_text(inputs, first.evaluation, first.node),
                states_text(first.nodes, (*line.levels, *line.sides)),
                "; or ".join(closes) or "–",
            )
            origins = (trace(p.evaluation, node.id, node.subject) for p in shared.points for node in p.nodes)
            rows.append(row(cells, *origins))
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "gaps"),
        kind=BlockKind.SECTION,
        heading="Gaps that remain",
        table=LetterTable(
            columns=("Point", "State", "What would settle it"), widths=(0.42, 0.24, 0.34), rows=tuple(rows)
        ),
    )


def kinds_of_evidence(inputs: LetterInputs, blocks: Iterable[LetterBlock]) -> LetterBlock | None:
    """The numbers of the cited sources by the kind of evidence that each says it is and the way it bears."""
    texts = [text for block in blocks for text in _texts(block)]
    ids = dict.fromkeys(item for text in texts for item in CITATION.findall(text))
    found = [reference for item in ids if (reference := inputs.references.get(item)) is not None]
    by_kind: dict[EvidenceLevel, list[Reference]] = {}
    for item in found:
        by_kind.setdefault(item.evidence, []).append(item)
    rows = tuple(
        LetterRow(
            cells=(opened(kind.label), *(_marks(items, stance) for stance in _BEARING)),
            provenance=tuple(cited(item.id) for item in items),
        )
        for kind in EvidenceLevel
        if (items := by_kind.get(kind))
    )
    if not rows:
        return None
    columns = ("Kind of source, as it says itself", *(f"Bears {words}" for words in _BEARING.values()))
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "evidence"),
        kind=BlockKind.SECTION,
        heading="The sources by kind",
        table=LetterTable(columns=columns, widths=(0.34, 0.3, 0.18, 0.18), rows=rows),
    )


def _marks(items: Iterable[Reference], stance: ReferenceStance) -> str:
    return "".join(f"[@{item.id}]" for item in items if item.stance is stance) or "–"


def policy() -> LetterBlock:
    """How an opinion is made, in one paragraph."""
    return LetterBlock(
        id=block_id(BlockKind.MADE),
        kind=BlockKind.MADE,
        heading="Editorial policy",
        paragraphs=(paragraph(POLICY, form("opinion.policy")),),
    )


def _texts(block: LetterBlock) -> Iterator[str]:
    yield from (item.text for item in block.paragraphs)
    for item in block.table.rows if block.table is not None else ():
        yield from item.cells
