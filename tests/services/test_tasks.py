"""Tasks of a case: made from gaps, due on a day, and told when the record has closed what they were made for."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.gap import Gap
from desktop.domain.task import Task
from desktop.domain.truth import Truth
from desktop.domain.worklist import WorklistQuery
from desktop.rules.open_criteria import goal_of
from desktop.services.operation import OperationResult
from desktop.services.workspace import Services
from tests.services.conftest import NOW
from tests.services.measured_set import LINE, key, type_measured

TODAY = NOW.date()


@pytest.fixture
def case_id(services: Services, sample_id: str) -> str:
    type_measured(services, sample_id)
    return sample_id


def _gap(services: Services, case_id: str, criterion_id: str) -> Gap:
    found = services.review.gaps(services.review.view(case_id))
    line = next(item for item in found if item.set_id == "measured-set")
    return next(gap for gap in line.ways[0].gaps if gap.criterion_id == criterion_id)


def _add(services: Services, case_id: str, gap: Gap) -> OperationResult[Task]:
    closes = AssessmentKey(set_id=gap.set_id, criterion_id=gap.criterion_id, subject=gap.subject)
    return services.tasks.add(
        case_id,
        f" {gap.closes_with or gap.text} ",
        owed_by=f"{gap.owed_by} ",
        due_on=date(2026, 12, 1),
        service_line_id=gap.service_line_id,
        closes=closes,
    )


def test_a_gap_becomes_a_task_with_its_own_words_and_a_day(services: Services, case_id: str) -> None:
    gap = _gap(services, case_id, "asked")
    done = _add(services, case_id, gap)
    assert {ChangeFlag.TASKS, ChangeFlag.CASE_LIST} <= done.changes.flags
    task = done.value
    assert (task.text, task.owed_by) == ("A note that states the aim", gap.owed_by)
    assert (task.service_line_id, task.closes, task.due_on) == (LINE, key("asked"), date(2026, 12, 1))


def test_a_task_says_when_the_record_has_closed_its_gap(services: Services, case_id: str) -> None:
    gaps = [_gap(services, case_id, name) for name in ("asked", "infection")]
    assert [gap.must_become for gap in gaps] == [Truth.TRUE, Truth.FALSE]
    for gap in gaps:
        _add(services, case_id, gap)
    assert [view.is_closed_by_record for view in services.tasks.list(case_id)] == [False, False]
    services.review.set_state(case_id, key("asked"), AssessmentState.MET)
    services.review.set_state(case_id, key("infection"), AssessmentState.MET)
    assert [view.is_closed_by_record for view in services.tasks.list(case_id)] == [True, False]
    services.review.set_state(case_id, key("infection"), AssessmentState.NOT_MET)
    assert [view.is_closed_by_record for view in services.tasks.list(case_id)] == [True, True]
    services.history.undo(case_id)
    services.review.set_state(case_id, key("infection"), AssessmentState.NOT_APPLICABLE)
    views = services.tasks.list(case_id)
    assert [view.is_closed_by_record for view in views] == [True, True]
    assert all(view.task.is_open for view in views)


def test_a_task_for_what_is_not_asked_any_more_is_never_closed_by_the_record(
    services: Services, case_id: str
) -> None:
    services.tasks.add(case_id, "Ask", closes=key("gone"))
    services.tasks.add(case_id, "Ask", closes=key("asked", set_id="gone"))
    services.tasks.add(case_id, "Ask", closes=key("motion", "T1-T2"))
    services.tasks.add(case_id, "Ask")
    assert [view.is_closed_by_record for view in services.tasks.list(case_id)] == [False] * 4


def test_the_list_puts_the_nearest_day_first_and_what_is_done_last(services: Services, case_id: str) -> None:
    days = (None, date(2026, 12, 1), date(2026, 11, 21), TODAY)
    made = [services.tasks.add(case_id, f"Task {place}", due_on=day).value for place, day in enumerate(days)]
    services.tasks.set_done(case_id, made[2].id, is_done=True)
    views = services.tasks.list(case_id)
    assert [view.task.text for view in views] == ["Task 3", "Task 1", "Task 0", "Task 2"]
    assert [view.is_overdue for view in views] == [False] * 4
    services.tasks.set_done(case_id, made[2].id, is_done=False)
    views = services.tasks.list(case_id)
    assert (views[0].task.text, views[0].is_overdue) == ("Task 2", True)


def test_marking_a_task_done_twice_keeps_its_day(services: Services, case_id: str) -> None:
    task = services.tasks.add(case_id, "Ask").value
    first = services.tasks.set_done(case_id, task.id, is_done=True).value
    assert first.done_on == TODAY
    label = services.history.labels(case_id)[0]
    assert services.tasks.set_done(case_id, task.id, is_done=True).value == first
    assert services.history.labels(case_id)[0] == label == "Task done"


def test_every_step_on_a_task_can_be_undone(services: Services, case_id: str) -> None:
    task = services.tasks.add(case_id, "Ask", owed_by="The plan").value
    services.tasks.change(case_id, task.id, text="Ask again", owed_by="Dr. A", due_on=TODAY)
    services.tasks.set_done(case_id, task.id, is_done=True)
    services.tasks.remove(case_id, task.id)
    assert services.tasks.list(case_id) == ()
    shown = []
    for _ in range(3):
        services.history.undo(case_id)
        (view,) = services.tasks.list(case_id)
        shown.append((view.task.text, view.task.owed_by, view.task.due_on, view.task.done_on))
    assert shown == [
        ("Ask again", "Dr. A", TODAY, TODAY),
        ("Ask again", "Dr. A", TODAY, None),
        ("Ask", "The plan", None, None),
    ]
    services.history.undo(case_id)
    assert services.tasks.list(case_id) == ()


def test_typing_the_text_of_a_task_is_one_step_to_undo(services: Services, case_id: str) -> None:
    task = services.tasks.add(case_id, "A").value
    for text in ("As", "Ask"):
        services.tasks.change(case_id, task.id, text=text, owed_by="", due_on=None)
    services.history.undo(case_id)
    assert [view.task.text for view in services.tasks.list(case_id)] == ["A"]


def test_what_cannot_be_a_task_is_refused_in_words(services: Services, case_id: str) -> None:
    with pytest.raises(UserFacingError, match="says nothing"):
        services.tasks.add(case_id, "  ")
    with pytest.raises(UserFacingError, match="service line is not in the case"):
        services.tasks.add(case_id, "Ask", service_line_id="gone")
    with pytest.raises(UserFacingError, match="task is not in the case"):
        services.tasks.set_done(case_id, "gone", is_done=True)
    assert services.tasks.list(case_id) == ()


def test_the_desk_knows_which_cases_wait_for_records(services: Services, case_id: str) -> None:
    waiting = WorklistQuery(is_waiting=True)
    assert services.cases.worklist(waiting) == ()
    task = services.tasks.add(case_id, "Ask", due_on=TODAY).value
    (row,) = services.cases.worklist(waiting)
    assert (row.case_id, row.open_task_count, row.next_due_on) == (case_id, 1, TODAY)
    services.tasks.set_done(case_id, task.id, is_done=True)
    assert services.cases.worklist(waiting) == ()


def test_a_signature_leaves_tasks_open_to_change(
    services: Services, sample_id: str, sample_file: CaseFile
) -> None:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    task = services.tasks.add(sample_id, "Send the letter by fax").value
    services.tasks.set_done(sample_id, task.id, is_done=True)
    assert services.determinations.current(sample_id).is_as_signed


def test_the_audit_chain_names_the_step_and_nothing_of_the_record(services: Services, case_id: str) -> None:
    task = services.tasks.add(case_id, "Ask Sam Doe", owed_by="Dr. Who").value
    services.tasks.set_done(case_id, task.id, is_done=True)
    services.tasks.remove(case_id, task.id)
    events = services.audit(case_id)[:3]
    assert [event.operation for event in events] == ["task_removed", "task_done", "task_added"]
    assert not any("Doe" in event.label or "Who" in event.label for event in events)
    assert services.audit_problem() is None


def test_what_stands_under_a_not_must_become_false(services: Services, case_id: str) -> None:
    (criteria_set,) = [item for item in services.review.view(case_id).sets if item.id == "measured-set"]
    goals = [goal_of(criteria_set, name) for name in ("asked", "infection", "gone")]
    assert goals == [Truth.TRUE, Truth.FALSE, None]
