"""Evaluates a criteria set for a service line: a pure function to a trace in which every result explains itself.

It must not read the clock, the store or the screen. The semantics:

* A set is evaluated once per level of the line, and once per side of each when it has a criterion asked per side. A
  criterion asked per level or per side reads the answer for that level or side; one asked per service line reads the
  answer for the line; one asked per case reads the one answer of the case.
* Three-valued (strong Kleene) logic. Unclear and not documented are UNKNOWN, never FALSE.
* What holds only on words older than the criterion's `within` is UNKNOWN; an exception is not asked its age.
* What is marked not applicable does not count in ALL, ANY, AT LEAST or NOT; a group of which nothing counts is itself
  not applicable; the count of AT LEAST is not lowered. A set of which nothing counts is UNKNOWN.
* UNLESS is the rule OR any of its exceptions; where the rule does not apply, its exceptions do not count either.
* The line is TRUE only when every level is, and FALSE as soon as one level is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.clinical import ImagingStudy
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Scope
from desktop.domain.document import Document
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth, all_of, any_of, at_least, negate
from desktop.rules.leaf import NO_LEVEL, NO_SIDE, LeafResult, judge
from desktop.rules.open_criteria import open_criteria
from desktop.rules.silence import silence_of
from desktop.rules.subjects import places_of, subject_of
from desktop.rules.waiver import waiver_reason

_NO_LINKS: Mapping[AssessmentKey, Sequence[EvidenceLink]] = {}


def evaluate(
    criteria_set: CriteriaSet,
    line: ServiceLine,
    assessments: Mapping[AssessmentKey, CriterionAssessment],
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]] = _NO_LINKS,
    *,
    imaging: Sequence[ImagingStudy] = (),
    documents: Sequence[Document] = (),
) -> EvaluationTrace:
    """The trace of a set for a line. `imaging` decides silence; `documents` tell of what kind and age linked words are.

    Silence is judged by what imaging shows at the levels of the line. Words linked in a document that is not among
    `documents` count as undated where a criterion limits their age.
    """
    by_id = {document.id: document for document in documents}
    levels = tuple(
        _level_trace(_Question(criteria_set, line, level, side, assessments, links, by_id))
        for level, side in places_of(criteria_set, line)
    )
    is_silent, silence_reason = silence_of(criteria_set, imaging, line.levels)
    return EvaluationTrace(
        set_id=criteria_set.id,
        set_title=criteria_set.title,
        publisher=criteria_set.publisher,
        edition=criteria_set.edition,
        set_hash=criteria_set.content_hash,
        service_line_id=line.id,
        truth=all_of(level.truth for level in levels),
        levels=levels,
        is_silent=is_silent,
        silence_reason=silence_reason,
    )


_NOTHING_NAMED = {Scope.LEVEL: NO_LEVEL, Scope.SIDE: NO_SIDE}
"""Why nothing can be known of what is asked level by level or side by side when the line names none."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One set, one line, one level, one side, and everything that was answered."""

    criteria_set: CriteriaSet
    line: ServiceLine
    level: str
    side: str
    assessments: Mapping[AssessmentKey, CriterionAssessment]
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]]
    documents: Mapping[str, Document]


def _level_trace(question: _Question) -> LevelTrace:
    root = _trace(question.criteria_set.root, question)
    missing = open_criteria(question.criteria_set.root, root)
    return LevelTrace(level=question.level, side=question.side, truth=root.truth, root=root, missing=missing)


def _trace(node: Criterion | Group, question: _Question) -> NodeTrace:
    return _leaf_trace(node, question) if isinstance(node, Criterion) else _group_trace(node, question)


def _leaf_trace(criterion: Criterion, question: _Question) -> NodeTrace:
    subject = subject_of(criterion, question.line.id, question.level, question.side)
    key = AssessmentKey(set_id=question.criteria_set.id, criterion_id=criterion.id, subject=subject)
    assessment = question.assessments.get(key)
    links = question.links.get(key, ())
    if criterion.per in _NOTHING_NAMED and not subject:
        result = LeafResult(Truth.UNKNOWN, _NOTHING_NAMED[criterion.per])
        assessment, links = None, ()
    else:
        result = judge(criterion, assessment, links, question.documents, question.line.service_on)
    return NodeTrace(
        id=criterion.id,
        kind="criterion",
        text=criterion.text,
        truth=result.truth,
        is_applicable=result.is_applicable,
        subject=subject,
        state=assessment.state if assessment else None,
        polarity=criterion.polarity,
        note=assessment.note if assessment else "",
        amount=result.amount,
        reason=result.reason,
        evidence_ids=tuple(link.id for link in links),
        source=criterion.source,
    )


def _group_trace(group: Group, question: _Question) -> NodeTrace:
    children = tuple(_trace(child, question) for child in group.children)
    counted = [child.truth for child in children if child.is_applicable]
    if group.kind == "unless" and not children[0].is_applicable:
        counted = []  # what does not apply needs no exception
    return NodeTrace(
        id=group.id,
        kind=group.kind,
        text=group.text,
        truth=_combine(group, counted) if counted else Truth.UNKNOWN,
        is_applicable=bool(counted),
        count=group.count,
        reason=waiver_reason(children) if group.kind == "unless" and counted else _reason(group, counted),
        children=children,
    )


def _combine(group: Group, counted: Sequence[Truth]) -> Truth:
    match group.kind:
        case "all":
            return all_of(counted)
        case "any" | "unless":
            return any_of(counted)
        case "at_least":
            return at_least(group.count or 1, counted)
        case _:
            return negate(all_of(counted))


def _reason(group: Group, counted: Sequence[Truth]) -> str:
    if not counted:
        return "Nothing under it applies." if group.kind != "unless" else "The rule does not apply."
    met = sum(truth is Truth.TRUE for truth in counted)
    failed = sum(truth is Truth.FALSE for truth in counted)
    tally = f"{met} true, {failed} false, {len(counted) - met - failed} not established"
    match group.kind:
        case "all":
            return f"All must hold: {tally}."
        case "any":
            return f"One is enough: {tally}."
        case "at_least":
            return f"At least {group.count} must hold: {tally}."
        case _:
            return f"It must not hold: {tally}."
