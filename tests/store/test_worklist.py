"""The desk lists cases without loading them: filtered, ordered and paged by the store."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.assessment import AssessmentKey, AssessmentState, CriterionAssessment
from desktop.domain.case import Case, CaseStatus
from desktop.domain.denial import AdverseDetermination
from desktop.domain.member import Coverage, Member, Sex
from desktop.domain.service_line import ServiceLine
from desktop.domain.task import Task
from desktop.domain.worklist import WorklistOrder, WorklistQuery
from desktop.store.engine import Store


def case(number: int, **more: object) -> Case:
    return Case.model_validate({"id": f"case-{number}", "number": f"26-{number:04d}", **more})


def add(store: Store, *cases: Case) -> None:
    for one in cases:
        with store.write("case_opened", "New", case_id=one.id) as work:
            work.cases.add(one)


def ids(store: Store, **query: object) -> list[str]:
    with store.read() as reader:
        return [row.case_id for row in reader.cases.worklist(WorklistQuery(**query))]  # pyright: ignore[reportArgumentType]


def test_a_row_shows_the_heading_of_a_case_and_no_name(store: Store) -> None:
    lines = (
        ServiceLine(id="z", code="22849", label="Reinsertion", levels=("L2-L3", "L3-L4")),
        ServiceLine(id="a", code="22612", label="Arthrodesis", levels=("L5-S1", "L3-L4", "L4-L5")),
    )
    member = Member(given_name="Sam", family_name="Doe", date_of_birth=date(1961, 5, 4), sex=Sex.MALE)
    denial = AdverseDetermination(deadline_stated_on=date(2026, 6, 1))
    add(
        store,
        case(
            1,
            member=member,
            service_lines=lines,
            denial=denial,
            coverage=Coverage(payer="Plan A"),
            is_synthetic=True,
        ),
    )
    with store.write("reviewed", "Review", case_id="case-1") as work:
        for place, state in enumerate([*AssessmentState, None]):
            key = AssessmentKey(set_id="s", criterion_id=f"c{place}")
            work.review.put_assessment("case-1", CriterionAssessment(key=key, state=state))
    with store.read() as reader:
        (row,) = reader.cases.worklist(WorklistQuery())
        assert reader.cases.count(WorklistQuery()) == 1
    assert (row.number, row.initials, row.date_of_birth, row.sex) == (
        "26-0001",
        "SD",
        date(1961, 5, 4),
        Sex.MALE,
    )
    assert (row.payer, row.service) == ("Plan A", "Reinsertion · CPT 22849")
    assert row.levels == "L2-S1"
    assert (row.line_count, row.open_count, row.is_synthetic) == (2, 2, True)
    assert row.deadline_stated_on == date(2026, 6, 1)
    assert row.updated_at.tzinfo is not None
    assert "Doe" not in repr(row)
    assert "SD" not in repr(row)


def test_an_empty_draft_is_listed_with_nothing_in_it(store: Store) -> None:
    add(store, Case(id="case-1"))
    with store.read() as reader:
        (row,) = reader.cases.worklist(WorklistQuery())
    assert (row.service, row.levels, row.line_count, row.initials) == ("", "", 0, "")
    assert row.date_of_birth is None


def test_the_newest_change_comes_first_and_pages_do_not_overlap(store: Store) -> None:
    add(store, *(case(number) for number in range(1, 6)))
    assert ids(store) == ["case-5", "case-4", "case-3", "case-2", "case-1"]
    assert ids(store, limit=2) == ["case-5", "case-4"]
    assert ids(store, limit=2, offset=4) == ["case-1"]
    assert ids(store, limit=-1) == []
    assert ids(store, order=WorklistOrder.NUMBER)[0] == "case-1"


def test_deadlines_come_soonest_first_and_missing_ones_last(store: Store) -> None:
    add(
        store,
        case(1),
        case(2, denial={"deadline_stated_on": "2026-06-02"}),
        case(3, denial={"deadline_stated_on": "2026-06-01"}),
    )
    assert ids(store, order=WorklistOrder.DEADLINE) == ["case-3", "case-2", "case-1"]


def test_statuses_filter(store: Store) -> None:
    add(store, case(1), case(2, status=CaseStatus.CLOSED), case(3, status=CaseStatus.DETERMINED))
    assert ids(store, statuses=(CaseStatus.CLOSED,)) == ["case-2"]
    assert ids(store, statuses=(CaseStatus.CLOSED, CaseStatus.DRAFT)) == ["case-2", "case-1"]
    with store.read() as reader:
        assert reader.cases.count(WorklistQuery(statuses=(CaseStatus.DRAFT,), limit=0)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("26-0001", ["case-1"]),
        ("doe", ["case-1"]),
        ("plan b", ["case-2"]),
        ("22849", ["case-1"]),
        ("reinsertion doe", ["case-1"]),
        ("reinsertion plan", []),
        ("100%", ["case-2"]),
        ("_", []),
        ("!", ["case-2"]),
        ("'; DROP TABLE case_row; --", []),
        ("  ", ["case-2", "case-1"]),
        ("REF-9", ["case-2"]),
    ],
)
def test_every_word_typed_must_be_found_as_it_is_typed(store: Store, text: str, found: list[str]) -> None:
    lines = ({"id": "l", "code": "22849", "label": "Reinsertion"},)
    add(
        store,
        case(1, member={"family_name": "Doe"}, service_lines=lines),
        case(2, coverage={"payer": "Plan B 100% !"}, denial={"reference_number": "REF-9"}),
    )
    assert ids(store, text=text) == found


def test_cases_with_open_tasks_wait_for_records_and_the_nearest_day_comes_first(store: Store) -> None:
    add(store, *(case(number) for number in range(1, 6)))
    tasks = {
        "case-1": (Task(id="a", text="x", due_on=date(2026, 4, 9)), Task(id="b", text="y")),
        "case-2": (Task(id="a", text="x", due_on=date(2026, 4, 1), done_on=date(2026, 3, 9)),),
        "case-3": (
            Task(id="a", text="x", due_on=date(2026, 4, 8)),
            Task(id="b", text="y", due_on=date(2026, 4, 2), done_on=date(2026, 4, 1)),
        ),
        "case-4": (Task(id="a", text="x"),),
    }
    for case_id, some in tasks.items():
        with store.write("tasks_added", "Tasks", case_id=case_id) as work:
            for task in some:
                work.tasks.put(case_id, task)
    waiting = WorklistQuery(is_waiting=True, order=WorklistOrder.DUE)
    with store.read() as reader:
        rows = reader.cases.worklist(waiting)
        assert reader.cases.count(waiting) == 3
    assert [(row.case_id, row.open_task_count, row.next_due_on) for row in rows] == [
        ("case-3", 1, date(2026, 4, 8)),
        ("case-1", 2, date(2026, 4, 9)),
        ("case-4", 1, None),
    ]
    assert ids(store, is_waiting=True, text="26-0003") == ["case-3"]
