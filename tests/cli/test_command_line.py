"""Whatever goes wrong on the command line is a sentence and an exit code, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from desktop.cli import cases as case_commands
from desktop.security.redact import pending_crash_reports
from desktop.settings.paths import resources_dir

Command = Callable[..., tuple[int, str, str]]
SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"


def test_an_unexpected_error_is_a_sentence_and_a_report_without_patient_data(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def break_down(file: Path) -> int:
        raise RuntimeError("Harlan Testerman, born 1962")

    monkeypatch.setattr(case_commands, "check", break_down)
    code, _, said = command("check", SAMPLE)
    assert code == 1
    assert "RuntimeError" in said
    assert "Traceback" not in said
    assert "Testerman" not in said
    (report,) = pending_crash_reports(tmp_path / "own-home" / "crashes")
    assert str(report) in said
    assert "break_down" in report.read_text("utf-8")
    assert "Testerman" not in report.read_text("utf-8")


def test_an_error_is_told_even_where_no_report_can_be_written(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own-home").write_text("a file where the folder should be", "utf-8")
    monkeypatch.setattr(case_commands, "check", _break_down)
    code, _, said = command("check", SAMPLE)
    assert code == 1
    assert "ZeroDivisionError" in said
    assert "no report could be written" in said.lower()


def _break_down(file: Path) -> int:
    raise ZeroDivisionError


def test_an_interrupt_ends_quietly_with_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(file: Path) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(case_commands, "check", interrupted)
    code, out, said = command("check", SAMPLE)
    assert (code, out, said.strip()) == (130, "", "")


def test_a_reader_that_went_away_is_no_error_of_the_program(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def cut_off(file: Path) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(case_commands, "check", cut_off)
    code, _, said = command("check", SAMPLE)
    assert (code, said) == (1, "")
    assert pending_crash_reports(tmp_path / "own-home" / "crashes") == ()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad", b"", b"\n"])
def test_a_password_file_that_is_missing_or_holds_no_password_is_said_and_not_counted_as_a_try(
    command: Command, store: Path, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "no-password"
    if content is not None:
        file.write_bytes(content)
    code, _, said = command("--store", store, "cases", "--password-file", file)
    assert code == 1
    assert "password" in said
    assert "Traceback" not in said
    assert not (store / "attempts.json").exists()


def test_no_password_on_standard_input_is_said_and_not_counted_as_a_try(
    command: Command, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    code, _, said = command("--store", store, "cases")
    assert code == 1
    assert "No password was given." in said
    assert not (store / "attempts.json").exists()


def test_a_missing_store_is_said_before_a_password_is_asked_for(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    code, _, said = command("--store", tmp_path / "nothing", "cases")
    assert code == 1
    assert "There is no store in this folder." in said


def test_a_letter_that_cannot_be_written_is_said_and_leaves_no_half_file(
    command: Command, store: Path, password_file: Path, tmp_path: Path
) -> None:
    given = ("--password-file", password_file)
    assert command("--store", store, "import", SAMPLE, *given)[0] == 0
    for out in (tmp_path / "nowhere" / "letter.pdf", Path("/proc/letter.txt")):
        code, _, said = command("--store", store, "letter", "compose", "26-0142", "--out", out, *given)
        assert code == 1
        assert "cannot be written" in said
        assert "Traceback" not in said
    taken = tmp_path / "folder.pdf"
    taken.mkdir()
    assert command("--store", store, "letter", "compose", "26-0142", "--out", taken, *given)[0] == 1
    assert not list(tmp_path.glob(".folder.pdf*"))


def test_the_ending_of_a_letter_may_be_in_capitals(
    command: Command, store: Path, password_file: Path, tmp_path: Path
) -> None:
    given = ("--password-file", password_file)
    command("--store", store, "import", SAMPLE, *given)
    assert (
        command("--store", store, "letter", "compose", "26-0142", "--out", tmp_path / "L.PDF", *given)[0] == 0
    )
    assert (tmp_path / "L.PDF").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("action", ["lint", "test"])
def test_a_folder_without_criteria_is_no_success(command: Command, tmp_path: Path, action: str) -> None:
    for folder in (tmp_path / "missing", tmp_path, SAMPLE):
        code, _, said = command("criteria", action, folder)
        assert code == 1
        assert "no criteria file" in said or "no folder" in said


def test_checking_a_case_tells_its_open_points_and_fails_on_errors(
    command: Command, case_file: Callable[..., Path]
) -> None:
    assert command("check", SAMPLE)[0] == 0

    def unquoted(document: dict[str, object]) -> None:
        case = document["case"]
        assert isinstance(case, dict)
        case["imaging"][0]["findings"][0].pop("quote")
        case["denial"]["received_on"] = "2026-10-01"

    code, out, _ = command("check", case_file(unquoted))
    assert code == 1
    assert "case.imaging[0].findings[0]: has no quote from its report" in out
    assert "Received before it was printed" in out


def test_checking_a_case_names_an_unknown_criteria_set(
    command: Command, case_file: Callable[..., Path]
) -> None:
    def unknown_set(document: dict[str, object]) -> None:
        case = document["case"]
        assert isinstance(case, dict)
        case["service_lines"][0]["criteria_set_ids"] = ["no.such.set"]

    code, _, said = command("check", case_file(unknown_set))
    assert code == 1
    assert "case.service_lines[0].criteria_set_ids[0]: no criteria set has the id 'no.such.set'" in said


def test_a_demo_whose_folder_runs_out_of_room_says_so(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case_file: Callable[..., Path]
) -> None:
    from desktop import demo

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(demo, "_take_photographs", lambda *_: ())
    monkeypatch.setattr(demo, "write_private", full)
    code, _, said = command("demo", "--out", tmp_path / "out")
    assert code == 1
    assert "No space left on device" in said


def test_a_demo_of_an_undecided_line_still_writes_draft_trace_and_gaps(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case_file: Callable[..., Path]
) -> None:
    from desktop import demo

    def undecided(document: dict[str, object]) -> None:
        decisions = document["determinations"]
        assert isinstance(decisions, list)
        decisions.pop()

    monkeypatch.setattr(demo, "_take_photographs", lambda *_: ())
    code, out, _ = command("demo", "--case", case_file(undecided), "--out", tmp_path / "out")
    assert code == 3
    assert "Decompression" in out
    assert (tmp_path / "out" / "letter.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads((tmp_path / "out" / "trace.json").read_text("utf-8"))


def test_a_file_without_an_end_is_refused_and_not_read_for_ever(command: Command) -> None:
    code, _, said = command("check", Path("/dev/zero"))
    assert code == 1
    assert "is larger than 20,000,000 bytes" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_named_like_a_criteria_file_is_not_waited_for(command: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "criteria.yaml")
    assert command("criteria", "lint", tmp_path)[0] == 1


def test_a_character_that_cannot_be_printed_keeps_back_the_paper_and_not_the_evaluation(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case_file: Callable[..., Path]
) -> None:
    from desktop import demo

    def hebrew(document: dict[str, object]) -> None:
        case = document["case"]
        assert isinstance(case, dict)
        case["history"]["narrative"] = "\u05e9\u05dc\u05d5\u05dd"

    monkeypatch.setattr(demo, "_take_photographs", lambda *_: ())
    code, _, said = command("demo", "--case", case_file(hebrew), "--out", tmp_path / "out")
    assert code == 1
    assert "U+05E9 (HEBREW LETTER SHIN)" in said
    assert not (tmp_path / "out" / "letter.pdf").exists()
    assert json.loads((tmp_path / "out" / "trace.json").read_text("utf-8"))


def test_a_console_with_few_characters_shows_code_points(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    def say(file: Path) -> int:
        sys.stdout.write("\u2265 4 mm\n")
        return 0

    monkeypatch.setattr(case_commands, "check", say)
    monkeypatch.setattr(sys, "stdout", narrow)
    assert command("check", SAMPLE)[0] == 0
    assert narrow.buffer.seek(0) == 0
    assert narrow.buffer.read() == b"\\u2265 4 mm\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_without_room_is_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "desktop", "criteria", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no room left")
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
