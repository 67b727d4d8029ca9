"""Threads: results come home, in order, and nothing that was to be written is lost."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from desktop.ui.task_runner import TaskRunner


def test_a_job_runs_elsewhere_and_its_result_comes_back_to_the_gui_thread(runner: TaskRunner) -> None:
    seen: list[tuple[str, str]] = []

    def done(worker: str) -> None:
        seen.append((worker, threading.current_thread().name))

    runner.run(lambda: threading.current_thread().name, done)
    assert seen == []
    assert runner.wait_idle()
    assert seen[0][0].startswith("db")
    assert seen[0][1] == threading.main_thread().name


def test_jobs_of_the_db_lane_run_one_after_the_other_in_the_order_given(runner: TaskRunner) -> None:
    order: list[int] = []

    def job(number: int) -> None:
        time.sleep(0.002 * (5 - number))
        order.append(number)

    for number in range(5):
        runner.run(lambda number=number: job(number))
    assert runner.wait_idle()
    assert order == [0, 1, 2, 3, 4]


def test_a_newer_job_with_the_same_key_makes_the_older_result_stale(runner: TaskRunner) -> None:
    written: list[str] = []
    shown: list[str] = []

    def job(text: str) -> str:
        written.append(text)
        return text

    runner.run(lambda: job("old"), shown.append, key="page")
    runner.run(lambda: job("new"), shown.append, key="page")
    runner.run(lambda: job("other"), shown.append, key="elsewhere")
    assert runner.wait_idle()
    assert written == ["old", "new", "other"]
    assert shown == ["new", "other"]


def test_a_failure_goes_to_its_handler_or_else_to_the_common_one(runner: TaskRunner) -> None:
    own: list[Exception] = []
    common: list[Exception] = []
    runner.unhandled = common.append

    def fail() -> None:
        raise ValueError

    runner.run(fail, None, own.append)
    runner.run(fail)
    assert runner.wait_idle()
    assert [type(error) for error in own] == [ValueError]
    assert [type(error) for error in common] == [ValueError]


def test_closing_waits_for_what_was_to_be_written_and_calls_nobody_back(qapp: QApplication) -> None:
    runner = TaskRunner()
    written: list[int] = []
    told: list[None] = []

    def job(number: int) -> None:
        time.sleep(0.01)
        written.append(number)

    for number in range(5):
        runner.run(lambda number=number: job(number), told.append)
    runner.close()
    assert written == [0, 1, 2, 3, 4]
    qapp.sendPostedEvents()
    assert told == []
    runner.run(lambda: written.append(99))
    assert written[-1] == 4


def test_waiting_for_idleness_gives_up_in_time(runner: TaskRunner) -> None:
    gate = threading.Event()
    runner.run(lambda: gate.wait(5))
    assert not runner.wait_idle(50)
    gate.set()
    assert runner.wait_idle()


def test_a_callback_that_fails_does_not_leave_the_runner_waiting_for_ever(
    runner: TaskRunner, qtbot: object
) -> None:
    def done(_: None) -> None:
        raise RuntimeError("in a callback")

    with pytest.MonkeyPatch.context() as patch:
        caught: list[BaseException] = []
        patch.setattr("sys.excepthook", lambda _kind, error, _trace: caught.append(error))
        runner.run(lambda: None, done)
        assert runner.wait_idle()
    assert runner.pending == 0
    assert [str(error) for error in caught] == ["in a callback"]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(runner: TaskRunner) -> None:
    class Screen(QWidget):
        def show_title(self, text: str) -> None:
            self.setWindowTitle(text)

    screen = Screen()
    runner.run(lambda: "late", screen.show_title)
    runner.run(lambda: "late", partial(screen.show_title))
    delete(screen)
    assert runner.wait_idle()


def test_a_failure_is_told_even_when_the_widget_that_asked_is_gone(runner: TaskRunner) -> None:
    class Screen(QWidget):
        def show_error(self, error: Exception) -> None:
            self.setWindowTitle(str(error))

    def fail() -> None:
        raise ValueError

    told: list[Exception] = []
    runner.unhandled = told.append
    screen = Screen()
    runner.run(fail, None, screen.show_error)
    delete(screen)
    assert runner.wait_idle()
    assert [type(error) for error in told] == [ValueError]
