"""Exception arguments about the set itself: the wrong one, not in force, or stricter than Medicare's.

It must not say that a plan applied a set unless the notice or the reviewer says so, and it claims a rule of law only
for the kind of plan and the time that the rule is proven for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.argument import DoubtKind, ExceptionKind, SetDoubt
from desktop.domain.criteria import Comparison, CriteriaSet, Criterion
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import LetterKind, LetterParagraph, Provenance
from desktop.domain.member import LineOfBusiness
from desktop.domain.reference import Claim
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria import CriteriaTables, set_name
from desktop.letters.composing.criteria_tree import leaves_of, levels_argued, standing
from desktop.letters.composing.exceptions_argument import (
    ExceptionArgument,
    exception_key,
    is_named_in_notice,
    need_of_proof,
)
from desktop.letters.composing.legal import is_before_medicare_rules
from desktop.letters.composing.naming import who_decides
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, paragraph, record, trace
from desktop.letters.wording import ended, held_text, long_date, one_line, service_name


def wrong_set(inputs: LetterInputs, _: CriteriaTables, line: ServiceLine) -> ExceptionArgument | None:
    """The set is for something else than this line; left out until the notice or the reviewer says it was applied."""
    doubts = list(_doubts(inputs, line, DoubtKind.WRONG_SET))
    if not doubts:
        return None
    key = exception_key(ExceptionKind.WRONG_SET, line)
    needs = tuple(need for _, found in doubts for need in need_of_proof(inputs, found, key))
    paragraphs: list[LetterParagraph] = []
    for doubt, found in doubts:
        text = (
            f"The plan applied {_caption(found)} to {service_name(line)}. {ended(one_line(doubt.sentence))} A result "
            f"under it gives no answer for this service. {who_decides(inputs)} is asked to apply criteria for the "
            "service requested, or to say why these are."
        )
        paragraphs.append(paragraph(text, *_origins(inputs, line, found), form("exception.wrong_set")))
    return ExceptionArgument(
        kind=ExceptionKind.WRONG_SET,
        line=line,
        grounds=tuple(f"“{one_line(found.title)}”: {doubt.sentence}" for doubt, found in doubts),
        paragraphs=tuple(paragraphs),
        needs=needs,
        is_included=not needs,
    )


def edition_not_in_force(
    inputs: LetterInputs, _: CriteriaTables, line: ServiceLine
) -> ExceptionArgument | None:
    """The edition held against the line is not that of the day of the service: its dates beside that day."""
    doubts = list(_doubts(inputs, line, DoubtKind.NOT_IN_FORCE))
    if not doubts:
        return None
    key = exception_key(ExceptionKind.EDITION_NOT_IN_FORCE, line)
    needs = [need for _, found in doubts for need in need_of_proof(inputs, found, key)]
    if line.service_on is None:
        needs.append("Enter the date of service of this line: an edition is in force on a day.")
    is_past = line.timing is ServiceTiming.POST_SERVICE
    is_gone = line.service_on is not None and line.service_on < inputs.today
    ahead = "was requested for" if is_gone else "is planned for"
    happens = "was performed on" if is_past else ahead
    day = f"{service_name(line)} {happens} {long_date(line.service_on)}"
    paragraphs = [
        paragraph(
            f"The plan applied {_caption(found)}, {_in_force(found)}. {day}. "
            f"{ended(one_line(doubt.sentence))} {who_decides(inputs)} is asked to apply the edition in force on that "
            "day.",
            *_origins(inputs, line, found),
            record(f"service_lines.{line.id}.service_on", "Date of service"),
            form("exception.edition_not_in_force"),
        )
        for doubt, found in doubts
    ]
    return ExceptionArgument(
        kind=ExceptionKind.EDITION_NOT_IN_FORCE,
        line=line,
        grounds=tuple(f"“{one_line(found.title)}”: {doubt.sentence}" for doubt, found in doubts),
        paragraphs=tuple(paragraphs),
        needs=tuple(needs),
        is_included=not needs,
    )


def stricter_than_medicare(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine
) -> ExceptionArgument | None:
    """A plan's set beside a Medicare set on the same line, where the plan's asks for more; Medicare Advantage only."""
    if inputs.case.coverage.line_of_business is not LineOfBusiness.MEDICARE_ADVANTAGE:
        return None
    claims = inputs.references.claims("law-medicare-advantage")
    if not claims or is_before_medicare_rules(line):
        return None
    evaluations = [
        (item, found) for item in inputs.traces_of(line) if (found := inputs.sets.get(item.set_id))
    ]
    medicare = [item for item in evaluations if is_medicare(item[1])]
    pairs = [
        (own, rule)
        for own in evaluations
        if not is_medicare(own[1])
        for rule in medicare
        if _is_stricter(inputs, line, own, rule)
    ]
    if not pairs:
        return None
    key = exception_key(ExceptionKind.STRICTER_THAN_MEDICARE, line)
    plans = {own[1].id: own[1] for own, _ in pairs}
    needs = tuple(need for found in plans.values() for need in need_of_proof(inputs, found, key))
    paragraphs = [_law(inputs, claims), *(_compared(inputs, tables, line, own, rule) for own, rule in pairs)]
    is_plan = inputs.kind is not LetterKind.EXTERNAL_REVIEW
    unless = "or to show where its own set" if is_plan else "unless the plan shows where its own set"
    text = (
        "Whether Medicare’s criteria are fully established for this service is not claimed here. "
        f"{who_decides(inputs)} is asked to decide on Medicare’s criteria, {unless}, the evidence for it and the "
        "reasoning are public."
    )
    paragraphs.append(paragraph(text, form("exception.stricter_than_medicare")))
    return ExceptionArgument(
        kind=ExceptionKind.STRICTER_THAN_MEDICARE,
        line=line,
        grounds=tuple(
            f"“{set_name(own[0])}” asks for more than “{set_name(rule[0])}”." for own, rule in pairs
        ),
        paragraphs=tuple(paragraphs),
        needs=needs,
        is_included=not needs,
    )


def is_medicare(found: CriteriaSet) -> bool:
    """Whether a set holds Medicare's own criteria."""
    return "medicare" in found.publisher.casefold()


