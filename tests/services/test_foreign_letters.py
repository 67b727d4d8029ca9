"""A letter written elsewhere is held against the record line by line, and nothing of it is stored."""

from __future__ import annotations

import pytest

from desktop.domain.letter import LetterKind
from desktop.domain.reference import CitationStyle
from desktop.services.workspace import Services


def test_what_the_record_does_not_bear_out_is_told_with_its_line(services: Services, sample_id: str) -> None:
    before = services.audit()
    text = "To whom it may concern\n\nThe CT shows lucency\nof 17 mm about the S1 screws.\n"
    (found,) = services.foreign_letters.problems(sample_id, text)
    assert found.place is not None
    line = text.splitlines()[3]
    assert (found.place.paragraph, line[found.place.start : found.place.end]) == (3, "17 mm")
    assert found.message.startswith("Line 4: ")
    assert services.audit() == before


def test_cells_side_by_side_are_not_read_as_one_sentence(services: Services, sample_id: str) -> None:
    text = "Lucency\t17 mm\tCT"
    (found,) = services.foreign_letters.problems(sample_id, text)
    assert found.place is not None
    assert text[found.place.start : found.place.end] == "17 mm"


def test_a_letter_without_a_statement_has_nothing_to_be_traced(services: Services, sample_id: str) -> None:
    assert services.foreign_letters.problems(sample_id, " \n\n") == ()
    assert services.foreign_letters.problems(sample_id, "We ask that the request be approved.") == ()


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind.is_appeal])
def test_the_words_of_a_composed_letter_raise_no_alarm_when_they_come_back_as_text(
    services: Services, sample_id: str, kind: LetterKind
) -> None:
    services.letters.compose(sample_id, kind)

    assert services.foreign_letters.problems(sample_id, services.letters.text(sample_id), kind) == ()


def test_the_words_of_a_letter_with_numbers_in_parentheses_raise_no_alarm_either(
    services: Services, sample_id: str
) -> None:
    letter = services.letters.compose(sample_id).value
    settings = letter.settings.model_copy(update={"citation_style": CitationStyle.VANCOUVER})
    services.letters.change_settings(sample_id, letter.id, settings)
    text = services.letters.text(sample_id)

    assert "PMID: " in text
    assert services.foreign_letters.problems(sample_id, text) == ()


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("SYN-0000-4417", "SYN-0000-4471"),
        ("November 2, 2026", "November 3, 2026"),
        ("(CPT 22612)", "(CPT 22613)"),
        ("Harlan Testerman", "Harlan Testermann"),
    ],
)
def test_one_changed_word_of_a_composed_letter_is_told_once_with_what_belongs_there(
    services: Services, sample_id: str, true: str, false: str
) -> None:
    services.letters.compose(sample_id)
    text = services.letters.text(sample_id)
    at = text.index(true, text.index("I write for") if true[0] in "HN" else 0)

    found = services.foreign_letters.problems(sample_id, text[:at] + false + text[at + len(true) :])

    assert len(found) == 1
    assert found[0].rule == "differs-from-composed"
    assert found[0].fix is not None
    assert found[0].words not in true
    assert found[0].fix.text.strip(",.") in true or true in found[0].fix.text
