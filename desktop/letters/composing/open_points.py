"""The criteria that are not established where the letter argues for a line, once each over all sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.domain.criteria import Criterion
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace, OpenCriterion
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria_tree import (
    leaves_at,
    leaves_of,
    levels_argued,
    unargued,
    undecided_leaves,
)
from desktop.letters.inputs import LetterInputs


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One question left open by one set for one line, at every level or side it is open for."""

    line: ServiceLine
    evaluation: EvaluationTrace
    nodes: tuple[NodeTrace, ...]
    closes_with: str

    @property
    def node(self) -> NodeTrace:
        """The question as answered at its first level."""
        return self.nodes[0]


@dataclass(slots=True)
class SharedPoint:
    """The same question left open by several sets or lines."""

    points: list[OpenPoint] = field(default_factory=list[OpenPoint])

    @property
    def first(self) -> OpenPoint:
        """The point as first met."""
        return self.points[0]


OF_ANOTHER_INDICATION = "Nothing would: the set is about another indication."
"""What would settle a point that a silent set asks."""


def is_about_another_indication(point: OpenPoint) -> bool:
    """Whether a point is not met only because its set does not speak of what was found."""
    return point.evaluation.is_silent and all(node.truth is Truth.FALSE for node in point.nodes)


def open_points(inputs: LetterInputs, line: ServiceLine) -> Iterator[OpenPoint]:
    """What still decides for a line where it is argued; where nothing can decide any more, all that is not met."""
    for evaluation in inputs.traces_of(line):
        levels = levels_argued(inputs, line, evaluation)
        by_id: dict[str, list[OpenCriterion]] = {}
        for item in _missing(evaluation, levels):
            by_id.setdefault(item.criterion_id, []).append(item)
        for node_id, items in by_id.items():
            subjects = {item.subject for item in items}
            nodes = [node for node in leaves_at(levels) if node.id == node_id and node.subject in subjects]
            closes = next((item.closes_with for item in items if item.closes_with.strip()), "")
            if nodes:
                yield OpenPoint(line, evaluation, tuple(nodes), closes)


def shared_points(inputs: LetterInputs, points: list[OpenPoint]) -> list[SharedPoint]:
    """Points that ask the same question at the same levels with the same answer, joined over sets and lines."""
    found: list[SharedPoint] = []
    for point in points:
        same = next((item for item in found if _is_same(inputs, item, point)), None)
        if same is None:
            same = SharedPoint()
            found.append(same)
        same.points.append(point)
    return found


def _is_same(inputs: LetterInputs, shared: SharedPoint, point: OpenPoint) -> bool:
    first = shared.first
    if [(item.subject, item.state) for item in first.nodes] != [
        (item.subject, item.state) for item in point.nodes
    ]:
        return False
    if first.node.text.casefold() == point.node.text.casefold():
        return True
    if any(item.evaluation.set_id == point.evaluation.set_id for item in shared.points):
        # Two criteria of one set may share a topic and still be two questions.
        return False
    one, other = _criterion(inputs, first), _criterion(inputs, point)
    if one is None or other is None or one.topic is None:
        return False
    return (one.topic, one.concerns, one.threshold) == (other.topic, other.concerns, other.threshold)


def _criterion(inputs: LetterInputs, point: OpenPoint) -> Criterion | None:
    found = inputs.sets.get(point.evaluation.set_id)
    return found.criterion(point.node.id) if found is not None else None


def _missing(evaluation: EvaluationTrace, levels: tuple[LevelTrace, ...]) -> tuple[OpenCriterion, ...]:
    left_out = unargued(evaluation)
    place = {node.id: index for index, node in enumerate(leaves_of(evaluation))}
    named = dict.fromkeys(item for level in levels for item in level.missing)
    if named or all(level.truth is Truth.TRUE for level in levels):
        kept = [item for item in named if item.criterion_id not in left_out]
        return tuple(sorted(kept, key=lambda item: place.get(item.criterion_id, len(place))))
    return tuple(
        OpenCriterion(
            criterion_id=node.id, subject=node.subject, text=node.text, state=node.state, truth=node.truth
        )
        for node in undecided_leaves(levels)
        if node.is_applicable and node.truth is not Truth.TRUE and node.id not in left_out
    )
