"""Widgets that nobody holds any more are collected by the GUI thread only, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from desktop.ui.garbage import GarbageKeeper
from desktop.ui.task_runner import TaskRunner


def allocate() -> int:
    """Enough new objects for Python to collect many times over."""
    return len([[number] for number in range(200_000)])


def collections() -> int:
    """How often Python has collected so far."""
    return sum(generation["collections"] for generation in gc.get_stats())


def test_no_worker_ever_collects_garbage(runner: TaskRunner) -> None:
    collectors: list[str] = []

    def note(phase: str, _details: dict[str, int]) -> None:
        if phase == "start":
            collectors.append(threading.current_thread().name)

    gc.callbacks.append(note)
    try:
        runner.run(allocate, lane="cpu")
        runner.run(allocate, lane="db")
        assert runner.wait_idle()
    finally:
        gc.callbacks.remove(note)
    assert {name for name in collectors if name != threading.main_thread().name} == set()


def test_what_went_out_of_use_is_collected_all_the_same(qtbot: QtBot) -> None:
    keeper = GarbageKeeper()
    keeper.start()
    before = collections()
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    assert collections() == before
    keeper.collect()
    assert collections() > before
    keeper.stop()
    assert kept


def test_python_collects_by_itself_again_once_the_last_runner_is_closed(runner: TaskRunner) -> None:
    second = TaskRunner()
    second.close()
    assert not gc.isenabled()
