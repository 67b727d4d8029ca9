"""The DOCX holds exactly the text it was given, with styles, head rows and words for figures, in equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.letter import BlockKind
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.fonts import MissingGlyphError, unwritable_characters
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.fixtures import inputs_for
from tests.unit.letters.paper.pieces import block, every_block, letter, level_map, logo, sha, table, timeline

PICTURES = {sha(logo()): logo()}


def opened(*blocks: Any, **changes: Any) -> Any:
    return Document(io.BytesIO(render_docx(letter(*blocks, **changes), EMPTY_LIBRARY)))


def everything() -> Any:
    return Document(io.BytesIO(render_docx(every_block(), EMPTY_LIBRARY, images=PICTURES)))


TEXT = st.text(st.characters(codec="utf-8"), max_size=120)


@given(TEXT, TEXT)
@example("BP <120/80 A&B <3 x <i y &amp; ]]> <![CDATA[", "a  b\t c\n\n d")
@example("עברית العربية 漢字 👩‍⚕️ e\u0301 \u200b\u200d\ufeff", "{{x}} %s {0}")
def test_text_in_is_text_out_or_refused_by_name(text: str, cell: str) -> None:
    try:
        content = letter(
            block(BlockKind.NECESSITY, "Heading", f"a{text}b", table=table(("A", "B"), ("x", f"a{cell}b")))
        )
    except ValueError:
        return  # NUL, which no text of the record may hold
    both = (text + cell).replace("\r\n", "\n").replace("\r", "\n")
    if unwritable_characters(both):
        with pytest.raises(MissingGlyphError) as caught:
            render_docx(content, EMPTY_LIBRARY)
        assert f"U+{ord(unwritable_characters(both)[0]):04X}" in caught.value.what
        return
    document: Any = Document(io.BytesIO(render_docx(content, EMPTY_LIBRARY)))
    assert _printed(f"a{text}b") in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].rows[1].cells[1].text == _printed(f"a{cell}b")


def _printed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\\[@", "[@")


@pytest.mark.parametrize(
    "character", ["\x01", "\x0b", "\x1f", "\x85", "\u202e", "\u2066", "\u00ad", "\u2028", "\ufffe"]
)
def test_what_the_file_cannot_hold_is_refused_by_name(character: str) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        opened(block(BlockKind.NECESSITY, "", f"a{character}b"))
    assert caught.value.characters == (character,)


def test_headings_quotes_and_references_have_styles() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    document: Any = Document(io.BytesIO(render_docx(content, inputs.references)))
    headings = [item.text for item in document.paragraphs if item.style.name == "Heading 1"]
    assert headings == [item.heading for item in content.blocks if item.heading]
    assert any(item.style.name == "Quote" for item in document.paragraphs)
    references = [item.text for item in document.paragraphs if item.style.name == "Reference"]
    assert [text.split(".\t")[0] for text in references] == [str(n + 1) for n in range(len(references))]
    raised = [run for item in document.paragraphs for run in item.runs if run.font.superscript]
    assert raised
    assert all(run.text[0].isdigit() for run in raised)


def test_title_language_and_page_fields_are_set() -> None:
    document = everything()
    assert document.core_properties.title == "Letter"
    assert document.core_properties.language == "en-US"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [item.get(qn("w:val")) for item in defaults.iter(qn("w:lang"))] == ["en-US"]
    foot = document.sections[0].footer
    codes = [item.text.strip() for item in foot._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "Member X · Ref. 7" in foot.paragraphs[0].text
    assert "not a real patient" in foot.paragraphs[1].text


def test_a_head_row_is_flagged_and_a_row_of_one_cell_spans() -> None:
    made = everything().tables[1]
    flags = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in made.rows]
    assert flags == [True, False, False, False]
    spanned = made.rows[2]._tr.findall(qn("w:tc"))
    assert len(spanned) == 1
    assert spanned[0].tcPr.gridSpan.val == 3


def test_figures_are_pictures_with_words_and_their_rows() -> None:
    document = everything()
    words = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert words[0] == "Riverside Spine, a river under a bridge"
    assert any("Service number 0: L2-L3 asked for" in text for text in words)
    assert any("2024-03-01: Lumbar fusion 0" in text for text in words)
    assert words[-1] == "Signature Ann Doctor, MD"
    cells = [cell.text for made in document.tables for row in made.rows for cell in row.cells]
    assert "undecided" in cells
    assert "Lumbar fusion 0" in cells


def test_a_draft_says_so_at_the_head_of_each_page_and_carries_no_signature() -> None:
    document: Any = Document(
        io.BytesIO(render_docx(every_block(), EMPTY_LIBRARY, images=PICTURES, is_draft=True))
    )
    assert "DRAFT" in document.sections[0].header.paragraphs[0].text
    assert not any("Signature" in shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert "DRAFT" not in everything().sections[0].header.paragraphs[0].text


def test_equal_letters_are_equal_files_that_hold_no_date_of_today() -> None:
    first, second = (render_docx(every_block(), EMPTY_LIBRARY, images=PICTURES) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {item.date_time[0] for item in package.infolist()} == {1980}


def test_the_file_holds_no_part_that_is_not_of_the_letter() -> None:
    data = render_docx(letter(block(BlockKind.NECESSITY, "", "x")), EMPTY_LIBRARY)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any("thumbnail" in name or "media" in name for name in package.namelist())
        assert b"Macintosh" not in b"".join(package.read(name) for name in package.namelist())


def test_nothing_in_the_file_names_an_address_to_open() -> None:
    data = render_docx(letter(block(BlockKind.NECESSITY, "", "http://evil.example/x")), EMPTY_LIBRARY)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        links = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
    assert not any(b"External" in item for item in links)


@pytest.mark.timeout(20)
def test_a_table_of_300_rows_and_a_paragraph_of_40000_characters_are_written_whole() -> None:
    rows = [tuple(f"{column}{number}" for column in "abcd") for number in range(300)]
    text = "A sentence of the rationale. " * 1400
    document = opened(block(BlockKind.TREATMENTS, "T", text, table=table(("A", "B", "C", "D"), *rows)))
    assert document.paragraphs[1].text == text
    assert len(document.tables[0].rows) == 301
    assert document.tables[0].rows[300].cells[3].text == "d299"


def test_a_large_figure_has_all_its_rows() -> None:
    document = opened(
        block(BlockKind.TIMELINE, "T", figure=timeline(300)),
        block(BlockKind.LEVEL_MAP, "L", figure=level_map(7)),
    )
    assert len(document.tables[0].rows) == 301
    assert len(document.inline_shapes) == 3
