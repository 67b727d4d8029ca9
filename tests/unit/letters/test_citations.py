"""Only what a person or the library cites is a citation: a look-alike in the record is printed as it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter import BlockKind, LetterContent, LetterSettings, OriginKind
from desktop.domain.reference import CitationStyle
from desktop.intake.docx_text import read_docx
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.markup import layout_parts
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.text import render_text
from desktop.letters.references.numbering import Numbering, literal, outside_marks, spoken
from tests.unit.letters.fixtures import CASE, inputs_for

LOOK_ALIKE = "see note[@spirig-2019]"
KEPT = {"id", "code_system", "document_id", "service_line_ids", "criteria_set_ids", "npi", "code", "modifier"}


def with_look_alikes(value: Any) -> Any:
    """A dumped case in which every free text ends in what looks like a citation of a real reference."""
    if isinstance(value, dict):
        return {key: item if key in KEPT else with_look_alikes(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_look_alikes(item) for item in value]
    is_text = isinstance(value, str) and " " in value
    return f"{value} {LOOK_ALIKE}" if is_text else value


def changed_inputs() -> LetterInputs:
    """The fixture case with look-alikes in all its free texts; the documents stay, for quotes rest on them."""
    dumped = CASE.model_dump(mode="json")
    made = {**with_look_alikes(dumped), "documents": dumped["documents"]}
    inputs = inputs_for(type(CASE).model_validate(made))
    answers = {
        key: item.model_copy(update={"note": f"Said so {LOOK_ALIKE}"})
        for key, item in inputs.assessments.items()
    }
    return replace(inputs, assessments=answers)


def test_look_alikes_in_the_record_cite_nothing() -> None:
    plain = compose_letter(inputs_for())
    changed = compose_letter(changed_inputs())
    assert changed.cited() == plain.cited()
    text = " ".join(render_text(changed, changed_inputs().references).split())
    assert text.count("[@spirig-2019]") > 10
    assert "\\[@" not in text


def test_look_alikes_are_printed_and_not_superscripts() -> None:
    inputs = changed_inputs()
    document = pypdfium2.PdfDocument(render_pdf(compose_letter(inputs), inputs.references))
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    assert text.count("seenote[@spirig-2019]") > 10
    assert "\\[@" not in text


def test_the_check_finds_the_recorded_words_and_no_unknown_citation() -> None:
    inputs = changed_inputs()
    rules = {item.rule for item in check_letter(compose_letter(inputs), inputs)}
    assert not rules & {"unknown-citation", "reason-quoted", "reason-answered", "member-name"}


def test_a_look_alike_survives_editing_and_a_typed_citation_counts() -> None:
    history = CASE.history.model_copy(update={"narrative": f"It {LOOK_ALIKE}."})
    content = compose_letter(inputs_for(CASE.model_copy(update={"history": history, "imaging": ()})))
    assert content.cited() == ("srs-2013-coding",)
    block = next(item for item in content.blocks if item.kind is BlockKind.HISTORY)
    edited = with_block(content, block.id, f"{block.text} And more.")
    assert edited.cited() == ("srs-2013-coding",)
    typed = with_block(content, block.id, "Shown by CT.[@spirig-2019]")
    assert typed.cited() == ("spirig-2019", "srs-2013-coding")


def with_block(content: LetterContent, block_id: str, text: str) -> LetterContent:
    blocks = tuple(item.with_typed_text(text) if item.id == block_id else item for item in content.blocks)
    return content.model_copy(update={"blocks": blocks})


def test_only_sentences_of_the_library_carry_marks() -> None:
    for block in compose_letter(changed_inputs()).blocks:
        for paragraph in block.paragraphs:
            if re.search(r"(?<!\\)\[@", paragraph.text):
                assert OriginKind.REFERENCE in {origin.kind for origin in paragraph.provenance}


@given(st.text(alphabet="a[@]\\ -1", max_size=30))
def test_any_text_comes_back_as_it_was_and_cites_nothing(text: str) -> None:
    assert spoken(literal(text)) == text
    content = with_block(compose_letter(inputs_for()), "opening", literal(text))
    numbering = Numbering(content, inputs_for().references)
    assert "".join(piece.text for piece in numbering.pieces(literal(text))) == text


@pytest.mark.parametrize(("text", "cut", "expected"), [
    ("abc [@ref-1] d", 7, 4),
    ("abc [@ref-1] d", 12, 12),
    ("abc \\[@ref-1] d", 5, 4),
    ("abc \\[@ref-1] d", 8, 4),
    ("abc [x] d", 6, 6),
    ("[@a]", 4, 4),
])  # fmt: skip
def test_a_cut_never_goes_through_a_mark(text: str, cut: int, expected: int) -> None:
    assert outside_marks(text, cut) == expected


@given(st.text(alphabet="ab[@]\\ ", min_size=200, max_size=300))
def test_long_text_cut_into_parts_cites_no_more_than_whole(text: str) -> None:
    whole = literal(text * 60)
    parts = layout_parts(whole)
    assert "".join(parts) == whole
    assert not any(re.search(r"(?<!\\)\[@", part) for part in parts)


def in_style(text: str, style: CitationStyle) -> str:
    """What a letter with one block of this text prints of it."""
    content = with_block(compose_letter(inputs_for()), "opening", text)
    content = content.model_copy(update={"citation_style": style, "blocks": content.blocks[4:5]})
    assert content.blocks[0].id == "opening"
    return "".join(piece.text for piece in Numbering(content, inputs_for().references).pieces(text))


@pytest.mark.parametrize(("text", "vancouver"), [
    ("Shown by CT.[@spirig-2019] And more.", "Shown by CT (1). And more."),
    ("By CT,[@spirig-2019] and else", "By CT (1), and else"),
    ("CT[@spirig-2019] shows it", "CT (1) shows it"),
    ("CT [@spirig-2019] shows it", "CT (1) shows it"),
    ("Is it?[@spirig-2019]", "Is it? (1)"),
    ("“By CT.”[@spirig-2019]", "“By CT” (1)."),
    ("“By CT.”[@spirig-2019] And more.", "“By CT” (1). And more."),
    ("“By CT.”[@spirig-2019] and more", "“By CT.” (1) and more"),
    ("“By Spirig et al.”[@spirig-2019]", "“By Spirig et al.” (1)"),
    ("Evidence is of grade I.[@spirig-2019]", "Evidence is of grade I (1)."),
    ("Evidence is of grade I.[@spirig-2019] It holds.", "Evidence is of grade I (1). It holds."),
    ("Shown by J.[@spirig-2019] Smith", "Shown by J. (1) Smith"),
    ("Shown by A. J.[@spirig-2019] Smith", "Shown by A. J. (1) Smith"),
    ("Shown by J. Smith.[@spirig-2019] It holds.", "Shown by J. Smith (1). It holds."),
    ("in the U.S.[@spirig-2019]", "in the U.S. (1)"),
    ("Spirig et al.[@spirig-2019] say so", "Spirig et al. (1) say so"),
    ("approx.[@spirig-2019] five", "approx. (1) five"),
    ("and so on...[@spirig-2019]", "and so on... (1)"),
    ("By both.[@spirig-2019][@srs-2013-coding]", "By both (1,2)."),
    ("[@spirig-2019] first", "(1) first"),
    ("By none.[@not-known]", "By none.[@not-known]"),
])  # fmt: skip
def test_in_vancouver_style_the_numbers_stand_in_parentheses_before_the_punctuation(
    text: str, vancouver: str
) -> None:
    assert in_style(text, CitationStyle.VANCOUVER) == vancouver


def test_in_ama_style_the_numbers_are_raised_behind_the_punctuation() -> None:
    assert in_style("Shown by CT.[@spirig-2019] More.", CitationStyle.AMA) == "Shown by CT.1 More."


@given(st.text(alphabet="ab. ,;[@]\\(1)", max_size=30))
def test_in_either_style_nothing_but_numbers_is_added_to_a_text(text: str) -> None:
    for style in CitationStyle:
        assert in_style(literal(text), style) == text


@pytest.mark.parametrize("style", CitationStyle)
def test_every_paper_prints_marks_and_list_in_the_style_of_the_letter(style: CitationStyle) -> None:
    inputs = replace(inputs_for(), settings=LetterSettings(citation_style=style))
    content = compose_letter(inputs)
    sources = Numbering(content, inputs.references).references
    assert any(source.citation != source.vancouver for source in sources)
    document = pypdfium2.PdfDocument(render_pdf(content, inputs.references))
    pdf = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    docx = read_docx(render_docx(content, inputs.references), name="letter.docx").text
    for paper in (render_text(content, inputs.references), pdf, docx):
        together = "".join(paper.split())
        for source in sources:
            assert "".join(source.printed(style).split()) in together
        assert ("(1)." in together) is (style is CitationStyle.VANCOUVER)
