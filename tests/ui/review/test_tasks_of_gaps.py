"""A gap becomes a task with a day by key, tasks are walked and ticked, and the record says when it has closed one."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.ui.review.way_rows import key_of
from tests.ui.review.conftest import StoredReviewer

AETNA = "lumbar-fusion-revision.aetna-0743"
LAB = AssessmentKey(set_id=AETNA, criterion_id="nicotine-lab")


@pytest.fixture
def waiting(at_store: StoredReviewer) -> StoredReviewer:
    """The sample's second line under the set that misses a laboratory report."""
    at_store.screen.choose_set(0, AETNA)
    at_store.wait()
    at_store.tree.setFocus()
    return at_store


def type_and_enter(reviewer: StoredReviewer, words: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)
    reviewer.press(Qt.Key.Key_Return)


def tasks(reviewer: StoredReviewer) -> list[tuple[str, date | None, bool]]:
    return [
        (view.task.text, view.task.due_on, view.task.is_open)
        for view in reviewer.services.tasks.list(reviewer.case_id)
    ]


def add_task(reviewer: StoredReviewer, key: AssessmentKey = LAB, due: str = "2026-11-30") -> None:
    reviewer.screen.go_to(key)
    reviewer.tree.setFocus()
    reviewer.press(Qt.Key.Key_K)
    type_and_enter(reviewer, due)


def test_k_proposes_the_document_and_who_owes_it_and_asks_for_the_day(waiting: StoredReviewer) -> None:
    waiting.screen.go_to(LAB)
    waiting.press(Qt.Key.Key_K, on=waiting.tree)
    form = waiting.screen.tasks.form
    assert form.due_on.line.hasFocus()
    assert form.text.line.text().startswith("A laboratory report")
    assert "laboratory" in form.owed_by.line.text()
    assert "dated 2026-11-03 to" in waiting.screen.tasks.about.text()
    type_and_enter(waiting, "11/30/2026")
    view = waiting.services.tasks.list(waiting.case_id)[0]
    assert (view.task.due_on, view.task.closes) == (date(2026, 11, 30), LAB)
    assert waiting.tree.hasFocus()
    assert waiting.screen.panel.isVisible()
    assert waiting.screen.side._tasks.text() == "1 open · next due 2026-11-30"  # pyright: ignore[reportPrivateUsage]


def test_a_gap_of_the_strip_becomes_a_task_under_the_keyboard(waiting: StoredReviewer) -> None:
    button = waiting.screen.strip.buttons[0]
    assert button.item is not None
    button.setFocus()
    waiting.press(Qt.Key.Key_K, on=button)
    type_and_enter(waiting, "2026-11-30")
    assert waiting.services.tasks.list(waiting.case_id)[0].task.closes == key_of(button.item.gap)


def test_a_day_that_cannot_be_read_is_said_beside_it_and_nothing_is_stored(waiting: StoredReviewer) -> None:
    add_task(waiting, due="30.11.26")
    assert tasks(waiting) == []
    assert waiting.screen.tasks.form.due_on.line.hasFocus()
    waiting.press(Qt.Key.Key_Escape)
    assert waiting.tree.hasFocus()
    assert not waiting.screen.tasks.isVisible()


def test_a_task_without_words_is_refused_in_words_and_stays_open_to_change(waiting: StoredReviewer) -> None:
    waiting.screen.go_to(LAB)
    waiting.press(Qt.Key.Key_K, on=waiting.tree)
    waiting.screen.tasks.form.text.line.clear()
    waiting.press(Qt.Key.Key_Return)
    assert "says nothing yet" in waiting.said()
    assert waiting.screen.tasks.isVisible()


def test_tasks_are_ticked_changed_and_removed_by_key(waiting: StoredReviewer) -> None:
    add_task(waiting)
    waiting.press(Qt.Key.Key_K, shift=True)
    pane = waiting.screen.tasks
    assert pane.list.hasFocus()
    waiting.press(Qt.Key.Key_Space)
    assert tasks(waiting)[0][2] is False
    assert pane.done.text() == "Open again (Space)"
    waiting.press(Qt.Key.Key_Space)
    assert tasks(waiting)[0][2] is True
    waiting.press(Qt.Key.Key_Return)
    assert pane.form.text.line.hasFocus()
    pane.form.text.line.selectAll()
    type_and_enter(waiting, "Ask for the cotinine report")
    assert tasks(waiting)[0][0] == "Ask for the cotinine report"
    assert pane.list.hasFocus()
    waiting.press(Qt.Key.Key_Delete)
    assert tasks(waiting) == []
    assert pane.empty.isVisible()


def test_the_mouse_does_the_same(waiting: StoredReviewer) -> None:
    add_task(waiting)
    QTest.mouseClick(waiting.screen.side.tasks, Qt.MouseButton.LeftButton)
    pane = waiting.screen.tasks
    QTest.mouseClick(pane.done, Qt.MouseButton.LeftButton)
    waiting.wait()
    assert tasks(waiting)[0][2] is False
    QTest.mouseClick(pane.go, Qt.MouseButton.LeftButton)
    assert waiting.screen.current_key == LAB
    assert waiting.screen.panel.isVisible()


def test_letters_typed_over_the_list_do_not_answer_the_criterion_behind(waiting: StoredReviewer) -> None:
    add_task(waiting)
    before = waiting.view.assessments
    waiting.press(Qt.Key.Key_K, shift=True)
    waiting.press(Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_3)
    assert waiting.view.assessments == before


def test_a_task_says_when_it_is_late_and_when_the_record_has_closed_it(waiting: StoredReviewer) -> None:
    add_task(waiting, due="2026-11-20")
    row = waiting.screen.tasks.list.rows[0]
    assert (row.is_overdue, row.due) == (True, "due 2026-11-20, 2 d overdue")
    waiting.screen.go_to(LAB)
    waiting.press(Qt.Key.Key_M, on=waiting.tree)
    row = waiting.screen.tasks.list.rows[0]
    if row.news:
        assert "has closed it" in row.spoken()
    waiting.services.review.set_state(waiting.case_id, LAB, AssessmentState.NOT_APPLICABLE)
    waiting.screen.show_case(waiting.case_id)
    waiting.wait()
    row = waiting.screen.tasks.list.rows[0]
    assert row.news == "the record has closed it"
    assert "1 closed by the record" in waiting.screen.side._tasks.text()  # pyright: ignore[reportPrivateUsage]


def test_without_a_gap_a_task_of_its_own_can_be_typed(at_store: StoredReviewer) -> None:
    at_store.tree.setFocus()
    assert at_store.screen.strip.way.items == ()
    at_store.tree.go_to_row(at_store.tree.root.id if at_store.tree.root else "")
    at_store.press(Qt.Key.Key_K)
    assert at_store.screen.tasks.form.text.line.hasFocus()
    type_and_enter(at_store, "Call the office")
    assert tasks(at_store) == [("Call the office", None, True)]


def test_tasks_of_another_case_are_not_shown(waiting: StoredReviewer) -> None:
    add_task(waiting)
    waiting.press(Qt.Key.Key_K, shift=True)
    other = waiting.services.cases.new_case().value
    waiting.screen.show_case(other.id)
    waiting.wait()
    assert waiting.screen.tasks.list.rows == ()
    assert waiting.screen.panel.isVisible()
