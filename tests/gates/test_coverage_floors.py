"""Proves that the coverage gate counts lines and branches, names what is missing, and never lets a floor sink."""

from __future__ import annotations

from typing import Any

from tests.gates.coverage_floors import Verdict, coverage_of, lowered, uncovered_lines


def report(lines: int, covered: int, branches: int = 0, taken: int = 0, **holes: Any) -> dict[str, Any]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": covered,
            "num_branches": branches,
            "covered_branches": taken,
        },
        "missing_lines": holes.get("missing", []),
        "missing_branches": holes.get("jumps", []),
    }


FILES = {
    "desktop/rules/evaluate.py": report(8, 8, 2, 1, jumps=[[3, 5]]),
    "desktop/rules/gaps.py": report(10, 9, missing=[7]),
    "desktop/ui/app.py": report(80, 0),
}


def test_lines_and_branches_count_alike() -> None:
    assert coverage_of("desktop/rules", FILES) == 90.0


def test_a_part_contains_the_parts_below_it() -> None:
    assert coverage_of("desktop", FILES) == 18.0


def test_a_part_is_not_confused_with_one_whose_name_begins_alike() -> None:
    assert coverage_of("desktop/rule", FILES) == 100.0


def test_a_hole_is_named_by_file_line_and_branch() -> None:
    assert uncovered_lines("desktop/rules", FILES) == [
        "desktop/rules/evaluate.py: 3->5",
        "desktop/rules/gaps.py: 7",
    ]


def test_a_floor_is_met_exactly_and_missed_just_below() -> None:
    assert Verdict("desktop/rules", 100.0, 100).is_met
    assert not Verdict("desktop/rules", 99.99, 100).is_met


def test_a_floor_that_was_earned_may_rise() -> None:
    assert "may rise to 91" in str(Verdict("desktop", 91.7, 80))
    assert "may rise" not in str(Verdict("desktop", 80.4, 80))


def test_a_floor_never_sinks_and_never_disappears() -> None:
    assert lowered({"a": 90, "b": 80, "c": 70}, {"a": 89.9, "b": 80}) == ["a", "c"]
    assert not lowered({"a": 90}, {"a": 91, "b": 1})
