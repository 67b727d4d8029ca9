"""Levels are read as reports write them and written as readers expect them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.service_line import CodeSystem, Laterality, ServiceLine, level_range
from desktop.domain.vertebra import (
    VERTEBRAE,
    LevelError,
    is_level,
    is_vertebra,
    level_order,
    parse_level,
    parse_levels,
    segments_between,
)


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("L5", ("L5",)),
        ("l4-5", ("L4-L5",)),
        ("L3/4", ("L3-L4",)),
        ("L5S1", ("L5-S1",)),
        ("L4–L5", ("L4-L5",)),
        (" L5-S1 ", ("L5-S1",)),
        ("Th12-L1", ("T12-L1",)),
        ("L2-S1", ("L2-L3", "L3-L4", "L4-L5", "L5-S1")),
        ("C5-6", ("C5-C6",)),
    ],
)
def test_levels_are_read_as_reports_write_them(written: str, levels: tuple[str, ...]) -> None:
    assert parse_levels(written) == levels


@pytest.mark.parametrize("written", ["", "L6", "back", "S1-L5", "L5-L5", "L0", "L4-L6", "LS", "L٤"])
def test_what_is_no_level_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(LevelError, match="write for example"):
        parse_levels(written)


def test_one_level_is_asked_for_where_a_range_stands() -> None:
    assert parse_level("L4-5") == "L4-L5"
    with pytest.raises(LevelError, match="spans 4 levels"):
        parse_level("L2-S1")


@given(st.data())
def test_any_range_is_read_back_from_its_short_form(data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(VERTEBRAE) - 2))
    last = data.draw(st.integers(first + 1, len(VERTEBRAE) - 1))
    levels = segments_between(VERTEBRAE[first], VERTEBRAE[last])
    assert parse_levels(level_range(levels)) == levels
    assert list(levels) == sorted(levels, key=level_order)


def test_a_bone_comes_before_the_segment_below_it() -> None:
    assert is_vertebra("L5")
    assert not is_vertebra("L5-S1")
    assert sorted(["L5-S1", "S1", "L5", "L4-L5"], key=level_order) == ["L4-L5", "L5", "L5-S1", "S1"]


@pytest.mark.parametrize(
    ("levels", "written"),
    [
        ((), ""),
        (("L5",), "L5"),
        (("L4-L5", "L5-S1"), "L4-S1"),
        (("L2-L3", "L4-L5", "L5-S1"), "L2-L3, L4-S1"),
        (("S1", "L5-S1"), "S1, L5-S1"),
        (("L5-S1", "S1"), "L5-S1, S1"),
    ],
)
def test_neighbouring_levels_are_joined(levels: tuple[str, ...], written: str) -> None:
    assert level_range(levels) == written


def test_a_service_line_is_captioned_without_empty_parts() -> None:
    line = ServiceLine(id="a", code="22849", label="Reinsertion", levels=("L4-5", "L5-S1"))
    assert line.caption == "Reinsertion · CPT 22849 · L4-S1"
    knee = ServiceLine(id="b", code_system=CodeSystem.OTHER, label="Knee", laterality=Laterality.RIGHT)
    assert knee.caption == "Knee · right"


@pytest.mark.parametrize(
    ("text", "expected"), [("L5", True), ("L4-L5", True), ("L4-5", False), ("L2-S1", False), ("", False)]
)
def test_only_the_canonical_name_of_one_level_is_a_level(text: str, expected: bool) -> None:
    assert is_level(text) is expected
