"""`letter sign` as a shell sees it: the signed file, exit codes and sentences; the passphrase is never repeated."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.services.opening import open_with_password
from desktop.settings.paths import resources_dir
from tests.certificate import PASSPHRASE, certificate
from tests.cli.conftest import PASSWORD

Command = Callable[..., tuple[int, str, str]]
SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
NUMBER = "26-0142"


@pytest.fixture
def issued(command: Command, store: Path, password_file: Path, tmp_path: Path) -> Path:
    """The archived letter of the sample case, issued, as a file."""
    assert command("--store", store, "import", SAMPLE, "--password-file", password_file)[0] == 0
    services = open_with_password(store, PASSWORD)
    case_id = services.cases.id_of(NUMBER)
    assert case_id is not None
    services.determinations.sign(case_id, name="R. Reviewer", credential="MD", meaning="I decided this.")
    services.letters.compose(case_id)
    services.letters.issue(case_id)
    archived = services.letters.issued_pdf(case_id)
    services.close()
    assert archived is not None
    (tmp_path / "archived.pdf").write_bytes(archived)
    (tmp_path / "mine.p12").write_bytes(certificate())
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", "utf-8")
    return tmp_path / "archived.pdf"


def test_an_issued_letter_is_signed_and_the_audit_tells_it(
    command: Command, store: Path, issued: Path, password_file: Path, tmp_path: Path
) -> None:
    code, out, said = command(
        *("--store", store, "letter", "sign", NUMBER, "--certificate", tmp_path / "mine.p12"),
        *("--out", tmp_path / "signed.pdf", "--reason", "Appeal", "--password-file", password_file),
        *("--passphrase-file", tmp_path / "passphrase"),
    )
    assert (code, said) == (0, "")
    assert f"Written: {tmp_path / 'signed.pdf'}" in out
    signed = (tmp_path / "signed.pdf").read_bytes()
    assert signed.startswith(issued.read_bytes())
    assert signed != issued.read_bytes()
    _, events, _ = command("--store", store, "audit", "--password-file", password_file)
    assert "letter_signed_copy" in events
    assert PASSPHRASE not in events


def test_password_and_passphrase_come_from_standard_input_in_that_order(
    command: Command, store: Path, issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (
        *("--store", store, "letter", "sign", NUMBER, "--certificate", tmp_path / "mine.p12"),
        *("--out", tmp_path / "signed.pdf", "--kind", "first-level"),
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nanother\n"))
    code, _, said = command(*words)
    assert code == 1
    assert "does not open with this passphrase" in said
    assert not (tmp_path / "signed.pdf").exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSPHRASE}\n"))
    assert command(*words)[0] == 0
    assert (tmp_path / "signed.pdf").read_bytes().startswith(issued.read_bytes())


def test_a_kind_that_was_not_composed_or_not_issued_is_said(
    command: Command, store: Path, issued: Path, password_file: Path, tmp_path: Path
) -> None:
    words = (
        *("--store", store, "letter", "sign", NUMBER, "--certificate", tmp_path / "mine.p12"),
        *("--out", tmp_path / "signed.pdf", "--password-file", password_file),
        *("--passphrase-file", tmp_path / "passphrase", "--kind", "opinion"),
    )
    code, _, said = command(*words)
    assert code == 1
    assert "has no clinical opinion" in said
    services = open_with_password(store, PASSWORD)
    from desktop.domain.letter import LetterKind

    case_id = services.cases.id_of(NUMBER)
    assert case_id is not None
    services.letters.compose(case_id, LetterKind.OPINION)
    services.close()
    code, _, said = command(*words)
    assert code == 1
    assert "only an issued letter can be signed" in said


@pytest.mark.parametrize(
    ("out", "file", "said"),
    [
        ("signed.docx", "mine.p12", "A signed copy is a .pdf"),
        ("nowhere/signed.pdf", "mine.p12", "its folder is not there"),
        ("signed.pdf", "gone.p12", "gone.p12 cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_before_a_password_is_asked_for(
    command: Command,
    store: Path,
    tmp_path: Path,
    out: str,
    file: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    (tmp_path / "mine.p12").write_bytes(certificate())
    code, _, told = command(
        *("--store", store, "letter", "sign", NUMBER, "--certificate", tmp_path / file),
        *("--out", tmp_path / out),
    )
    assert code == 1
    assert said in told
