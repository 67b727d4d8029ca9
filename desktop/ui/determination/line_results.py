"""What each criteria set says of a service line, in the order a reviewer weighs it; pure, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Polarity
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.service_line import is_side, level_range
from desktop.domain.truth import Truth
from desktop.domain.vertebra import VERTEBRAE, level_order


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A criterion that still decides something, once, with the levels or sides it is open at."""

    text: str
    state: AssessmentState | None
    truth: Truth
    levels: str
    """Levels or sides as a reader writes them; empty when it is asked once."""
    closes_with: str


@dataclass(frozen=True, slots=True)
class LevelResult:
    """The whole set at one level, on one side, or both."""

    level: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class SetResult:
    """One criteria set for one service line."""

    title: str
    caption: str
    truth: Truth
    levels: tuple[LevelResult, ...]
    points: tuple[OpenPoint, ...]
    silence: str
    """Why the set does not speak of this indication; empty when it does."""


def results_of(traces: Iterable[EvaluationTrace], service_line_id: str) -> tuple[SetResult, ...]:
    """The results of one service line, in the order of its sets."""
    return tuple(_result(trace) for trace in traces if trace.service_line_id == service_line_id)


def _result(trace: EvaluationTrace) -> SetResult:
    return SetResult(
        title=trace.set_title,
        caption=" · ".join(part for part in (trace.publisher, trace.edition) if part),
        truth=trace.truth,
        levels=tuple(
            LevelResult(_opened(f"{level.level} {level.side}".strip()), level.truth)
            for level in trace.levels
            if level.level or level.side
        ),
        points=_points(trace),
        silence=(trace.silence_reason or "The set does not speak of this indication.")
        if trace.is_silent
        else "",
    )


def _points(trace: EvaluationTrace) -> tuple[OpenPoint, ...]:
    """Open criteria with levels and sides gathered: the same question at three levels is one line, not three."""
    absent = {
        node.id for level in trace.levels for node in _walk(level.root) if node.polarity is Polarity.ABSENT
    }
    found: dict[tuple[str, AssessmentState | None, Truth], list[str]] = {}
    words: dict[tuple[str, AssessmentState | None, Truth], tuple[str, str]] = {}
    for level in trace.levels:
        for item in level.missing:
            key = (item.criterion_id, item.state, item.truth)
            remark = " (must be absent)" if item.criterion_id in absent else ""
            words[key] = (f"{item.text}{remark}", item.closes_with)
            subjects = found.setdefault(key, [])
            if item.subject and item.subject not in subjects and item.subject != trace.service_line_id:
                subjects.append(item.subject)
    return tuple(
        OpenPoint(words[key][0], key[1], key[2], _levels(subjects), words[key][1])
        for key, subjects in found.items()
    )


def _walk(node: NodeTrace) -> Iterator[NodeTrace]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _levels(subjects: list[str]) -> str:
    known = [subject for subject in subjects if subject.split("-")[0] in VERTEBRAE]
    sides = [subject for subject in subjects if is_side(subject)]
    others = [subject for subject in subjects if subject not in (*known, *sides)]
    at = level_range(tuple(sorted(known, key=level_order)))
    side = "Both sides" if len(sides) > 1 else _opened("".join(sides))
    return ", ".join(part for part in (at, side, *others) if part)


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
