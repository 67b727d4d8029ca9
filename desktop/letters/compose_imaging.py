"""Imaging study by study, and the findings that speak against the request, answered and not hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState, EvidenceLink, Stance
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy, Measurement
from desktop.domain.determination import Decision
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.letters.anatomy import touches_any
from desktop.letters.criteria_rows import NOTE_IN_CELL
from desktop.letters.criteria_tree import criterion_text, leaves_of
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import (
    amount_text,
    ended,
    level_list,
    listed,
    long_date,
    one_line,
    quoted,
    service_name,
)

_GROUNDS = frozenset(
    {
        FindingKind.LOOSENING,
        FindingKind.HARDWARE_FRACTURE,
        FindingKind.HARDWARE_DISPLACEMENT,
        FindingKind.NONUNION,
        FindingKind.STENOSIS,
        FindingKind.INSTABILITY,
    }
)
"""Findings on which a request may rest, so that their stated absence speaks against it."""

_ASSERTION_WORDS = {Assertion.NEGATED: "stated to be absent", Assertion.UNCERTAIN: "left open by the report"}


@dataclass(frozen=True, slots=True)
class _Against:
    """Words linked against one criterion."""

    evaluation: EvaluationTrace
    node: NodeTrace
    link: EvidenceLink


def imaging_blocks(inputs: LetterInputs) -> tuple[LetterBlock, ...]:
    """One block per study, then one that answers adverse, negated, uncertain and contradicting words."""
    studies = tuple(_study_block(inputs, study) for study in inputs.case.imaging)
    answers = _answers_block(inputs)
    return (*studies, answers) if answers else studies


def study_name(study: ImagingStudy) -> str:
    """`CT, lumbar spine, September 14, 2026`."""
    what = ", ".join(part for part in (one_line(study.modality), one_line(study.region)) if part)
    return f"{what or 'Imaging study'}, {long_date(study.performed_on)}"


def finding_name(finding: Finding) -> str:
    """The finding in the reviewer's words or by its kind, with its side."""
    name = one_line(finding.label) or finding.kind.label
    return name if finding.laterality is Laterality.NONE else f"{name}, {finding.laterality.value}"


def _study_block(inputs: LetterInputs, study: ImagingStudy) -> LetterBlock:
    facility = one_line(study.facility) or "facility not recorded"
    reader = one_line(study.reader) or "not recorded"
    source = inputs.source_text(inputs.case.document(study.document_id))
    about = f"Performed at: {facility}. Read by: {reader}. Report: {source}."
    if not study.findings and not study.measurements:
        about += " No finding of this study is recorded."
    rows: list[LetterRow] = []
    for finding in study.findings:
        state = _ASSERTION_WORDS.get(finding.assertion, "")
        name = f"{finding_name(finding)}: {state}" if state else finding_name(finding)
        words = quoted(finding.quote) if finding.quote.strip() else "words not recorded"
        cells = (finding.level or "–", name, words)
        origin = record(f"imaging.{study.id}.findings.{finding.id}", study_name(study))
        rows.append(LetterRow(cells=cells, provenance=(origin,)))
    measured: dict[tuple[str, str], list[Measurement]] = {}
    for item in study.measurements:
        measured.setdefault((item.level or "–", one_line(item.quote)), []).append(item)
    for (level, quote_text), items in measured.items():
        words = quoted(quote_text) if quote_text else "words not recorded"
        origins = tuple(
            record(f"imaging.{study.id}.measurements.{item.id}", study_name(study)) for item in items
        )
        cells = (level, "\n".join(_measured(item) for item in items), words)
        rows.append(LetterRow(cells=cells, provenance=origins))
    columns = ("Level", "What the report states", "Words of the report")
    table = LetterTable(columns=columns, widths=(0.11, 0.32, 0.57), rows=tuple(rows)) if rows else None
    return LetterBlock(
        id=block_id(BlockKind.IMAGING, study.id),
        kind=BlockKind.IMAGING,
        heading=f"Imaging: {study_name(study)}",
        paragraphs=(paragraph(about, record(f"imaging.{study.id}", study_name(study))),),
        table=table,
    )


def _measured(item: Measurement) -> str:
    value = amount_text(item.value, item.unit) if item.value is not None else "value not recorded"
    return f"{one_line(item.label) or 'Measured'}: {value}"


def _answers_block(inputs: LetterInputs) -> LetterBlock | None:
    paragraphs: list[LetterParagraph] = []
    for study in inputs.case.imaging:
        adverse = [finding for finding in study.findings if _is_adverse(finding)]
        absent = [finding for finding in adverse if finding.assertion is Assertion.NEGATED]
        paragraphs.extend(_answer(inputs, study, item) for item in adverse if item not in absent)
        if absent:
            paragraphs.append(_absences(study, absent))
    paragraphs.extend(_contradictions(inputs))
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.IMAGING, "answers"),
        kind=BlockKind.IMAGING,
        heading="Words of the record that speak against the request",
        paragraphs=tuple(paragraphs),
    )


