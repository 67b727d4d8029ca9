"""The authoring checks name file, line, rule and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.severity import Severity
from desktop.rules.lint import LintProblem, lint_folder
from tests.criteria.yaml_texts import MINIMAL, PUBLIC, case

GOOD = (
    PUBLIC.replace("notes: Some notes", "notes: One rule is only reported").replace(
        "other: {document: Another rule, proof", "other: {document: Another rule, locator: Part 2, proof"
    )
    + "terms: [revision fusion]\n"
)
SOUND = "nicotine: met, infection: not met"
BOUNDARY = case("exactly twelve months", f"wait: {{amount: 12 months}}, {SOUND}", "true")
LEVELS = case(
    "one level failed",
    f"failure: {{L4-L5: met, L5-S1: not met}}, wait: not met, {SOUND}",
    "false",
    "levels: [L4-L5, L5-S1]",
)
CASES = "".join(
    (
        case("nothing answered"),
        BOUNDARY,
        LEVELS,
        case("infected", "infection: met", "false"),
        case("never smoked", "never-smoker: met"),
        case("cotinine only", "nicotine: met"),
    )
)


def _write(folder: Path, text: str = GOOD, cases: str | None = CASES, name: str = "a-set.a-number") -> None:
    place = folder / name
    place.mkdir()
    (place / "criteria.yaml").write_text(text, encoding="utf-8")
    if cases is not None:
        (place / "tests.yaml").write_text(cases, encoding="utf-8")


def _rules(problems: tuple[LintProblem, ...]) -> list[tuple[str, int]]:
    return [(problem.rule, problem.line) for problem in problems]


def test_a_well_written_set_has_no_problems(tmp_path: Path) -> None:
    _write(tmp_path)
    assert lint_folder(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "severity"),
    [
        ("licence: public", "licence: secret", "readable", 12, Severity.ERROR),
        ("family: a-set", "family: A_set", "kebab-case", 2, Severity.ERROR),
        ("id: wait", "id: Wait_long", "kebab-case", 24, Severity.ERROR),
        ('codes: ["22849"]', 'codes: ["22849 put back"]', "code-only", 13, Severity.ERROR),
        ("diagnoses: [M96.0]", "diagnoses: [M960]", "diagnosis-code", 14, Severity.ERROR),
        ("terms: [revision fusion]\n", "", "terms", 1, Severity.ERROR),
        (
            'threshold: ">= 12 months"',
            'threshold: ">= 12 months"\n          measure: since_surgery',
            "window-unused",
            24,
            Severity.WARNING,
        ),
        ("proof: S", "proof: U", "public-proof", 48, Severity.ERROR),
        ("proof: S", "proof: H", "public-proof", 48, Severity.ERROR),
        ("locator: Section 3, ", "", "source-locator", 48, Severity.ERROR),
        (', address: "https://example.org/third"', "", "source-address", 48, Severity.ERROR),
        ("review_by: 2027-05-01\n", "", "review-by", 1, Severity.ERROR),
        ("review_by: 2027-05-01", "review_by: 2026-11-01", "review-by", 10, Severity.ERROR),
        ("effective_to: 2026-12-31", "effective_to: 2026-10-31", "in-force", 8, Severity.ERROR),
        ("One rule is only reported", "Nothing", "reported-said", 17, Severity.ERROR),
        ("          closes_with: The operative note\n", "", "closes-with", 24, Severity.ERROR),
        ("months have passed", "months have passed.", "text-end", 24, Severity.WARNING),
        (
            "text: The patient never",
            f"text: {'X' * 140} The patient never",
            "text-length",
            48,
            Severity.WARNING,
        ),
        ("text: The patient never", "text: the patient never", "text-start", 48, Severity.WARNING),
        (
            "text: An infection is active\n        polarity: present",
            "text: No infection is active\n        polarity: absent",
            "absent-wording",
            53,
            Severity.WARNING,
        ),
        (
            "text: An infection is active\n        polarity: present",
            "text: Infection is not present\n        polarity: absent",
            "absent-wording",
            53,
            Severity.WARNING,
        ),
        ("At least 12 months", "A year", "threshold-in-text", 24, Severity.WARNING),
    ],
)
def test_a_flaw_is_named_by_rule_and_line(tmp_path: Path, old, new, rule, line, severity) -> None:
    assert old in GOOD
    cases = CASES.replace("wait:", "Wait_long:") if "Wait_long" in new else CASES
    _write(tmp_path, GOOD.replace(old, new), cases)
    (problem,) = lint_folder(tmp_path)
    assert (problem.rule, problem.line, problem.severity) == (rule, line, severity)
    assert problem.file == "a-set.a-number/criteria.yaml"
    assert problem.message
    assert problem.instead


def test_a_criterion_that_must_be_absent_names_the_thing_itself(tmp_path: Path) -> None:
    _write(tmp_path, GOOD.replace("polarity: present", "polarity: absent"))
    assert lint_folder(tmp_path) == ()


def test_a_user_typed_set_may_rest_on_its_own_word(tmp_path: Path) -> None:
    truths = {"met": "true", "not met": "false", "unclear": "unknown"}
    cases = "".join(case(f"{state}", f"scoliosis: {state}", truth) for state, truth in truths.items()) * 2
    typed = MINIMAL.replace("licence: user", "licence: user\nreview_by: 2027-01-01")
    _write(tmp_path, typed + "      closes_with: A report\n", cases, "a-plan.reinsertion")
    assert lint_folder(tmp_path) == ()


def test_the_folder_carries_the_sets_name(tmp_path: Path) -> None:
    _write(tmp_path, name="elsewhere")
    assert _rules(lint_folder(tmp_path)) == [("folder-name", 1)]


def test_a_set_that_is_only_reported_says_so_in_its_title(tmp_path: Path) -> None:
    _write(tmp_path, GOOD.replace("proof: T", "proof: S"))
    assert _rules(lint_folder(tmp_path)) == [("reported-said", 3)]


@pytest.mark.parametrize(
    ("cases", "rule"),
    [
        (None, "cases"),
        (CASES.replace(case("nothing answered"), ""), "cases"),
        (CASES.replace("never-smoker: met", "wait: met"), "every-criterion-has-a-case"),
        (CASES.replace("never-smoker: met", "nothing: met"), "readable"),
        (CASES.replace("expect: true", "expect: unknown"), "every-truth-has-a-case"),
        (CASES.replace("expect: false", "expect: unknown"), "every-truth-has-a-case"),
        (CASES.replace("expect: unknown", "expect: false"), "every-truth-has-a-case"),
        (CASES.replace("12 months", "13 months"), "boundary-has-a-case"),
        (CASES.replace("12 months", "12 weeks"), "boundary-has-a-case"),
        (CASES.replace("L5-S1: not met", "L5-S1: met"), "levels-differ-in-a-case"),
    ],
)
def test_a_set_needs_cases_that_show_what_it_does(tmp_path: Path, cases, rule) -> None:
    _write(tmp_path, cases=cases)
    (problem,) = lint_folder(tmp_path)
    assert (problem.rule, problem.file) == (rule, "a-set.a-number/tests.yaml")


WAIVED = GOOD.replace(
    "          note: A note\n",
    """          note: A note
          unless:
            - id: deficit
              text: A deficit is progressing
              per: side
              closes_with: A clinic note
