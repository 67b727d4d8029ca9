"""Imaging study by study, and the findings that speak against the request, answered and not hidden."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.assessment import EvidenceLink, Stance
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.determination import Decision
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.letters.anatomy import touches_any
from desktop.letters.criteria_rows import NOTE_IN_CELL, criterion_text, leaves_of
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import amount_text, ended, level_list, long_date, one_line, quoted, service_name

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
    for item in study.measurements:
        value = amount_text(item.value, item.unit) if item.value is not None else "value not recorded"
        words = quoted(item.quote) if item.quote.strip() else "words not recorded"
        cells = (item.level or "–", f"{one_line(item.label) or 'Measured'}: {value}", words)
        origin = record(f"imaging.{study.id}.measurements.{item.id}", study_name(study))
        rows.append(LetterRow(cells=cells, provenance=(origin,)))
    columns = ("Level", "What the report states", "Words of the report")
    table = LetterTable(columns=columns, widths=(0.11, 0.32, 0.57), rows=tuple(rows)) if rows else None
    return LetterBlock(
        id=block_id(BlockKind.IMAGING, study.id),
        kind=BlockKind.IMAGING,
        heading=f"Imaging: {study_name(study)}",
        paragraphs=(paragraph(about, record(f"imaging.{study.id}", study_name(study))),),
        table=table,
    )


def _answers_block(inputs: LetterInputs) -> LetterBlock | None:
    paragraphs = [
        answer
        for study in inputs.case.imaging
        for finding in study.findings
        for answer in _answers(inputs, study, finding)
    ]
    paragraphs.extend(_contradictions(inputs))
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.IMAGING, "answers"),
        kind=BlockKind.IMAGING,
        heading="Words of the record that speak against the request",
        paragraphs=tuple(paragraphs),
    )


def _answers(inputs: LetterInputs, study: ImagingStudy, finding: Finding) -> Iterator[LetterParagraph]:
    if not _is_adverse(finding):
        return
    at = f" at {finding.level}" if finding.level else ""
    name = finding_name(finding)
    said = {
        Assertion.AFFIRMED: f"describes {_lower(name)}{at}",
        Assertion.NEGATED: f"states that {_lower(name)}{at} is absent",
        Assertion.UNCERTAIN: f"leaves {_lower(name)}{at} open; it is counted neither as present nor as absent",
    }[finding.assertion]
    words = f": {quoted(finding.quote)}" if finding.quote.strip() else "."
    parts = [f"The report of {study_name(study)} {said}{words}"]
    parts.extend(
        _standing(inputs, line, finding) for line in inputs.case.service_lines if _concerns(line, finding)
    )
    origins = [record(f"imaging.{study.id}.findings.{finding.id}", study_name(study)), form("imaging.answer")]
    origins.extend(
        record(f"determination.{line.id}", "Determination")
        for line in inputs.case.service_lines
        if _concerns(line, finding)
    )
    yield paragraph(" ".join(parts), *origins)


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
    told: set[str] = set()
    for evaluation in inputs.reasons:
        for node in leaves_of(evaluation):
            for link in inputs.evidence(node.evidence_ids):
                if link.stance is Stance.CONTRADICTS and link.id not in told:
                    told.add(link.id)
                    yield _contradiction(inputs, evaluation, node, link)


def _contradiction(
    inputs: LetterInputs, evaluation: EvaluationTrace, node: NodeTrace, link: EvidenceLink
) -> LetterParagraph:
    document = inputs.case.document(link.span.document_id)
    criterion = quoted(criterion_text(inputs, evaluation, node.id, node.text))
    at = f" at {node.subject}" if node.subject in inputs.case.levels else ""
    state = node.state.label.lower() if node.state else "not assessed"
    text = (
        f"{inputs.source_text(document, link.span.page)} contains words against the criterion {criterion}{at}: "
        f"{quoted(link.span.quote)} The criterion was marked {state}."
    )
    note = node.note if len(node.note) <= NOTE_IN_CELL else ""
    remark = one_line(link.note) or one_line(note)
    if remark:
        text += f" The reviewer’s note: {ended(remark)}"
    return paragraph(text, quote(link, document), trace(evaluation, node.id, node.subject))
