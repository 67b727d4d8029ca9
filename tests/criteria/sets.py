"""Builds criteria sets, answers and links for tests in as few words as possible; it must not test anything itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.criteria import (
    CriteriaSet,
    Criterion,
    Group,
    LicenceClass,
    Scope,
    Source,
    Threshold,
)
from desktop.domain.document import Document, DocumentKind, span_of
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.rules.evaluate import evaluate
from desktop.rules.set_cases import laterality_of

SOURCE = Source(document="A rule", locator="Section 1", proof="T", address="https://example.org/rule")
SET_ID = "a-set"
REPORT = Document(
    id="report", kind=DocumentKind.IMAGING_REPORT, title="CT", text="No bridging bone at L5-S1."
)


def leaf(criterion_id: str, **more: object) -> Criterion:
    return Criterion.model_validate(
        {
            "id": criterion_id,
            "text": f"Criterion {criterion_id}",
            "source": SOURCE,
            "closes_with": "A report",
            **more,
        }
    )


def group(kind: str, *children: Criterion | Group, count: int | None = None, name: str = "") -> Group:
    identifier = name or f"{kind.replace('_', '-')}-{'-'.join(child.id for child in children)}"[:80]
    return Group.model_validate({"kind": kind, "id": identifier, "count": count, "children": children})


def all_of(*children: Criterion | Group) -> Group:
    return group("all", *children)


def any_of(*children: Criterion | Group) -> Group:
    return group("any", *children)


def none_of(child: Criterion | Group) -> Group:
    return group("not", child)


def unless(rule: Criterion | Group, *exceptions: Criterion | Group) -> Group:
    return group("unless", rule, *exceptions)


def at_least(count: int, *children: Criterion | Group) -> Group:
    return group("at_least", *children, count=count)


def set_of(root: Group | Criterion, **more: object) -> CriteriaSet:
    tree = root if isinstance(root, Group) else all_of(root)
    fields = {
        "id": SET_ID,
        "family": "a-family",
        "title": "A set",
        "publisher": "Nobody",
        "edition": "first",
        "licence": LicenceClass.PUBLIC,
        "root": tree,
        **more,
    }
    return CriteriaSet.model_validate(fields)


def key(criterion_id: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id=SET_ID, criterion_id=criterion_id, subject=subject)


def amount(value: str, unit: str) -> Amount:
    return Amount(value=Decimal(value), unit=unit)


def threshold(comparison: str, value: str, unit: str) -> Threshold:
    return Threshold.model_validate({"comparison": comparison, "value": value, "unit": unit})


def answer(state: AssessmentState | None, criterion_id: str = "a", subject: str = "", **more: object):
    fields = {"key": key(criterion_id, subject), "state": state, **more}
    return CriterionAssessment.model_validate(fields)


def link(
    stance: Stance = Stance.SUPPORTS, document: Document = REPORT, link_id: str = "link"
) -> EvidenceLink:
    return EvidenceLink(id=link_id, key=key("a"), span=span_of(document, 0, 16), stance=stance)


def links_to(criterion_id: str, *links: EvidenceLink) -> dict[AssessmentKey, list[EvidenceLink]]:
    return {target: list(links) for target in [key(criterion_id)]}


def by_key(*answers: CriterionAssessment) -> dict[AssessmentKey, CriterionAssessment]:
    return {item.key: item for item in answers}


def run(
    tree: Group | Criterion,
    answers: Mapping[str, AssessmentState] | None = None,
    *,
    levels: Sequence[str] = (),
    sides: Sequence[str] = (),
    recorded: Sequence[CriterionAssessment] = (),
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]] | None = None,
    documents: Sequence[Document] = (),
) -> EvaluationTrace:
    """Evaluate a tree for a line with id `line`; answers by criterion id go to every subject."""
    criteria_set = set_of(tree)
    found = by_key(*recorded)
    for criterion_id, state in (answers or {}).items():
        criterion = criteria_set.criterion(criterion_id)
        assert criterion is not None
        subjects = {
            Scope.CASE: [""],
            Scope.SERVICE_LINE: ["line"],
            Scope.LEVEL: list(levels),
            Scope.SIDE: list(sides),
        }
        for subject in subjects[criterion.per]:
            found[key(criterion_id, subject)] = answer(state, criterion_id, subject)
    line = ServiceLine(id="line", levels=tuple(levels), laterality=laterality_of(sides))
    return evaluate(criteria_set, line, found, links or {}, documents=documents)


def node(trace: EvaluationTrace, node_id: str, level: int = 0) -> NodeTrace:
    """The node with an id in the trace of one level."""

    def walk(item: NodeTrace) -> list[NodeTrace]:
        return [item, *(below for child in item.children for below in walk(child))]

    return next(item for item in walk(trace.levels[level].root) if item.id == node_id)


def missing(trace: EvaluationTrace, level: int = 0) -> list[str]:
    return [item.criterion_id for item in trace.levels[level].missing]
