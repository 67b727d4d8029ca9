"""Tries a draft on an open case while it is still being written: what does not read as a value yet is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import ValidationError

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.case import Case
from desktop.domain.clinical import FactKind, FindingKind
from desktop.domain.criteria import (
    Comparison,
    CriteriaSet,
    Criterion,
    Group,
    Measure,
    MeasureKind,
    Source,
    Threshold,
)
from desktop.domain.evaluation import EvaluationTrace, LevelTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.window import MAX_WINDOW, Window
from desktop.rules.evaluate import evaluate
from desktop.rules.fields import decimal_of
from desktop.rules.loader import CriteriaFileError, load_set
from desktop.rules.measures import offers_for
from desktop.rules.schema import ID_PATTERN
from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    filled,
    walk,
)
from desktop.services.criteria_draft_reading import settled
from desktop.services.criteria_draft_text import ORIGIN, to_yaml

_UNNAMED = "draft"


Place = tuple[str, str]
"""Level and side; empty where the line names none."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What one node comes to at one level (and side). `is_applicable`: whether it counts there at all."""

    truth: Truth
    is_applicable: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What a draft comes to for a service line: the whole, and by place (level, side) every node by its key."""

    truth: Truth
    places: tuple[Place, ...]
    nodes: Mapping[Place, Mapping[int, NodeResult]]
    offers: Mapping[Place, Mapping[int, str]]
    """By place: what the record would answer, as a sentence with its arithmetic."""
    trace: EvaluationTrace
    criteria_set: CriteriaSet
    answers: Mapping[AssessmentKey, CriterionAssessment]
    """Those of the case that answer criteria of the draft, under the draft's id."""
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]]


def trial(
    draft: CriteriaDraft,
    case: Case,
    line: ServiceLine,
    assessments: Mapping[AssessmentKey, CriterionAssessment],
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]],
) -> TrialResult | None:
    """The draft held against a line with the answers the case has; None while there is no criterion.

    Answers are those given to this set, or else to the set it supersedes or customises, by criterion id.
    """
    tried = criteria_set_of(draft)
    if tried is None:
        return None
    answers, linked = _carried(draft, tried, assessments), _carried(draft, tried, links)
    answers = {key: item.model_copy(update={"key": key}) for key, item in answers.items()}
    trace = evaluate(tried, line, answers, linked, imaging=case.imaging, documents=case.documents)
    keys = {_trial_id(node): node.key for node in walk(settled(draft).root)}
    nodes = {(level.level, level.side): _results(level, keys) for level in trace.levels}
    offers = {
        place: {
            keys[offer.key.criterion_id]: offer.arithmetic for offer in offers_for(tried, case, line, *place)
        }
        for place in nodes
    }
    return TrialResult(trace.truth, tuple(nodes), nodes, offers, trace, tried, answers, linked)


def saved_set_of(draft: CriteriaDraft) -> CriteriaSet | None:
    """The draft as the set it would be saved as; while it cannot be, as far as it goes."""
    try:
        return load_set(to_yaml(draft), ORIGIN)
    except CriteriaFileError:
        return criteria_set_of(draft)


def criteria_set_of(draft: CriteriaDraft) -> CriteriaSet | None:
    """The draft as a set, without what cannot be read as a value yet; None while there is no criterion."""
    whole = settled(draft)
    root = _node(whole.root, whole)
    if root is None:
        return None
    try:
        return CriteriaSet(
            id=draft.id or _UNNAMED,
            family=draft.family or _UNNAMED,
            title=draft.title,
            publisher=draft.publisher,
            document_number=draft.document_number,
            edition=draft.edition,
            effective_from=_day(draft.effective_from),
            effective_to=_day(draft.effective_to),
            retrieved_on=_day(draft.retrieved_on),
            review_by=_day(draft.review_by),
            address=draft.address,
            licence=draft.licence,
            customises=draft.customises or None,
            supersedes=draft.supersedes or None,
            terms=filled(draft.terms),
            codes=filled(draft.codes),
            diagnoses=filled(draft.diagnoses),
            indications=filled(draft.indications),
            covers=draft.covers,
            notes=draft.notes,
            root=root if isinstance(root, Group) else Group(kind="all", id="draft.root", children=(root,)),
        )
    except ValidationError:
        return None  # a character or an id that no set can hold: the check says so at its field