def _answer(inputs: LetterInputs, study: ImagingStudy, finding: Finding) -> LetterParagraph:
    """A healed level or an open finding, and what the determination says of the lines there."""
    at = f" at {finding.level}" if finding.level else ""
    name = _lower(finding_name(finding))
    said = f"describes {name}{at}"
    if finding.assertion is Assertion.UNCERTAIN:
        said = f"leaves {name}{at} open; it is counted neither as present nor as absent"
    words = f": {quoted(finding.quote)}" if finding.quote.strip() else "."
    lines = [line for line in inputs.case.service_lines if _concerns(line, finding)]
    parts = [f"The report of {study_name(study)} {said}{words}"]
    parts.extend(_standing(inputs, line, finding) for line in lines)
    origins = [record(f"imaging.{study.id}.findings.{finding.id}", study_name(study)), form("imaging.answer")]
    origins.extend(record(f"determination.{line.id}", "Determination") for line in lines)
    return paragraph(" ".join(parts), *origins)


def _absences(study: ImagingStudy, findings: list[Finding]) -> LetterParagraph:
    """Grounds that a report states to be absent, in one paragraph."""
    named: dict[str, list[str]] = {}
    for finding in findings:
        at = f" at {finding.level}" if finding.level else ""
        named.setdefault(one_line(finding.quote), []).append(f"{_lower(finding_name(finding))}{at}")
    parts = [
        f"{listed(dict.fromkeys(names))} ({quoted(words)})" if words else listed(dict.fromkeys(names))
        for words, names in named.items()
    ]
    text = f"The report of {study_name(study)} states to be absent: {'; '.join(parts)}."
    origins = [record(f"imaging.{study.id}.findings.{item.id}", study_name(study)) for item in findings]
    return paragraph(text, *origins, form("imaging.absent"))


def _is_adverse(finding: Finding) -> bool:
    """Whether the finding needs an answer: a healed level, a ground stated absent, or anything left open."""
    match finding.assertion:
        case Assertion.AFFIRMED:
            return finding.kind is FindingKind.SOLID_FUSION
        case Assertion.NEGATED:
            return finding.kind in _GROUNDS
        case Assertion.UNCERTAIN:
            return True


def _lower(name: str) -> str:
    """A name in the middle of a sentence; an abbreviation such as `CT` keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or len(name) == 1 else name


def _concerns(line: ServiceLine, finding: Finding) -> bool:
    # A line without levels cannot be set against a finding at a level.
    return bool(line.levels) and finding.level is not None and touches_any(finding.level, line.levels)


def _standing(inputs: LetterInputs, line: ServiceLine, finding: Finding) -> str:
    """What the determination says about a line at the level of a finding."""
    decided = inputs.decision(line)
    requested = [level for level in line.levels if touches_any(finding.level, (level,))]
    granted = [level for level in inputs.granted_levels(line) if level in requested]
    name = service_name(line)
    if decided.decision is Decision.UNDECIDED:
        return f"{name} includes {level_list(requested)}; it is not decided yet."
    if not granted:
        return f"{name} was requested at {level_list(requested)}; this letter does not ask for it there."
    rest = [level for level in requested if level not in granted]
    asked = f"{name} is asked for at {level_list(granted)}"
    if rest:
        asked += f", not at {level_list(rest)}"
    return f"{asked}; the grounds are in the determination’s rationale under “Why this service”."


def _contradictions(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """Words linked against criteria that are not conceded, each once, with every criterion they speak against."""
    against: dict[tuple[str, int, int], list[_Against]] = {}
    for evaluation in inputs.reasons:
        for node in leaves_of(evaluation):
            if node.state is AssessmentState.NOT_MET:
                # Conceded: the words stand in the criterion's row, and nothing is argued against them.
                continue
            for link in inputs.evidence(node.evidence_ids):
                if link.stance is Stance.CONTRADICTS:
                    place = (link.span.document_id, link.span.start, link.span.end)
                    against.setdefault(place, []).append(_Against(evaluation, node, link))
    for items in against.values():
        yield _contradiction(inputs, items)


def _contradiction(inputs: LetterInputs, items: list[_Against]) -> LetterParagraph:
    link = items[0].link
    document = inputs.case.document(link.span.document_id)
    criteria: dict[str, list[str]] = {}
    for item in items:
        words = quoted(criterion_text(inputs, item.evaluation, item.node.id, item.node.text))
        state = item.node.state.label.lower() if item.node.state else "not assessed"
        at = [item.node.subject] if item.node.subject in inputs.case.levels else []
        levels = criteria.setdefault(f"{words} (marked {state})", [])
        levels.extend(level for level in at if level not in levels)
    named = [f"{words} at {level_list(levels)}" if levels else words for words, levels in criteria.items()]
    text = (
        f"{inputs.source_text(document, link.span.page)}: {quoted(link.span.quote)} "
        f"These words are linked against {listed(named)}."
    )
    notes = dict.fromkeys(one_line(item.link.note) or one_line(item.node.note) for item in items)
    remarks = [ended(note) for note in notes if note and len(note) <= NOTE_IN_CELL]
    if remarks:
        text += f" The reviewer’s note: {' '.join(remarks)}"
    origins = [quote(item.link, document) for item in items]
    origins.extend(trace(item.evaluation, item.node.id, item.node.subject) for item in items)
    return paragraph(text, *origins)
