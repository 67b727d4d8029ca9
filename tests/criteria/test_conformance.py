"""Cases beside a set are read strictly, run, and every difference is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.rules.conformance import run_cases
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.loader import load_set
from desktop.rules.set_cases import read_cases
from tests.criteria.yaml_texts import MINIMAL, PUBLIC, case


def _write(folder: Path, cases: str | None, text: str = MINIMAL) -> None:
    place = folder / "a-set"
    place.mkdir()
    (place / "criteria.yaml").write_text(text, encoding="utf-8")
    if cases is not None:
        (place / "tests.yaml").write_text(cases, encoding="utf-8")


def test_cases_that_come_out_as_expected_pass(tmp_path: Path) -> None:
    good = case("met", "scoliosis: met", "true", "expect_silent: no") + case(
        "open", "", more="expect_missing: [scoliosis]"
    )
    _write(tmp_path, good)
    report = run_cases(tmp_path)
    assert report.has_passed
    assert [result.name for result in report.results] == ["met", "open"]


def test_every_difference_is_named_with_file_and_line(tmp_path: Path) -> None:
    wrong = (
        "- name: wrong\n  levels: [L4-L5]\n  findings: [nonunion]\n  answers: {scoliosis: not met}\n  expect: true\n"
        "  expect_levels: {L4-5: true, L5-S1: false}\n  expect_missing: []\n  expect_silent: no\n"
    )
    _write(tmp_path, wrong, MINIMAL.replace("licence: user", "licence: user\nindications: [Scoliosis]"))
    report = run_cases(tmp_path)
    assert not report.has_passed
    (failed,) = report.failed
    assert (failed.origin, failed.line) == ("a-set/tests.yaml", 1)
    assert failed.differences[:4] == (
        "The line is false; expected true.",
        "L4-L5 is false; expected true.",
        "L5-S1 is not evaluated; expected false.",
        "Missing are scoliosis; expected none.",
    )
    assert failed.differences[4].startswith("The set is silent: The imaging shows nonunion.")


def test_a_set_expected_to_be_silent_that_is_not_is_named(tmp_path: Path) -> None:
    _write(tmp_path, case("loud", expect="unknown", more="expect_silent: yes"))
    (failed,) = run_cases(tmp_path).failed
    assert failed.differences[0].startswith("The set is not silent: ")


@pytest.mark.parametrize(
    ("service_on", "dated_on", "truth"),
    [
        ("2026-03-31", "2026-02-28", "true"),
        ("2026-03-31", "2026-02-27", "unknown"),
        ("", "2026-02-27", "true"),
        ("2026-03-31", "", "true"),
    ],
)
def test_a_case_may_say_how_old_the_words_are(
    tmp_path: Path, service_on: str, dated_on: str, truth: str
) -> None:
    more = f"service_on: {service_on}\n  answers: {{scoliosis: {{state: met, dated_on: {dated_on}}}}}"
    text = MINIMAL.replace("id: scoliosis", "id: scoliosis\n      within_months: 1")
    assert "within_months" in text
    _write(tmp_path, f"- name: aged\n  {more}\n  expect: {truth}\n", text)
    report = run_cases(tmp_path)
    assert report.has_passed, (report.problems, report.failed)


def test_a_set_without_cases_has_no_results_and_a_broken_file_is_a_problem(tmp_path: Path) -> None:
    _write(tmp_path, None)
    assert run_cases(tmp_path).results == ()
    (tmp_path / "a-set" / "tests.yaml").write_text("words", encoding="utf-8")
    report = run_cases(tmp_path)
    assert not report.has_passed
    assert "not a list of cases" in report.problems[0].problem


SIDED = "    - {id: grade, text: The joint is worn, per: side}\n"


def test_answers_and_expectations_may_be_given_side_by_side(tmp_path: Path) -> None:
    good = case(
        "sides", "scoliosis: met, grade: {left: met, right: not met}", "false", "sides: [left, right]"
    )
    expected = "  expect_levels: {left: true, right: false}\n"
    _write(tmp_path, good + expected, MINIMAL + SIDED)
    assert run_cases(tmp_path).has_passed
    (tmp_path / "a-set" / "tests.yaml").write_text(
        good + expected.replace("right: false", "right: true, L4-L5: true"), encoding="utf-8"
    )
    (failed,) = run_cases(tmp_path).failed
    assert failed.differences == (
        "right is false; expected true.",
        "L4-L5 is not evaluated; expected true.",
    )


def test_a_level_names_both_of_its_sides_and_level_and_side_one_of_them(tmp_path: Path) -> None:
    text = MINIMAL + SIDED + "    - {id: nerve, text: The nerve is pressed, per: level}\n"
    answers = "scoliosis: met, grade: {left: met, right: not met}, nerve: {L4-L5: met, L5-S1: not met}"
    more = "levels: [L4-L5, L5-S1]\n  sides: [left, right]\n  expect_levels: {%s}"
    good = "L4-L5 left: true, L4-L5 right: false, L5-S1: false, right: false"
    _write(tmp_path, case("both", answers, "false", more % good), text)
    assert run_cases(tmp_path).has_passed
    (tmp_path / "a-set" / "tests.yaml").write_text(
        case("both", answers, "false", more % "L4-L5: true"), encoding="utf-8"
    )
    (failed,) = run_cases(tmp_path).failed
    assert failed.differences == ("L4-L5 right is false; expected true.",)


def test_one_side_alone_is_a_line_of_that_side(tmp_path: Path) -> None:
    _write(
        tmp_path,
        case("left", "scoliosis: met, grade: met", "true", "sides: [left]\n  expect_levels: {left: true}")
        + case("none", "scoliosis: met, grade: met", "unknown"),
        MINIMAL + SIDED,
    )
    assert run_cases(tmp_path).has_passed


def test_answers_may_carry_values_waivers_and_levels() -> None:
    text = (
        "- name: all forms\n  levels: [L4-5, L5-S1]\n  answers:\n    wait: {amount: 14 months}\n"
        "    failure: {L4-L5: met, L5/S1: not met}\n    nicotine: {state: met, amount: 3 ng/mL}\n"
        "    never-smoker: {state: exception, waived_by: plan section 2}\n    infection: not met\n  expect: true\n"
    )
    (found,) = read_cases(text, "tests.yaml", load_set(PUBLIC, "public"))
    assert found.levels == ("L4-L5", "L5-S1")
    said = {
        (key.criterion_id, key.subject): (
            item.state and item.state.value,
            item.amount and str(item.amount.value),
        )
        for key, item in found.assessments.items()
    }
    assert said == {
        ("wait", ""): (None, "14"),
        ("failure", "L4-L5"): ("met", None),
        ("failure", "L5-S1"): ("not_met", None),
        ("nicotine", ""): ("met", "3"),
        ("never-smoker", ""): ("exception", None),
        ("infection", ""): ("not_met", None),
    }


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("  expekt: true", 2, "`expekt` is not a key of a case"),
        ("  answers: {}", 1, "`expect` is missing"),
        ("  expect: maybe", 2, "`expect` is `maybe`"),
        ("  expect: true\n  expect_silent: perhaps", 3, "`expect_silent` is neither"),
        ("  expect: true\n  levels: [back]", 3, "not a spinal level"),
        ("  expect: true\n  expect_levels: {back: true}", 3, "not a spinal level"),
        ("  expect: true\n  expect_missing: [gone]", 3, "no criterion `gone`"),
        ("  expect: true\n  service_on: soon", 3, "`service_on` is `soon`"),
        ("  expect: true\n  answers: {wait: {state: met, dated_on: 2026-02-30}}", 3, "not a possible date"),
        ("  expect: true\n  answers: words", 3, "`answers` must be a mapping"),
        ("  expect: true\n  answers: {gone: met}", 3, "no criterion `gone`"),
        ("  expect: true\n  answers: {wait: done}", 3, "`state` is `done`"),
        ("  expect: true\n  answers: {wait: [met]}", 3, "An answer must be a word"),
        ("  expect: true\n  answers: {wait: {state: met, why: x}}", 3, "`why` is not a key of an answer"),
        ("  expect: true\n  answers: {wait: {amount: long}}", 3, "`long` is no amount"),
        ("  expect: true\n  answers: {wait: {L4-L5: met}}", 3, "`wait` is not asked per level or side"),
        ("  expect: true\n  sides: [both]", 3, "`both` is not a side"),
        ("  expect: true\n  answers: {grade: {L4-L5: met}}", 3, "`L4-L5` is not a side"),
        ("  expect: true\n  expect_levels: {back left: true}", 3, "not a spinal level"),
        ("  expect: true\n  answers: {failure: {back: met}}", 3, "not a spinal level"),
    ],
)
def test_a_mistake_in_a_case_is_named_with_its_line(body, line, said) -> None:
    with pytest.raises(CriteriaFileError) as caught:
        read_cases(f"- name: x\n{body}\n", "tests.yaml", load_set(PUBLIC + SIDED, "public"))
    assert any(item.line == line and said in item.problem for item in caught.value.problems), (
        caught.value.problems
    )


def test_an_entry_that_is_no_case_is_named() -> None:
    with pytest.raises(CriteriaFileError) as caught:
        read_cases("- words\n", "tests.yaml", load_set(PUBLIC, "public"))
    assert caught.value.problem == "This is not a case."
