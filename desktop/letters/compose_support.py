"""Silence of a set, and the literature that bears on what the imaging shows, chosen by conditions on the record.

Every sentence of the literature comes from the verified library; what limits the argument is stated beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.clinical import Assertion, FactKind, Finding, FindingKind, ImagingStudy
from desktop.domain.denial import DenialCategory
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.reference import ReferenceStance
from desktop.domain.service_line import CodeSystem, ServiceLine
from desktop.domain.vertebra import touches_any
from desktop.letters.anatomy import is_lumbar
from desktop.letters.citations import literal
from desktop.letters.compose_criteria import SILENCE_HEADING, CriteriaTables, set_name
from desktop.letters.criteria_tree import standing
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, citing, form, paragraph, record, trace
from desktop.letters.wording import code_text, ended, level_list, listed, one_line, service_name

MOST_CLAIMS = 2
"""Sentences of one topic: a reader weighs two sources and skips five."""

REINSERTION = "22849"
REMOVAL = frozenset({"22850", "22852", "22855"})
NEW_FIXATION = frozenset(str(code) for code in range(22840, 22849))
"""The codes of the Scoliosis Research Society's note, reference `srs-2013-coding`."""


def silence(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock | None:
    """Where a set does not speak of the indication: that, why, and which sets do speak of it."""
    paragraphs = [
        _silent_paragraph(inputs, tables, line, evaluation)
        for line in inputs.argued_lines
        for evaluation in inputs.traces_of(line)
        if evaluation.is_silent
    ]
    if not paragraphs:
        return None
    text = (
        "A criterion written for another indication gives no answer for this one: that it is not met shows that the "
        "case is not of the kind the set describes, not that the service is unnecessary for what was found."
    )
    return LetterBlock(
        id=block_id(BlockKind.SILENCE),
        kind=BlockKind.SILENCE,
        heading=SILENCE_HEADING,
        paragraphs=(*paragraphs, paragraph(text, form("silence"))),
    )


def _silent_paragraph(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine, evaluation: EvaluationTrace
) -> LetterParagraph:
    table = tables.of(evaluation)
    where = f" ({table.name})" if table is not None else ""
    reason = ended(one_line(evaluation.silence_reason))
    text = f"{service_name(line)}: “{set_name(evaluation)}”{where} is silent here. {reason}".rstrip()
    origins = [trace(evaluation, "root")]
    others: list[str] = []
    for item in inputs.traces_of(line):
        other = tables.of(item)
        if not item.is_silent and other is not None:
            others.append(
                f"“{set_name(item)}” ({other.name}), with the result: {standing(other.layout.levels)}"
            )
            origins.append(trace(item, "root"))
    if others:
        text += f" Criteria that do speak of it: {'; '.join(others)}."
    return paragraph(text, *origins)


def affirmed(inputs: LetterInputs) -> tuple[tuple[ImagingStudy, Finding], ...]:
    """Every finding that a report affirms, with its study; healed levels are not among them."""
    return tuple(
        (study, finding)
        for study in inputs.case.imaging
        for finding in study.findings
        if finding.assertion is Assertion.AFFIRMED and finding.kind is not FindingKind.SOLID_FUSION
    )


def has_support(inputs: LetterInputs) -> bool:
    """Whether the library holds anything that bears on this case."""
    return support(inputs) is not None


def support(inputs: LetterInputs) -> LetterBlock | None:
    """Guideline and literature sentences, each cited; None when no condition on the record is fulfilled."""
    paragraphs = list(_literature(inputs))
    if all(reason.category is not DenialCategory.CODING for reason in inputs.case.denial.reasons):
        # Otherwise the rule stands where the reason is answered.
        paragraphs.extend(coding_paragraphs(inputs))
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SUPPORT),
        kind=BlockKind.SUPPORT,
        heading="Guidelines and literature",
        paragraphs=tuple(paragraphs),
    )


