"""What of the record would make a letter wrong or odd is found, with the field or the enclosure named."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import BlockKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.fonts import missing_characters
from desktop.letters.paper.pdf import render_pdf
from tests.unit.letters.fixtures import CASE, DECOMPRESSION, DOCUMENTS, REINSERTION, inputs_for

INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")


def with_case(**update: object) -> LetterInputs:
    return inputs_for(CASE.model_copy(update=update))


def with_narrative(text: str) -> LetterInputs:
    return with_case(history=CASE.history.model_copy(update={"narrative": text}))


def with_label(text: str) -> LetterInputs:
    return with_case(service_lines=(REINSERTION.model_copy(update={"label": text}), DECOMPRESSION))


def with_title(text: str) -> LetterInputs:
    return with_case(documents=(DOCUMENTS[0].model_copy(update={"title": text}), *DOCUMENTS[1:]))


def with_member(**update: object) -> LetterInputs:
    return with_case(member=CASE.member.model_copy(update=update))


def found(inputs: LetterInputs, rule: str) -> list[LetterProblem]:
    return [item for item in check_letter(compose_letter(inputs), inputs) if item.rule == rule]


def printed(inputs: LetterInputs) -> str:
    pdf = pypdfium2.PdfDocument(render_pdf(compose_letter(inputs), inputs.references))
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda item: f"U+{ord(item):04X}")
@pytest.mark.parametrize("place", [with_narrative, with_label, with_title])
def test_an_invisible_character_is_printed_exactly_or_refused_by_name(
    place: Callable[[str], LetterInputs], character: str
) -> None:
    inputs = place(f"Fix{character}ation")
    refused = found(inputs, "missing-glyph")
    if refused:
        assert f"U+{ord(character):04X}" in refused[0].message
        assert "cannot be seen" in refused[0].message
    else:
        assert f"Fix{character}ation" in printed(inputs)


def test_every_format_character_that_is_not_refused_is_read_back_from_the_page() -> None:
    kept = [
        character
        for character in map(chr, range(0x110000))
        if unicodedata.category(character) in ("Cf", "Zl", "Zp") and not missing_characters(character)
    ]
    assert kept
    words = [f"q{place}x{character}y{place}q" for place, character in enumerate(kept)]
    text = printed(with_narrative("\n".join(words)))
    assert [word for word in words if word not in text] == []


def test_a_soft_hyphen_is_refused_because_print_would_show_it_as_a_hyphen() -> None:
    (problem,) = found(with_narrative("Re\u00adinsertion"), "missing-glyph")
    assert problem.severity is Severity.ERROR
    assert "U+00AD (SOFT HYPHEN)" in problem.message


def test_a_document_without_text_is_a_warning_and_never_a_nameless_enclosure() -> None:
    empty = Document(id="e", kind=DocumentKind.CLINIC_NOTE, title=" ", text=" \n")
    inputs = with_case(documents=(*DOCUMENTS, empty))
    (problem,) = found(inputs, "empty-enclosure")
    assert problem.severity is Severity.WARNING
    assert "Clinic note" in problem.message
    (block,) = [item for item in compose_letter(inputs).blocks if item.kind is BlockKind.ENCLOSURES]
    assert block.table is not None
    assert all(row.cells[1].strip() for row in block.table.rows)
    assert not found(inputs_for(), "empty-enclosure")


def test_what_reads_like_a_placeholder_in_a_field_is_blamed_on_the_field() -> None:
    (problem,) = found(with_member(family_name="Example [[x]]"), "placeholder")
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("Member, family name: [[ ")
    assert problem.block_id is None


def test_a_name_that_looks_like_a_citation_is_printed_and_cites_nothing() -> None:
    inputs = with_member(family_name="Ex[@wu-2019]")
    assert not found(inputs, "unknown-citation")
    assert "Morgan Ex[@wu-2019]" in printed(inputs)
    assert compose_letter(inputs).cited() == compose_letter(inputs_for()).cited()


def test_a_name_or_label_as_long_as_a_page_is_a_warning_naming_the_field() -> None:
    (problem,) = found(with_label("x" * 5_000), "long-name")
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith("Service lines 1, label has 5,000 characters")
    (problem,) = found(with_member(given_name="y" * 201), "long-name")
    assert problem.message.startswith("Member, given name")
    assert not found(with_member(given_name="y" * 200), "long-name")


@pytest.mark.parametrize(
    "words", ["A 63-year-old man", "He is 63 years old", "63 year old", "A 63 y/o man", "63yo"]
)
def test_an_age_in_typed_history_that_is_not_the_age_on_the_letters_date_is_a_warning(words: str) -> None:
    (problem,) = found(with_narrative(f"{words}, with pain."), "age-differs")
    assert problem.severity is Severity.WARNING
    assert "the member is 64" in problem.message
    assert problem.block_id == "history"
    assert not found(with_narrative(f"{words}, with pain.".replace("63", "64")), "age-differs")


def test_no_age_is_held_against_a_date_of_birth_that_is_not_recorded() -> None:
    history = CASE.history.model_copy(update={"narrative": "A 12-year-old fusion."})
    unborn = CASE.member.model_copy(update={"date_of_birth": None})
    assert not found(with_case(history=history, member=unborn), "age-differs")
    assert CASE.member.age_on(date(2026, 11, 22)) == 64
