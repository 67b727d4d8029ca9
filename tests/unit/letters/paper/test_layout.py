"""Every block of a letter is laid out with all of its words, each paper in the form that its reader needs."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pikepdf
import pytest

from desktop.domain.letter import BlockKind, LetterKind
from desktop.letters.paper.accessible import render_accessible_pdf
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.pdf import block_texts, render_pdf
from desktop.letters.paper.text import render_text
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.paper.extract import drawn, squeezed, told
from tests.unit.letters.paper.pdf_ua import problems
from tests.unit.letters.paper.pieces import block, every_block, letter, logo, sha, table, timeline

PICTURES = {sha(logo()): logo()}


def page_count(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def sizes(data: bytes) -> set[float]:
    """The sizes of type on the first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = pikepdf.parse_content_stream(pdf.pages[0])
        return {round(float(operands[1]), 1) for operands, operator in found if str(operator) == "Tf"}


def test_all_words_of_every_block_are_drawn() -> None:
    content = every_block()
    text = drawn(render_pdf(content, EMPTY_LIBRARY, images=PICTURES))
    for item in content.blocks:
        for words in [item.heading, *(part.text for part in item.paragraphs)]:
            assert squeezed(words.removeprefix("1. ")) in text, item.kind
        for row in item.table.rows if item.table else ():
            assert all(squeezed(cell) in text for cell in row.cells)


def test_plain_text_has_figures_as_rows() -> None:
    text = render_text(every_block(), EMPTY_LIBRARY)
    assert "Figure: Services and findings by level" in text
    assert "undecided" in text
    assert "Physical therapy 2" in text
    assert "Smoking cessation" in text
    assert "The patient\nThe plan" in text


def test_every_text_of_a_figure_is_looked_through_for_what_cannot_be_printed() -> None:
    figure = timeline(2)
    event = figure.events[0].model_copy(update={"label": "漢"})
    changed = figure.model_copy(update={"events": (event, *figure.events[1:])})
    assert any("漢" in text for text in block_texts(block(BlockKind.TIMELINE, "T", figure=changed)))


CARD = [
    block(BlockKind.RE, "Peer-to-peer card", table=table(("", ""), *[("Label", "A value")] * 5)),
    block(
        BlockKind.TALKING_POINTS,
        "Five facts",
        *["A fact with its source and its page, told in a sentence."] * 5,
    ),
    block(
        BlockKind.OBJECTIONS,
        "Objections",
        table=table(("They say", "Answer"), *[("Words of theirs", "Words")] * 6),
    ),
]


@pytest.mark.parametrize("lines", [1, 12, 17])
def test_a_card_is_one_page_in_the_largest_type_that_fits(lines: int) -> None:
    filler = block(
        BlockKind.CAUTION, "Before you call", *["A sentence that must be known before the call."] * lines
    )
    data = render_pdf(letter(*CARD, filler, kind=LetterKind.PEER_TO_PEER_CARD), EMPTY_LIBRARY)
    assert page_count(data) == 1
    assert min(sizes(data)) >= 6.4


def test_a_field_to_fill_in_by_hand_has_room_for_it() -> None:
    def height(cell: str) -> float:
        made = block(BlockKind.TALKING_POINTS, "The call", table=table(("", ""), *[("Said", cell)] * 10))
        with pikepdf.open(io.BytesIO(render_pdf(letter(made), EMPTY_LIBRARY))) as pdf:
            lines = [
                operands for operands, name in pikepdf.parse_content_stream(pdf.pages[0]) if str(name) == "l"
            ]
        return max(float(line[1]) for line in lines) - min(float(line[1]) for line in lines[1:])

    assert height("") > height("x") + 25


def test_a_card_with_more_than_a_page_says_all_of_it() -> None:
    facts = [f"Fact number {number} with its source." for number in range(90)]
    content = letter(block(BlockKind.TALKING_POINTS, "Facts", *facts), kind=LetterKind.PEER_TO_PEER_CARD)
    data = render_pdf(content, EMPTY_LIBRARY)
    assert page_count(data) == 2
    assert all(squeezed(fact) in drawn(data) for fact in facts)


