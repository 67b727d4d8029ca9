"""What a peer-to-peer request puts forward to talk about, and why a case is urgent; it argues nothing at length."""

from __future__ import annotations

from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.criteria import CriteriaTables, set_name
from desktop.letters.composing.criteria_tree import levels_argued, standing
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import paragraph, record, row, trace
from desktop.letters.wording import long_date, one_line, paragraphs_of, service_phrase

URGENCY_HEADING = "Why this cannot wait"


def to_talk_about(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock | None:
    """Each service asked for, with how the criteria came out on the record; None while nothing is asked for."""
    rows = tuple(_row(inputs, line) for line in inputs.granted_lines)
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.TALKING_POINTS),
        kind=BlockKind.TALKING_POINTS,
        heading="What is to be talked about",
        table=LetterTable(
            columns=("Service asked for", "Criteria and result"), widths=(0.42, 0.58), rows=rows
        ),
    )


def _row(inputs: LetterInputs, line: ServiceLine) -> LetterRow:
    results: list[str] = []
    origins = [record(f"determination.{line.id}", "Determination")]
    for evaluation in inputs.traces_of(line):
        silent = "; silent on what the imaging shows" if evaluation.is_silent else ""
        came_out = standing(levels_argued(inputs, line, evaluation))
        results.append(f"{set_name(evaluation)}: {came_out}{silent}")
        origins.append(trace(evaluation, "root"))
    asked = service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
    return row((asked, "\n".join(results) or "No criteria set was applied"), *origins)


def speakers(inputs: LetterInputs) -> list[LetterParagraph]:
    """Who will speak and by when, as far as a conversation is recorded; else the ordering provider."""
    found: list[LetterParagraph] = []
    latest = inputs.peer_to_peers[-1] if inputs.peer_to_peers else None
    author = inputs.author
    speaker = one_line(latest.our_speaker) if latest is not None else ""
    if speaker and latest is not None:
        found.append(paragraph(f"{speaker} will speak.", record(f"peer_to_peers.{latest.id}", "Speaker")))
    elif author is not None and author.name.strip():
        name = ", ".join(p for p in (author.name.strip(), author.credential.strip()) if p)
        found.append(paragraph(f"{name} will speak.", record(f"providers.{author.id}", "Provider")))
    if latest is not None and latest.window_ends_on is not None:
        text = f"The conversation is offered until {long_date(latest.window_ends_on)}."
        found.append(paragraph(text, record(f"peer_to_peers.{latest.id}", "Last day offered")))
    return found


def urgency(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock | None:
    """What waiting risks, as typed by the reviewer, and the time the rules give; None where nothing is recorded."""
    parts = paragraphs_of(inputs.case.history.risk_of_delay)
    if not parts:
        return None
    origin = record("history.risk_of_delay", "Risk of delay, as typed by the reviewer")
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "urgency"),
        kind=BlockKind.SECTION,
        heading=URGENCY_HEADING,
        paragraphs=tuple(paragraph(part, origin) for part in parts),
    )
