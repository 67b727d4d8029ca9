"""Whatever file, folder, name or password a command is given: sentences, the right code, no word of an exception."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.settings.paths import criteria_dir, resources_dir

Run = Callable[..., tuple[int, str, str]]

SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
FOLDER = criteria_dir() / "spine" / "lumbar-fusion-revision.aetna-0743"
SET = FOLDER / "criteria.yaml"
RIGHT_SET = SET.read_bytes()

BAD_CONTENT: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 8,
    "only NUL": b"\0" * 500,
    "ten million brackets": b"[" * 10_000_000,
    "nested objects": b'{"a":' * 100_000,
    "nested and closed": b"[" * 50_000 + b"]" * 50_000,
    "a lone surrogate escaped": b'{"a": "\\ud800"}',
    "a lone surrogate as bytes": b"\xed\xa0\x80",
    "Latin-1": '{"name": "Müller"}'.encode("latin-1"),
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf[]",
    "cut off": SAMPLE.read_bytes()[:-2],
    "half a set": RIGHT_SET[: len(RIGHT_SET) // 2],
    "a number": b"17",
    "null": b"null",
    "a text": b'"x"',
    "a list": b"[]",
    "a list of anything": b'[1, null, "a", {}]',
    "an object": b"{}",
    "a number of 5,000 digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "a number beyond all numbers": b'{"a": 1e99999999999999999999}',
    "no number": b'{"a": NaN}',
    "a field twice": b'{"a": 1, "a": 2}',
    "one long line": b"x" * 200_000,
    "control characters": b'{"a": "\x01\x02"}',
    "a line end in a text": b'{"a": "b\n"}',
    "a wrong escape": b'{"a": "\\q"}',
    "a trailing comma": b'{"a": 1,}',
    "no comma": b'{"a": 1 "b": 2}',
    "no colon": b'{"a" 1}',
    "no quotes": b"{a: 1}",
    "more after the end": b"{} {}",
    "a library of another form": b'{"format": "other/1", "references": []}',
    "a library without references": b'{"format": "indicated-references/2"}',
    "a library with references of a wrong kind": b'{"format": "indicated-references/2", "references": 3}',
    "a library with an entry of a wrong kind": b'{"format": "indicated-references/2", "references": [7]}',
    "a library with an empty entry": b'{"format": "indicated-references/2", "references": [{}]}',
}

RAW = re.compile(
    r"did not expect|Traceback|Errno|\b[A-Z][A-Za-z]+(?:Error|Exception)\b|Expecting |codec|recursion depth|<class|"
    r"NoneType|object is not|has no attribute|surrogates not allowed|set_int_max_str_digits|pydantic|validation error"
)
"""What an exception says of itself."""


def in_words(result: tuple[int, str, str], *, code: int | None = None) -> str:
    """The sentences of a command that failed, after it was seen that they are sentences."""
    found, out, err = result
    assert found == code if code is not None else found in {0, 1}
    assert found == 0 or out or err
    assert not (raw := RAW.search(err + out)), f"{raw.group()}: {err[:400]}{out[:400]}"
    return err


def bad_files(folder: Path, ending: str, content: bytes) -> Path:
    path = folder / f"bad{ending}"
    path.write_bytes(content)
    return path


@pytest.fixture
def at_store(command: Run, store: Path, password_file: Path) -> Run:
    """Run a command on a store that holds the sample case."""
    assert command("--store", store, "import", SAMPLE, "--password-file", password_file)[0] == 0

    def run(*words: str | Path) -> tuple[int, str, str]:
        return command("--store", store, *words, "--password-file", password_file)

    return run


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_case_file_that_is_none_is_refused_in_words(command: Run, tmp_path: Path, content: bytes) -> None:
    path = bad_files(tmp_path, ".json", content)
    assert "could not be read as a case" in in_words(command("check", path), code=1)
    in_words(command("letter", "check", path), code=1)


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_criteria_file_that_is_none_is_refused_in_words(
    command: Run, tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    path = folder / "criteria.yaml"
    path.write_bytes(content)
    for words in (("show", path), ("export", path), ("diff", path, SET), ("lint", folder), ("test", folder)):
        in_words(command("criteria", *words), code=1)
    in_words(command("criteria", "list", "--folder", folder))


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_answers_and_questionnaires_that_are_none_are_refused_in_words(
    command: Run, tmp_path: Path, content: bytes
) -> None:
    path = bad_files(tmp_path, ".json", content)
    for action in ("evaluate", "gaps", "response"):
        in_words(command("criteria", action, SET, path))
    in_words(command("criteria", "import", path, "--folder", FOLDER))


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_reference_file_that_is_none_is_refused_in_words(
    command: Run, tmp_path: Path, content: bytes
) -> None:
    path = bad_files(tmp_path, ".txt", content)
    in_words(command("references", "import", path, "--check"))
    for form in ("csl-json", "ris", "bibtex", "nbib"):
        in_words(command("references", "import", path, "--check", "--as", form))


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_reference_library_or_a_topic_that_is_none_is_refused_in_words(
    command: Run, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "references.json").write_bytes(content)
    assert "The reference library could not be read" in in_words(
        command("references", "lint", tmp_path), code=1
    )
    (tmp_path / "nicotine.yaml").write_bytes(content)
    in_words(command("topics", "lint", tmp_path), code=1)
    in_words(command("topics", "list", "--folder", tmp_path))


def _places(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "absent.json"
    folder = tmp_path / "folder.json"
    folder.mkdir()
    yield folder
    yield bad_files(tmp_path, ".json", b"{}") / "under-a-file.json"
    yield tmp_path / ("n" * 300)
    ring = tmp_path / "ring.json"
    try:
        ring.symlink_to(ring)
    except OSError:
        return  # a system, or an account, without links has no ring of them
    yield ring


def test_a_place_that_is_no_file_is_refused_in_words_by_every_command(command: Run, tmp_path: Path) -> None:
    for place in _places(tmp_path):
        for words in (
            ("check", place),
            ("criteria", "show", place, "--folder", FOLDER),
            ("criteria", "lint", place),
            ("criteria", "test", place),
            ("criteria", "list", "--folder", place),
            ("criteria", "diff", place, SET, "--folder", FOLDER),
            ("criteria", "evaluate", SET, place),
            ("criteria", "gaps", SET, place),
            ("criteria", "response", SET, place),
            ("criteria", "import", place, "--folder", FOLDER),
            ("references", "import", place, "--check"),
            ("references", "lint", place),
            ("references", "show", place),
            ("topics", "show", place),
            ("topics", "lint", place),
            ("topics", "list", "--folder", place),
            ("letter", "check", place, "--against", SAMPLE),
            ("letter", "check", SAMPLE, "--against", place),
        ):
            in_words(command(*words))


def test_a_place_that_takes_no_file_is_refused_in_words(command: Run, tmp_path: Path) -> None:
    answers = bad_files(tmp_path, ".json", b"{}")
    for place in (tmp_path, answers / "x", tmp_path / ("n" * 300), tmp_path / "no" / "such" / "folder"):
        for words in (
            ("criteria", "export", SET),
            ("criteria", "response", SET, answers),
            ("references", "export"),
        ):
            code, _, err = command(*words, "--out", place)
            in_words((code, "", err), code=1)


def test_places_are_refused_in_words_where_the_store_is_open(
    at_store: Run, password_file: Path, tmp_path: Path
) -> None:
    a_file = bad_files(tmp_path, ".p12", b"no certificate")
    for place in (a_file / "x.pdf", tmp_path / f"{'n' * 300}.pdf"):
        in_words(at_store("letter", "compose", "26-0142", "--out", place), code=1)
        in_words(at_store("packet", "26-0142", "--out", place), code=1)
        for certificate, out in ((a_file, place), (place, tmp_path / "signed.pdf")):
            words = ("--certificate", certificate, "--out", out, "--passphrase-file", password_file)
            in_words(at_store("letter", "sign", "26-0142", *words), code=1)
        in_words(at_store("import", place), code=1)


def test_a_case_that_is_not_there_is_said_by_every_command(
    command: Run, store: Path, password_file: Path, tmp_path: Path
) -> None:
    out, certificate = tmp_path / "out.pdf", bad_files(tmp_path, ".p12", b"x")
    for case in ("26-9999", "\udc80", "9" * 3_000):
        for words in (
            ("letter", "compose", case, "--out", out),
            ("letter", "check", case),
            ("letter", "discard", case),
            ("letter", "sign", case, "--certificate", certificate, "--out", out),
            ("packet", case, "--out", out),
            ("reevaluate", case),
        ):
            files: tuple[str | Path, ...] = ("--password-file", password_file)
            if "sign" in words:
                files = (*files, "--passphrase-file", password_file)
            in_words(command("--store", store, *words, *files), code=1)
    assert not out.exists()


@pytest.mark.parametrize("name", ["vault.json", "head.json", "indicated.store"])
@pytest.mark.parametrize(
    "content", [b"", bytes(range(256)) * 16, b"[" * 100_000, b"[]", b"{}", b'{"a": "\\ud800"}', None]
)
@pytest.mark.allow_log
def test_a_damaged_store_is_refused_in_words(
    command: Run, store: Path, password_file: Path, name: str, content: bytes | None
) -> None:
    if content is None:
        (store / name).unlink()
    else:
        (store / name).write_bytes(content)
    for words in ("cases", "audit"):
        in_words(command("--store", store, words, "--password-file", password_file))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe\n", b"wrong\n", b"\xed\xa0\x80\n", b"x" * 100_000]
)
def test_a_password_file_that_holds_no_password_is_refused_in_words(
    command: Run, store: Path, tmp_path: Path, content: bytes
) -> None:
    path = bad_files(tmp_path, ".txt", content)
    in_words(command("--store", store, "cases", "--password-file", path), code=1)


@pytest.mark.parametrize("sent", [b"", b"\n", b"\xff\xfe\n", b"wrong\n", b"\xed\xa0\x80\n", b"x" * 100_000])
def test_what_is_sent_in_the_place_of_a_password_is_refused_in_words(
    command: Run, store: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent), "utf-8"))
    in_words(command("--store", store, "cases"), code=1)


def test_bytes_that_are_no_text_are_refused_as_words_of_a_request(
    command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for option in ("--text", "--code", "--diagnosis", "--payer"):
        with pytest.raises(SystemExit) as stopped:
            command("criteria", "match", option, "a\udc80b")
        assert stopped.value.code == 2
        assert "bytes that are no text" in capsys.readouterr().err


def test_an_id_of_bytes_that_are_no_text_is_refused_where_the_store_is_asked(at_store: Run) -> None:
    for words in (("topics", "export", "\udc80"), ("topics", "remove", "\udc80")):
        in_words(at_store(*words), code=1)


@pytest.mark.parametrize("content", BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_topic_of_ones_own_that_is_none_is_refused_in_words(
    command: Run, tmp_path: Path, content: bytes
) -> None:
    path = bad_files(tmp_path, ".yaml", content)
    in_words(command("topics", "import", path, "--check"), code=1)


def test_a_folder_without_a_library_is_said_to_be_one(command: Run, tmp_path: Path) -> None:
    code, _, err = command("references", "lint", tmp_path)
    assert code == 1
    assert f"There is no reference library at {tmp_path}: it has no file references.json." in err


def test_references_nested_too_deep_are_said_to_be(command: Run, tmp_path: Path) -> None:
    path = bad_files(tmp_path, ".json", b"[" * 10_000_000)
    code, _, err = command("references", "import", path, "--check")
    assert code == 1
    assert "bad.json cannot be imported: it is not csl-json that can be read: it is nested too deep." in err


def test_the_entry_of_a_library_that_cannot_be_read_is_named(command: Run, tmp_path: Path) -> None:
    library = json.loads((resources_dir() / "references" / "references.json").read_text("utf-8"))
    del library["references"][1]["stance"]
    (tmp_path / "references.json").write_text(json.dumps(library), "utf-8")
    assert "entry 2 lacks a field" in command("references", "lint", tmp_path)[2]


def test_a_letter_as_long_as_a_book_is_not_checked(command: Run, tmp_path: Path) -> None:
    path = bad_files(tmp_path, ".txt", b"[" * 1_000_000)
    code, _, err = command("letter", "check", path, "--against", SAMPLE)
    assert code == 1
    assert "bad.txt has 1,000,000 characters; no letter of more than 400,000 is checked." in err
