"""Chooses the claims that a case supports, by conditions on its lines; it words nothing and knows no library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.case import Case
from desktop.domain.clinical import FactKind, Finding, FindingKind
from desktop.domain.criteria import CriteriaSet
from desktop.domain.evaluation import EvaluationTrace, LevelTrace
from desktop.domain.service_line import Laterality, ServiceLine, is_side
from desktop.domain.text import Text
from desktop.domain.topic import (
    Condition,
    CriterionCondition,
    FindingCondition,
    SpineRegion,
    Topic,
    TopicClaim,
    TopicKind,
)
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import bones_of, touches_any

_REGION_OF = {
    "C": SpineRegion.CERVICAL,
    "T": SpineRegion.THORACIC,
    "L": SpineRegion.LUMBAR,
    "S": SpineRegion.LUMBAR,
}


class Asked(Value):
    """Where a service line is argued for; no levels or sides: the line as a whole."""

    service_line_id: Identifier
    levels: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


class FindingGround(Value):
    """A finding by which a claim came to be offered: where it is, and the fields of the record that state it."""

    condition: FindingCondition
    levels: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    paths: tuple[Text, ...] = ()

    @property
    def kind(self) -> FindingKind:
        """The finding."""
        return self.condition.kind


class FactGround(Value):
    """A clinical fact by which a claim came to be offered."""

    kind: FactKind
    paths: tuple[Text, ...] = ()


class OfferedClaim(Value):
    """A claim that the record supports, for which lines, and what of the record it was offered for."""

    topic_id: Identifier
    topic_title: Text
    topic_kind: TopicKind
    claim: TopicClaim
    service_line_ids: tuple[Identifier, ...]
    findings: tuple[FindingGround, ...] = ()
    facts: tuple[FactGround, ...] = ()

    @property
    def key(self) -> str:
        """What a choice about it is recorded for: `topic-id:claim-id`."""
        return f"{self.topic_id}:{self.claim.id}"


def topics_for(
    case: Case,
    traces: Iterable[EvaluationTrace],
    topics: Iterable[Topic],
    *,
    sets: Mapping[str, CriteriaSet] | None = None,
    asked: Sequence[Asked] | None = None,
) -> tuple[OfferedClaim, ...]:
    """The claims whose conditions hold for a line: topics in the given order, within each by section.

    `sets` tells families and what criteria are about; `asked` None means every line wherever it is requested.
    A claim that several lines support is offered once, for all of them.
    """
    known = sets or {}
    by_line: dict[str, list[EvaluationTrace]] = {}
    for trace in traces:
        by_line.setdefault(trace.service_line_id, []).append(trace)
    wanted = _everything(case) if asked is None else asked
    lines = tuple(
        _Line(case, line, by_line.get(line.id, []), known, item)
        for item in wanted
        if (line := case.service_line(item.service_line_id)) is not None
    )
    return tuple(offer for topic in topics for offer in _offers(topic, lines))


def _everything(case: Case) -> tuple[Asked, ...]:
    return tuple(
        Asked(service_line_id=line.id, levels=line.levels, sides=line.sides) for line in case.service_lines
    )


def _offers(topic: Topic, lines: tuple[_Line, ...]) -> Iterator[OfferedClaim]:
    here = tuple(found for line in lines if (found := line.within(topic)) is not None)
    order = {section: place for place, section in enumerate(topic.sections)}
    for claim in sorted(topic.claims, key=lambda claim: order[claim.section]):
        holding = tuple(line for line in here if line.supports(claim))
        if holding:
            yield OfferedClaim(
                topic_id=topic.id,
                topic_title=topic.label,
                topic_kind=topic.kind,
                claim=claim,
                service_line_ids=tuple(line.line.id for line in holding),
                findings=_finding_grounds(claim, holding),
                facts=_fact_grounds(claim, holding[0].case),
            )


@dataclass(frozen=True, slots=True)
class _Line:
    """A service line with what conditions are held against."""

    case: Case
    line: ServiceLine
    traces: Sequence[EvaluationTrace]
    sets: Mapping[str, CriteriaSet]
    asked: Asked
    region: SpineRegion | None = None

    @property
    def families(self) -> frozenset[str]:
        ids = (*self.line.criteria_set_ids, *(trace.set_id for trace in self.traces))
        return frozenset(found.family for item in ids if (found := self.sets.get(item)) is not None)

    def within(self, topic: Topic) -> _Line | None:
        """The line as the topic sees it: its levels in the topic's region; None when the topic is not about it."""
        is_meant = self.line.code.strip() in topic.codes or bool(self.families & set(topic.families))
        if not is_meant and not topic.is_for_every_line:
            return None
        if topic.region is None:
            return self
        levels = tuple(level for level in self.asked.levels if region_of(level) is topic.region)
        if not levels:
            return None
        there = self.asked.model_copy(update={"levels": levels})
        return _Line(self.case, self.line, self.traces, self.sets, there, topic.region)

    def supports(self, claim: TopicClaim) -> bool:
        return all(self.fulfils(condition) for condition in claim.when)

    def fulfils(self, condition: Condition) -> bool:
        reasons = self.case.denial.reasons
        stated = {
            reason.category
            for reason in reasons
            if not reason.service_line_ids or self.line.id in reason.service_line_ids
        }
        facts = {fact.kind for fact in self.case.history.facts}
        parts = (
            (condition.codes, lambda: self.line.code.strip() in condition.codes),
            (condition.families, lambda: bool(self.families & set(condition.families))),
            (condition.facts, lambda: bool(facts & set(condition.facts))),
            (condition.plans, lambda: self.case.coverage.line_of_business in condition.plans),
            (condition.denials, lambda: bool(stated & set(condition.denials))),
            (
                condition.findings,
                lambda: any(any(True for _ in self.stating(it)) for it in condition.findings),
            ),
            (condition.criteria, lambda: any(map(self.came_out, condition.criteria))),
        )
        return all(holds() for named, holds in parts if named)

    def stating(self, condition: FindingCondition) -> Iterator[tuple[str, Finding]]:
        """Findings of the kind that a report asserts so where the line is asked for, each with its field path."""
        for study in self.case.imaging:
            for finding in study.findings:
                is_so = finding.kind is condition.kind and finding.assertion is condition.assertion
                if is_so and self._is_here(finding):
                    yield f"imaging.{study.id}.findings.{finding.id}", finding

    def _is_here(self, finding: Finding) -> bool:
        if self.region is not None and (finding.level is None or region_of(finding.level) is not self.region):
            return False
        one_side = is_side(finding.laterality.value)
        if one_side and self.asked.sides and finding.laterality.value not in self.asked.sides:
            return False
        return not self.asked.levels or touches_any(finding.level, self.asked.levels)

    def came_out(self, condition: CriterionCondition) -> bool:
        """Whether a criterion about the topic has the truth wherever it was asked for this line."""
        for trace in self.traces:
            found = self.sets.get(trace.set_id)
            if found is None:
                continue
            for level in filter(self._is_asked, trace.levels):
                for node in level.root.nodes():
                    criterion = found.criterion(node.id) if node.kind == "criterion" else None
                    is_about = criterion is not None and criterion.topic == condition.topic
                    if is_about and node.is_applicable and node.truth is condition.truth:
                        return True
        return False

    def _is_asked(self, level: LevelTrace) -> bool:
        at_level = not level.level or not self.asked.levels or level.level in self.asked.levels
        return at_level and (not level.side or not self.asked.sides or level.side in self.asked.sides)


