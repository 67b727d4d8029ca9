"""A task is open until it is marked done, and the effort of a way is that of its gaps together."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.evaluation import CORRECT_ONE, NO_WAIVER, NodeTrace
from desktop.domain.gap import Gap, WayToMet
from desktop.domain.task import Task
from desktop.domain.truth import Truth


def test_a_task_is_open_until_it_is_done() -> None:
    task = Task(id="t", text="Ask for the operative note", due_on=date(2026, 12, 1))
    assert task.is_open
    assert not task.model_copy(update={"done_on": date(2026, 11, 20)}).is_open


def test_the_effort_of_a_way_is_the_sum_of_its_gaps() -> None:
    gap = Gap(set_id="s", service_line_id="line", criterion_id="a", text="A", effort=2)
    assert WayToMet(gaps=()).effort == 0
    assert WayToMet(gaps=(gap, gap.model_copy(update={"criterion_id": "b", "effort": 3}))).effort == 5


@pytest.mark.parametrize(
    ("reason", "is_contradicted", "lacks_waiver"),
    [
        (f"The reviewer says met, but 4 weeks does not meet >= 6 weeks. {CORRECT_ONE}", True, False),
        (NO_WAIVER, False, True),
        ("Met.", False, False),
    ],
)
def test_a_trace_knows_by_its_reason_what_the_reviewer_must_put_right(
    reason: str, is_contradicted: bool, lacks_waiver: bool
) -> None:
    node = NodeTrace(id="a", kind="criterion", text="A", truth=Truth.UNKNOWN, reason=reason)
    assert (node.is_contradicted, node.lacks_waiver) == (is_contradicted, lacks_waiver)
