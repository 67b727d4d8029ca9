"""A limited process is started the same way everywhere, and neither its time nor its answer is without end."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from desktop import bootstrap
from desktop.intake.limited_process import answer_of, worker_command

WORKERS = {
    "pdf-worker": "desktop.intake.pdf_worker",
    "docx-worker": "desktop.intake.docx_worker",
    "picture-worker": "desktop.intake.picture_worker",
}


def python(code: str) -> list[str]:
    return [sys.executable, "-c", f"import sys, time; {code}"]


def test_what_it_is_given_reaches_it_and_what_it_writes_comes_back() -> None:
    echo = python("sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])")
    data = bytes(range(256)) * 5_000
    assert answer_of(echo, data, timeout_s=20, max_bytes=2_000_000) == data[::-1]


def test_one_that_takes_too_long_is_ended_and_has_no_answer() -> None:
    slow = python("sys.stdout.write('half'); sys.stdout.flush(); time.sleep(60)")
    assert answer_of(slow, b"", timeout_s=0.5, max_bytes=100) is None


def test_one_that_writes_without_end_is_ended_and_has_no_answer() -> None:
    endless = python("[sys.stdout.buffer.write(b'x' * 1000) for _ in range(1000)]")
    assert answer_of(endless, b"", timeout_s=1, max_bytes=1_500) is None


def test_one_that_ends_without_reading_is_no_error() -> None:
    assert answer_of(python("sys.exit(3)"), b"x" * 5_000_000, timeout_s=20, max_bytes=100) == b""


@pytest.mark.parametrize("word", WORKERS)
def test_a_frozen_program_starts_itself_as_the_worker(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = WORKERS[word]
    assert worker_command(module, word)[1:] == ["-P", "-m", module]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command(module, word) == [sys.executable, word]

    def served() -> int:
        return 77

    monkeypatch.setattr(import_module(module), "main", served)
    assert bootstrap.start([word]) == 77