def region_of(level: str) -> SpineRegion | None:
    """The region that every bone of a canonical level belongs to; None where the level spans two."""
    found = {_REGION_OF[bone[0]] for bone in bones_of(level)}
    return found.pop() if len(found) == 1 else None


def _finding_grounds(claim: TopicClaim, lines: tuple[_Line, ...]) -> tuple[FindingGround, ...]:
    named = dict.fromkeys(item for condition in claim.when for item in condition.findings)
    grounds: list[FindingGround] = []
    for condition in named:
        found = dict(pair for line in lines for pair in line.stating(condition))
        if found:
            grounds.append(
                FindingGround(
                    condition=condition,
                    levels=tuple(dict.fromkeys(item.level for item in found.values() if item.level)),
                    sides=_sides(found.values()),
                    paths=tuple(found),
                )
            )
    return tuple(grounds)


def _sides(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The sides named of findings without a level: of one at a level, the level says where it is."""
    named = {item.laterality for item in findings if item.level is None}
    if Laterality.BILATERAL in named:
        return (Laterality.LEFT.value, Laterality.RIGHT.value)
    return tuple(side.value for side in (Laterality.LEFT, Laterality.RIGHT) if side in named)


def _fact_grounds(claim: TopicClaim, case: Case) -> tuple[FactGround, ...]:
    named = dict.fromkeys(kind for condition in claim.when for kind in condition.facts)
    grounds: list[FactGround] = []
    for kind in named:
        paths = tuple(f"history.facts.{fact.id}" for fact in case.history.facts if fact.kind is kind)
        if paths:
            grounds.append(FactGround(kind=kind, paths=paths))
    return tuple(grounds)
