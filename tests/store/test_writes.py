"""A write is one transaction, one audit event and one step, or it is nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.domain.case import Case
from desktop.domain.service_line import ServiceLine
from desktop.store import journal
from desktop.store.engine import Store, open_store
from desktop.store.errors import StoreClosedError, UndoConflictError
from desktop.store.rows import RowWriter
from tests.store.conftest import NOON, new_key, opened


@dataclass
class SetClock:
    """A clock that stands where a test puts it."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()


def put(store: Store, question: str, case_id: str = "case-1", *, undoable: bool = True) -> None:
    with store.write("question_saved", f"Ask {question}", case_id=case_id, undoable=undoable) as work:
        case = work.cases.get(case_id) if work.cases.exists(case_id) else None
        if case is None:
            work.cases.add(Case(id=case_id, review_question=question))
        else:
            work.cases.put(case.model_copy(update={"review_question": question}))


def question(store: Store, case_id: str = "case-1") -> str:
    with store.read() as reader:
        return reader.cases.get(case_id).review_question


def test_a_write_leaves_one_audit_event_with_actor_operation_case_and_label(store: Store) -> None:
    put(store, "why")
    event, created = store.audit()
    assert (event.sequence, event.operation, event.case_id) == (2, "question_saved", "case-1")
    assert (event.label, event.actor) == ("Ask why", "Ada Example, RN")
    assert event.at > NOON
    assert len(event.detail_hash) == 64
    assert created.operation == "store_created"
    assert store.audit("case-1") == (event,)
    assert store.audit(limit=1) == (event,)


def test_a_write_that_changes_nothing_leaves_no_event_and_no_step(store: Store) -> None:
    put(store, "why")
    put(store, "why")
    with store.write("there_and_back", "Nothing", case_id="case-1") as work:
        case = work.cases.get("case-1")
        work.cases.put(case.model_copy(update={"review_question": "other"}))
        work.cases.put(case)
    assert len(store.audit("case-1")) == 1
    assert store.undo_labels("case-1") == ("Ask why", None)


@pytest.mark.parametrize(("pause_s", "steps"), [(30, 1), (31, 2)])
def test_typing_goes_on_after_a_pause_of_half_a_minute_and_no_longer(
    folder: Path, pause_s: int, steps: int
) -> None:
    clock = SetClock(NOON)
    with closing(open_store(folder, new_key(), clock=clock)) as store:
        with store.write("case_opened", "Open", case_id="case-1", undoable=False) as work:
            work.cases.add(Case(id="case-1"))
        for text in ("w", "why"):
            with store.write("typed", "Type", case_id="case-1") as work:
                work.typing_in = "question"
                work.cases.put(work.cases.get("case-1").model_copy(update={"review_question": text}))
            clock.instant += timedelta(seconds=pause_s)
        taken = 0
        while store.undo("case-1"):
            taken += 1
        assert taken == steps
        assert store.verify_audit() is None


