"""Criteria files load as typed, and every mistake is named by file and line in words."""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.clinical import FactKind, FindingKind
from desktop.domain.criteria import Comparison, Group, LicenceClass, Measure, MeasureKind, Scope
from desktop.domain.document import DocumentKind
from desktop.domain.text import sha256_of
from desktop.domain.window import TimeUnit, Window
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.loader import (
    Library,
    criteria_files,
    file_of,
    load_library,
    load_set,
    read_criteria_file,
)
from desktop.rules.schema import MEASURE_PATTERN
from tests.criteria.yaml_texts import MINIMAL, PUBLIC


def _problems(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(CriteriaFileError) as caught:
        load_set(text, "some/criteria.yaml")
    return [(item.line, item.problem, item.fix) for item in caught.value.problems]


def test_a_set_a_reviewer_types_needs_little_and_is_its_own_source() -> None:
    found = load_set(MINIMAL, "typed")
    (leaf,) = found.criteria()
    assert (leaf.source.document, leaf.source.proof) == ("Reinsertion of spinal fixation", "U")
    assert (found.edition, found.licence, found.root.id) == ("2026", LicenceClass.USER, "all-1")
    assert found.content_hash == sha256_of(MINIMAL)


def test_everything_a_set_may_say_is_read() -> None:
    found = load_set(PUBLIC, "public")
    assert (found.id, found.family, found.document_number) == ("a-set.a-number", "a-set", "N1")
    assert (found.effective_from, found.effective_to) == (date(2024, 9, 12), date(2026, 12, 31))
    assert (found.retrieved_on, found.review_by) == (date(2026, 11, 1), date(2027, 5, 1))
    assert (found.codes, found.diagnoses, found.indications) == (("22849",), ("M96.0",), ("Nonunion",))
    assert (found.covers, found.notes) == ((FindingKind.NONUNION,), "Some notes")
    wait = found.criterion("wait")
    assert wait is not None
    assert wait.threshold is not None
    assert (wait.threshold.comparison, wait.threshold.value, wait.threshold.unit) == (
        Comparison.AT_LEAST,
        Decimal(12),
        "months",
    )
    assert wait.evidence_types == (DocumentKind.OPERATIVE_NOTE, DocumentKind.CLINIC_NOTE)
    assert (wait.within, wait.topic, wait.closes_with, wait.note) == (
        Window(count=24, unit=TimeUnit.MONTHS),
        "time-since-fusion",
        "The operative note",
        "A note",
    )


def test_concerns_names_a_finding_or_a_fact_and_scope_is_read() -> None:
    found = load_set(PUBLIC, "public")
    failure, nicotine = found.criterion("failure"), found.criterion("nicotine")
    assert failure is not None
    assert nicotine is not None
    assert (failure.concerns, failure.per) == (FindingKind.HARDWARE_FRACTURE, Scope.LEVEL)
    assert (nicotine.concerns, nicotine.per) == (FactKind.COTININE, Scope.CASE)
    assert nicotine.threshold is not None
    assert nicotine.threshold.caption == "<= 10 ng/mL"


def test_groups_keep_their_kind_count_names_and_order() -> None:
    root = load_set(PUBLIC, "public").root
    kinds = [(child.kind, child.id) for child in root.children]
    assert kinds == [("any", "any-1"), ("at_least", "either"), ("not", "not-1")]
    either = root.children[1]
    assert isinstance(either, Group)
    assert (either.count, either.text) == (1, "One of two")


def test_a_source_is_named_by_key_amended_written_out_or_the_first() -> None:
    found = load_set(PUBLIC, "public")
    sources = {
        leaf.id: (leaf.source.document, leaf.source.locator, leaf.source.proof) for leaf in found.criteria()
    }
    assert sources == {
        "wait": ("The rule", "Section 1", "T"),
        "failure": ("Another rule", "", "T"),
        "nicotine": ("The rule", "Section 2", "T"),
        "never-smoker": ("A third rule", "Section 3", "S"),
        "infection": ("The rule", "Section 1", "T"),
    }


def test_the_newer_keys_of_a_set_and_a_criterion_are_read() -> None:
    text = MINIMAL.replace(
        "licence: user", "licence: user\nterms: [TKA, knee]\ncustomises: other.set\nsupersedes: a-plan.2025"
    )
    keys = "      threshold: '>= 6 weeks'\n      measure: treatment.any\n      within: 12 months\n      per: side\n"
    found = load_set(text + keys, "typed")
    assert (found.terms, found.customises, found.supersedes) == (("TKA", "knee"), "other.set", "a-plan.2025")
    (leaf,) = found.criteria()
    assert (leaf.within, leaf.per) == (Window(count=12, unit=TimeUnit.MONTHS), Scope.SIDE)
    assert leaf.measure == Measure(kind=MeasureKind.TREATMENT, name="any")


def test_exceptions_wrap_the_criterion_or_group_that_they_stand_in() -> None:
    text = (
        MINIMAL
        + "      unless:\n        - {id: deficit, text: D, source: {document: The plan, locator: 4}}\n"
        + "        - any: [{id: one, text: O}]\n"
        + "    - not: {id: infection, text: I}\n      unless: [{id: treated, text: T}]\n"
        + "  unless: [{id: emergency, text: E}]\n"
    )
    root = load_set(text, "typed").root
    assert (root.kind, root.id, [child.id for child in root.children]) == (
        "unless",
        "unless-1",
        ["all-1", "emergency"],
    )
    rule = root.children[0]
    assert isinstance(rule, Group)
    shape = [
        (child.kind, child.id, [inner.id for inner in child.children])
        for child in rule.children
        if isinstance(child, Group)
    ]
    assert shape == [
        ("unless", "unless-2", ["scoliosis", "deficit", "any-1"]),
        ("unless", "unless-3", ["not-1", "treated"]),
    ]
    deficit = load_set(text, "typed").criterion("deficit")
    assert deficit is not None
    assert (deficit.source.document, deficit.source.locator) == ("The plan", "4")


@pytest.mark.parametrize(
    ("measure", "threshold", "line", "said", "fix"),
    [
        ("treatment.any", "", 11, "stands without a threshold", "Add `threshold:`"),
        ("height", ">= 1 mm", 12, "`height`, which is not a recorded value", "Begin with one of: age, "),
        ("treatement.any", ">= 6 weeks", 12, "not a recorded value", "Write `treatment.any`."),
        ("treatment", ">= 6 weeks", 12, "does not say which one", "Write one of: treatment.any, "),
        ("treatment.physiotherapy", ">= 6 weeks", 12, "unknown", "Write `treatment.physical_therapy`."),
        ("treatment.zzz", ">= 6 weeks", 12, "names a treatment that is unknown", "Use one of: any, "),
        (
            "treatment.any",
            ">= 6 mm",
            11,
            "in days, weeks, months or years, or visits",
            "or leave `measure` out",
        ),
        ("fact.bmr", ">= 35 kg/m2", 12, "names a fact that is unknown", "Write `fact.bmi`."),
        ("fact.other", ">= 35 kg/m2", 12, "names a fact that is unknown", ""),
        ("fact", ">= 35 kg/m2", 12, "does not say which one", "Write one of: fact.tobacco"),
        ("score", ">= 40 %", 12, "does not say which one", "for example `score.odi`"),
        ("measurement.", ">= 4 mm", 12, "does not say which one", "for example `measurement.translation`"),
        ("imaging_age.", "<= 6 months", 12, "does not say which one", "for example `imaging_age.ct`"),
        ("imaging_age.ct", "<= 6 mm", 11, "gives `imaging_age.ct` in days", "Write the threshold in days"),
        ("since_surgery", ">= 6 visits", 11, "gives `since_surgery` in days", "Write the threshold in days"),
        ("since_surgery.fusion", ">= 6 months", 12, "takes no name", "Write `measure: since_surgery`."),
        ("age", ">= 18 months", 11, "gives `age` in years", "Write the threshold in years"),
        ("age.now", ">= 18 years", 12, "takes no name", "Write `measure: age`."),
    ],
)
def test_a_measure_that_could_never_answer_is_named(measure, threshold, line, said, fix) -> None:
    limit = f"      threshold: '{threshold}'\n" if threshold else ""
    found = _problems(MINIMAL + f"{limit}      measure: {measure}\n")
    assert [number for number, _, _ in found] == [line]
    assert said in found[0][1]
    assert fix in found[0][2]
    assert found[0][2].endswith(".")


@pytest.mark.parametrize(
    ("measure", "threshold"),
    [
        ("age", ">= 18 years"),
        ("treatment.injection", ">= 3 visits"),
        ("treatment.physical_therapy", ">= 3 months"),
        ("score.nrs back", ">= 7 points"),
        ("fact.hba1c", "< 8 %"),
        ("measurement.angular motion", "> 10 degrees"),
        ("since_surgery", ">= 1 year"),
        ("imaging_age", "<= 180 days"),
        ("imaging_age.mri", "<= 6 months"),
    ],
)
def test_every_kind_of_measure_is_read_and_fits_the_schema(measure, threshold) -> None:
    found = load_set(MINIMAL + f"      threshold: '{threshold}'\n      measure: {measure}\n", "typed")
    (leaf,) = found.criteria()
    assert leaf.measure is not None
    assert leaf.measure.caption == measure
    assert re.fullmatch(MEASURE_PATTERN, measure)


def test_a_measure_beside_a_broken_threshold_is_told_once() -> None:
    found = _problems(MINIMAL + "      threshold: six weeks\n      measure: treatment.any\n")
    assert len(found) == 1


def test_a_list_under_not_may_hold_the_one_child() -> None:
    text = MINIMAL.replace("  all:\n", "  not:\n")
    assert load_set(text, "typed").root.kind == "not"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("edition:", "editoin:", 5, "`editoin` is not a key of a criteria set"),
        ('edition: "2026"\n', "", 1, "`edition` is missing"),
        ('edition: "2026"', "edition:", 5, "`edition` is missing"),
        ("id: a-plan.reinsertion", "id: a plan", 1, "which is not an id"),
        ("title: Reinsertion of spinal fixation", "title: [a, b]", 3, "`title` must be a text"),
        ("licence: user", "licence: mine", 6, "`licence` is `mine`"),
        ("licence: user", "licence: user\ncodes: 22849", 7, "`codes` must be a list"),
        ("licence: user", "licence: user\ncodes: [22849, [1]]", 7, "`codes` may hold only words"),
        ("licence: user", "licence: user\ncovers: [nonunoin]", 7, "`covers` is `nonunoin`"),
        ("licence: user", "licence: user\nreview_by: 2026-02-30", 7, "not a possible date"),
        ("licence: user", "licence: user\nreview_by: next year", 7, "not a possible date"),
        ("licence: user", "licence: user\nreview_by: 0026-01-01", 7, "not a possible date"),
        (
            "licence: user",
            "licence: user\neffective_from: 2026-01-02\neffective_to: 2026-01-01",
            8,
            "ends on 2026-01-01 before it begins",
        ),
        ("licence: user", "licence: user\nsources: [a]", 7, "`sources` must be a mapping"),
        ("licence: user", "licence: user\nsources:\n  a: words", 8, "source `a` has no fields"),
        ("licence: user", "licence: public", 9, "The criterion has no source"),
        ("- id: scoliosis", "- id: sco liosis", 9, "which is not an id"),
        ("- id: scoliosis\n      text:", "- text:", 9, "`id` is missing from a criterion"),
        ("text: The patient has scoliosis", "text: ''", 10, "`text` is missing from a criterion"),
        ("text: The patient has scoliosis", "text: X\n      per: levels", 11, "`per` is `levels`"),
        ("text: The patient has scoliosis", "text: X\n      polarity: none", 11, "`polarity` is `none`"),
        (
            "text: The patient has scoliosis",
            "text: X\n      threshold: 4 mm",
            11,
            "not a comparison, a number",
        ),
        ("text: The patient has scoliosis", 'text: X\n      threshold: ">= 4"', 11, "`>= 4` has no unit"),
        (
            "text: The patient has scoliosis",
            'text: X\n      threshold: ">= 4.4.4 mm"',
            11,
            "not a comparison",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n      threshold: [4]",
            11,
            "not a comparison, a number",
        ),
        (
            "text: The patient has scoliosis",
            'text: X\n      threshold: {comparison: "=>", value: 4, unit: mm}',
            11,
            "not a comparison, a number",
        ),
        (
            "text: The patient has scoliosis",
            'text: X\n      threshold: {comparison: ">=", value: 4, unit: mm, than: 3}',
            11,
            "`than` is not a key of a threshold",
        ),
        ("text: The patient has scoliosis", "text: X\n      within_months: 0", 11, "`within_months` is `0`"),
        (
            "text: The patient has scoliosis",
            "text: X\n      within_months: many",
            11,
            "`within_months` is `many`",
        ),
        ("text: The patient has scoliosis", "text: X\n      within: soon", 11, "`within` is `soon`"),
        ("text: The patient has scoliosis", "text: X\n      within: 0 days", 11, "`within` is `0 days`"),
        (
            "text: The patient has scoliosis",
            "text: X\n      within: 9999 days",
            11,
            "`within` is `9999 days`",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n      within: 6 weeks\n      within_months: 2",
            12,
            "`within` and `within_months` stand in the same criterion",
        ),
        (
            "licence: user",
            "licence: user\nsupersedes: a-plan.reinsertion",
            7,
            "`supersedes` names the set itself",
        ),
        (
            "licence: user",
            "licence: user\ncustomises: a-plan.reinsertion",
            7,
            "`customises` names the set itself",
        ),
        ("licence: user", "licence: user\ncustomises: a plan", 7, "which is not an id"),
        ("licence: user", "licence: user\nterms: fusion", 7, "`terms` must be a list"),
        ("text: The patient has scoliosis", "text: X\n      unless:", 11, "`unless` has no exceptions"),
        ("text: The patient has scoliosis", "text: X\n      unless: []", 11, "`unless` has no exceptions"),
        (
            "text: The patient has scoliosis",
            "text: X\n      unless: {id: b, text: B}",
            11,
            "`unless` has no exceptions",
        ),
        ("text: The patient has scoliosis", "text: X\n      unless: [words]", 11, "neither a criterion"),
        (
            "text: The patient has scoliosis",
            "text: X\n      unless: [{id: scoliosis, text: Y}]",
            11,
            "is used twice",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n    - unless: [{id: b, text: B}]",
            11,
            "`unless` stands alone",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n    - any: [{id: b, text: B}]\n      per: level",
            12,
            "both a criterion (`per`) and a group (`any`)",
        ),
        (
            "  all:\n    - id: scoliosis\n      text:",
            "  unless: []\n  text:",
            8,
            "`criteria` must begin with",
        ),
        ("text: The patient has scoliosis", "text: X\n      concerns: pain", 11, "`concerns` is `pain`"),
        (
            "text: The patient has scoliosis",
            "text: X\n      evidence_types: [fax]",
            11,
            "`evidence_types` is `fax`",
        ),
        ("text: The patient has scoliosis", "text: X\n      source: nowhere", 11, "no source `nowhere`"),
        ("text: The patient has scoliosis", "text: X\n      source: [a]", 11, "`source` must be a key"),
        ("text: The patient has scoliosis", "text: X\n      source: {use: gone}", 11, "no source `gone`"),
        (
            "text: The patient has scoliosis",
            "text: X\n      source: {proof: Z, document: D}",
            11,
            "tag `Z` is unknown",
        ),
        ("text: The patient has scoliosis", "text: X\n      source: {proof: U}", 11, "names no document"),
        (
            "text: The patient has scoliosis",
            "text: X\n    - id: scoliosis\n      text: Y",
            11,
            "is used twice",
        ),
        ("text: The patient has scoliosis", "text: X\n    - any: []", 11, "`any` has nothing under it"),
        ("text: The patient has scoliosis", "text: X\n    - any: words", 11, "`any` has nothing under it"),
        ("text: The patient has scoliosis", "text: X\n    - words", 11, "neither a criterion"),
        (
            "text: The patient has scoliosis",
            "text: X\n    - any: [{id: b, text: B}]\n      all: [{id: c, text: C}]",
            12,
            "stand in the same group",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n    - any: [{id: b, text: B}]\n      of: [{id: c, text: C}]",
            12,
            "`of` belongs to `at_least`",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n    - at_least: 3\n      of: [{id: b, text: B}, {id: c, text: C}]",
            11,
            "can never be reached",
        ),
        ("text: The patient has scoliosis", "text: X\n    - at_least: 2", 11, "`of` has nothing under it"),
        (
            "text: The patient has scoliosis",
            "text: X\n    - at_least: two\n      of: [{id: b, text: B}]",
            11,
            "`at_least` is `two`",
        ),
        (
            "text: The patient has scoliosis",
            "text: X\n    - not: [{id: b, text: B}, {id: c, text: C}]",
            11,
            "`not` has 2 entries",
        ),
        ("  all:\n    - id: scoliosis\n      text:", "  - text:", 8, "`criteria` must begin with"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_way_to_put_it_right(old, new, line, said) -> None:
    assert old in MINIMAL
    found = _problems(MINIMAL.replace(old, new))
    assert any(number == line and said in problem for number, problem, _ in found), found
    assert all(fix.endswith((".", "?")) for _, _, fix in found)


def test_a_near_miss_is_told_the_key_that_was_meant() -> None:
    assert _problems(MINIMAL.replace("edition:", "editoin:"))[-1][2] == "Write `edition`."
    assert _problems(MINIMAL + "zzzzzz: 1\n")[0][2].startswith("Use one of: id, family")


def test_all_mistakes_of_a_file_are_told_at_once_in_line_order() -> None:
    text = MINIMAL.replace("licence: user", "licence: mine").replace("- id: scoliosis", "- id: sco liosis")
    lines = [line for line, _, _ in _problems(text)]
    assert lines == sorted(lines)
    assert len(lines) == 2


def test_the_error_tells_a_user_where_and_that_nothing_changed() -> None:
    with pytest.raises(CriteriaFileError) as caught:
        load_set(MINIMAL.replace("licence: user", "licence: mine"), "typed set")
    error = caught.value
    assert (error.origin, error.line) == ("typed set", 6)
    assert error.what == f"typed set:6: {error.problem}"
    assert "nothing else changed" in error.safe
    assert error.todo == f"Line 6: {error.fix}"


def test_a_proof_tag_may_not_be_left_out_of_a_public_source() -> None:
    text = PUBLIC.replace("locator: Section 3, proof: S", "locator: Section 3")
    assert "The source has no `proof` tag." in _problems(text)[0][1]


def test_a_set_of_too_many_criteria_is_refused_once() -> None:
    rows = "".join(f"    - {{id: c{number}, text: C}}\n" for number in range(2_001))
    found = _problems(MINIMAL + rows)
    assert [problem for _, problem, _ in found] == ["The set has more than 2,000 criteria."]


# ------------------------------------------------------------------------------------------------ libraries


def _put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name / "criteria.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_a_library_loads_what_it_can_and_names_what_it_cannot(tmp_path: Path) -> None:
    _put(tmp_path, "good", PUBLIC)
    _put(tmp_path, "bad", MINIMAL.replace("licence: user", "licence: mine"))
    _put(tmp_path, "other", b"\xef\xbb\xbf" + MINIMAL.encode())
    library = load_library(tmp_path)
    assert [found.id for found in library.sets] == ["a-plan.reinsertion", "a-set.a-number"]
    assert [error.origin for error in library.problems] == ["bad/criteria.yaml"]
    assert library.get("a-set.a-number") is library.sets[1]
    assert library.get("none") is None


def test_two_files_with_one_id_are_a_problem_and_the_first_counts(tmp_path: Path) -> None:
    _put(tmp_path, "one", MINIMAL)
    _put(tmp_path, "two", MINIMAL.replace("Example", "Other"))
    library = load_library(tmp_path)
    assert [found.publisher for found in library.sets] == ["Example Health Plan"]
    assert "used by another file" in library.problems[0].problem


def test_a_users_set_joins_the_library_but_does_not_replace_a_shipped_one() -> None:
    shipped, own = load_set(PUBLIC, "public"), load_set(MINIMAL, "typed")
    newer = load_set(MINIMAL.replace("2026", "2027"), "typed again")
    library = Library((shipped,)).with_user_sets([own, newer, shipped])
    assert [found.id for found in library.sets] == [shipped.id, own.id]
    assert library.sets[1].edition == "2027"
    assert "comes with the program" in library.problems[0].problem


def test_a_file_that_is_missing_too_large_or_not_text_is_a_sentence(tmp_path: Path) -> None:
    for name, data, said in (
        ("large", b"a" * 1_000_001, "larger than 1,000,000 bytes"),
        ("latin", "line\nd\xe9j\xe0".encode("latin-1"), "not UTF-8"),
    ):
        with pytest.raises(CriteriaFileError) as caught:
            read_criteria_file(_put(tmp_path, name, data), name)
        assert said in caught.value.problem
    assert caught.value.line == 2
    with pytest.raises(CriteriaFileError) as caught:
        read_criteria_file(tmp_path / "none.yaml", "none.yaml")
    assert "cannot be read: " + os.strerror(2) in caught.value.problem


def test_the_file_of_a_set_is_found_wherever_it_lies_and_unreadable_ones_are_passed_over(
    tmp_path: Path,
) -> None:
    for folder, data in (("a", b"\xff"), ("b", b"id: other"), ("c", MINIMAL.encode())):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "criteria.yaml").write_bytes(data)
    found = file_of(load_set(MINIMAL, "a set"), criteria_files(tmp_path))
    assert found == (tmp_path / "c" / "criteria.yaml", MINIMAL)
    assert file_of(load_set(MINIMAL + "# changed\n", "a set"), criteria_files(tmp_path)) is None
