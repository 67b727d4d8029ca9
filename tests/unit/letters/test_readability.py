"""The reading grade: counted from the paper's own sentences, and never flattered."""

from __future__ import annotations

import pytest

from desktop.domain.audience import Audience
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind
from desktop.letters.origins import form, paragraph
from desktop.letters.readability import grade_of, grade_of_text, problems, syllables_in

SYLLABLES = {
    1: "the be plan screws bones loose you your call rights health used closed asked named rule through",
    2: "doctor letter appeal needed office request review reason answer table able little being notice received",
    3: "surgery decision fixation therapy physical nicotine insurance united together decided idea area",
    4: "medically necessary operation criteria arthrodesis information",
    5: "radiology university",
}
EASY = "We read your record. The plan said no. You can ask it to look again. Call us if you have questions."
HARD = (
    "Notwithstanding the aforementioned determination, utilization management criteria necessitate documentation "
    "demonstrating radiographically confirmed pseudarthrosis with accompanying instrumentation failure."
)


@pytest.mark.parametrize(
    ("count", "word"), [(n, word) for n, words in SYLLABLES.items() for word in words.split()]
)
def test_syllables_are_counted_to_within_one_and_hardly_ever_too_few(count: int, word: str) -> None:
    assert count <= syllables_in(word) <= count + 1


def test_an_abbreviation_is_spoken_letter_by_letter() -> None:
    assert syllables_in("CT") == 2
    assert syllables_in("ERISA") == 5


def test_short_words_in_short_sentences_read_easily_and_long_ones_do_not() -> None:
    easy, hard = grade_of_text(EASY), grade_of_text(HARD)
    assert easy is not None
    assert hard is not None
    assert easy.grade < 4
    assert hard.grade > 16
    assert (easy.words, easy.sentences) == (21, 4)


def test_numbers_are_not_free() -> None:
    plain, dated = grade_of_text("We met on a day."), grade_of_text("We met on September 14, 2026.")
    assert plain is not None
    assert dated is not None
    assert dated.grade > plain.grade


def test_a_text_without_words_has_no_grade() -> None:
    assert grade_of_text("12 – 14.") is None


def _content(text: str, *, is_quote: bool = False, kind: LetterKind = LetterKind.PATIENT) -> LetterContent:
    block = LetterBlock(
        id="section.x", kind=BlockKind.SECTION, paragraphs=(paragraph(text, form("x"), is_quote=is_quote),)
    )
    return LetterContent(kind=kind, title="t", running_head="r", blocks=(block,))


def test_a_quotation_of_the_notice_is_not_counted() -> None:
    assert grade_of(_content(HARD, is_quote=True)) is None


def test_a_paper_for_a_patient_that_reads_too_hard_is_a_warning_with_its_grade() -> None:
    found = list(problems(_content(HARD)))
    assert [item.rule for item in found] == ["reading-grade"]
    assert "words in 1 sentences" in found[0].message
    assert not list(problems(_content(EASY)))


def test_other_readers_are_not_held_to_a_grade() -> None:
    assert not list(problems(_content(HARD, kind=LetterKind.OPINION)))
    patient = _content(HARD, kind=LetterKind.OPINION).model_copy(update={"audience": Audience.PATIENT})
    assert list(problems(patient))