_Held = tuple[EvaluationTrace, CriteriaSet]


def _doubts(
    inputs: LetterInputs, line: ServiceLine, kind: DoubtKind
) -> Iterator[tuple[SetDoubt, CriteriaSet]]:
    for doubt in inputs.doubts:
        found = inputs.sets.get(doubt.set_id)
        if doubt.service_line_id == line.id and doubt.kind is kind and found is not None:
            yield doubt, found


def _caption(found: CriteriaSet) -> str:
    """`“Reinsertion of spinal fixation” (Example Health Plan, 2026)`."""
    words = ", ".join(part for part in map(one_line, (found.publisher, found.edition)) if part)
    return f"“{one_line(found.title)}”{f' ({words})' if words else ''}"


def _in_force(found: CriteriaSet) -> str:
    parts = [
        f"{word} {long_date(day)}"
        for word, day in (("effective from", found.effective_from), ("to", found.effective_to))
        if day is not None
    ]
    return " ".join(parts) or "whose effective dates are not recorded"


def _origins(inputs: LetterInputs, line: ServiceLine, found: CriteriaSet) -> Iterator[Provenance]:
    if is_named_in_notice(inputs, found):
        yield record("denial.criteria_named", "Criteria named in the notice")
    else:
        yield record(f"service_lines.{line.id}.criteria_set_ids", "Criteria sets of the service line")
    yield from (trace(item, "root") for item in inputs.traces_of(line) if item.set_id == found.id)


def _is_stricter(inputs: LetterInputs, line: ServiceLine, own: _Held, rule: _Held) -> bool:
    """Whether Medicare's set is met where the plan's is not, or a threshold of the plan's asks for more."""
    met = [
        all(item.truth is Truth.TRUE for item in levels_argued(inputs, line, held[0])) for held in (own, rule)
    ]
    return met == [False, True] or any(True for _ in _harder(own, rule))


def _harder(own: _Held, rule: _Held) -> Iterator[tuple[Criterion, Criterion]]:
    """Criteria of both sets about the same thing, in the same unit, of which the plan's is the harder one."""
    asked = {leaf.id for held in (own, rule) for leaf in leaves_of(held[0]) if leaf.is_applicable}
    for mine in own[1].criteria():
        for theirs in rule[1].criteria():
            is_same = mine.topic is not None and mine.topic == theirs.topic and {mine.id, theirs.id} <= asked
            if is_same and _asks_more(mine, theirs):
                yield mine, theirs


def _asks_more(mine: Criterion, theirs: Criterion) -> bool:
    one, other = mine.threshold, theirs.threshold
    if one is None or other is None or one.unit != other.unit:
        return False
    floors = (Comparison.AT_LEAST, Comparison.MORE_THAN)
    if (one.comparison in floors) is not (other.comparison in floors):
        return False
    return one.value > other.value if one.comparison in floors else one.value < other.value


def _law(inputs: LetterInputs, claims: Sequence[Claim]) -> LetterParagraph:
    """The rule with the kind of plan it is for and the time from which it governs."""
    since = [
        claim
        for claim in inputs.references.claims("law-medicare-advantage-history")
        if claim.reference_id == "88fr22120"
    ]
    told = (*claims, *since)
    sentences = " ".join(claim.cited_text for claim in told)
    label = inputs.case.coverage.line_of_business.label
    return citing(
        f"The coverage is recorded as: {label}. {sentences}",
        record("coverage.line_of_business", "Line of business"),
        form("exception.stricter_than_medicare"),
        *(cited(claim.reference_id) for claim in told),
    )


def _compared(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine, own: _Held, rule: _Held
) -> LetterParagraph:
    parts: list[str] = []
    for evaluation, _ in (rule, own):
        came_out = standing(levels_argued(inputs, line, evaluation))
        parts.append(f"“{set_name(evaluation)}”{_table(tables, evaluation)}: {came_out}")
    text = f"For {service_name(line)}, {'; '.join(parts)}."
    for mine, theirs in _harder(own, rule):
        text += (
            f" The plan’s set asks for {_threshold(mine)}{_row(tables, own[0], mine)} where Medicare’s asks for "
            f"{_threshold(theirs)}{_row(tables, rule[0], theirs)}."
        )
    return paragraph(text, trace(own[0], "root"), trace(rule[0], "root"))


def _threshold(criterion: Criterion) -> str:
    return held_text(criterion.threshold.caption) if criterion.threshold is not None else "more"


def _table(tables: CriteriaTables, evaluation: EvaluationTrace) -> str:
    table = tables.of(evaluation)
    return f" ({table.name})" if table is not None else ""


def _row(tables: CriteriaTables, evaluation: EvaluationTrace, criterion: Criterion) -> str:
    number = tables.row_of(evaluation, criterion.id)
    return f" (row {number})" if number else ""
