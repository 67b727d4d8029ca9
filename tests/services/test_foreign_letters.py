"""A letter written elsewhere is held against the record line by line, and nothing of it is stored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.cli.letter_check import text_of_letter
from desktop.domain.letter import LetterKind
from desktop.domain.reference import CitationStyle
from desktop.services.letter_paper import PaperForm
from desktop.services.workspace import Services


def read_back(services: Services, case_id: str, kind: LetterKind, form: PaperForm, folder: Path) -> str:
    """The words of a composed letter as a file of a form gives them."""
    letter = services.letters.compose(case_id, kind).value
    path = folder / f"letter{form.suffix}"
    path.write_bytes(services.letters.render(case_id, letter.id, form))
    return text_of_letter(path)[0]


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


@pytest.mark.parametrize("form", [PaperForm.PDF, PaperForm.DOCX])
@pytest.mark.parametrize("kind", [LetterKind.FIRST_LEVEL, LetterKind.OPINION, LetterKind.PEER_TO_PEER_CARD])
def test_our_own_paper_raises_nothing_when_it_comes_back_as_a_file(
    services: Services, sample_id: str, tmp_path: Path, kind: LetterKind, form: PaperForm
) -> None:
    text = read_back(services, sample_id, kind, form, tmp_path)

    assert services.foreign_letters.problems(sample_id, text, kind) == ()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("form", list(PaperForm))
def test_no_paper_of_any_kind_raises_anything_in_any_form(
    services: Services, sample_id: str, tmp_path: Path, form: PaperForm
) -> None:
    texts = {kind: read_back(services, sample_id, kind, form, tmp_path) for kind in LetterKind}

    found = {kind: services.foreign_letters.problems(sample_id, text, kind) for kind, text in texts.items()}
    assert {kind: problems for kind, problems in found.items() if problems} == {}


@pytest.mark.parametrize("form", [PaperForm.PDF, PaperForm.DOCX])
def test_what_is_changed_in_a_file_of_ours_is_told_at_its_line(
    services: Services, sample_id: str, tmp_path: Path, form: PaperForm
) -> None:
    text = read_back(services, sample_id, LetterKind.FIRST_LEVEL, form, tmp_path)
    changes = {
        "UM-26-118842": "UM-26-118824",
        "he index was 58%": "he index was 85%",
        "The sacral screws and the right L5 screw": "The sacral screws and the left L5 screw",
        "across a level that moves 4.2 mm": "across a level that moves 4.7 mm",
        "2.4 mm on the right and 2.1 mm": "2.4 mm on the right and 2.9 mm",
        "CPT 22612": "CPT 22621",
        "specificity for a loose pedicle screw of 96.7%": "specificity for a loose pedicle screw of 69.7%",
        "in one operation": "in two operations",
    }
    if form is PaperForm.PDF:
        changes["Jul 2024 Jan 2025 Jul 2025"] = "Jul 2024 Jan 2022 Jul 2025"
    places: dict[int, str] = {}
    for true, false in changes.items():
        # A page breaks its lines where it likes.
        match = re.search(r"\s+".join(map(re.escape, true.split())), text)
        assert match is not None, true
        old, new = true.split(), false.split()
        at = next(index for index, word in enumerate(old) if word != new[index])
        words = list(re.finditer(r"\S+", match.group()))
        start, end = match.start() + words[at].start(), match.start() + words[at].end()
        text = text[:start] + new[at] + text[end:]
        places[text.count("\n", 0, start)] = true

    found = services.foreign_letters.problems(sample_id, text)

    told = {item.place.paragraph for item in found if item.place}
    assert {true for line, true in places.items() if line not in told} == set()
