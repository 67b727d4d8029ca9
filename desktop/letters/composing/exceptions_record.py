"""Exception arguments from the review: a waiver with its source, and a structural diagnosis in the report's words.

It must not say that a guideline may be set aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.argument import ExceptionKind
from desktop.domain.assessment import AssessmentState, EvidenceLink, Stance
from desktop.domain.clinical import (
    Finding,
    FindingKind,
    ImagingStudy,
    affirmed_findings,
)
from desktop.domain.evaluation import NodeTrace
from desktop.domain.letter import LetterKind, LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.clinical import NECESSITY_HEADING
from desktop.letters.composing.concession import CONCESSION_HEADING
from desktop.letters.composing.criteria import CriteriaTables, waivers
from desktop.letters.composing.criteria_rows import CriteriaTable
from desktop.letters.composing.criteria_tree import (
    criterion_text,
    exceptions_of,
    key_of,
    leaves_of,
    levels_argued,
    rule_of,
    source_text,
    standing,
)
from desktop.letters.composing.evidence_words import Place, mark_of, place_of, quotation
from desktop.letters.composing.exceptions_argument import ExceptionArgument
from desktop.letters.composing.imaging import finding_phrase, is_on_side, study_name
from desktop.letters.composing.naming import who_decides
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import (
    ended,
    listed,
    one_line,
    opened,
    row_list,
    service_name,
)

STRUCTURAL = frozenset(FindingKind) - {FindingKind.SOLID_FUSION, FindingKind.INFECTION, FindingKind.OTHER}
"""Findings that are a diagnosis of structure: what is broken, loose, not united, narrowed, slipped, torn or worn."""


def red_flag(inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine) -> ExceptionArgument | None:
    """A rule that an exception of its own set waives, or that the reviewer marks as waived, with the source."""
    paragraphs: list[LetterParagraph] = []
    grounds: list[str] = []
    for table in tables.tables:
        if table.line is line:
            grounds.extend(_exceptions_in_words(inputs, table))
            paragraphs.extend(_waived(inputs, table, words) for words in waivers(inputs, table))
            marked = list(_marked(inputs, table))
            grounds.extend(words for words, _ in marked)
            paragraphs.extend(item for _, item in marked)
    if not paragraphs:
        return None
    text = "What is waived is not claimed to be met: the set, or the source named, does not ask for it in this case."
    return ExceptionArgument(
        kind=ExceptionKind.RED_FLAG,
        line=line,
        grounds=tuple(grounds),
        paragraphs=(*paragraphs, paragraph(text, form("exception.red_flag"))),
        # Of a set that is not met all the same, the row of the table says enough.
        is_included=any(_is_decided_by_waiver(table) for table in tables.tables if table.line is line),
    )


def _is_decided_by_waiver(table: CriteriaTable) -> bool:
    """Whether a set is met where the line is argued, with something of it waived."""
    has_waiver = any(table.layout.waived_at(pair) for pair in table.layout.exceptions.values())
    is_marked = any(
        node.state is AssessmentState.EXCEPTION
        for row_node in table.layout.criteria
        for node in table.layout.at_levels(row_node)
    )
    return (has_waiver or is_marked) and all(level.truth is Truth.TRUE for level in table.layout.levels)


def clinical_judgement(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine
) -> ExceptionArgument | None:
    """A structural finding with the place of its words, where a set of the line is silent, not met or not settled."""
    if line not in inputs.granted_lines:
        return None
    open_ones = [
        item
        for item in inputs.traces_of(line)
        if item.is_silent or any(level.truth is not Truth.TRUE for level in levels_argued(inputs, line, item))
    ]
    found = list(_documented(inputs, line)) if open_ones else []
    if not found:
        return None
    results: list[str] = []
    for item in open_ones:
        table = tables.of(item)
        name = table.name if table is not None else one_line(item.set_title)
        silent = " and does not speak of these findings" if item.is_silent else ""
        results.append(f"{name} is {standing(levels_argued(inputs, line, item))}{silent}")
    reported = "; ".join(f"{item.names} ({_marks(inputs, item)})" for item in found)
    decided = f"{service_name(line)} medically necessary {inputs.where_granted(line)}".rstrip()
    text = (
        f"{'; '.join(results)}. Nothing of this is taken as met: what is open stands under “{CONCESSION_HEADING}”. "
        f"Reported where the service is asked for: {reported}. The determination finds {decided}; its grounds stand "
        f"under “{NECESSITY_HEADING}”. {who_decides(inputs)} is asked to weigh these findings beside {_whose(inputs)}, "
        "to say which of them is not accepted and why."
    )
    origins = [trace(item, "root") for item in open_ones]
    origins.append(record(f"determination.{line.id}", "Determination"))
    for item in found:
        name = study_name(item.study)
        origins.extend(record(f"imaging.{item.study.id}.findings.{it.id}", name) for it in item.findings)
        origins.extend(quote(link, inputs.case.document(link.span.document_id)) for link in item.links)
    return ExceptionArgument(
        kind=ExceptionKind.CLINICAL_JUDGEMENT,
        line=line,
        grounds=tuple(f"{study_name(item.study)}: {item.names}" for item in found),
        paragraphs=(paragraph(text, *origins, form("exception.clinical_judgement")),),
        # Where the set listed first, the payer's own, is met, there is nothing to argue around.
        is_included=inputs.traces_of(line)[0] in open_ones,
    )


def _whose(inputs: LetterInputs) -> str:
    """Whose criteria the findings are weighed beside, and the case in which an answer to them is asked for."""
    if inputs.kind is LetterKind.EXTERNAL_REVIEW:
        return "the criteria and, if the denial is upheld"
    is_first = inputs.kind is LetterKind.MEDICAL_NECESSITY
    return f"its criteria and, if it {'refuses' if is_first else 'upholds'}"


def _waived(inputs: LetterInputs, table: CriteriaTable, words: str) -> LetterParagraph:
    """A waiver with the words of the record that its exception rests on, and where the exception stands."""
    holding = [
        leaf
        for pair in table.layout.exceptions.values()
        for item in exceptions_of(pair)
        if table.layout.waived_at(pair, item)
        for leaf in table.layout.leaves(item)
        if leaf.truth is Truth.TRUE
    ]
    sources = dict.fromkeys(source_text(leaf.source) for leaf in holding if leaf.source is not None)
    links = [link for leaf in holding for link in inputs.evidence(leaf.evidence_ids)]
    links = [link for link in links if link.stance is Stance.SUPPORTS]
    said = dict.fromkeys(f"{quotation(link)} ({mark_of(inputs, link)})" for link in links)
    text = ended(words)
    if said:
        text += f" In the record: {listed(said)}."
    if sources:
        text += f" The exception stands in: {'; '.join(sources)}."
    origins = [trace(table.evaluation, leaf.id, leaf.subject) for leaf in holding]
    origins.extend(quote(link, inputs.case.document(link.span.document_id)) for link in links)
    return paragraph(f"{table.name}: {text}", *origins, form("exception.red_flag"))


def _exceptions_in_words(inputs: LetterInputs, table: CriteriaTable) -> Iterator[str]:
    """What waives a rule, in the words of both, for places where the rows have no numbers."""
    for node_id, pair in table.layout.exceptions.items():
        exception = next(item for item in exceptions_of(pair) if item.id == node_id)
        if table.layout.waived_at(pair, exception):
            names = [_name_of(inputs, table, node) for node in (rule_of(pair), exception)]
            yield f"“{names[0]}” is waived by “{names[1]}”"


def _name_of(inputs: LetterInputs, table: CriteriaTable, node: NodeTrace) -> str:
    if node.kind == "criterion":
        return criterion_text(inputs, table.evaluation, node).removesuffix(".")
    return one_line(node.text) or "a rule of the set"


def _marked(inputs: LetterInputs, table: CriteriaTable) -> Iterator[tuple[str, LetterParagraph]]:
    """Criteria that the reviewer marks as waived, with what waives them."""
    for node in table.layout.criteria:
        at = [item for item in table.layout.at_levels(node) if item.state is AssessmentState.EXCEPTION]
        given = [inputs.assessments.get(key_of(table.evaluation, item)) for item in at]
        sources = dict.fromkeys(
            one_line(item.exception_source)
            for item in given
            if item is not None and item.exception_source.strip()
        )
        if sources:
            by = f"is waived by: {'; '.join(sources)}"
            words = f"{opened(row_list((table.row_of[node.id],)))} {by}"
            ground = f"“{criterion_text(inputs, table.evaluation, node).removesuffix('.')}” {by}"
            origins = [trace(table.evaluation, item.id, item.subject) for item in at]
            yield ground, paragraph(f"{table.name}: {ended(words)}", *origins, form("exception.red_flag"))


@dataclass(frozen=True, slots=True)
class _Documented:
    """What one study affirms where a line is asked for, with the words that were linked for it."""

    study: ImagingStudy
    findings: tuple[Finding, ...]
    links: tuple[EvidenceLink, ...]

    @property
    def names(self) -> str:
        """`loosening at S1 and nonunion at L5-S1`."""
        return listed(dict.fromkeys(map(finding_phrase, self.findings)))


def _marks(inputs: LetterInputs, item: _Documented) -> str:
    """Where the words stand; they are quoted in the tables and not once more."""
    return "; ".join(dict.fromkeys(mark_of(inputs, link) for link in item.links))


def _documented(inputs: LetterInputs, line: ServiceLine) -> Iterator[_Documented]:
    """Structural findings at the levels asked for whose words are linked to a criterion of the line."""
    linked = [
        link
        for evaluation in inputs.traces_of(line)
        for node in leaves_of(evaluation)
        for link in inputs.evidence(node.evidence_ids)
        if link.stance is Stance.SUPPORTS
    ]
    for study in inputs.case.imaging:
        findings: list[Finding] = []
        words: dict[Place, EvidenceLink] = {}
        for finding in affirmed_findings((study,), inputs.granted_levels(line)):
            own = [
                link for link in linked if link.span.document_id == study.document_id and _says(link, finding)
            ]
            if finding.kind in STRUCTURAL and own and is_on_side(finding, inputs.granted_sides(line)):
                findings.append(finding)
                words.setdefault(place_of(own[0]), own[0])
        if findings:
            yield _Documented(study, tuple(findings), tuple(words.values()))


def _says(link: EvidenceLink, finding: Finding) -> bool:
    """Whether linked words and the words of a finding are one passage."""
    one, other = one_line(link.span.quote), one_line(finding.quote)
    return bool(other) and (one in other or other in one)
