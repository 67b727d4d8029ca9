"""The letters of whole cases: short enough to be read, nothing claimed that is not recorded, nothing hidden."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from desktop.domain.assessment import Stance
from desktop.domain.letter import BlockKind, LetterContent
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.text import render_text
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

MOST_PAGES = 12
"""Of the sample, whose letter has two figures and five exception arguments, and a page of enclosures and references."""


def page_texts(path: Path) -> list[str]:
    inputs = inputs_of(path)
    document = pypdfium2.PdfDocument(render_pdf(compose_letter(inputs), inputs.references))
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def text_of(path: Path) -> str:
    inputs = inputs_of(path)
    return " ".join(render_text(compose_letter(inputs), inputs.references).split())


def pieces(content: LetterContent) -> list[str]:
    """Paragraphs and cells, each on one line."""
    found = [item.text for block in content.blocks for item in block.paragraphs]
    found += [
        cell for block in content.blocks if block.table for row in block.table.rows for cell in row.cells
    ]
    return [" ".join(text.split()) for text in found]


def test_the_sample_letter_is_short_enough_to_be_read() -> None:
    assert len(page_texts(SAMPLE)) <= MOST_PAGES


def test_the_letter_proper_ends_before_its_enclosures_and_references() -> None:
    pages = page_texts(SAMPLE)
    last = next(number for number, text in enumerate(pages, start=1) if "Sincerely," in text)
    assert last <= MOST_PAGES - 1


def test_page_one_carries_everything_up_to_the_opening() -> None:
    first = page_texts(SAMPLE)[0]
    for expected in (
        "Example Valley Spine Center",
        "November 22, 2026",
        "Member Appeals",
        "UM-26-118842",
        "CPT 63047",
        "I ask that it be overturned",
        "Not asked for: cannot be determined",
    ):
        assert expected in first


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_other_cases_compose_short_letters(path: Path) -> None:
    tables = sum(len(inputs_of(path).traces_of(line)) for line in inputs_of(path).argued_lines)
    figures = sum(block.figure is not None for block in compose_letter(inputs_of(path)).blocks)
    assert len(page_texts(path)) <= 3 + max(1, tables) + (figures + 1) // 2


@pytest.mark.parametrize("path", [SAMPLE, *OTHERS], ids=lambda path: path.stem)
def test_no_letter_stutters_or_prints_what_is_not_there(path: Path) -> None:
    for text in pieces(compose_letter(inputs_of(path))):
        assert not re.search(r"\b(?:None|null|nan)\b", text), text
        assert not re.search(r"\b(\w{3,}) \1\b", text), text
        assert not re.search(r"\(\)|\[\]|“”| ,|\.\.(?!\.)|;\.|: \.", text), text
        assert not re.search(r"(?<![\d.])1 (?:degrees|months|weeks|visits)\b", text), text


@pytest.mark.parametrize("path", [SAMPLE, *OTHERS], ids=lambda path: path.stem)
def test_every_piece_of_every_case_says_where_it_comes_from(path: Path) -> None:
    for block in compose_letter(inputs_of(path)).blocks:
        for piece in (*block.paragraphs, *(block.table.rows if block.table else ())):
            assert piece.provenance, block.id


def test_the_sample_passes_its_check_without_an_error() -> None:
    inputs = inputs_of(SAMPLE)
    problems = check_letter(compose_letter(inputs), inputs)
    assert [item.message for item in problems if item.severity is Severity.ERROR] == []


def test_every_word_linked_against_a_criterion_stands_in_the_letter() -> None:
    text = " ".join(pieces(compose_letter(inputs_of(SAMPLE))))
    for links in inputs_of(SAMPLE).links.values():
        for link in links:
            if link.stance is Stance.CONTRADICTS:
                assert " ".join(link.span.quote.split()) in text


def test_every_note_of_a_link_stands_in_the_letter() -> None:
    text = " ".join(pieces(compose_letter(inputs_of(SAMPLE))))
    noted = [link.note for links in inputs_of(SAMPLE).links.values() for link in links if link.note.strip()]
    assert noted
    assert all(" ".join(note.split()) in text for note in noted)


def test_words_are_quoted_in_one_row_and_later_rows_lead_back_to_it() -> None:
    content = compose_letter(inputs_of(SAMPLE))
    rows = [
        row.cells
        for block in content.blocks
        if block.kind is BlockKind.CRITERIA_TABLE and block.table
        for row in block.table.rows
    ]
    quotes = [quote for cells in rows for cell in cells for quote in re.findall(r"“[^”]{40,}”", cell)]
    assert len(quotes) == len(set(quotes))
    assert (
        "3.3  Imaging clearly shows that the fusion has failed at the level. Met at L4-S1, as in row 2.3.",
    ) in rows


def test_at_most_two_supporting_quotations_stand_in_a_row() -> None:
    for block in compose_letter(inputs_of(SAMPLE)).blocks:
        if block.kind is BlockKind.CRITERIA_TABLE and block.table is not None:
            for row in block.table.rows:
                before = row.cells[-1].split("Against:")[0]
                assert len(re.findall(r"“", before)) <= 2


def test_levels_not_asked_for_and_ways_not_relied_on_have_no_rows() -> None:
    block = next(
        item for item in compose_letter(inputs_of(SAMPLE)).blocks if item.heading.startswith("Table 2.")
    )
    assert block.table is not None
    assert len(block.table.rows) == 9
    assert "Not asked for at L2-L4, where the result is: not met." in block.text
    assert "Not relied on: “Instability rule” (not settled by the record)" in block.text
    assert not any("L2-L3" in cell for row in block.table.rows for cell in row.cells)


def test_the_missing_treatment_is_answered_with_dates_and_enclosures() -> None:
    block = next(item for item in compose_letter(inputs_of(SAMPLE)).blocks if item.kind is BlockKind.DENIAL)
    assert "supervised therapy, first course, 18 visits, Oct 6 to Dec 19, 2025 (Encl. J)" in block.text
    assert (
        "Reinsertion of fixation (CPT 22849) at L4-S1, of which the reason also speaks, is appealed"
        in block.text
    )
    assert "This letter does not appeal the refusal of this service" in block.text
    assert "What would settle it: MRI with metal artifact reduction" in block.text


def test_what_is_open_is_listed_once_with_what_would_settle_it() -> None:
    block = next(
        item for item in compose_letter(inputs_of(SAMPLE)).blocks if item.kind is BlockKind.CONCESSION
    )
    assert block.table is not None
    points = [row.cells[0] for row in block.table.rows]
    assert len(points) == len(set(points)) == 7
    assert points[0].startswith("1.1, 1.2, 1.3  The member has scoliosis;")
    assert block.table.rows[0].cells[2] == "Nothing would: the set is about another indication."


def test_a_knee_without_levels_reads_right() -> None:
    text = text_of(next(path for path in OTHERS if path.stem == "knee"))
    assert "the joint (must be absent)." in text
    assert "Met: shown to be absent" in text
    assert "No authorization number is recorded for this service" in text
    for word in ("L5-S1", "lumbar", "spine", "fixation"):
        assert word not in text
