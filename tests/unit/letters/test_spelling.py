"""The spell check marks what no dictionary knows, lets the words of the field and of the record pass, and suggests."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letters.spelling import LONGEST_WORD, MOST_SUGGESTIONS, Spelling
from desktop.settings.paths import resources_dir

ROOT = resources_dir().parent


def _words(text: str, *known: str) -> list[str]:
    return [item.word for item in Spelling(known).misspelt(text)]


def test_a_misspelt_word_is_marked_where_it_stands() -> None:
    text = "CT showes lucency around the S1 screws."

    (found,) = Spelling().misspelt(text)

    assert text[found.start : found.end] == found.word == "showes"


@pytest.mark.parametrize(
    "text",
    [
        "Pseudarthrosis after laminectomy and foraminotomy; spondylolisthesis; arthrodesis; cotinine.",
        "Don’t wait: the patient's pain isn't better.",
        "L5-S1, CPT 22849-51, 12 ng/mL, 3.5mm, M96.0 and 2026-09-14",
        "as published[@spirig-2019] and {{member.nmae}} at a.reviewer@clinic.example or www.clinc.example",
        "MRI, CT, ODI, NRS, ACDF and TLIF",
        "",
    ],
)
def test_words_of_the_field_codes_placeholders_and_addresses_are_not_marked(text: str) -> None:
    assert _words(text) == []


def test_names_of_the_record_are_right_in_any_case_and_in_the_genitive() -> None:
    text = "Zbrtka’s report from QVALTON was read by zbrtka."

    assert _words(text) == ["Zbrtka’s", "zbrtka"]  # capitals throughout are taken for an abbreviation
    assert _words(text, "Ilse Zbrtka", "Qvalton Imaging") == []


def test_what_was_meant_is_among_the_suggestions_medical_words_too() -> None:
    assert "pseudarthrosis" in Spelling().suggest("pseudarthrosys")
    assert "patient" in Spelling().suggest("pateint")
    assert len(Spelling().suggest("fuson")) <= MOST_SUGGESTIONS


def test_no_dictionary_is_asked_about_a_run_of_letters_that_is_no_word() -> None:
    endless = "x" * 70_000

    assert _words(endless) == []
    assert Spelling().suggest(endless) == ()
    assert Spelling().suggest("two words") == ()
    assert len(_words("q" * LONGEST_WORD)) == 1


@given(st.text(max_size=200))
def test_any_text_is_checked_and_every_mark_lies_on_its_word(text: str) -> None:
    for found in Spelling().misspelt(text):
        assert text[found.start : found.end] == found.word


def test_the_list_of_medical_words_is_up_to_date() -> None:
    path = ROOT / "resources" / "dictionaries" / "medical.txt"

    assert path.read_text("utf-8") == _builder().words_text(), "run packaging/medical_words.py"


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("medical_words", ROOT / "packaging" / "medical_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
