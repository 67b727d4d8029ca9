"""Sets that name other sets, or follow them, may not contradict each other; what does is named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.criteria import CriteriaSet
from desktop.rules.lineage import lineage_problems
from desktop.rules.lint import lint_folder
from desktop.rules.loader import Library, load_library
from tests.criteria.sets import leaf, set_of
from tests.criteria.yaml_texts import MINIMAL


def _set(
    set_id: str, begins: int | None = None, ends: int | None = None, number: str = "N1", **more: object
) -> CriteriaSet:
    days = {
        "effective_from": date(begins, 1, 1) if begins else None,
        "effective_to": date(ends, 12, 31) if ends else None,
    }
    return set_of(leaf("a"), id=set_id, document_number=number, **days, **more)


def _found(*sets: CriteriaSet) -> list[tuple[str, str, str, str]]:
    return [(item.set_id, item.key, item.other_id, item.rule) for item in lineage_problems(sets)]


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ([_set("a", 2024, 2024), _set("b", 2025)], []),
        ([_set("a", 2024), _set("b", 2025, supersedes="a")], []),
        ([_set("a", 2024), _set("b", 2025, supersedes="a"), _set("c", 2026, supersedes="b")], []),
        ([_set("a", 2024), _set("b", 2025)], [("b", "effective_from", "a", "editions-overlap")]),
        (
            [_set("a", 2024, 2025), _set("b", 2025, supersedes="a")],
            [("b", "effective_from", "a", "editions-overlap")],
        ),
        (
            [_set("a", 2024, 2027), _set("b", 2025, 2025), _set("c", 2026)],
            [
                ("b", "effective_from", "a", "editions-overlap"),
                ("c", "effective_from", "a", "editions-overlap"),
            ],
        ),
        ([_set("a"), _set("b", 2025)], []),
        ([_set("a", 2024), _set("b", 2025, customises="a")], []),
        ([_set("a", 2024, customises="b"), _set("b", 2025)], []),
        ([_set("a", 2024), _set("b", 2025, number="N2")], []),
        (
            [_set("a", 2024, 2026), _set("b", 2025, number="N2", supersedes="a")],
            [("b", "effective_from", "a", "editions-overlap")],
        ),
        ([_set("a", supersedes="gone")], [("a", "supersedes", "gone", "supersedes-known")]),
        ([_set("a", customises="gone")], [("a", "customises", "gone", "customises-known")]),
        (
            [_set("a", supersedes="b"), _set("b", supersedes="a")],
            [("a", "supersedes", "b", "supersedes-circle")],
        ),
        (
            [_set("a", customises="b"), _set("b", customises="c"), _set("c", customises="b")],
            [("b", "customises", "c", "customises-circle")],
        ),
        (
            [_set("a", 2024, 2024, family="x"), _set("b", 2025, supersedes="a")],
            [("b", "family", "a", "edition-family")],
        ),
        (
            [_set("a", 2025, 2025), _set("b", 2024, 2024, supersedes="a")],
            [("b", "effective_from", "a", "edition-order")],
        ),
    ],
)
def test_what_cannot_be_right_between_sets_is_named(sets, expected) -> None:
    assert _found(*sets) == expected


def test_a_near_miss_is_told_the_set_that_was_meant() -> None:
    (found,) = lineage_problems([_set("a-plan.2025", 2025, 2025), _set("b", 2026, supersedes="a-plan.2024")])
    assert found.fix == "Write `a-plan.2025`."
    (found,) = lineage_problems([_set("b", supersedes="zzzzzzzz")])
    assert "leave `supersedes` out" in found.fix


def test_of_two_sets_with_one_id_the_first_counts() -> None:
    assert _found(_set("a", 2024, 2024), _set("a", supersedes="gone")) == []


def _write(folder: Path, set_id: str, more: str) -> None:
    place = folder / set_id
    place.mkdir()
    text = MINIMAL.replace("id: a-plan.reinsertion", f"id: {set_id}").replace(
        "licence: user\n", f"licence: user\n{more}"
    )
    (place / "criteria.yaml").write_text(text, encoding="utf-8")


def test_a_library_that_contradicts_itself_loads_and_names_file_and_line(tmp_path: Path) -> None:
    _write(tmp_path, "one", "effective_from: 2024-01-01\n")
    _write(tmp_path, "two", "codes: []\neffective_from: 2025-01-01\n")
    library = load_library(tmp_path)
    assert [found.id for found in library.sets] == ["one", "two"]
    (problem,) = library.problems
    assert (problem.origin, problem.line) == ("two/criteria.yaml", 8)
    assert problem.fix == ("Give `one` an `effective_to` before 2025-01-01, or write `supersedes: one` here.")
    assert ("two/criteria.yaml", 8, "editions-overlap") in {
        (found.file, found.line, found.rule) for found in lint_folder(tmp_path)
    }


def test_a_circle_of_files_is_named_once_at_its_key(tmp_path: Path) -> None:
    _write(tmp_path, "one", "supersedes: two\n")
    _write(tmp_path, "two", "supersedes: one\n")
    (problem,) = load_library(tmp_path).problems
    assert (problem.origin, problem.line) == ("one/criteria.yaml", 7)
    assert problem.problem == "`supersedes` leads round in a circle: one -> two -> one."


def test_an_own_set_that_contradicts_a_shipped_one_joins_and_is_named() -> None:
    shipped = Library((_set("a", 2024), _set("b", supersedes="gone")))
    library = shipped.with_user_sets([_set("c", 2025)])
    assert [found.id for found in library.sets] == ["a", "b", "c"]
    assert [(item.origin, item.problem) for item in library.problems] == [
        ("user set c", "This edition begins while `a` is still in force.")
    ]


def test_a_set_is_never_told_to_name_itself() -> None:
    (found,) = lineage_problems([_set("a-plan.2025", 2025, supersedes="a-plan.2024")])
    assert found.fix == "Write the id of a set that is there, or leave `supersedes` out."


def test_where_a_shipped_set_begins_within_an_own_one_the_own_one_is_told_to_end() -> None:
    shipped = Library((_set("later", 2025),))
    (problem,) = shipped.with_user_sets([_set("mine", 2024, 2026)]).problems
    assert (problem.origin, problem.fix) == ("set later", "Give `mine` an `effective_to` before 2025-01-01.")
