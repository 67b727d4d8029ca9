"""Proves that the suite's own guards bite, because a guard that never fires is worse than none."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

INI = """
[pytest]
addopts = -p no:randomly -p no:cacheprovider
qt_api = pyside6
qt_log_level_fail = WARNING
qt_log_ignore = This plugin does not support propagateSizeHints\\(\\)
filterwarnings = error
markers = allow_log: x
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> pytest.Pytester:
    pytester.makeini(INI)
    conftest = request.config.rootpath / "tests" / "conftest.py"
    pytester.makeconftest(conftest.read_text(encoding="utf-8"))
    return pytester


def outcome_of(suite: pytest.Pytester, body: str) -> tuple[int, str]:
    """Number of tests that failed or errored, and the output."""
    suite.makepyfile(body)
    result = suite.runpytest_subprocess("-q")
    counts = result.parseoutcomes()
    return counts.get("failed", 0) + counts.get("errors", 0), result.stdout.str()


def test_reaching_for_a_network_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        import socket

        def test_by_connect():
            with socket.socket() as s:
                s.connect(("127.0.0.1", 9))

        def test_by_create_connection():
            socket.create_connection(("127.0.0.1", 9))

        def test_by_name():
            socket.getaddrinfo("localhost", 80)

        def test_by_datagram():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                s.sendto(b"x", ("127.0.0.1", 9))

        def test_local_sockets_work():
            a, b = socket.socketpair(socket.AF_UNIX)
            a.send(b"x")
            assert b.recv(1) == b"x"
            a.close()
            b.close()
        """,
    )
    assert failed == 4, output
    assert "offline by design" in output


def test_an_unexpected_log_record_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        import logging
        import pytest

        def test_warns():
            logging.getLogger("x").warning("kidney")

        def test_informs():
            logging.getLogger("x").info("liver")

        @pytest.mark.allow_log
        def test_warns_on_purpose():
            logging.getLogger("x").warning("spleen")
        """,
    )
    assert failed == 1, output
    assert "WARNING x: kidney" in output


def test_a_thread_left_running_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        import threading

        stop = threading.Event()

        def test_leaves_a_thread():
            threading.Thread(target=stop.wait, args=(8,), daemon=True, name="left-behind").start()

        def test_waits_for_its_thread():
            stop.set()
            thread = threading.Thread(target=stop.wait)
            thread.start()
            thread.join()
        """,
    )
    assert failed == 1, output
    assert "left-behind" in output


def test_a_qt_message_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        from PySide6.QtCore import qWarning

        def test_quiet(qapp):
            pass

        def test_noisy(qapp):
            qWarning("QLayout: something is wrong")
        """,
    )
    assert failed == 1, output


def test_a_warning_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        import warnings

        def test_warns():
            warnings.warn("old", DeprecationWarning)
        """,
    )
    assert failed == 1, output


def test_an_exception_in_a_slot_fails_a_test(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        from PySide6.QtWidgets import QPushButton

        def test_slot_raises(qtbot):
            button = QPushButton()
            qtbot.addWidget(button)
            button.clicked.connect(broken)
            button.click()

        def broken():
            raise ValueError("in the slot")
        """,
    )
    assert failed == 1, output


def test_tests_do_not_see_the_developers_home(suite: pytest.Pytester) -> None:
    failed, output = outcome_of(
        suite,
        """
        import os
        from pathlib import Path

        def test_home_is_empty():
            assert not [p for p in Path.home().iterdir() if p.is_file()]
            assert os.environ["XDG_DATA_HOME"].startswith(str(Path.home()))
        """,
    )
    assert failed == 0, output


def test_nothing_is_collected_while_a_test_of_the_window_runs_and_what_it_left_is_afterwards(
    suite: pytest.Pytester,
) -> None:
    failed, output = outcome_of(
        suite,
        """
        import gc
        import pytest

        PHASES = []
        gc.callbacks.append(lambda phase, details: PHASES.append(phase))

        @pytest.fixture
        def keeper(qapp):
            from desktop.ui.garbage import GarbageKeeper
            keeper = GarbageKeeper()
            keeper.start()
            yield keeper
            keeper.stop()
            kept = [[number] for number in range(20_000)]
            assert PHASES == []

        def test_with_a_window(keeper):
            PHASES.clear()
            kept = [[number] for number in range(20_000)]
            assert PHASES == []

        def test_without_one():
            assert PHASES[:2] == ["start", "stop"]
            assert gc.isenabled()
        """,
    )
    assert failed == 0, output
