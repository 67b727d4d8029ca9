"""Diagnosis codes are found by prefix and by words, and a code that cannot be billed says why."""

from __future__ import annotations

import gzip
import importlib.util
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake import icd10
from tests.shared_data import shared_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("m96.0", ("M96.0", "Pseudarthrosis after fusion or arthrodesis")),
        ("M960", ("M96.0", "Pseudarthrosis after fusion or arthrodesis")),
        ("pseudarth fus", ("M96.0", "Pseudarthrosis after fusion or arthrodesis")),
        ("fusion PSEUDARTHROSIS", ("M96.0", "Pseudarthrosis after fusion or arthrodesis")),
        ("U07.1", ("U07.1", "COVID-19")),
    ],
)
def test_a_code_is_found_by_its_prefix_or_by_words(query: str, first: tuple[str, str]) -> None:
    assert icd10.search(query, 5)[0] == first


def test_a_prefix_lists_codes_in_order() -> None:
    codes = [code for code, _ in icd10.search("T84.22", 10)]
    assert codes == sorted(codes)
    assert all(code.startswith("T84.22") for code in codes)
    assert len(codes) == 10


def test_words_list_complete_codes_before_headings() -> None:
    codes = [code for code, _ in icd10.search("displacement fixation vertebrae", 10)]
    assert codes == ["T84.226S", "T84.226A", "T84.226D", "T84.226"]


@pytest.mark.parametrize("query", ["", "   ", "zzzzqq", "-", "M96.0 fusion"])
def test_what_is_nowhere_finds_nothing(query: str) -> None:
    assert icd10.search(query) == []


def test_no_more_than_the_limit_is_given() -> None:
    assert len(icd10.search("of", 7)) == 7
    assert icd10.search("of", 0) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("M96.0", None),
        ("m960", None),
        ("T84.296A", None),
        ("M9.60", "This is not an ICD-10-CM code"),
        ("T84.999Q", "This is not an ICD-10-CM code"),
        ("", "This is not an ICD-10-CM code"),
        (
            "M54.5",
            "M54.5 is a heading, not a complete code. Complete codes under it: M54.50, M54.51, M54.59.",
        ),
        ("T84.29", "T84.290A, T84.290D, T84.290S, T84.293A and 8 more."),
    ],
)
def test_a_code_that_cannot_be_billed_says_why(code: str, words: str | None) -> None:
    found = icd10.problem(code)
    assert (found is None) if words is None else (found is not None and words in found)


def test_a_title_is_the_official_one() -> None:
    assert icd10.title("Z98.1") == "Arthrodesis status"
    assert icd10.title("Z98.1x") is None


def test_titles_agree_with_the_extract_of_the_tabular_list() -> None:
    extract = json.loads(
        shared_file("content/criteria_facts/icd10cm_2026-04.json").read_text(encoding="utf-8")
    )
    for code, entry in extract["codes"].items():
        assert icd10.title(code) == entry["description"]


def test_two_threads_that_ask_at_once_get_the_same_answer() -> None:
    icd10._loaded.cache_clear()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(icd10.title, ["M96.0", "M96.0"])
    assert first == second == "Pseudarthrosis after fusion or arthrodesis"


@given(st.text(max_size=20))
def test_any_query_and_any_code_gets_an_answer(text: str) -> None:
    assert len(icd10.search(text, 3)) <= 3
    icd10.problem(text)


def test_the_shipped_table_is_that_of_the_maintained_package() -> None:
    spec = importlib.util.spec_from_file_location("icd10_table", ROOT / "packaging" / "icd10_table.py")
    assert spec is not None
    assert spec.loader is not None
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    assert gzip.decompress(writer.TABLE.read_bytes()).decode("utf-8") == writer.table_text()
