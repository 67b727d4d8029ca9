"""What the evaluation says of each service line and what it still misses, as rows to show; it evaluates nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.evaluation import EvaluationTrace, OpenCriterion
from desktop.domain.service_line import ServiceLine, level_range
from desktop.domain.truth import Truth
from desktop.ui.review.criteria_rows import SIDES, TRUTH_WORDS, place_word

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

NOT_COMPARED = "no criteria set"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open question with the levels at which it keeps the result from being met."""

    key: AssessmentKey
    text: str
    levels: tuple[str, ...]
    closes_with: str = ""
    state: AssessmentState | None = None
    is_refuted: bool = False
    """True when it is answered with no rather than open."""

    @property
    def caption(self) -> str:
        """What would close it, or the question itself, with its levels."""
        wanted = self.closes_with or self.text
        where = level_range(self.levels)
        return f"{wanted} · {where}" if where else wanted


@dataclass(frozen=True, slots=True)
class LineResult:
    """One service line under one set."""

    line_id: str
    code: str
    label: str
    set_id: str
    set_title: str
    truth: Truth | None
    """None when the line is not held against the set."""
    levels: tuple[tuple[str, Truth], ...] = ()
    missing: tuple[OpenItem, ...] = ()
    is_silent: bool = False
    silence_reason: str = ""

    @property
    def word(self) -> str:
        """The truth in words; where levels differ, which of them are met."""
        if self.truth is None:
            return NOT_COMPARED
        met = tuple(level for level, truth in self.levels if truth is Truth.TRUE)
        if met and len(met) < len(self.levels):
            return f"{TRUTH_WORDS[self.truth]} · met at {level_range(met)}"
        return TRUTH_WORDS[self.truth]

    @property
    def caption(self) -> str:
        """Code and label."""
        return " ".join(part for part in (self.code, self.label) if part)

    def spoken(self) -> str:
        """The result as a screen reader says it."""
        parts = [self.caption, f"{self.word} under {self.set_title}" if self.set_title else self.word]
        if self.is_silent:
            parts.append("the set is silent on what the imaging shows")
        if self.missing:
            parts.append(f"{len(self.missing)} open")
        return ", ".join(parts)


def line_results(view: ReviewView, set_id: str | None) -> tuple[LineResult, ...]:
    """Every service line, in the case's order: under one set, or under its own first where it is not held to it."""
    results: list[LineResult] = []
    for line in view.case.service_lines:
        wanted = set_id if set_id in line.criteria_set_ids else next(iter(line.criteria_set_ids), None)
        results.append(_result(view, line, wanted))
    return tuple(results)


def line_result(view: ReviewView, line_id: str, set_id: str | None) -> LineResult | None:
    """One service line under one set; None when the case has no such line."""
    line = view.case.service_line(line_id)
    return _result(view, line, set_id) if line else None


def _result(view: ReviewView, line: ServiceLine, set_id: str | None) -> LineResult:
    trace = next((t for t in view.traces if t.service_line_id == line.id and t.set_id == set_id), None)
    title = next((s.title for s in view.sets if s.id == set_id), "")
    if trace is None:
        return LineResult(line.id, line.code, line.label, set_id or "", title, truth=None)
    return LineResult(
        line_id=line.id,
        code=line.code,
        label=line.label,
        set_id=trace.set_id,
        set_title=trace.set_title,
        truth=trace.truth,
        levels=tuple((place, level.truth) for level in trace.levels if (place := place_word(level))),
        missing=_open_items(trace),
        is_silent=trace.is_silent,
        silence_reason=trace.silence_reason,
    )


def _open_items(trace: EvaluationTrace) -> tuple[OpenItem, ...]:
    """What is missing, each question once, with the levels it is missing at."""
    found: dict[tuple[str, str], tuple[OpenCriterion, list[str]]] = {}
    for level in trace.levels:
        for item in level.missing:
            _, levels = found.setdefault((item.criterion_id, item.subject), (item, []))
            if place := place_word(level):
                levels.append(place)
    every_level = [place for level in trace.levels if (place := place_word(level))]
    return tuple(
        OpenItem(
            key=AssessmentKey(set_id=trace.set_id, criterion_id=item.criterion_id, subject=item.subject),
            text=item.text,
            # A question asked once that is open at every level needs no list of levels.
            levels=() if item.subject not in levels and levels == every_level else _where(item, levels),
            closes_with=item.closes_with,
            state=item.state,
            is_refuted=item.truth is Truth.FALSE,
        )
        for item, levels in found.values()
    )


def _where(item: OpenCriterion, places: list[str]) -> tuple[str, ...]:
    """A question asked side by side is open on its side, whatever the level; others where they were missing."""
    return (item.subject,) if item.subject in SIDES else tuple(places)
