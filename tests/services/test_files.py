"""A document's file is kept as it came, recognised by its bytes, or refused with what can be done."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.case_file import CaseFile
from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType, ReceivedFile
from desktop.intake import media_type
from desktop.intake.media_type import media_type_of, require_known
from desktop.services.workspace import Services


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 3)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.4\n", MediaType.PDF),
        (b"junk before\n%PDF-1.7\n", MediaType.PDF),
        (picture("PNG"), MediaType.PNG),
        (picture("JPEG"), MediaType.JPEG),
        (picture("TIFF"), MediaType.TIFF),
        (b"MM\x00*\x00\x00\x00\x08", MediaType.TIFF),
        (zipped("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
        ("Lucency ≥2 mm\r\n".encode(), MediaType.TEXT),
        ("Befund: Schrauben gelöst".encode("cp1252"), MediaType.TEXT),
        ("two words".encode("utf-16"), MediaType.TEXT),
        (b"BM over the last page", MediaType.TEXT),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, expected: MediaType) -> None:
    assert media_type_of(content) is expected
    assert require_known(content, "x.exe") is expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 bytes"),
        (zipped("xl/workbook.xml"), "other than .docx"),
        (b"PK\x03\x04 broken", "other than .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "older Office"),
        (rb"{\rtf1 words}", "rich text"),
        (picture("GIF"), "GIF"),
        (picture("BMP"), "bitmap"),
        (picture("WEBP"), "WebP"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, "HEIC"),
        (b"\x00" * 128 + b"DICM" + b"\x00" * 20, "DICOM"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 60, "no PDF"),
        (b"\x01\x02\x03\x04 mostly steering", "no PDF"),
    ],
)
def test_any_other_file_is_refused_with_what_can_be_done(content: bytes, words: str) -> None:
    with pytest.raises(UserFacingError, match=words) as refused:
        require_known(content, "scan.pdf")
    assert "'scan.pdf'" in refused.value.what
    assert refused.value.todo


def test_a_file_over_the_cap_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_type, "MAX_FILE_BYTES", 2_000_000)
    with pytest.raises(UserFacingError, match="has 3 MB; at most 2 MB"):
        require_known(b"%PDF-1.4" + b" " * 3_000_000, "long.pdf")


@given(content=st.binary(min_size=1, max_size=400))
def test_whatever_the_bytes_are_the_answer_is_a_kind_or_a_sentence(content: bytes) -> None:
    if media_type_of(content) is None:
        with pytest.raises(UserFacingError, match=r"^'x' is "):
            require_known(content, "x")
    else:
        assert require_known(content, "x") is media_type_of(content)


def test_a_documents_file_is_kept_replaced_undone_and_found_again(services: Services, sample_id: str) -> None:
    first, second = (document.id for document in services.cases.case(sample_id).documents[:2])
    done = services.files.keep(sample_id, first, b"%PDF-1.4 one", "../scans\\report.pdf")
    assert (done.value.name, done.value.media_type) == ("report.pdf", MediaType.PDF)
    assert services.files.of_document(sample_id, first) == done.value
    assert services.files.of_document(sample_id, second) is None
    assert services.files.bytes_of(done.value.sha256) == b"%PDF-1.4 one"
    other = services.files.keep(sample_id, first, b"plain words", "report.txt").value
    assert services.files.of_case(sample_id) == {first: other}
    services.history.undo(sample_id)
    assert services.files.of_case(sample_id) == {first: done.value}
    services.files.remove(sample_id, first)
    assert services.files.of_case(sample_id) == {}
    operations = [event.operation for event in services.audit(sample_id)]
    assert operations[:4] == ["file_removed", "undo:file_kept", "file_kept", "file_kept"]


def test_a_name_that_cannot_be_stored_is_shown_as_far_as_it_can(services: Services, sample_id: str) -> None:
    document = services.cases.case(sample_id).documents[0].id
    name = services.files.keep(sample_id, document, b"words", "caf\udce9.txt").value.name
    assert name == "caf\\udce9.txt"


def test_a_file_of_a_document_that_is_gone_is_refused(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="not in the case any more"):
        services.files.keep(sample_id, "no-document", b"words", "x.txt")


def test_a_file_that_cannot_be_kept_changes_nothing(services: Services, sample_id: str) -> None:
    document = services.cases.case(sample_id).documents[0].id
    with pytest.raises(UserFacingError, match="GIF"):
        services.files.keep(sample_id, document, picture("GIF"), "x.pdf")
    assert services.files.of_case(sample_id) == {}


def test_a_document_and_its_file_come_and_go_as_one_step(services: Services, sample_id: str) -> None:
    document = Document(id="new-report", text="No bridging bone.")
    file = ReceivedFile(name="report.pdf", content=b"%PDF-1.4 report")
    services.cases.add_document(sample_id, document, file)
    kept = services.files.of_document(sample_id, "new-report")
    assert kept is not None
    assert services.files.bytes_of(kept.sha256) == file.content
    services.cases.remove_document(sample_id, "new-report")
    assert services.files.of_document(sample_id, "new-report") is None
    services.history.undo(sample_id)
    assert services.files.of_document(sample_id, "new-report") == kept
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).document("new-report") is None
    assert services.files.of_case(sample_id) == {}


def test_the_files_of_an_imported_case_are_kept_with_it(services: Services, sample_file: CaseFile) -> None:
    document = sample_file.case.documents[0]
    file = ReceivedFile(name="denial.pdf", content=b"%PDF-1.4 denial")
    case_id = services.cases.import_case(sample_file, files={document.id: file}).value.id
    kept = services.files.of_document(case_id, document.id)
    assert kept is not None
    assert (kept.name, kept.size) == ("denial.pdf", len(file.content))
