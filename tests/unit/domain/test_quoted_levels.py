"""Words and the level that they are recorded at must speak of the same place."""

from __future__ import annotations

import pytest

from desktop.domain.quoted_levels import names_other_levels_only, vertebrae_named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nonunion at L4-5.", {"L4", "L5"}),
        ("L4/5 and S1", {"L4", "L5", "S1"}),
        ("fused from L2-S1", {"L2", "L3", "L4", "L5", "S1"}),
        ("T2 hyperintense, T1-weighted", set()),
        ("T11-T12 wedge", {"T11", "T12"}),
        ("L9-L10, C8, S5, L5-L4", set()),
        ("no level here: MRL4, L4x", set()),
        ("nonunion at L45", {"L4", "L5"}),
        ("fused L3 through S1", {"L3", "L4", "L5", "S1"}),
        ("L4 to 6 weeks", set()),
    ],
)
def test_the_vertebrae_that_a_text_names_are_seen(text: str, named: set[str]) -> None:
    assert vertebrae_named(text) == named


@pytest.mark.parametrize(
    ("quote", "level", "is_elsewhere"),
    [
        ("lucency around both S1 screws", "S1", False),
        ("lucency around both S1 screws", "L5-S1", False),
        ("lucency around both S1 screws", "C7", True),
        ("solid from L3 to S1", "L4-L5", False),
        ("No bridging bone.", "C7", False),
        ("", "C7", False),
    ],
)
def test_words_that_name_other_levels_only_are_seen(quote: str, level: str, is_elsewhere: bool) -> None:
    assert names_other_levels_only(quote, level) is is_elsewhere
