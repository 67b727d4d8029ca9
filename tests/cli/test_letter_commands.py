"""`letter compose` and `letter check` as a shell sees them: files, exit codes and sentences."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document

from desktop.intake.docx_text import read_docx
from desktop.settings.paths import resources_dir

Command = Callable[..., tuple[int, str, str]]
Run = Callable[..., tuple[int, str, str]]
Mutate = Callable[[dict[str, Any]], None]
SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
NUMBER = "26-0142"


@pytest.fixture
def run(command: Command, store: Path, password_file: Path) -> Run:
    """Run a command on a store that holds the sample case."""
    assert command("--store", store, "import", SAMPLE, "--password-file", password_file)[0] == 0

    def on_store(*words: str | Path) -> tuple[int, str, str]:
        return command("--store", store, *words, "--password-file", password_file)

    return on_store


def unsigned(document: dict[str, Any]) -> None:
    document.pop("sign_off")


def undecided(document: dict[str, Any]) -> None:
    document["determinations"].pop()
    document.pop("sign_off")


# Composing


def test_a_letter_is_written_in_each_form(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("letter", "compose", NUMBER, "--out", tmp_path / "l.pdf")
    assert code == 0
    assert f"Written: {tmp_path / 'l.pdf'}" in out
    assert (tmp_path / "l.pdf").read_bytes().startswith(b"%PDF-")
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "l.docx")[0] == 0
    words = read_docx((tmp_path / "l.docx").read_bytes(), name="l.docx").text
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "l.txt")[0] == 0
    text = (tmp_path / "l.txt").read_text("utf-8")
    assert "22849" in words
    assert "22849" in text


def test_an_accessible_letter_is_a_tagged_pdf(run: Run, tmp_path: Path) -> None:
    assert run("letter", "compose", NUMBER, "--accessible", "--out", tmp_path / "l.pdf")[0] == 0
    with pikepdf.open(tmp_path / "l.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_kind_and_audience_are_those_asked_for(run: Run, tmp_path: Path) -> None:
    code, _, _ = run(
        *("letter", "compose", NUMBER, "--kind", "claim-file", "--audience", "attorney"),
        *("--out", tmp_path / "l.txt"),
    )
    assert code == 0
    claim_file = (tmp_path / "l.txt").read_text("utf-8")
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "l.txt")[0] == 0
    assert (tmp_path / "l.txt").read_text("utf-8") != claim_file
    code, out, _ = run("letter", "check", NUMBER, "--kind", "claim-file", "--json")
    assert json.loads(out)["kind"] == "claim-file"
    assert code in {0, 1}


def test_references_are_printed_in_the_style_asked_for_and_the_draft_keeps_it(
    run: Run, tmp_path: Path
) -> None:
    def written(*words: str) -> str:
        assert run("letter", "compose", NUMBER, *words, "--out", tmp_path / "l.txt")[0] == 0
        return (tmp_path / "l.txt").read_text("utf-8")

    plain = written()
    vancouver = written("--style", "vancouver")
    assert ("PMID: " in plain, "PMID: " in vancouver) == (False, True)
    assert written() == vancouver
    assert written("--style", "ama") == plain


def test_a_draft_is_thrown_away(run: Run, tmp_path: Path) -> None:
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "l.pdf")[0] == 0
    code, _, said = run("letter", "discard", NUMBER, "--kind", "claim-file")
    assert (code, "has no claim file" in said) == (1, True)
    assert run("letter", "compose", NUMBER, "--kind", "claim-file", "--out", tmp_path / "c.pdf")[0] == 0
    code, _, said = run("letter", "discard", NUMBER)
    assert (code, "has 2 drafts" in said, "--kind" in said) == (1, True, True)
    assert run("letter", "discard", NUMBER, "--kind", "claim-file")[0] == 0
    code, out, _ = run("letter", "discard", NUMBER)
    assert (code, out) == (0, f"Thrown away: the draft of the first-level appeal of case {NUMBER}.\n")
    code, _, said = run("letter", "discard", NUMBER)
    assert (code, "No letter was composed" in said) == (1, True)
    assert "letter_discarded" in run("audit")[1]


def test_what_was_issued_is_written_as_it_was_issued(
    run: Run,
    command: Command,
    store: Path,
    password_file: Path,
    tmp_path: Path,
    case_file: Callable[..., Path],
) -> None:
    from desktop.services.opening import open_with_password
    from tests.cli.conftest import PASSWORD

    services = open_with_password(store, PASSWORD)
    case_id = services.cases.id_of(NUMBER)
    assert case_id is not None
    services.determinations.sign(case_id, name="R. Reviewer", credential="MD", meaning="I decided this.")
    services.close()
    code, _, said = run("letter", "compose", NUMBER, "--issue", "--out", tmp_path / "first.pdf")
    assert (code, said) == (0, "")
    code, out, _ = run("letter", "compose", NUMBER, "--issue", "--out", tmp_path / "again.pdf")
    assert code == 0
    assert "was issued on" in out
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()
    code, _, said = run("letter", "discard", NUMBER)
    assert (code, "was issued and cannot be thrown away" in said) == (1, True)
    assert run("letter", "compose", NUMBER, "--kind", "claim-file", "--out", tmp_path / "c.pdf")[0] == 0
    assert run("letter", "discard", NUMBER)[0] == 0
    assert run("letter", "discard", NUMBER)[0] == 1
    _, events, _ = run("audit")
    assert "letter_saved_as_pdf" in events
    assert events.count("letter_discarded") == 1
    code, _, said = run("letter", "compose", NUMBER, "--audience", "patient", "--out", tmp_path / "other.pdf")
    assert code == 1
    assert "issued" in said


def test_a_letter_with_errors_is_saved_and_not_issued(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("letter", "compose", NUMBER, "--out", tmp_path / "l.pdf")
    assert code == 0
    assert "error: " in out  # nobody signed the determination
    code, _, said = run("letter", "compose", NUMBER, "--issue", "--out", tmp_path / "issued.pdf")
    assert code == 1
    assert "cannot be issued yet" in said
    assert not (tmp_path / "issued.pdf").exists()


def test_many_letters_go_into_a_folder_and_one_bad_case_stops_none(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "letters"
    code, out, said = run(
        *("letter", "compose", "26-9999", NUMBER, NUMBER, "--out-dir", folder, "--as", "txt")
    )
    assert code == 1
    assert "26-9999: There is no case 26-9999" in said
    assert "Not written: 1 of 2." in out
    assert [path.name for path in folder.iterdir()] == [f"{NUMBER}-first-level.txt"]
    assert run("letter", "compose", NUMBER, "--out-dir", folder)[0] == 0
    assert (folder / f"{NUMBER}-first-level.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compose", NUMBER, NUMBER, "--out", "l.pdf"), "Name a folder with --out-dir"),
        (("compose", NUMBER, "--out", "l.odt"), "not as '.odt'"),
        (("compose", NUMBER, "--out", "l"), "not as ''"),
        (("compose", NUMBER, "--accessible", "--out", "l.docx"), "--accessible makes a tagged PDF"),
        (("compose", NUMBER, "--accessible", "--as", "txt", "--out-dir", "l"), "--accessible makes a tagged"),
        (("compose", NUMBER, "--out", "nowhere/l.pdf"), "its folder is not there"),
    ],
)
def test_what_cannot_be_written_as_asked_is_said_before_a_password_is_asked_for(
    command: Command,
    store: Path,
    words: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, told = command("--store", store, "letter", *words)
    assert code == 1
    assert said in told
    assert list(tmp_path.glob("l*")) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    code, _, said = run("letter", "compose", NUMBER, "--out-dir", tmp_path / "taken")
    assert code == 1
    assert "cannot be written" in said


def test_the_old_spelling_is_refused_with_the_new_one(
    command: Command, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command("--store", store, "letter", NUMBER, "--out", "l.pdf")
    assert ended.value.code == 2
    assert "compose" in capsys.readouterr().err


# Checking


def test_a_case_file_is_composed_and_checked_without_a_store(
    command: Command, tmp_path: Path, case_file: Callable[[Mutate], Path]
) -> None:
    code, out, said = command("letter", "check", SAMPLE)
    assert (code, said) == (0, "")
    assert f"{SAMPLE}: First-level appeal; 0 error(s)" in out
    code, out, _ = command("letter", "check", case_file(undecided))
    assert code == 1
    assert "error: " in out
    assert not (tmp_path / "own-home").exists() or not list((tmp_path / "own-home").rglob("indicated.store"))


def test_checking_as_json_gives_rule_place_and_key(
    command: Command, case_file: Callable[[Mutate], Path]
) -> None:
    code, out, _ = command("letter", "check", case_file(undecided), "--json")
    found = json.loads(out)
    assert code == 1
    assert (found["kind"], found["errors"] > 0) == ("first-level", True)
    first = found["problems"][0]
    assert first["severity"] == "error"
    assert {"rule", "key", "message", "block_id", "place", "words", "fix"} <= set(first)
    assert found["errors"] + found["warnings"] == len(found["problems"])


def test_a_case_file_that_cannot_be_signed_as_it_says_tells_why(
    command: Command, case_file: Callable[[Mutate], Path]
) -> None:
    def half_decided(document: dict[str, Any]) -> None:
        document["determinations"].pop()

    _, out, _ = command("letter", "check", case_file(half_decided))
    assert "note: " in out


def test_a_stored_letter_is_checked_as_it_stands(run: Run, tmp_path: Path) -> None:
    code, _, said = run("letter", "check", NUMBER)
    assert code == 1
    assert "has no letter yet" in said
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "l.pdf")[0] == 0
    code, out, _ = run("letter", "check", NUMBER)
    assert code == 1
    assert f"{NUMBER}: First-level appeal; 1 error(s)" in out
    code, _, said = run("letter", "check", NUMBER, "--kind", "withdrawal")
    assert code == 1
    assert "has no such letter yet" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("missing.json",), "missing.json cannot be read"),
        (("missing.txt", "--against", str(SAMPLE)), "could not be read"),
        (("missing.pdf", "--against", str(SAMPLE)), "could not be read"),
        (("missing.docx", "--against", str(SAMPLE)), "cannot be read"),
        (("letter.txt",), "is to be held against is not said"),
        ((str(SAMPLE), "--against", NUMBER), "--against is for a letter written elsewhere"),
        (("broken.docx", "--against", str(SAMPLE)), "is not a .docx"),
        (("broken.pdf", "--against", str(SAMPLE)), "is not a PDF"),
        (("letter.txt", "--against", "missing.json"), "missing.json cannot be read"),
    ],
)
def test_a_letter_that_cannot_be_checked_is_a_sentence(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("letter.txt", "broken.docx", "broken.pdf"):
        (tmp_path / name).write_text("To whom it may concern", "utf-8")
    code, _, told = command("letter", "check", *words)
    assert code == 1
    assert said in told
    assert "Traceback" not in told


def letter_files(folder: Path, text: str) -> list[Path]:
    """The same words as .txt and .docx."""
    (folder / "letter.txt").write_text(text, "utf-8")
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "letter.docx"))
    return [folder / "letter.txt", folder / "letter.docx"]


def test_a_number_that_the_record_does_not_hold_is_found_in_a_letter_written_elsewhere(
    command: Command, run: Run, tmp_path: Path
) -> None:
    wrong = "The CT shows lucency of 17 mm about the S1 screws.\n"
    for path in letter_files(tmp_path, wrong):
        code, out, _ = command("letter", "check", path, "--against", SAMPLE, "--json")
        found = json.loads(out)
        assert code == 1
        assert any("17" in problem["words"] for problem in found["problems"])
    code, out, _ = run("letter", "check", tmp_path / "letter.txt", "--against", NUMBER)
    assert code == 1
    assert "17" in out


def test_how_a_letter_was_read_is_said_beside_what_was_found(command: Command, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"To Dr. Garc\xeda.\n")
    _, out, _ = command("letter", "check", tmp_path / "letter.txt", "--against", SAMPLE)
    assert "note: It is not UTF-8" in out
    _, out, _ = command("letter", "check", tmp_path / "letter.txt", "--against", SAMPLE, "--json")
    assert any("not UTF-8" in note for note in json.loads(out)["notes"])


def test_of_a_letter_no_more_is_read_than_a_letter_may_have(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.cli import letter_check
    from desktop.intake import docx_text

    (tmp_path / "endless.docx").write_bytes(b"PK\x03\x04" + bytes(100_000))
    for module in (letter_check, docx_text):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", 1000)
    asked: list[int] = []
    read_docx_as_it_is = docx_text.read_docx

    def watched(data: bytes, *, name: str):
        asked.append(len(data))
        return read_docx_as_it_is(data, name=name)

    monkeypatch.setattr(docx_text, "read_docx", watched)
    code, _, said = command("letter", "check", tmp_path / "endless.docx", "--against", SAMPLE)
    assert code == 1
    assert "is larger than" in said
    assert asked == [1001]


@pytest.mark.parametrize("words", [("check",), ("compose", "--kind", "withdrawal", "--out", "l.pdf")])
def test_a_case_number_that_is_no_text_is_a_case_that_is_not_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, said = run("letter", words[0], "26\udcff", *words[1:])
    assert code == 1
    assert "There is no case" in said


def test_the_longest_name_that_a_folder_takes_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / f"{'é' * 120}.pdf"
    code, _, said = run("letter", "compose", NUMBER, "--kind", "withdrawal", "--out", out)
    assert (code, said) == (0, "")
    assert out.exists()


def test_what_a_killed_command_left_is_cleared_away_and_what_is_in_use_stays(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import tempfile

    from desktop.store.instance_lock import InstanceLock

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("left", "used", "young", "bare"):
        (tmp_path / f"indicated-case-{name}" / "store").mkdir(parents=True)
    (tmp_path / "indicated-case-left" / "store" / "instance.lock").write_text("1", "ascii")
    lock = InstanceLock(tmp_path / "indicated-case-used" / "store" / "instance.lock")
    for name in ("left", "used", "bare"):
        os.utime(tmp_path / f"indicated-case-{name}", (1_000_000, 1_000_000))
    assert command("letter", "check", SAMPLE)[0] == 0
    lock.release()
    kept = sorted(path.name for path in tmp_path.glob("indicated-case-*"))
    assert kept == ["indicated-case-used", "indicated-case-young"]