def _literature(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    # The library speaks of the lumbar spine only: a finding elsewhere draws nothing from it.
    asked = [
        level for line in inputs.granted_lines for level in inputs.granted_levels(line) if is_lumbar(level)
    ]
    if not asked:
        return
    at: dict[FindingKind, list[str]] = {}
    for _, finding in affirmed(inputs):
        if is_lumbar(finding.level) and touches_any(finding.level, asked):
            at.setdefault(finding.kind, []).append(finding.level or "")
    facts = {fact.kind for fact in inputs.case.history.facts}
    if FindingKind.LOOSENING in at:
        lead = f"On loosening, which the imaging shows at {_places(at, FindingKind.LOOSENING)}:"
        yield from _told(inputs, lead, ("loosening-ct",), ("loosening-ct-negative",))
    if FindingKind.NONUNION in at:
        lead = f"On judging union, since the imaging shows nonunion at {_places(at, FindingKind.NONUNION)}:"
        limits = ["nonunion-imaging-limits"]
        if FindingKind.INSTABILITY in at:
            limits.append("nonunion-motion")
        yield from _told(inputs, lead, ("nonunion-definition", "nonunion-imaging"), tuple(limits))
        lead = "On treating a symptomatic nonunion:"
        yield from _told(
            inputs, lead, ("nonunion-treatment", "nonunion-outcome"), ("nonunion-outcome-limits",)
        )
        if facts & {FactKind.TOBACCO, FactKind.COTININE}:
            lead = "On tobacco, whose use is stated under “Clinical history”:"
            yield from _told(inputs, lead, ("tobacco",), (), most=1)
    if FindingKind.LOOSENING in at and FactKind.BONE_DENSITY in facts:
        lead = "On bone density, stated under “Clinical history”:"
        yield from _told(inputs, lead, ("bone-loosening",), (), most=1)


def _places(at: dict[FindingKind, list[str]], kind: FindingKind) -> str:
    return listed(dict.fromkeys(level for level in at[kind] if level))


def _told(
    inputs: LetterInputs,
    lead: str,
    topics: tuple[str, ...],
    limits: tuple[str, ...],
    *,
    most: int = MOST_CLAIMS,
) -> Iterator[LetterParagraph]:
    """What the sources say for it, at most `most` sentences a topic, and everything they say that limits it."""
    claims = [claim for topic in topics for claim in inputs.references.claims(topic)[:most]]
    against = [*inputs.references.claims(*limits)]
    for_it = [claim for claim in claims if claim.stance is not ReferenceStance.AGAINST]
    against += [claim for claim in claims if claim.stance is ReferenceStance.AGAINST]
    parts = [lead, *(claim.cited_text for claim in for_it)] if for_it else [lead]
    if against:
        parts.extend(("What limits this:", *(claim.cited_text for claim in against)))
    if for_it or against:
        origins = (cited(claim.reference_id) for claim in (*for_it, *against))
        yield citing(" ".join(parts), form("support"), *origins)


def coding_paragraphs(inputs: LetterInputs) -> tuple[LetterParagraph, ...]:
    """The coding rule for reinsertion of fixation, held against the codes of this request; else nothing."""
    lines = [line for line in inputs.case.service_lines if line.code_system is CodeSystem.CPT]
    reinsertions = [line for line in lines if line.code.strip() == REINSERTION]
    claims = inputs.references.claims("coding-reinsertion")
    if not reinsertions or not claims:
        return ()
    clashes = [
        line
        for line in lines
        if line.code.strip() in REMOVAL | NEW_FIXATION and any(_overlap(line, item) for item in reinsertions)
    ]
    origins = [record(f"service_lines.{line.id}.code", "Service line") for line in (*reinsertions, *clashes)]
    if clashes:
        found = listed(
            f"{literal(code_text(line))}{f' at {level_list(line.levels)}' if line.levels else ''}"
            for line in clashes
        )
        own = (
            f"This request lists, beside reinsertion, {found}: the coding has to be settled for those levels."
        )
    else:
        own = "This request lists none of those codes at the levels of the reinsertion."
    text = " ".join(("On the coding:", *(claim.cited_text for claim in claims), own))
    return (citing(text, form("coding"), *(cited(claim.reference_id) for claim in claims), *origins),)


def _overlap(one: ServiceLine, other: ServiceLine) -> bool:
    if not one.levels or not other.levels:
        return True
    return any(touches_any(level, other.levels) for level in one.levels)
