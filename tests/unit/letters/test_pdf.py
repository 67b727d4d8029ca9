"""The PDF prints exactly the text it was given, page by page, and the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import time
import unicodedata

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.fonts import MissingGlyphError, missing_characters
from desktop.letters.paper.markup import plain_markup, unified_lines
from desktop.letters.paper.pdf import MAX_CHARACTERS, render_pdf
from desktop.letters.references.library import EMPTY_LIBRARY
from desktop.letters.references.numbering import spoken
from tests.unit.letters.fixtures import inputs_for
from tests.unit.letters.paper.extract import drawn

ORIGIN = (Provenance(kind=OriginKind.RECORD, ref="x", label="x"),)
CLINICAL = "≥ ≤ ± ° µ × − – — “quoted” ‘q’ • → ✓ ☐ ½ β § é ü ñ ø ™ ®"


def content_of(*texts: str, table: LetterTable | None = None) -> LetterContent:
    paragraphs = tuple(LetterParagraph(text=text, provenance=ORIGIN) for text in texts)
    block = LetterBlock(
        id="b", kind=BlockKind.NECESSITY, heading="Heading", paragraphs=paragraphs, table=table
    )
    head = "Member X · Ref. 7"
    return LetterContent(kind=LetterKind.FIRST_LEVEL, title="T", running_head=head, blocks=(block,))


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Text without whitespace and without the marks that extraction sets at line ends."""
    return re.sub(r"[\s\u00a0\ufffe\u0002]+", "", text)


def printed(text: str) -> str:
    return squeezed("".join(pages_of(render_pdf(content_of(text), EMPTY_LIBRARY))))


@pytest.mark.parametrize(
    "text",
    [
        "BP <120/80",
        "A&B <3 days",
        "x <i y",
        "<b>not bold</b> &amp; &lt; &#65; <br/> <para>",
        '<img src="/etc/passwd"/> <a href="http://x">y</a> <font name="z">',
        "]]> <![CDATA[ <!-- --> <?xml ?>",
        "{curly} %percent $dollar \\backslash",
        CLINICAL,
        "naïve Łódź Ελληνικά Кириллица",
    ],
)
def test_text_that_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    assert squeezed(text) in printed(text)


PRINTABLE = st.characters(
    codec="utf-8", categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Sm", "Sc"], max_codepoint=0x24F
)


@given(st.text(st.one_of(PRINTABLE, st.sampled_from(" \n\t&<>\"'/;#=")), min_size=1, max_size=300))
@example("&lt;b&gt;" * 20)
@example("<" * 200)
def test_text_in_is_text_out(text: str) -> None:
    assert squeezed(unicodedata.normalize("NFC", text)) in unicodedata.normalize(
        "NFC", printed(f"start {text} end")
    )


@given(st.text(max_size=40))
def test_any_text_is_printed_or_refused_with_its_characters_named(text: str) -> None:
    try:
        text.encode("utf-8")
        content = content_of(f"a{text}b")
    except ValueError:
        return
    if missing_characters(text.replace("\r", "\n")):
        with pytest.raises(MissingGlyphError) as caught:
            render_pdf(content, EMPTY_LIBRARY)
        assert f"U+{ord(caught.value.characters[0]):04X}" in caught.value.what
    else:
        assert render_pdf(content, EMPTY_LIBRARY).startswith(b"%PDF")


def test_line_ends_and_runs_of_spaces_are_kept() -> None:
    text = "first line\r\nsecond    gap\n    indented\tx"
    hard = "\u00a0"
    expected = f"first line<br/>second{hard * 3} gap<br/>{hard * 4}indented{hard * 3} x"
    assert plain_markup(unified_lines(text)) == expected
    lines = pages_of(render_pdf(content_of(text), EMPTY_LIBRARY))[0].splitlines()
    assert "first line" in [line.rstrip() for line in lines]


def test_rendering_twice_gives_the_same_bytes() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    assert render_pdf(content, inputs.references) == render_pdf(content, inputs.references)


def test_every_page_has_its_number_the_member_and_the_reference_number() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    pages = pages_of(render_pdf(content, inputs.references))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert squeezed(f"Page {number} of {len(pages)}") in squeezed(page)
        assert squeezed(content.running_head) in squeezed(page)
        assert squeezed("SYNTHETIC SAMPLE — not a real patient") in squeezed(page)


def test_a_real_letter_carries_no_synthetic_mark() -> None:
    content = compose_letter(inputs_for()).model_copy(update={"is_synthetic": False})
    text = "".join(pages_of(render_pdf(content, inputs_for().references)))
    assert "not a real patient" not in text.split("Enclosures")[-1]


def test_a_draft_is_marked_on_every_page_and_a_final_letter_is_not() -> None:
    content = content_of("x\n" * 200)
    assert all("DRAFT" in page for page in pages_of(render_pdf(content, EMPTY_LIBRARY, is_draft=True)))
    assert not any("DRAFT" in page for page in pages_of(render_pdf(content, EMPTY_LIBRARY)))


def test_title_language_bookmarks_and_embedded_fonts_are_set() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    with pikepdf.open(io.BytesIO(render_pdf(content, inputs.references))) as pdf:
        assert str(pdf.docinfo["/Title"]) == content.title
        assert str(pdf.Root["/Lang"]) == "en-US"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == [block.heading for block in content.blocks if block.heading]
        for page in pdf.pages:
            fonts = list(page.Resources.Font.values())
            assert fonts
            assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        assert b"Morgan" not in bytes(str(pdf.docinfo["/Title"]), "utf-8")


