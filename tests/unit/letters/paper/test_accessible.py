"""The tagged PDF shows the plain PDF's pages and tells their content in order; the check that says so can say no."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.letter import BlockKind, LetterKind
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.accessible import render_accessible_pdf
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.references.library import EMPTY_LIBRARY
from desktop.letters.references.numbering import Numbering
from tests.unit.letters.fixtures import inputs_for
from tests.unit.letters.paper.extract import drawn, squeezed, told
from tests.unit.letters.paper.pdf_ua import problems
from tests.unit.letters.paper.pieces import block, every_block, letter, logo, sha, table
from tests.unit.letters.sample_letter import SAMPLE, inputs_of

PICTURES = {sha(logo()): logo()}


def tagged(**changes: Any) -> bytes:
    return render_accessible_pdf(every_block(), EMPTY_LIBRARY, images=PICTURES, **changes)


def test_a_letter_with_every_block_passes_the_points_that_a_program_can_check() -> None:
    assert problems(tagged()) == []
    assert problems(tagged(is_draft=True)) == []


def test_a_composed_letter_passes_and_shows_the_same_text_as_the_plain_pdf() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    data = render_accessible_pdf(content, inputs.references)
    assert problems(data) == []
    assert drawn(data) == drawn(render_pdf(content, inputs.references))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_of_paper_passes(kind: LetterKind) -> None:
    inputs = dataclasses.replace(inputs_of(SAMPLE), kind=kind)
    content = compose_letter(inputs)
    data = render_accessible_pdf(content, inputs.references, is_draft=True)
    assert problems(data) == []
    heads = [text for role, text in told(data) if role == "/H1"]
    is_cited = bool(Numbering(content, inputs.references).references)
    shown = [
        item
        for item in content.blocks
        if item.heading and (is_cited or item.kind is not BlockKind.REFERENCES)
    ]
    assert heads == [" ".join(item.heading.split()) for item in shown]


def test_the_pages_look_like_those_of_the_plain_pdf_point_by_point() -> None:
    inputs = inputs_of(SAMPLE)
    content = compose_letter(inputs)
    plain, same = (
        pages_seen(render_pdf(content, inputs.references)),
        pages_seen(render_accessible_pdf(content, inputs.references)),
    )
    assert len(plain) == len(same) > 5
    assert plain == same


def pages_seen(data: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=1).to_pil().tobytes() for page in document]
    finally:
        document.close()


def test_everything_is_told_in_the_order_of_the_blocks() -> None:
    roles = told(tagged())
    said = "".join(text for _, text in roles)
    places = [
        said.index(words)
        for words in ("SYNTHETIC", "river under", "1 Main", "November", "Example Plan", "Conclusion")
    ]
    assert places == sorted(places)
    assert ("/H1", "Conclusion") in roles
    assert [text for role, text in roles if role == "/H1"] == [
        item.heading for item in every_block().blocks if item.heading
    ]
    assert any(role == "/Figure" and "L5-S1" in text for role, text in roles)


def test_words_at_the_end_of_a_line_stay_apart_and_a_broken_word_stays_whole() -> None:
    long = "Dampfschifffahrtsgesellschaft" * 12
    text = (
        "The report says that the screws are loose at the lowest level of the construct. " * 9
        + long
        + " end."
    )
    data = render_accessible_pdf(letter(block(BlockKind.NECESSITY, "", text)), EMPTY_LIBRARY)
    (paragraph,) = [text for role, text in told(data) if role == "/P"]
    assert paragraph.strip() == text


@settings(max_examples=15)
@given(st.lists(st.text(st.sampled_from("ab ≥✓<&\n"), min_size=1, max_size=900), min_size=1, max_size=5))
def test_any_paragraphs_are_told_word_for_word_over_page_ends(texts: list[str]) -> None:
    data = render_accessible_pdf(letter(block(BlockKind.NECESSITY, "Heading", *texts)), EMPTY_LIBRARY)
    assert problems(data) == []
    assert squeezed("".join(text for role, text in told(data) if role == "/P")) == squeezed("".join(texts))


CELLS = st.lists(st.text(st.sampled_from("ab ≥\n<"), max_size=300), min_size=1, max_size=3)


@settings(max_examples=25)
@given(
    st.lists(CELLS, max_size=12),
    st.sampled_from([("A", "B", "C"), ("", "", "")]),
    st.sampled_from(list(BlockKind)),
)
def test_any_table_of_any_block_is_told_cell_by_cell(
    rows: list[list[str]], columns: tuple[str, ...], kind: BlockKind
) -> None:
    content = letter(
        block(kind, "Heading", "Words.", table=table(columns, *[tuple(cells) for cells in rows]))
    )
    data = render_accessible_pdf(content, EMPTY_LIBRARY)
    assert problems(data) == []
    said = squeezed("".join(text for _, text in told(data)))
    assert all(squeezed(cell)[:200] in said for cells in rows for cell in cells) or kind in NO_TABLE


NO_TABLE = {
    BlockKind.LETTERHEAD,
    BlockKind.DATE,
    BlockKind.ADDRESSEE,
    BlockKind.SIGNATURE,
    BlockKind.REFERENCES,
}


def test_a_raised_number_is_told_apart_from_the_figure_before_it() -> None:
    inputs = inputs_for()
    ids = [item.id for item in inputs.references.all()[:5]]
    marks = "".join(f"[@{item}]" for item in ids[:3])
    texts = (f"Sensitivity was 22%{marks} and 65%[@{ids[4]}].", f"Last words.[@{ids[3]}]")
    content = letter(block(BlockKind.NECESSITY, "", *texts))
    data = render_accessible_pdf(content, inputs.references)
    assert problems(data) == []
    paragraphs = [text for role, text in told(data) if role == "/P"]
    assert paragraphs == ["Sensitivity was 22% [1-3] and 65% [4].", "Last words. [5]"]
    assert drawn(data) == drawn(render_pdf(content, inputs.references))


def test_a_table_over_pages_is_one_table_whose_head_is_told_once() -> None:
    rows = [(str(number), f"value {number}") for number in range(120)]
    content = letter(block(BlockKind.TREATMENTS, "Treatments", table=table(("Number", "What"), *rows)))
    data = render_accessible_pdf(content, EMPTY_LIBRARY)
    assert problems(data) == []
    said = [text.strip() for _, text in told(data)]
    assert said.count("Number") == 1
    assert said.index("value 119") == len(said) - 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 2


def test_a_cell_taller_than_a_page_is_one_cell() -> None:
    words = " ".join(f"word{number}" for number in range(300))
    content = letter(
        block(BlockKind.TREATMENTS, "Treatments", table=table(("A", "B"), ("x", words), ("y", "z")))
    )
    assert problems(render_accessible_pdf(content, EMPTY_LIBRARY)) == []


def test_a_draft_says_so_to_those_who_listen() -> None:
    assert told(tagged(is_draft=True))[0] == ("/P", "DRAFT")
    assert all(text != "DRAFT" for _, text in told(tagged()))


def test_equal_letters_are_equal_files() -> None:
    assert tagged() == tagged()


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_another_program_reads_the_same_structure() -> None:
    result = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=tagged(), capture_output=True, check=True, timeout=30
    )
    assert b"Syntax Error" not in result.stderr
    text = result.stdout.decode()
    assert '"Reinsertion at L5-S1 is necessary."' in text
    assert "/Scope /Column" in text


def _untitled(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == role
    )


def _wordless_figure(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").Alt


def _scopeless_head(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TH").A


def _invented_role(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").S = pikepdf.Name("/Verse")


def _untold(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    font = next(iter(page.Resources.Font))
    page.contents_add(f"BT {font} 9 Tf (x) Tj ET".encode())


def _lost_paragraph(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").K = pikepdf.Array([])


def _wrong_way_back(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _short_row(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TR").K[0]


def _borrowed_font(pdf: pikepdf.Pdf) -> None:
    font = next(
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    )
    del font.FontDescriptor


def _unnamed_standard(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


@pytest.mark.parametrize(
    ("harm", "point"),
    [
        (_untitled, "07-002"),
        (_without_language, "11-006"),
        (_wordless_figure, "13-004"),
        (_scopeless_head, "15-003"),
        (_invented_role, "02-001"),
        (_untold, "01-003"),
        (_lost_paragraph, "01-005"),
        (_wrong_way_back, "another element"),
        (_short_row, "15 rows"),
        (_borrowed_font, "31-009"),
        (_unnamed_standard, "05-001"),
    ],
)
def test_the_check_finds_the_breach(harm: Callable[[pikepdf.Pdf], None], point: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(tagged())) as pdf:
        harm(pdf)
        pdf.save(target)
    assert any(point in problem for problem in problems(target.getvalue()))
