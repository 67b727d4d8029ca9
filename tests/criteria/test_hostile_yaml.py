"""A criteria file cannot hang, crash or trick the program, whatever it holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria import CriteriaSet
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.loader import load_library, load_set
from desktop.rules.schema import THRESHOLD_PATTERN
from desktop.rules.set_cases import read_cases
from tests.criteria.yaml_texts import MINIMAL, PUBLIC


def _refusal(text: str) -> CriteriaFileError:
    with pytest.raises(CriteriaFileError) as caught:
        load_set(text, "file")
    return caught.value


def _load(text: str) -> CriteriaSet | CriteriaFileError:
    try:
        return load_set(text, "file")
    except CriteriaFileError as error:
        return error


BOMB = "\n".join(["a0: &a0 [x,x]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "not a criteria set"),
        ("just words", 1, "not a criteria set"),
        ("- a\n- b", 1, "not a criteria set"),
        (BOMB, 1, "anchor (`&a0`)"),
        ("a: *b", 1, "alias"),
        ("a: &x {}", 1, "anchor"),
        ("criteria: &x\n  all: [*x]", 1, "anchor (`&x`)"),
        ("criteria:\n  all: [*x]", 2, "alias (`*name`)"),
        ("a: 1\nb: !!python/object/apply:os.system [x]", 2, "tag"),
        ("a: !!python/name:os.system x", 1, "tag"),
        ("a: 1\nb: !thing {}", 2, "tag"),
        ("a: 1\n---\nb: 2", 2, "more than one document"),
        ("[" * 70 + "]" * 70, 1, "nested more than 64"),
        ("a:\n" * 1 + "".join(" " * n + "- \n" for n in range(1, 70)), 65, "nested more than 64"),
        ("? [a]\n: b", 1, "A key must be a word"),
        ("a: 1\nb: [", 2, "cannot be read as YAML"),
        ("a: 1\n\tb: 2", 2, "cannot be read as YAML"),
        ("a: 'open", 1, "cannot be read as YAML"),
        ("a: 1\nb: 2\na: 3", 3, "`a` stands twice; the first is on line 1"),
        ("a: 1\nb: \x00", 2, "U+0000 (NUL)"),
        ("a: \ud800", 1, "half of a surrogate pair"),
        ('title: 1\nnotes: "a\\0b"', 2, "U+0000 (NUL)"),
        ("a: \x01", 1, "cannot be read as YAML"),
        ("a: " + "x" * 1_000_000, 1, "1,000,003 bytes"),
    ],
)
def test_a_dangerous_or_broken_file_is_refused_with_its_line(text, line, said) -> None:
    found = _refusal(text)
    assert said in found.problem
    assert found.line == line
    assert found.origin == "file"


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big" / "criteria.yaml"
    path.parent.mkdir()
    with path.open("wb") as stream:
        stream.truncate(10_000_000)
    (problem,) = load_library(tmp_path).problems
    assert (problem.origin, problem.line) == ("big/criteria.yaml", 1)
    assert problem.problem == "The file is larger than 1,000,000 bytes, the most a criteria file may have."
    assert problem.fix == "Split it into several sets."


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-13-01", "2025-02-29", "26-01-01", "2026-1-1", "2026-W05-6", "tomorrow"]
)
def test_an_impossible_day_is_refused_wherever_a_set_or_its_cases_have_one(day: str) -> None:
    for key in ("effective_from", "effective_to", "retrieved_on", "review_by"):
        found = _refusal(MINIMAL.replace("licence: user", f"licence: user\n{key}: {day}"))
        assert (found.line, found.fix) == (7, "Write year-month-day: 2026-01-31.")
    with pytest.raises(CriteriaFileError) as caught:
        read_cases(
            f"- name: x\n  expect: true\n  service_on: {day}\n", "tests.yaml", load_set(MINIMAL, "file")
        )
    assert caught.value.line == 3


def test_a_large_file_of_shallow_rows_is_read_in_reasonable_steps() -> None:
    rows = "".join(f"    - {{id: c{number}, text: Criterion {number}}}\n" for number in range(1_900))
    assert len(list(load_set(MINIMAL + rows, "file").criteria())) == 1_901


def test_duplicate_keys_inside_a_criterion_keep_the_first_value_out_of_doubt() -> None:
    found = _refusal(MINIMAL + "      text: [another]\n")
    assert [(item.line, item.problem) for item in found.problems] == [
        (11, "`text` stands twice; the first is on line 10.")
    ]


def test_words_that_yaml_would_turn_into_other_things_stay_words() -> None:
    text = MINIMAL.replace('"2026"', "no").replace("Example Health Plan", "2024-01-01")
    found = load_set(text, "file")
    assert (found.edition, found.publisher) == ("no", "2024-01-01")


@given(st.text(max_size=400))
def test_any_text_is_a_set_or_a_refusal(text: str) -> None:
    found = _load(text)
    lines = [1] if isinstance(found, CriteriaSet) else [item.line for item in found.problems]
    assert lines
    assert min(lines) >= 1


@given(st.data())
def test_any_damage_to_a_set_gives_a_set_or_a_refusal(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PUBLIC)))
    end = data.draw(st.integers(start, min(len(PUBLIC), start + 40)))
    middle = data.draw(st.text(alphabet="ab:-[]{}>&*!|\"'\n #\t\x07", max_size=10))
    damaged = PUBLIC[:start] + middle + PUBLIC[end:]
    found = _load(damaged)
    assert list(found.criteria()) if isinstance(found, CriteriaSet) else found.what.startswith("file:")


@pytest.mark.parametrize(
    "text",
    [
        ">= 1e400 mm",
        ">= 1,5 mm",
        ">= 4..5 mm",
        ">= 4-6 mm",
        ">= 4 \u2013 6 mm",
        ">= 4 to 6 mm",
        ">= 1 000 mm",
    ],
)
def test_a_threshold_is_never_read_as_the_first_digits_of_another_number(text: str) -> None:
    found = _refusal(MINIMAL + f'      threshold: "{text}"\n')
    assert (found.line, found.fix) == (11, 'Write for example `">= 4 mm"`.')
    assert re.match(THRESHOLD_PATTERN, text) is None
    with pytest.raises(CriteriaFileError) as caught:
        read_cases(
            f"- name: x\n  expect: true\n  answers:\n    scoliosis: {{amount: '{text[3:]}'}}\n",
            "tests.yaml",
            load_set(MINIMAL, "file"),
        )
    assert caught.value.line == 4


def test_a_number_that_is_a_list_is_refused_in_words_of_numbers() -> None:
    found = _refusal(MINIMAL.replace("  all:", "  at_least: [1]\n  of:"))
    assert (found.line, found.problem) == (8, "`at_least` is not a number.")
    assert found.fix == "Write a whole number from 1 to 2000, in digits."


def test_a_link_that_leads_nowhere_or_in_a_circle_is_told_of(tmp_path: Path) -> None:
    for name, target in (("circle", "criteria.yaml"), ("nowhere", "gone.yaml")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "criteria.yaml").symlink_to(target)
    found = load_library(tmp_path).problems
    assert [(problem.origin, "cannot be read" in problem.what) for problem in found] == [
        ("circle/criteria.yaml", True),
        ("nowhere/criteria.yaml", True),
    ]


@pytest.mark.parametrize("line", ["id: {}", "{}: 1", "review_by: {}"])
def test_a_long_value_is_quoted_in_part(line: str) -> None:
    told = _refusal(line.format("x" * 900)).problems
    assert any("x" * 120 + "…`" in item.problem for item in told)
    assert max(len(item.problem) for item in told) < 200