def test_no_page_names_a_file_or_an_address_to_open() -> None:
    data = render_pdf(
        content_of('<img src="/etc/passwd"/> <a href="http://evil.example">x</a>'), EMPTY_LIBRARY
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert "/Annots" not in page
            objects = page.Resources.get("/XObject", {})
            assert all(item.get("/Subtype") == "/Form" for item in objects.values())


def test_citations_become_numbers_in_order_and_join_to_ranges() -> None:
    ids = [item.id for item in inputs_for().references.all()[:4]]
    marks = "".join(f"[@{item}]" for item in ids)
    content = content_of(f"All.{marks} First.[@{ids[0]}] Unknown[@nobody].")
    text = squeezed("".join(pages_of(render_pdf(content, inputs_for().references))))
    assert "All.1-4First.1Unknown[@nobody]." in text


def test_a_cell_taller_than_a_page_splits_and_loses_nothing() -> None:
    words = " ".join(f"word{number}" for number in range(2500))
    table = LetterTable(
        columns=("A", "B"), widths=(1.0, 1.0), rows=(LetterRow(cells=("left", words), provenance=ORIGIN),)
    )
    pages = pages_of(render_pdf(content_of("before", table=table), EMPTY_LIBRARY))
    text = squeezed("".join(pages))
    assert len(pages) > 2
    assert all(f"word{number}" in text for number in range(0, 2500, 50))


def table_of(*rows: tuple[str, ...], widths: tuple[float, ...] = (1.0, 1.0, 2.0)) -> LetterTable:
    made = tuple(LetterRow(cells=cells, provenance=ORIGIN, is_heading=len(cells) == 1) for cells in rows)
    return LetterTable(columns=("A", "B", "C")[: len(widths)], widths=widths, rows=made)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["word ", "x", "W", "a\n", "é–", "    "], ids=repr)
def test_a_cell_of_any_length_is_printed_quickly_and_goes_on_below_the_table(unit: str) -> None:
    long = (unit * 60_000)[:60_000] if "\n" not in unit else unit * 4_000
    begun = time.perf_counter()
    pages = pages_of(render_pdf(content_of("before", table=table_of(("left", long, "right"))), EMPTY_LIBRARY))
    assert time.perf_counter() - begun < 4
    text = squeezed("".join(pages))
    assert text.count(squeezed(unit)[:1] or "n") >= len(squeezed(long)) // max(1, len(squeezed(unit)))
    if squeezed(long):
        assert "goesonbelowthetable" in text


CELL = st.text(st.one_of(PRINTABLE, st.sampled_from(" \n\t&<>[@]\\")), max_size=80)


@given(st.lists(st.lists(CELL, min_size=1, max_size=3), max_size=4), st.integers(1, 40))
@example([["heading"]], 1)
@example([["h"], ["a", "b" * 80, "c"]], 40)
@example([["\n"], ["\n"]], 31)
@example([["0000000000===\nÅĶ"]], 3)
def test_any_table_is_laid_out_and_loses_no_text(rows: list[list[str]], times: int) -> None:
    cells = [tuple(cell * times for cell in row) for row in rows]
    table = table_of(*cells)
    # What is drawn, not what a viewer extracts: pdfium drops a line that repeats the one above it.
    text = drawn(render_pdf(content_of("before", table=table), EMPTY_LIBRARY))
    for cell in (cell for row in cells for cell in row):
        said = squeezed(spoken(cell))
        assert said[:40] in text
        assert said[-8:] in text


def test_a_long_cell_is_cut_where_its_note_takes_it_up() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    table = table_of(("left", words, "right"))
    text = squeezed("".join(pages_of(render_pdf(content_of("before", table=table), EMPTY_LIBRARY))))
    cut = re.search(r"word(\d+)…\[1\]:?goesonbelowthetable|word(\d+)…\[1:goesonbelowthetable\]", text)
    assert cut
    last = int(cut[1] or cut[2])
    assert f"[1]…word{last + 1}" in text


def test_a_heading_row_is_never_the_last_row_of_a_page() -> None:
    for filler in range(40, 64):
        rows = [*[("a", "b", "c")] * filler, ("Heading of what follows",), ("d", "e", "f"), ("g", "h", "i")]
        pages = pages_of(render_pdf(content_of(table=table_of(*rows)), EMPTY_LIBRARY))
        page = next(text for text in pages if "Heading of what follows" in text)
        assert "Headingofwhatfollowsdef" in squeezed(page), filler


def test_a_paragraph_of_40000_characters_prints_whole() -> None:
    text = "A sentence of the rationale. " * 1400
    pages = pages_of(render_pdf(content_of(text), EMPTY_LIBRARY))
    assert squeezed("".join(pages)).count("Asentenceoftherationale.") >= 1380


def test_a_word_without_an_end_still_prints() -> None:
    assert render_pdf(content_of("x" * 5_000), EMPTY_LIBRARY).startswith(b"%PDF")


def test_text_above_the_limit_is_refused_in_words() -> None:
    with pytest.raises(UserFacingError):
        render_pdf(content_of("a\n" * 10_000), EMPTY_LIBRARY)
    with pytest.raises(UserFacingError) as caught:
        render_pdf(content_of("a " * MAX_CHARACTERS), EMPTY_LIBRARY)
    assert "250,000" in caught.value.what


@pytest.mark.parametrize("character", ["\u05d0", "\u0627", "\u4e2d", "\u202e", "\x07", "\x1b"])
def test_what_cannot_be_printed_is_refused_by_name(character: str) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        render_pdf(content_of(f"a{character}b"), EMPTY_LIBRARY)
    assert f"U+{ord(character):04X}" in caught.value.what
    assert caught.value.characters == (character,)


def test_an_empty_letter_is_one_page() -> None:
    empty = LetterContent(kind=LetterKind.FIRST_LEVEL, title="", running_head="", blocks=())
    assert len(pages_of(render_pdf(empty, EMPTY_LIBRARY))) == 1
