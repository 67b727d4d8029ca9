"""An in-memory stand-in for the services that the determination page uses."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from desktop.domain.audit import Actor
from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.clock import FixedClock
from desktop.domain.determination import Determination, LineDetermination, SignOff
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace, OpenCriterion
from desktop.domain.truth import Truth
from desktop.services.determinations import Reevaluated
from desktop.services.operation import OperationResult
from tests.ui.intake.sample import sample_case

CLOCK = FixedClock(datetime(2026, 11, 22, 14, 2, tzinfo=UTC))


def open_criterion(criterion_id: str, subject: str, text: str, closes_with: str = "") -> OpenCriterion:
    return OpenCriterion(criterion_id=criterion_id, subject=subject, text=text, closes_with=closes_with)


def trace(
    line_id: str, set_id: str, levels: dict[str, tuple[Truth, tuple[OpenCriterion, ...]]], **more: Any
) -> EvaluationTrace:
    root = NodeTrace(id="root", kind="all", text="", truth=Truth.UNKNOWN)
    truths = [truth for truth, _ in levels.values()]
    whole = Truth.TRUE if all(truth is Truth.TRUE for truth in truths) else Truth.UNKNOWN
    fields: dict[str, Any] = {
        "set_title": "Lumbar fusion, revision",
        "publisher": "Public policy",
        "edition": "2026",
        "set_hash": "0",
        "truth": whole,
        "levels": tuple(
            LevelTrace(level=level, truth=truth, root=root, missing=missing)
            for level, (truth, missing) in levels.items()
        ),
    }
    return EvaluationTrace(set_id=set_id, service_line_id=line_id, **(fields | more))


def sample_traces() -> tuple[EvaluationTrace, ...]:
    cotinine = "Nicotine-free for 6 weeks, by cotinine"
    bone = "Imaging shows nonunion at the level"
    lab = "A cotinine lab report dated after 2026-10-11"
    return (
        trace(
            "l1",
            "payer",
            {"": (Truth.FALSE, (open_criterion("deformity", "", "Planned correction of scoliosis"),))},
            set_title="Reinsertion (as typed from the notice)",
            publisher="Fictional Health Plan",
            truth=Truth.FALSE,
            is_silent=True,
            silence_reason="it speaks of scoliosis only, the imaging shows loosening and nonunion.",
        ),
        trace(
            "l2",
            "public",
            {
                "L4-L5": (
                    Truth.UNKNOWN,
                    (open_criterion("cot", "", cotinine, lab), open_criterion("non", "L4-L5", bone)),
                ),
                "L5-S1": (Truth.UNKNOWN, (open_criterion("cot", "", cotinine, lab),)),
            },
        ),
    )


class FakeDeterminations:
    def __init__(self) -> None:
        self.stored = Determination(id="v1", version=1)
        self.decided: list[LineDetermination] = []
        self.fails_with: Exception | None = None
        self.found: tuple[Reevaluated, ...] = ()

    def current(self, case_id: str) -> Determination:
        return self.stored

    def _result(self) -> OperationResult[Determination]:
        if self.fails_with is not None:
            raise self.fails_with
        changes = Changes(frozenset({ChangeFlag.DETERMINATION}), frozenset({"case1"}))
        return OperationResult(self.stored, changes)

    def decide(self, case_id: str, line: LineDetermination) -> OperationResult[Determination]:
        if self.fails_with is None:
            self.decided.append(line)
            others = tuple(x for x in self.stored.lines if x.service_line_id != line.service_line_id)
            self.stored = self.stored.model_copy(update={"lines": (*others, line)})
        return self._result()

    def sign(
        self, case_id: str, *, name: str, credential: str, meaning: str
    ) -> OperationResult[Determination]:
        sign_off = SignOff(
            name=name, credential=credential, meaning=meaning, signed_at=CLOCK.now(), content_hash="ab" * 32
        )
        self.stored = self.stored.model_copy(update={"sign_off": sign_off, "traces": sample_traces()})
        return self._result()

    def held_against_signed(self, case_id: str) -> tuple[Reevaluated, ...]:
        if self.fails_with is not None:
            raise self.fails_with
        return self.found

    def supersede(self, case_id: str) -> OperationResult[Determination]:
        self.stored = Determination(id="v2", version=2, lines=self.stored.lines, supersedes="v1")
        return self._result()


def fake_services(case: Case | None = None) -> Any:
    shown = case or sample_case()
    return SimpleNamespace(
        review=SimpleNamespace(view=lambda _case_id: SimpleNamespace(case=shown, traces=sample_traces())),
        determinations=FakeDeterminations(),
        actor=Actor(name="R. Reviewer", credential="MD"),
    )