_T = TypeVar("_T")


def _carried(
    draft: CriteriaDraft, tried: CriteriaSet, found: Mapping[AssessmentKey, _T]
) -> dict[AssessmentKey, _T]:
    """Answers, or links, of the earlier set under the ids of this one, where criterion and scope are the same."""
    scopes = {leaf.id: leaf.per for leaf in tried.criteria()}
    carried: dict[AssessmentKey, _T] = {}
    for set_id in filter(None, (draft.customises, draft.supersedes, draft.id)):
        for key, value in found.items():
            if key.set_id == set_id and key.criterion_id in scopes:
                carried[key.model_copy(update={"set_id": tried.id})] = value
    return carried


# ----------------------------------------------------------------------------------------------- the tree


def _trial_id(node: NodeDraft) -> str:
    """The id under which a node is tried: that of its answers, or one from its key that no id looks like."""
    return node.id or f"draft.{node.key}"


def _node(node: NodeDraft, whole: CriteriaDraft) -> Criterion | Group | None:
    if isinstance(node, CriterionDraft):
        return _criterion(node, whole)
    children = tuple(child for child in (_node(item, whole) for item in node.children) if child is not None)
    return _group(node, children) if children else None


def _group(node: GroupDraft, children: tuple[Criterion | Group, ...]) -> Group | None:
    count = min(node.count, len(children)) if node.rule == "at_least" else None
    try:
        return Group(kind=node.rule, id=_trial_id(node), text=node.text, count=count, children=children)
    except ValidationError:
        return None


def _criterion(node: CriterionDraft, whole: CriteriaDraft) -> Criterion | None:
    try:
        return Criterion(
            id=_trial_id(node),
            text=node.text.strip() or "…",
            polarity=node.polarity,
            per=node.per,
            threshold=_threshold(node),
            evidence_types=node.evidence_types,
            within=_window(node),
            measure=_measure(node),
            concerns=_concerns(node),
            topic=node.topic if re.fullmatch(ID_PATTERN, node.topic) else None,
            source=_source(node, whole),
            closes_with=node.closes_with,
            note=node.note,
        )
    except ValidationError:
        return None


def _source(node: CriterionDraft, whole: CriteriaDraft) -> Source:
    proofs: dict[str, Literal["T", "O", "S", "H", "U"]] = {"T": "T", "O": "O", "S": "S", "H": "H"}
    return Source(
        document=node.document or whole.title,
        locator=node.locator,
        proof=proofs.get(node.proof, "U"),
        address=node.address,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _threshold(node: CriterionDraft) -> Threshold | None:
    number = decimal_of(node.number.strip())
    known = {item.value: item for item in Comparison}
    if number is None or node.comparison not in known or not node.unit.strip():
        return None
    return Threshold(comparison=known[node.comparison], value=number, unit=node.unit.strip())


def _measure(node: CriterionDraft) -> Measure | None:
    kind, _, name = node.measure.partition(".")
    known = {item.value: item for item in MeasureKind}
    return Measure(kind=known[kind], name=name) if kind in known and _threshold(node) else None


def _window(node: CriterionDraft) -> Window | None:
    count = decimal_of(node.within_count.strip())
    if count is None or count != int(count) or not 1 <= count <= MAX_WINDOW:
        return None
    return Window(count=int(count), unit=node.within_unit)


def _concerns(node: CriterionDraft) -> FindingKind | FactKind | None:
    known: dict[str, FindingKind | FactKind] = {item.value: item for item in FactKind}
    known |= {item.value: item for item in FindingKind}
    return known.get(node.concerns)


def _results(level: LevelTrace, keys: Mapping[str, int]) -> dict[int, NodeResult]:
    return {
        keys[node.id]: NodeResult(node.truth, node.is_applicable, node.reason)
        for node in level.root.nodes()
        if node.id in keys
    }
