"""The words of a Word document come out as they stand; a broken or hostile one becomes a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from desktop.domain.errors import UserFacingError
from desktop.intake.docx_text import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(body: str, before: str = "") -> bytes:
    """A document with the given XML for its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_tables_tabs_and_breaks_come_out_in_order() -> None:
    document = Document()
    document.add_paragraph("Dear Director, ≥ 4 mm & <3")
    table = document.add_table(2, 2)
    for (row, column), words in {(0, 0): "Date", (0, 1): "Finding", (1, 0): "2026-05-11"}.items():
        table.cell(row, column).text = words
    table.cell(1, 1).text = "loose\nscrews"
    document.add_paragraph("End\tof\nit")
    out = io.BytesIO()
    document.save(out)
    words = read_docx(out.getvalue(), name="x.docx").text
    assert words == "Dear Director, ≥ 4 mm & <3\nDate\tFinding\n2026-05-11\tloose screws\nEnd\tof\nit\n"


def test_what_a_tracked_change_took_out_is_not_read() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>old</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    )
    assert read_docx(with_body(body), name="x.docx").text == "new\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "0 bytes"),
        (b"plain words", "not a .docx"),
        (with_body("<w:p>"), "damaged"),
        (with_body(paragraph("&x;"), "<!DOCTYPE d [<!ENTITY x 'boom'>]>"), "damaged"),
        (with_body("<w:p>" * 60_000 + "</w:p>" * 60_000), "could not be read"),
        (with_body("<w:p/>"), "holds no words"),
        (with_body(paragraph("x" * 20_000_001)), "more text than can be read"),
        (with_body(paragraph(" " * 110_000_000)), "more text than can be read"),
    ],
    ids=["empty", "text", "cut", "entities", "deep", "blank", "long", "bomb"],
)
def test_a_document_that_cannot_be_read_is_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserFacingError, match=words) as refused:
        read_docx(data, name="letter.docx")
    assert "letter.docx" in refused.value.what
    assert refused.value.todo