""",
)


def _waived(answers: str, more: str) -> str:
    return CASES + case("waived", f"wait: not met, {answers}", "unknown", more)


@pytest.mark.parametrize(
    ("cases", "rules"),
    [
        (_waived("deficit: {left: met, right: not met}", "sides: [left, right]"), ["sides-differ-in-a-case"]),
        (
            _waived(f"deficit: {{left: met, right: not met}}, {SOUND}", "sides: [left, right]"),
            [],
        ),
        (
            _waived(f"deficit: not met, {SOUND}", "sides: [left, right]"),
            ["exception-has-a-case", "sides-differ-in-a-case"],
        ),
    ],
)
def test_an_exception_and_two_sides_are_shown_by_a_case(tmp_path: Path, cases, rules) -> None:
    _write(tmp_path, WAIVED, cases)
    assert [problem.rule for problem in lint_folder(tmp_path)] == rules


def test_what_must_be_absent_is_answered_both_ways(tmp_path: Path) -> None:
    absent = GOOD.replace("polarity: present", "polarity: absent")
    _write(tmp_path, absent, CASES.replace("infection: met", "infection: unclear"))
    (problem,) = lint_folder(tmp_path)
    assert problem.rule == "polarity-has-a-case"
    assert "`infection: not met`" in problem.instead


def test_one_id_in_two_files_is_named(tmp_path: Path) -> None:
    _write(tmp_path)
    _write(tmp_path, GOOD.replace("effective_from: 2024-09-12\n", ""), name="copy")
    assert ("set-id-unique", 1) in _rules(lint_folder(tmp_path))


@pytest.mark.parametrize(
    ("begins", "overlaps"), [("2026-12-31", True), ("2027-01-01", False), ("2024-01-01", True)]
)
def test_two_editions_may_not_be_in_force_on_one_day(tmp_path: Path, begins, overlaps) -> None:
    _write(tmp_path)
    later = GOOD.replace("a-set.a-number", "a-set.next").replace("effective_to: 2026-12-31\n", "")
    _write(tmp_path, later.replace("2024-09-12", begins), name="a-set.next")
    problems = lint_folder(tmp_path)
    assert bool(problems) is overlaps
    if overlaps:
        (problem,) = problems
        is_later = begins > "2024-09-12"
        assert problem.file == f"{'a-set.next' if is_later else 'a-set.a-number'}/criteria.yaml"
        assert (problem.rule, problem.line) == ("editions-overlap", 7)
        assert "`effective_to` before" in problem.instead
