"""Tasks and archived editions come back as they were stored, and what an older program signed stays as signed."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentKey, CriterionAssessment
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.task import Task
from desktop.domain.text import sha256_of
from desktop.rules.loader import load_library
from desktop.security.vault import unlock
from desktop.settings.paths import criteria_dir
from desktop.store.connection import connect
from desktop.store.engine import Store, open_store
from desktop.store.errors import UnstorableValueError
from tests.store import write_sample
from tests.store.case_strategies import values
from tests.store.conftest import TickingClock, new_key, opened

SAMPLES = Path(__file__).parent / "samples"
KEY = AssessmentKey(set_id="s", criterion_id="c", subject="L4-L5")


@pytest.fixture
def with_case(store: Store) -> Store:
    with store.write("case_opened", "New", case_id="case-1") as work:
        work.cases.add(Case(id="case-1"))
    return store


@given(tasks=st.lists(values(Task), max_size=4, unique_by=lambda task: task.id))
@settings(max_examples=25, deadline=None)
def test_any_tasks_come_back_in_the_order_they_were_made(
    tmp_path_factory: pytest.TempPathFactory, template: Path, tasks: list[Task]
) -> None:
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("tasks") / "store")))
    with store.write("case_opened", "New", case_id="case-1") as work:
        work.cases.add(Case(id="case-1"))
        for task in tasks:
            work.tasks.put("case-1", task)
    with store.read() as reader:
        assert reader.tasks.all("case-1") == tuple(tasks)
        assert all(reader.tasks.get("case-1", task.id) == task for task in tasks)
    store.close()


def test_a_task_is_replaced_where_it_stands_removed_and_gone_with_its_case(with_case: Store) -> None:
    tasks = [Task(id=f"t{number}", text="ask", closes=KEY) for number in range(3)]
    with with_case.write("tasks_added", "Tasks", case_id="case-1") as work:
        for task in tasks:
            work.tasks.put("case-1", task)
    changed = tasks[0].model_copy(update={"text": "ask again", "closes": None})
    with with_case.write("task_changed", "Task", case_id="case-1") as work:
        work.tasks.put("case-1", changed)
        work.tasks.remove("case-1", "t1")
        work.tasks.remove("case-1", "never there")
    with with_case.read() as reader:
        assert reader.tasks.all("case-1") == (changed, tasks[2])
        assert reader.tasks.get("case-1", "t1") is None
    with with_case.write("case_deleted", "Delete", case_id="case-1") as work:
        work.cases.delete("case-1")
    with with_case.read() as reader:
        assert reader.tasks.all("case-1") == ()
    with_case.undo("case-1")
    with with_case.read() as reader:
        assert reader.tasks.all("case-1") == (changed, tasks[2])


@pytest.mark.parametrize("criteria_set", load_library(criteria_dir()).sets, ids=lambda item: str(item.id))
def test_every_shipped_set_comes_back_from_the_archive(store: Store, criteria_set: CriteriaSet) -> None:
    for _ in range(2):
        with store.write("criteria_archived", "Archive", case_id=None, undoable=False) as work:
            work.archive.add(criteria_set)
    with store.read() as reader:
        assert reader.archive.get(criteria_set.content_hash) == criteria_set
        assert reader.archive.hashes(criteria_set.id) == {criteria_set.content_hash}
        assert reader.archive.get("0" * 64) is None


def test_a_set_that_came_from_no_text_is_not_archived(store: Store) -> None:
    without_hash = write_sample.criteria_set().model_copy(update={"content_hash": ""})
    with (
        pytest.raises(UnstorableValueError, match="no hash"),
        store.write("criteria_archived", "Archive", case_id=None, undoable=False) as work,
    ):
        work.archive.add(without_hash)


def test_an_archived_set_that_cannot_be_read_is_said_and_never_replaced(store: Store, folder: Path) -> None:
    archived = write_sample.criteria_set()
    with store.write("criteria_archived", "Archive", case_id=None, undoable=False) as work:
        work.archive.add(archived)
    store.close()
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        raw.execute("UPDATE criteria_archive SET json_text = '{}'")
    again = opened(folder)
    with again.write("criteria_archived", "Archive", case_id=None, undoable=False) as work:
        work.archive.add(archived)
    with again.read() as reader, pytest.raises(UnstorableValueError, match="cannot be read by this program"):
        reader.archive.get(archived.content_hash)
    again.close()


def test_undoing_what_was_done_beside_it_leaves_the_archive_alone(with_case: Store) -> None:
    archived = write_sample.criteria_set()
    with with_case.write("question_saved", "Ask", case_id="case-1") as work:
        work.cases.put(Case(id="case-1", review_question="why"))
        work.archive.add(archived)
    assert with_case.undo("case-1") is not None
    with with_case.read() as reader:
        assert reader.archive.get(archived.content_hash) == archived


# ------------------------------------------------------------------------------------- from an older program

TRACE: dict[str, Any] = {
    "set_id": "sample-set",
    "set_title": "Sample",
    "publisher": "Sample Health",
    "edition": "1",
    "set_hash": "ab" * 32,
    "service_line_id": "l1",
    "truth": "true",
    "levels": [
        {
            "level": "L4-L5",
            "truth": "true",
            "root": {
                "id": "root",
                "kind": "all",
                "text": "",
                "truth": "true",
                "is_applicable": True,
                "count": None,
                "subject": "",
                "state": None,
                "polarity": "present",
                "note": "",
                "amount": "",
                "reason": "All must hold: 1 true, 0 false, 0 not established.",
                "evidence_ids": [],
                "source": None,
                "children": [
                    {
                        "id": "loosening",
                        "kind": "criterion",
                        "text": "Hardware is loose; Schrauben gelöst",
                        "truth": "true",
                        "is_applicable": True,
                        "count": None,
                        "subject": "L4-L5",
                        "state": "met",
                        "polarity": "present",
                        "note": "clear",
                        "amount": "",
                        "reason": "Met. No words linked.",
                        "evidence_ids": ["e1"],
                        "source": {"document": "Sample", "locator": "", "proof": "U", "address": ""},
                        "children": [],
                    }
                ],
            },
            "missing": [],
        }
    ],
    "is_silent": False,
    "silence_reason": "",
}
LINE: dict[str, Any] = {
    "service_line_id": "l1",
    "decision": "medically_necessary",
    "rationale": "Loose.",
    "levels": [],
}


def compact(value: object) -> str:
    """JSON as a program of schema 0001 wrote it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_what_was_signed_under_the_first_schema_is_still_as_signed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLES / "0001", tmp_path / "store"))
    key = unlock(folder / "vault.json", write_sample.PASSWORD)
    sign_off = {
        "name": "Ada Example",
        "credential": "RN",
        "meaning": "I reviewed this.",
        "signed_at": "2026-03-02T12:00:00Z",
        "content_hash": sha256_of("\n".join(("det1", "1", compact(LINE), compact(TRACE)))),
    }
    with closing(connect(folder / "indicated.store", key)) as raw:
        raw.execute(
            "UPDATE determination SET lines = ?, traces = ?, sign_off = ? WHERE id = 'det1'",
            (compact([LINE]), compact([TRACE]), compact(sign_off)),
        )
    store = open_store(folder, key, clock=TickingClock())
    with store.read() as reader:
        (signed,) = reader.determinations.all("sample")
    store.close()
    assert len(signed.traces) == 1
    assert signed.is_as_signed


def test_a_step_of_the_first_schema_brings_back_an_answer_that_had_no_arithmetic_yet(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLES / "0001", tmp_path / "store"))
    key = unlock(folder / "vault.json", write_sample.PASSWORD)
    image = {
        "table": "assessment",
        "key": {"case_id": "sample", "set_id": "s", "criterion_id": "c", "subject": ""},
        "before": None,
        "after": {
            "case_id": "sample",
            "set_id": "s",
            "criterion_id": "c",
            "subject": "",
            "state": "met",
            "note": "",
            "amount_value": None,
            "amount_unit": None,
            "exception_source": "",
        },
    }
    with closing(connect(folder / "indicated.store", key)) as raw:
        raw.execute("UPDATE journal SET images = ?", (compact([image]),))
    store = open_store(folder, key, clock=TickingClock())
    assert store.redo("sample") is not None
    with store.read() as reader:
        answers: dict[str, CriterionAssessment] = {
            item.key.criterion_id: item for item in reader.review.assessments("sample")
        }
    assert answers["c"].arithmetic == ""
    assert store.undo("sample") is not None
    with store.read() as reader:
        assert "c" not in {item.key.criterion_id for item in reader.review.assessments("sample")}
    store.close()