def test_an_exception_takes_everything_back(store: Store) -> None:
    put(store, "why")

    def break_off() -> None:
        with store.write("broken", "Break", case_id="case-1") as work:
            work.cases.put(Case(id="case-1", review_question="half", service_lines=(ServiceLine(id="l"),)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert question(store) == "why"
    assert len(store.audit("case-1")) == 1
    put(store, "again")  # and the store goes on
    assert store.verify_audit() is None


def test_a_read_does_not_see_an_unfinished_write_and_the_write_sees_itself(store: Store) -> None:
    put(store, "before")
    with store.write("question_saved", "Ask", case_id="case-1") as work:
        work.cases.put(Case(id="case-1", review_question="after"))
        assert work.cases.get("case-1").review_question == "after"
        assert question(store) == "before"
    assert question(store) == "after"


def test_writing_rows_of_another_case_than_the_one_named_is_a_mistake(store: Store) -> None:
    put(store, "one", "case-1")
    refused = pytest.raises(RuntimeError, match="another case")
    with refused, store.write("wrong", "Wrong", case_id="case-1") as work:
        work.cases.add(Case(id="case-2"))
    with store.read() as reader:
        assert not reader.cases.exists("case-2")


def test_a_write_inside_a_write_is_a_mistake_and_not_a_deadlock(store: Store) -> None:
    with store.write("outer", "Outer", case_id="case-1"), pytest.raises(RuntimeError, match="already open"):
        put(store, "inner")


def test_two_threads_writing_at_once_both_succeed(store: Store) -> None:
    put(store, "start", "case-1")
    put(store, "start", "case-2")

    def many(case_id: str) -> None:
        for number in range(20):
            put(store, str(number), case_id)

    threads = [threading.Thread(target=many, args=(case_id,)) for case_id in ("case-1", "case-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (question(store, "case-1"), question(store, "case-2")) == ("19", "19")
    assert store.verify_audit() is None


def test_undo_and_redo_are_audited_and_say_what_they_did(store: Store) -> None:
    put(store, "one")
    put(store, "two")
    undone = store.undo("case-1")
    assert undone is not None
    assert (undone.operation, undone.label) == ("question_saved", "Ask two")
    assert question(store) == "one"
    assert store.undo_labels("case-1") == ("Ask one", "Ask two")
    redone = store.redo("case-1")
    assert redone is not None
    assert redone.label == "Ask two"
    assert question(store) == "two"
    assert [event.operation for event in store.audit("case-1")][:2] == [
        "redo:question_saved",
        "undo:question_saved",
    ]
    assert store.verify_audit() is None


def test_there_is_nothing_to_undo_in_a_case_that_was_not_written(store: Store) -> None:
    assert store.undo("case-1") is None
    assert store.redo("case-1") is None
    assert store.undo_labels("case-1") == (None, None)
    assert len(store.audit()) == 1


def test_a_new_step_clears_what_could_be_done_again(store: Store) -> None:
    put(store, "one")
    put(store, "two")
    store.undo("case-1")
    put(store, "three")
    assert store.undo_labels("case-1") == ("Ask three", None)
    assert store.redo("case-1") is None


def test_a_barrier_stops_undo_before_it(store: Store) -> None:
    put(store, "one")
    put(store, "signed", undoable=False)
    assert store.undo_labels("case-1") == (None, None)
    put(store, "after")
    assert store.undo("case-1") is not None
    assert store.undo("case-1") is None
    assert question(store) == "signed"


def test_a_write_without_a_case_that_touches_one_is_a_barrier_too(store: Store) -> None:
    put(store, "one")
    with store.write("repaired", "Repair", case_id=None) as work:
        work.cases.put(Case(id="case-1", review_question="repaired"))
    assert store.undo_labels("case-1") == (None, None)


def test_the_undo_of_one_case_leaves_another_alone(store: Store) -> None:
    put(store, "one", "case-1")
    put(store, "two", "case-2")
    store.undo("case-1")
    with store.read() as reader:
        assert not reader.cases.exists("case-1")
    assert question(store, "case-2") == "two"


def test_steps_survive_a_restart_a_hundred_deep(open_here: Callable[[], Store]) -> None:
    store = open_here()
    for number in range(121):
        put(store, str(number))
    store.undo("case-1")
    store.close()
    store = open_here()
    assert store.undo_labels("case-1") == ("Ask 119", "Ask 120")
    for _ in range(110):
        assert store.undo("case-1") is not None
    assert question(store) == "9"
    store.close()
    store = open_here()
    for _ in range(111):
        assert store.redo("case-1") is not None
    assert question(store) == "120"


def test_the_oldest_steps_go_when_there_are_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_STEPS", 3)
    for number in range(6):
        put(store, str(number))
    put(store, "other", "case-2")
    while store.undo("case-1") is not None:
        pass
    assert question(store) == "2"
    assert store.undo_labels("case-2")[0] == "Ask other"


def test_typed_criteria_and_pdfs_outlast_the_undo_of_the_step_that_brought_them(store: Store) -> None:
    with store.write("imported", "Import", case_id="case-1") as work:
        work.cases.add(Case(id="case-1"))
        work.criteria.put("typed", "id: typed\n")
    store.undo("case-1")
    with store.read() as reader:
        assert reader.criteria.sources() == (("typed", "id: typed\n"),)
    assert store.redo("case-1") is not None


def test_a_step_whose_rows_changed_behind_its_back_is_refused(store: Store) -> None:
    put(store, "one")
    put(store, "two")
    with store._transaction() as rows:
        assert isinstance(rows, RowWriter)
        old = rows.all("case_row", {})[0]
        rows.update("case_row", old, {**old, "review_question": "tampered"})
    with pytest.raises(UndoConflictError):
        store.undo("case-1")
    assert question(store) == "tampered"
    assert store.undo_labels("case-1")[0] == "Ask two"


def test_updated_at_moves_with_every_write_and_undo(store: Store) -> None:
    from desktop.domain.worklist import WorklistQuery

    seen: list[object] = []
    put(store, "one")
    for act in (lambda: put(store, "two"), lambda: store.undo("case-1"), lambda: store.redo("case-1")):
        with store.read() as reader:
            seen.append(reader.cases.worklist(WorklistQuery())[0].updated_at)
        act()
    assert seen == sorted(set(seen), key=str)


def test_view_state_is_kept_without_audit_or_undo(open_here: Callable[[], Store]) -> None:
    store = open_here()
    assert store.recall("review") is None
    store.remember("review", '{"splitter": [1, 2]}')
    store.remember("review", '{"splitter": [3, 4]}')
    assert len(store.audit()) == 1
    store.close()
    assert open_here().recall("review") == '{"splitter": [3, 4]}'


def test_a_closed_store_says_that_it_is_locked(store: Store) -> None:
    assert store.is_open
    store.close()
    store.close()
    assert not store.is_open
    with pytest.raises(StoreClosedError), store.read():
        pass
    with pytest.raises(StoreClosedError):
        put(store, "x")
    with pytest.raises(StoreClosedError):
        store.check_pages()


def test_the_key_is_wiped_and_the_log_is_folded_in_at_closing(folder: Path) -> None:
    store = opened(folder)
    key = store._key
    put(store, "why")
    store.close()
    assert key.is_wiped
    assert sorted(path.name for path in folder.iterdir()) == ["head.json", "indicated.store", "instance.lock"]


def test_an_actor_given_at_opening_is_the_one_who_is_named(folder: Path) -> None:
    store = opened(folder, Actor(name="Grace Example"))
    put(store, "why")
    assert store.audit(limit=1)[0].actor == "Grace Example"
    assert store.folder == folder
    assert not store.is_read_only
    store.close()
