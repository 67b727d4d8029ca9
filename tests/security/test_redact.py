"""A crash report says where and what kind, and never what stood in the record."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.clock import FixedClock
from desktop.domain.errors import UserFacingError
from desktop.security.redact import crash_report, dismiss, pending_crash_reports, write_crash_report

CANARY = "Canary-Zephyr-7Q"
CLOCK = FixedClock(datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC))
ROOT = Path(__file__).resolve().parents[2]


class PatientNotFoundError(LookupError):
    """An error whose message names a patient, as messages do."""


def read_chart(name: str) -> None:
    local_value = f"chart of {name}"
    try:
        {}[local_value]
    except KeyError as error:
        raise PatientNotFoundError(f"no chart for {name}") from error


def crash(name: str = CANARY) -> Exception:
    try:
        try:
            read_chart(name)
        except PatientNotFoundError:
            raise UserFacingError(name, safe=name, todo=name)  # noqa: B904 - the context is what is tested
    except UserFacingError as error:
        return error
    raise AssertionError


def test_it_names_kinds_modules_functions_and_lines_of_the_whole_chain() -> None:
    report = crash_report(crash(), CLOCK)
    for wanted in (
        "error: desktop.domain.errors.UserFacingError",
        "while handling: ",
        "PatientNotFoundError",
        "caused by: builtins.KeyError",
        " read_chart",
        "2026-03-02T12:00:00+00:00",
        "test_redact:",
    ):
        assert wanted in report


def test_it_holds_no_message_no_value_and_no_path() -> None:
    report = crash_report(crash(), CLOCK)
    assert CANARY not in report
    assert "chart of" not in report
    assert str(ROOT) not in report
    assert str(Path.home()) not in report


def test_a_deep_recursion_gives_a_report_that_can_be_read() -> None:
    def sink(depth: int) -> None:
        if depth == 0:
            raise ValueError(CANARY)
        sink(depth - 1)

    with pytest.raises(ValueError, match=CANARY) as raised:
        sink(500)
    report = crash_report(raised.value, CLOCK)
    assert len(report.splitlines()) < 80
    assert "more" in report


def test_errors_that_cause_each_other_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert crash_report(first, CLOCK).count("ValueError") == 2


def test_a_suppressed_context_is_left_out() -> None:
    error = ValueError("a")
    error.__context__ = KeyError("b")
    error.__suppress_context__ = True
    assert "KeyError" not in crash_report(error, CLOCK)


def test_reports_wait_until_they_are_dismissed(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    assert pending_crash_reports(folder) == ()
    paths = [write_crash_report(folder, crash(), CLOCK) for _ in range(3)]
    (folder / "notes.txt").write_text("not a report")
    assert len(set(paths)) == 3
    assert set(pending_crash_reports(folder)) == set(paths)
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600
    assert CANARY not in paths[0].read_text(encoding="utf-8")
    dismiss(paths[0])
    dismiss(paths[0])
    assert set(pending_crash_reports(folder)) == set(paths[1:])


def test_a_hardened_process_leaves_no_core(tmp_path: Path) -> None:
    script = (
        "import os, resource, signal\n"
        "from desktop.security.redact import harden_process\n"
        "print(harden_process(), resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no core dumps" in done.stdout
    assert "(0, 0)" in done.stdout
    if sys.platform == "linux":
        assert "not readable" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_security_settings_and_domain_start_without_the_database_library() -> None:
    script = (
        "import sys\n"
        "from desktop.security import chain_head, redact, session, vault\n"
        "from desktop.settings import model, paths\n"
        "from desktop.domain import case_file, worklist\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'sqlcipher3', 'alembic', 'argon2', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
