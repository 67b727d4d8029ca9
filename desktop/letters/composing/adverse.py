"""Words of the record that speak against the request: each said once, and answered by what is decided or noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState, EvidenceLink, Stance
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.determination import Decision
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, Provenance
from desktop.domain.service_line import Laterality, ServiceLine, is_side
from desktop.domain.truth import Truth
from desktop.domain.vertebra import touches_any
from desktop.letters.composing.clinical import NECESSITY_HEADING
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.criteria_rows import NOTE_IN_CELL
from desktop.letters.composing.criteria_tree import criterion_text, leaves_of, state_text
from desktop.letters.composing.evidence_words import ANSWERS_HEADING, mark_of, place_of, quotation
from desktop.letters.composing.exceptions_conflict import conflicts_told
from desktop.letters.composing.imaging import finding_phrase, is_on_side, study_name
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import ended, level_list, listed, lowered, one_line, row_list, service_name

_GROUNDS = frozenset(
    {
        FindingKind.LOOSENING,
        FindingKind.HARDWARE_FRACTURE,
        FindingKind.HARDWARE_DISPLACEMENT,
        FindingKind.NONUNION,
        FindingKind.STENOSIS,
        FindingKind.INSTABILITY,
        FindingKind.DISC_HERNIATION,
        FindingKind.SPONDYLOLISTHESIS,
        FindingKind.CORD_COMPRESSION,
        FindingKind.SCOLIOSIS,
        FindingKind.VERTEBRAL_FRACTURE,
        FindingKind.OSTEOARTHRITIS,
        FindingKind.OSTEONECROSIS,
        FindingKind.ROTATOR_CUFF_TEAR,
    }
)
"""Findings on which a request may rest, so that their stated absence speaks against it."""


_NO_ONE_SIDE = (Laterality.NONE.value, Laterality.BILATERAL.value)


@dataclass(frozen=True, slots=True)
class _Against:
    """Words linked against one criterion."""

    line: ServiceLine
    evaluation: EvaluationTrace
    node: NodeTrace
    link: EvidenceLink


def adverse(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock | None:
    """Healed, open and absent findings, then words linked against criteria; None when nothing speaks against."""
    paragraphs = [
        *(
            _findings(inputs, study, items)
            for study in inputs.case.imaging
            for items in _by_answer(inputs, study)
        ),
        *_other_side(inputs),
        *_absences(inputs),
        *_contradictions(inputs, tables),
    ]
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.IMAGING, "answers"),
        kind=BlockKind.IMAGING,
        heading=ANSWERS_HEADING,
        paragraphs=tuple(paragraphs),
    )


def _by_answer(inputs: LetterInputs, study: ImagingStudy) -> list[list[Finding]]:
    """Healed levels and open findings of a study, those that get the same answer together."""
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for finding in study.findings:
        is_healed = finding.assertion is Assertion.AFFIRMED and finding.kind is FindingKind.SOLID_FUSION
        if is_healed or finding.assertion is Assertion.UNCERTAIN:
            asked = tuple(
                f"{line.id} {bool(set(_touched(line, [finding])) & set(inputs.granted_levels(line)))}"
                for line in inputs.case.service_lines
                if _touched(line, [finding])
            )
            grouped.setdefault(asked, []).append(finding)
    return list(grouped.values())


def _findings(inputs: LetterInputs, study: ImagingStudy, findings: list[Finding]) -> LetterParagraph:
    """What a report says of healed levels and open findings, and what the determination says of the lines there."""
    said: list[str] = []
    for finding in findings:
        name = finding_phrase(finding)
        is_open = finding.assertion is Assertion.UNCERTAIN
        said.append(
            f"leaves {name} open, which is counted neither as present nor as absent"
            if is_open
            else f"describes {name}"
        )
    lines = [line for line in inputs.case.service_lines if _touched(line, findings)]
    parts = [f"{study_name(study)}: the report {listed(said)}."]
    parts.extend(_answer(inputs, line, findings) for line in lines)
    origins = [record(f"imaging.{study.id}.findings.{item.id}", study_name(study)) for item in findings]
    origins.extend(record(f"determination.{line.id}", "Determination") for line in lines)
    return paragraph(" ".join(parts), *origins, form("imaging.answer"))


def _other_side(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """Findings on a side for which nothing is requested: a report of the other side is said to be one."""
    lines = inputs.case.service_lines
    sides = {side for line in lines for side in line.sides}
    if not sides or any(line.levels or not line.sides for line in lines):
        return
    for study in inputs.case.imaging:
        found = [
            item
            for item in study.findings
            if item.assertion is Assertion.AFFIRMED and item.kind in _GROUNDS and not is_on_side(item, sides)
        ]
        if found:
            names = listed(dict.fromkeys(map(finding_phrase, found)))
            origins = [record(f"imaging.{study.id}.findings.{item.id}", study_name(study)) for item in found]
            text = f"{study_name(study)}: the report describes {names}, where no service is requested."
            yield paragraph(text, *origins, form("imaging.other_side"))


def _touched(line: ServiceLine, findings: list[Finding]) -> tuple[str, ...]:
    """Requested levels that findings concern; a finding or a line without levels is not set against the other."""
    at = [finding.level for finding in findings if finding.level is not None]
    return tuple(level for level in line.levels if at and touches_any(level, at))


def _answer(inputs: LetterInputs, line: ServiceLine, findings: list[Finding]) -> str:
    """What the determination says about a line at the levels of findings."""
    requested = _touched(line, findings)
    granted = [level for level in requested if level in inputs.granted_levels(line)]
    name = service_name(line)
    if inputs.decision(line).decision is Decision.UNDECIDED:
        return f"{name} includes {level_list(requested)}; it is not decided yet."
    if not granted:
        return f"{name} was requested at {level_list(requested)}; this letter does not ask for it there."
    rest = [level for level in requested if level not in granted]
    asked = f"{name} is asked for at {level_list(granted)}"
    if rest:
        asked += f", not at {level_list(rest)}"
    return f"{asked}; the grounds are in the determination’s rationale under “{NECESSITY_HEADING}”."


def _absences(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """Grounds that reports state to be absent, in one paragraph; their words stand in the imaging table."""
    parts: list[str] = []
    found: list[Finding] = []
    origins: list[Provenance] = []
    for study in inputs.case.imaging:
        absent = [
            item for item in study.findings if item.assertion is Assertion.NEGATED and item.kind in _GROUNDS
        ]
        names = dict.fromkeys(map(finding_phrase, absent))
        if names:
            parts.append(f"{listed(names)} ({study_name(study)})")
        found.extend(absent)
        origins.extend(record(f"imaging.{study.id}.findings.{item.id}", study_name(study)) for item in absent)
    if not parts:
        return
    text = f"The reports state to be absent: {'; '.join(parts)}. Their words stand in the table above."
    if not any(_rests_on(inputs, finding) for finding in found):
        text += " No criterion that this letter holds to be met rests on any of these."
    yield paragraph(text, *origins, form("imaging.absent"))


def _rests_on(inputs: LetterInputs, finding: Finding) -> bool:
    """Whether a criterion about the finding is held met at its level or side."""
    for evaluation in inputs.reasons:
        found = inputs.sets.get(evaluation.set_id)
        for node in leaves_of(evaluation):
            criterion = found.criterion(node.id) if found is not None else None
            if criterion is None or criterion.concerns is not finding.kind or node.truth is not Truth.TRUE:
                continue
            if is_side(node.subject):
                is_there = finding.laterality.value in (node.subject, *_NO_ONE_SIDE)
            else:
                is_there = node.subject not in inputs.case.levels or touches_any(
                    finding.level, (node.subject,)
                )
            if is_there:
                return True
    return False


def _contradictions(inputs: LetterInputs, tables: CriteriaTables) -> Iterator[LetterParagraph]:
    """Words linked against criteria: those argued with, a paragraph each; those conceded, together at the end."""
    against: dict[tuple[str, int, int], list[_Against]] = {}
    for line in inputs.case.service_lines:
        for evaluation in inputs.traces_of(line):
            for node in leaves_of(evaluation):
                for link in inputs.evidence(node.evidence_ids):
                    if link.stance is Stance.CONTRADICTS:
                        item = _Against(line, evaluation, node, link)
                        against.setdefault(place_of(link), []).append(item)
    conceded: list[list[_Against]] = []
    told = conflicts_told(inputs)
    for place, items in against.items():
        contested = [item for item in items if _is_contested(inputs, item)]
        if place in told:
            continue
        if contested:
            yield _contested(inputs, tables, contested)
        elif not any(_is_printed(inputs, tables, item) for item in items):
            conceded.append(items)
    if conceded:
        yield _conceded(inputs, conceded)


def _is_contested(inputs: LetterInputs, item: _Against) -> bool:
    """Whether the letter argues for what the words speak against: where it argues for a line, nothing conceded."""
    subject, line = item.node.subject, item.line
    argued = (*inputs.levels_argued(line), *inputs.sides_argued(line))
    is_argued = subject not in (*line.levels, *line.sides) or subject in argued
    return line in inputs.argued_lines and is_argued and item.node.state is not AssessmentState.NOT_MET


def _is_printed(inputs: LetterInputs, tables: CriteriaTables, item: _Against) -> bool:
    """Whether the words stand in the row of their criterion, or in the imaging table."""
    table = tables.of(item.evaluation)
    nodes = table.layout.at_levels(item.node) if table is not None and item.node.id in table.row_of else ()
    if any(node.subject == item.node.subject for node in nodes):
        return True
    words = one_line(item.link.span.quote)
    stated = (finding.quote for study in inputs.case.imaging for finding in study.findings)
    return not item.link.note.strip() and any(words in one_line(text) for text in stated)


def _contested(inputs: LetterInputs, tables: CriteriaTables, items: list[_Against]) -> LetterParagraph:
    link = items[0].link
    text = f"{quotation(link)} ({mark_of(inputs, link)}) speaks against {_targets(inputs, tables, items)}."
    notes = dict.fromkeys(one_line(item.link.note) for item in items if item.link.note.strip())
    notes = notes or dict.fromkeys(one_line(item.node.note) for item in items)
    remarks = [ended(note) for note in notes if note and len(note) <= NOTE_IN_CELL]
    if remarks:
        text += f" In answer: {' '.join(remarks)}"
    return paragraph(text, *_origins(inputs, items), form("imaging.contradiction"))


def _conceded(inputs: LetterInputs, groups: list[list[_Against]]) -> LetterParagraph:
    parts: list[str] = []
    for items in groups:
        link = items[0].link
        notes = dict.fromkeys(ended(one_line(item.link.note)) for item in items if item.link.note.strip())
        remark = f" ({' '.join(notes)})" if notes else ""
        parts.append(f"{quotation(link)} ({mark_of(inputs, link)}){remark}")
    text = f"Words against points that this letter does not claim: {ended('; '.join(parts))}"
    origins = [origin for items in groups for origin in _origins(inputs, items)]
    return paragraph(text, *origins, form("imaging.conceded"))


def _targets(inputs: LetterInputs, tables: CriteriaTables, items: list[_Against]) -> str:
    """The criteria spoken against: by row, or by their words where they have no row, with their states."""
    rows: dict[str, dict[str, None]] = {}
    other: dict[str, None] = {}
    for item in items:
        state = lowered(state_text(item.node))
        number = tables.row_of(item.evaluation, item.node.id)
        if number:
            rows.setdefault(state, {}).setdefault(number)
        else:
            words = criterion_text(inputs, item.evaluation, item.node).removesuffix(".")
            other.setdefault(f"“{words}” (marked {state})")
    return listed((*(f"{row_list(numbers)} (marked {state})" for state, numbers in rows.items()), *other))


def _origins(inputs: LetterInputs, items: list[_Against]) -> Iterator[Provenance]:
    for item in items:
        yield quote(item.link, inputs.case.document(item.link.span.document_id))
        yield trace(item.evaluation, item.node.id, item.node.subject)