def test_a_letter_is_never_made_smaller_to_fit() -> None:
    long = letter(block(BlockKind.NECESSITY, "Why", *["A sentence."] * 200))
    short = letter(block(BlockKind.NECESSITY, "Why", "A sentence."))
    assert sizes(render_pdf(long, EMPTY_LIBRARY)) == sizes(render_pdf(short, EMPTY_LIBRARY))


def test_an_opinion_begins_with_its_title_and_a_letter_with_a_heading() -> None:
    first = block(BlockKind.RE, "Clinical opinion", table=table(("", ""), ("Case", "1")))
    opinion = render_pdf(letter(first, kind=LetterKind.OPINION), EMPTY_LIBRARY)
    assert max(sizes(opinion)) == 15
    assert max(sizes(render_pdf(letter(first), EMPTY_LIBRARY))) < 15


def test_nothing_heavy_is_loaded_before_a_paper_is_made() -> None:
    names = ("pdf", "docx", "accessible", "text", "signature", "pictures", "figures")
    modules = ", ".join(f"desktop.letters.paper.{name}" for name in names)
    heavy = ("reportlab", "docx", "pikepdf", "PIL", "pyhanko", "lxml")
    code = f"import sys, {modules}; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert result.stdout.strip() == "[]"


def test_a_figure_stands_on_one_page_with_its_heading() -> None:
    from tests.unit.letters.paper.extract import drawn_pages

    for lines in range(20, 60, 3):
        filler = block(BlockKind.NECESSITY, "Why", *["A sentence."] * lines)
        pages = drawn_pages(
            render_pdf(
                letter(filler, block(BlockKind.TIMELINE, "Course", figure=timeline(30))), EMPTY_LIBRARY
            )
        )
        page = next(squeezed(text) for text in pages if "Course" in text)
        assert squeezed("Requested service 29") in page, lines


def test_a_figure_block_keeps_its_table_and_needs_no_caption() -> None:
    figure = timeline(3).model_copy(update={"caption": "", "undated": ()})
    made = block(BlockKind.TIMELINE, "Course", figure=figure, table=table(("A", "B"), ("left", "right")))
    assert squeezed("left right") in drawn(render_pdf(letter(made), EMPTY_LIBRARY))
    empty = block(BlockKind.TIMELINE, "Course", figure=figure.model_copy(update={"events": ()}))
    for content in (letter(made), letter(empty)):
        assert render_docx(content, EMPTY_LIBRARY).startswith(b"PK")
        assert "Figure:" not in render_text(content, EMPTY_LIBRARY)
        assert render_pdf(content, EMPTY_LIBRARY).startswith(b"%PDF")


def test_a_signature_with_a_long_note_goes_over_the_page_and_loses_nothing() -> None:
    note = " ".join(f"word{number}" for number in range(1400))
    text = drawn(
        render_pdf(letter(block(BlockKind.SIGNATURE, "", "Sincerely,", "Ann Doctor", note)), EMPTY_LIBRARY)
    )
    assert squeezed(note) in re.sub(r"Page\d+of\d+MemberX·Ref\.7", "", text)


def test_a_signature_over_no_name_is_called_a_signature() -> None:
    data = logo()
    content = letter(block(BlockKind.SIGNATURE, "", "Sincerely,"), signature_sha256=sha(data))
    made = render_accessible_pdf(content, EMPTY_LIBRARY, images={sha(data): data})
    assert ("/Figure", "Signature") in told(made)
    assert render_docx(content, EMPTY_LIBRARY, images={sha(data): data}).startswith(b"PK")


def test_an_empty_letter_is_a_page_in_every_form() -> None:
    content = letter(running_head="", title="")
    assert page_count(render_accessible_pdf(content, EMPTY_LIBRARY)) == 1
    assert problems(render_accessible_pdf(content, EMPTY_LIBRARY)) == []
    assert render_docx(content, EMPTY_LIBRARY).startswith(b"PK")
    empty = letter(block(BlockKind.NECESSITY, "", "", "  ", table=table(("", ""), ("", ""))))
    assert problems(render_accessible_pdf(empty, EMPTY_LIBRARY)) == []
