"""What each criteria set says of a service line, in the order a reviewer weighs it; pure, without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import level_range
from desktop.domain.truth import Truth
from desktop.domain.vertebra import VERTEBRAE, level_order


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A criterion that still decides something, once, with the levels it is open at."""

    text: str
    state: AssessmentState | None
    truth: Truth
    levels: str
    """As a reader writes them; empty when it is not asked per level."""
    closes_with: str


@dataclass(frozen=True, slots=True)
class LevelResult:
    """The whole set at one level."""

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
            LevelResult(f"{level.level} {level.side}".strip(), level.truth)
            for level in trace.levels
            if level.level or level.side
        ),
        points=_points(trace),
        silence=(trace.silence_reason or "The set does not speak of this indication.")
        if trace.is_silent
        else "",
    )


def _points(trace: EvaluationTrace) -> tuple[OpenPoint, ...]:
    """Open criteria with their levels gathered: the same question at three levels is one line, not three."""
    found: dict[tuple[str, AssessmentState | None, Truth], list[str]] = {}
    words: dict[tuple[str, AssessmentState | None, Truth], tuple[str, str]] = {}
    for level in trace.levels:
        for item in level.missing:
            key = (item.criterion_id, item.state, item.truth)
            words[key] = (item.text, item.closes_with)
            subjects = found.setdefault(key, [])
            if item.subject and item.subject not in subjects and item.subject != trace.service_line_id:
                subjects.append(item.subject)
    return tuple(
        OpenPoint(words[key][0], key[1], key[2], _levels(subjects), words[key][1])
        for key, subjects in found.items()
    )


def _levels(subjects: list[str]) -> str:
    known = [subject for subject in subjects if subject.split("-")[0] in VERTEBRAE]
    others = [subject for subject in subjects if subject not in known]
    return ", ".join(part for part in (level_range(tuple(sorted(known, key=level_order))), *others) if part)
