"""Two sets are laid side by side by topic, then by what their criteria concern."""

from __future__ import annotations

from desktop.rules.side_by_side import side_by_side
from tests.criteria.sets import all_of, leaf, set_of


def _rows(left, right) -> list[tuple[list[str], list[str], str]]:
    rows = side_by_side(set_of(all_of(*left)), set_of(all_of(*right)))
    return [([item.id for item in row.left], [item.id for item in row.right], row.matched_by) for row in rows]


def test_topic_comes_before_concerns_and_the_rest_stands_alone_in_reading_order() -> None:
    left = [
        leaf("wait", topic="time"),
        leaf("scoliosis"),
        leaf("union", topic="union", concerns="nonunion"),
        leaf("smoke", topic="nicotine", concerns="cotinine"),
        leaf("quit", topic="nicotine"),
    ]
    right = [
        leaf("cotinine", concerns="cotinine"),
        leaf("lab", topic="nicotine"),
        leaf("healed", concerns="nonunion"),
        leaf("twelve", topic="time"),
    ]
    assert _rows(left, right) == [
        (["wait"], ["twelve"], "time"),
        (["scoliosis"], [], ""),
        (["union"], ["healed"], "nonunion"),
        (["smoke", "quit"], ["lab"], "nicotine"),
        ([], ["cotinine"], ""),
    ]


def test_every_criterion_stands_in_exactly_one_row() -> None:
    left = [leaf("a", topic="x", concerns="nonunion"), leaf("b", topic="y", concerns="nonunion"), leaf("c")]
    right = [leaf("d", topic="y"), leaf("e", concerns="nonunion"), leaf("f", topic="x"), leaf("g")]
    rows = _rows(left, right)
    assert sorted(name for row in rows for name in row[0]) == ["a", "b", "c"]
    assert sorted(name for row in rows for name in row[1]) == ["d", "e", "f", "g"]


def test_within_a_family_the_same_id_is_the_same_question_and_elsewhere_it_is_not() -> None:
    one, two = set_of(all_of(leaf("care"), leaf("old"))), set_of(all_of(leaf("new"), leaf("care")))
    other = two.model_copy(update={"family": "another-family"})
    assert [row.matched_by for row in side_by_side(one, two)] == ["care", "", ""]
    assert [row.matched_by for row in side_by_side(one, other)] == ["", "", "", ""]
