"""`packet` as a shell sees it: one file or several, what is missing, and sentences."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop.settings.paths import resources_dir

Run = Callable[..., tuple[int, str, str]]
SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
NUMBER = "26-0142"


@pytest.fixture
def run(command: Run, store: Path, password_file: Path) -> Run:
    """Run a command on a store that holds the sample case."""
    assert command("--store", store, "import", SAMPLE, "--password-file", password_file)[0] == 0

    def on_store(*words: str | Path) -> tuple[int, str, str]:
        return command("--store", store, *words, "--password-file", password_file)

    return on_store


def composed(run: Run, tmp_path: Path) -> None:
    assert run("letter", "compose", NUMBER, "--out", tmp_path / "letter.pdf")[0] == 0


def test_letter_and_exhibits_are_one_file_and_its_leaving_is_on_record(run: Run, tmp_path: Path) -> None:
    composed(run, tmp_path)
    out = tmp_path / "packet.pdf"
    code, said, _ = run("packet", NUMBER, "--out", out)
    assert code == (1 if "missing: " in said else 0)
    assert f"Written: {out}" in said
    assert "A\t" in said
    with pikepdf.open(out) as pdf, pikepdf.open(tmp_path / "letter.pdf") as letter:
        assert len(pdf.pages) > len(letter.pages)
    assert "packet_saved" in run("audit")[1]


def test_as_json_every_file_and_exhibit_has_its_pages(run: Run, tmp_path: Path) -> None:
    composed(run, tmp_path)
    code, said, _ = run("packet", NUMBER, "--json", "--kind", "first-level", "--out", tmp_path / "packet.pdf")
    found: dict[str, Any] = json.loads(said)
    assert code == (1 if found["missing"] else 0)
    (file,) = found["files"]
    assert file["path"] == str(tmp_path / "packet.pdf")
    assert file["bytes"] == (tmp_path / "packet.pdf").stat().st_size
    assert file["page_count"] == found["page_count"]
    assert [exhibit["letter"] for exhibit in found["exhibits"]] == file["exhibits"]
    assert all(exhibit["first_page"] for exhibit in found["exhibits"])


def test_a_packet_over_the_cap_is_split_into_numbered_files(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.domain.packet import BuiltPacket, PacketFile
    from desktop.services.packets import Packets

    parts = tuple(
        PacketFile(name="p", content=b"%PDF-1.4", first_page=page, page_count=1, exhibits=())
        for page in (1, 2)
    )

    def make(*_: object, cap_bytes: int, **__: object) -> BuiltPacket:
        assert cap_bytes == 2_500_000
        return BuiltPacket(files=parts, exhibits=(), page_count=2)

    composed(run, tmp_path)
    monkeypatch.setattr(Packets, "make", make)
    _, out, _ = run("packet", NUMBER, "--cap-mb", "2.5", "--out", tmp_path / "packet.pdf")
    assert sorted(path.name for path in tmp_path.glob("packet*")) == ["packet-1.pdf", "packet-2.pdf"]
    assert "no part of it" not in out
    for name in ("packet.pdf", "packet-3.pdf"):
        (tmp_path / name).write_bytes(b"of an earlier packet")
    _, out, _ = run("packet", NUMBER, "--cap-mb", "2.5", "--out", tmp_path / "packet.pdf")
    for name in ("packet.pdf", "packet-3.pdf"):
        assert f"note: {name} lies beside the packet and is no part of it." in out


@pytest.mark.parametrize(
    ("out", "said"), [("p.zip", "written as .pdf, not as '.zip'"), ("nowhere/p.pdf", "folder is not there")]
)
def test_what_cannot_be_written_as_asked_is_said_before_a_password_is_asked_for(
    command: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, said: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, told = command("--store", store, "packet", NUMBER, "--out", tmp_path / out)
    assert code == 1
    assert said in told


def test_a_packet_without_a_letter_or_a_case_is_a_sentence(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    assert "no letter" in run("packet", NUMBER, "--out", out)[2]
    assert "no such letter" in run("packet", NUMBER, "--kind", "withdrawal", "--out", out)[2]
    assert "There is no case 1" in run("packet", "1", "--out", out)[2]
    assert not out.exists()


def test_a_packet_that_cannot_be_written_leaves_no_half_file(run: Run, tmp_path: Path) -> None:
    composed(run, tmp_path)
    (tmp_path / "packet.pdf").mkdir()
    code, _, said = run("packet", NUMBER, "--out", tmp_path / "packet.pdf")
    assert code == 1
    assert "cannot be written" in said
    assert not list(tmp_path.glob(".packet*"))


@pytest.mark.parametrize("cap", ["0", "-1", "nan", "inf", "ten", "0.4"])
def test_a_cap_that_is_no_size_is_misuse(command: Run, store: Path, tmp_path: Path, cap: str) -> None:
    with pytest.raises(SystemExit) as ended:
        command("--store", store, "packet", NUMBER, "--cap-mb", cap, "--out", tmp_path / "p.pdf")
    assert ended.value.code == 2
