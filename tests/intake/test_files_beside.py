"""A case file may name the files of its documents: read with it, from beside it and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.intake.case_json import CaseFileError, dump_case_file, load_case_file, read_case_file
from tests.intake.sample_files import as_bytes

PDF = b"%PDF-1.4 as it came"


def case_naming(folder: Path, *names: str, documents: int = 1) -> Path:
    """A case file with documents d0, d1, ..., each read from one of the names."""
    files = [{"document_id": f"d{place}", "file": name} for place, name in enumerate(names)]
    listed = [{"id": f"d{place}", "text": "words"} for place in range(documents)]
    path = folder / "case.json"
    path.write_bytes(
        as_bytes({"format": "indicated-case/1", "case": {"id": "a", "documents": listed}, "files": files})
    )
    return path


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(CaseFileError) as caught:
        read_case_file(path)
    return caught.value.problems


def test_a_named_file_is_read_with_the_case(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "ct report.pdf").write_bytes(PDF)
    loaded = read_case_file(case_naming(tmp_path, "scans/ct report.pdf"))
    assert {name: (file.name, file.content) for name, file in loaded.files.items()} == {
        "d0": ("ct report.pdf", PDF)
    }
    again = load_case_file(dump_case_file(loaded.case_file).encode(), "again")
    assert again.case_file == loaded.case_file
    assert again.files == {}


def test_a_case_file_without_files_is_read_as_before(tmp_path: Path) -> None:
    loaded = read_case_file(case_naming(tmp_path))
    assert loaded.files == {}
    assert '"files"' not in dump_case_file(loaded.case_file)


@pytest.mark.parametrize(
    "name",
    ["../secret.pdf", "/etc/passwd", "a/../../secret.pdf", "C:\\secret.pdf", "C:/secret.pdf", "a\\b"],
)
def test_a_place_that_is_not_beside_the_case_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (tmp_path / "here").mkdir()
    (problem,) = problems_of(case_naming(tmp_path / "here", name))
    assert problem.startswith("files[0].file: ")
    assert "must lie beside the case file" in problem


def test_a_link_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    here = tmp_path / "here"
    here.mkdir()
    (here / "report.pdf").symlink_to(tmp_path / "secret.pdf")
    (problem,) = problems_of(case_naming(here, "report.pdf"))
    assert "leads out of the folder" in problem


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "round.txt").symlink_to("round.txt")
    (problem,) = problems_of(case_naming(tmp_path, "round.txt"))
    assert problem.startswith("files[0].file: 'round.txt'")


def test_every_file_that_cannot_be_kept_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9)
    (tmp_path / "folder").mkdir()
    names = ("empty.pdf", "old.doc", "missing.pdf", "folder")
    found = problems_of(case_naming(tmp_path, *names, documents=4))
    assert [problem.partition(":")[0] for problem in found] == [f"files[{n}].file" for n in range(4)]
    for problem, words in zip(found, ("0 bytes", "older Office", "no file", "no file"), strict=True):
        assert words in problem


def test_a_file_needs_a_document_and_a_document_has_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (problem,) = problems_of(case_naming(tmp_path, "a.pdf", "a.pdf"))
    assert problem == "files[1].document_id: there is no document 'd1'"
    path = case_naming(tmp_path, "a.pdf", "a.pdf", documents=2)
    path.write_text(path.read_text("utf-8").replace('"document_id": "d1"', '"document_id": "d0"'), "utf-8")
    (problem,) = problems_of(path)
    assert problem == "files[1].document_id: the document 'd0' has a file already"
