"""The strip names the shortest way to met for the level in front and for the line, and follows every answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.assessment import AssessmentState
from desktop.domain.gap import Gap, LevelGaps, LineGaps, WayToMet
from desktop.domain.truth import Truth
from desktop.ui.review.way_rows import GapItem, Reach, asked_for, gap_at, key_of, needs_of, way_view
from tests.ui.review.conftest import Reviewer


def gap(criterion_id: str = "a", subject: str = "", **fields: Any) -> Gap:
    told: dict[str, Any] = {"closes_with": f"document {criterion_id}", **fields}
    return Gap(
        set_id="s",
        service_line_id="line",
        criterion_id=criterion_id,
        subject=subject,
        text="The text",
        **told,
    )


def way(*gaps: Gap) -> WayToMet:
    return WayToMet(gaps=gaps)


def line(*levels: LevelGaps, ways: tuple[WayToMet, ...] = (), is_exact: bool = True) -> LineGaps:
    return LineGaps(
        set_id="s",
        set_title="Set",
        service_line_id="line",
        truth=Truth.UNKNOWN,
        ways=ways,
        levels=levels,
        is_exact=is_exact,
    )


TWO = line(
    LevelGaps(level="L4-L5", truth=Truth.TRUE),
    LevelGaps(level="L5-S1", truth=Truth.UNKNOWN, ways=(way(gap("a")), way(gap("b", "L5-S1"), gap("c")))),
    ways=(way(gap("a")), way(gap("b", "L5-S1"), gap("c"))),
)


def test_the_way_of_a_level_leads_with_its_name_and_the_whole_line_stands_beside_it() -> None:
    shown = way_view(TWO, "L5-S1", "", Reach.PLACE, 0)
    assert (shown.lead, shown.count, shown.other) == (
        "Shortest way to met at L5-S1:",
        2,
        "Whole line: 1 missing",
    )
    assert [item.caption for item in shown.items] == ["document a"]
    assert way_view(TWO, "L5-S1", "", Reach.PLACE, 1).lead == "Another way at L5-S1:"


def test_a_level_that_is_met_says_that_nothing_is_missing_there() -> None:
    shown = way_view(TWO, "L4-L5", "", Reach.PLACE, 0)
    assert (shown.lead, shown.items) == ("Nothing is missing at L4-L5.", ())


def test_the_whole_line_names_the_level_of_what_is_asked_per_level() -> None:
    shown = way_view(TWO, "L5-S1", "", Reach.LINE, 1)
    assert [item.caption for item in shown.items] == ["document b · L5-S1", "document c"]
    assert shown.other == "L5-S1: 1 missing"


def test_a_result_that_nothing_open_can_change_says_so() -> None:
    lost = line(LevelGaps(level="", truth=Truth.FALSE))
    assert way_view(lost, "", "", Reach.PLACE, 0).lead == "Nothing that is open can make it met."


def test_a_search_that_was_cut_off_is_not_called_the_shortest() -> None:
    cut = line(
        LevelGaps(level="L4-L5", truth=Truth.UNKNOWN, ways=(way(gap()),)),
        LevelGaps(level="L5-S1", truth=Truth.UNKNOWN, ways=(way(gap()),)),
        ways=(way(gap()),),
        is_exact=False,
    )
    assert "perhaps not the shortest" in way_view(cut, "L4-L5", "", Reach.LINE, 0).lead
    assert "perhaps" not in way_view(cut, "L4-L5", "", Reach.PLACE, 0).lead


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dated_from": date(2026, 4, 27)}, "document a, dated 2026-04-27 or later"),
        ({"dated_to": date(2026, 4, 27)}, "document a, dated 2026-04-27 or earlier"),
        (
            {"dated_from": date(2026, 4, 27), "dated_to": date(2026, 5, 1), "owed_by": "the laboratory"},
            "document a, dated 2026-04-27 to 2026-05-01 (from the laboratory)",
        ),
        ({"is_contrary": True}, "document a; the record says otherwise: a document alone does not close it"),
        ({"must_become": Truth.FALSE}, "Shown not to be so: The text"),
        ({"closes_with": ""}, "The text"),
    ],
)
def test_a_gap_says_what_of_which_days_and_from_whom(fields: dict[str, Any], words: str) -> None:
    assert needs_of(gap("a", **fields)) == words


def test_a_question_asked_once_for_the_line_is_not_called_by_the_id_of_the_line() -> None:
    once = gap("a", "line-1").model_copy(update={"service_line_id": "line-1"})
    places = tuple(
        LevelGaps(level=name, truth=Truth.UNKNOWN, ways=(way(once),)) for name in ("L4-L5", "L5-S1")
    )
    shown = way_view(line(*places, ways=(way(once),)), "L4-L5", "", Reach.LINE, 0)
    assert [item.caption for item in shown.items] == ["document a"]
    assert asked_for(once) == "document a"
    assert asked_for(gap("b", "L5-S1", dated_from=date(2026, 4, 27))) == (
        "document b, for L5-S1, dated 2026-04-27 or later"
    )


def test_a_question_finds_its_gap_in_any_way() -> None:
    wanted = gap("b", "L5-S1")
    assert gap_at(TWO, key_of(wanted)) == wanted
    assert gap_at(TWO, None) is None


def captions(reviewer: Reviewer) -> list[str]:
    return [item.caption for item in reviewer.screen.strip.way.items]


def test_an_answer_shortens_the_way_at_once(reviewer: Reviewer) -> None:
    reviewer.screen.choose_level("L5-S1")
    assert reviewer.screen.strip.lead.text() == "Shortest way to met at L5-S1:"
    assert "a dated clinic note" in captions(reviewer)
    reviewer.stand_on("pain", "L5-S1")
    reviewer.press(Qt.Key.Key_M)
    assert "a dated clinic note" not in captions(reviewer)
    reviewer.review.undo()
    reviewer.screen.show_case("case-1")
    reviewer.wait()
    assert "a dated clinic note" in captions(reviewer)


def test_ways_are_leafed_through_by_key_and_by_button(reviewer: Reviewer) -> None:
    strip = reviewer.screen.strip
    reviewer.stand_on("pain")
    first = captions(reviewer)
    reviewer.press(Qt.Key.Key_W)
    assert captions(reviewer) != first
    assert strip.number.text() == f"2/{strip.way.count}"
    reviewer.press(Qt.Key.Key_W, shift=True)
    assert captions(reviewer) == first
    QTest.mouseClick(strip.next, Qt.MouseButton.LeftButton)
    assert captions(reviewer) != first
    QTest.mouseClick(strip.previous, Qt.MouseButton.LeftButton)
    assert captions(reviewer) == first


def test_the_key_for_the_next_way_says_so_where_there_is_only_one(reviewer: Reviewer) -> None:
    strip = reviewer.screen.strip
    reviewer.stand_on("pain")
    only = line(LevelGaps(level="L5-S1", truth=Truth.UNKNOWN, ways=(way(gap("a")),)), ways=(way(gap("a")),))
    strip.show_ways(only, "L5-S1", "")
    assert not strip.number.isVisible()
    reviewer.press(Qt.Key.Key_W)
    assert strip.number.isVisible()
    assert strip.number.text() == "The only way"
    strip.show_ways(only, "L5-S1", "")
    assert not strip.number.isVisible()


def test_the_keys_of_the_review_work_in_the_list_of_lines_too(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    first = captions(reviewer)
    reviewer.screen.side.lines.setFocus()
    reviewer.press(Qt.Key.Key_W)
    assert captions(reviewer) != first


def test_one_key_goes_to_the_whole_line_and_back(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_Y)
    strip = reviewer.screen.strip
    assert strip.lead.text() == "Shortest way to met for the whole line:"
    assert len(strip.way.items) == 5
    assert strip.more.text() == "+ 2 more (G)"
    QTest.mouseClick(strip.reach, Qt.MouseButton.LeftButton)
    assert strip.lead.text() == "Shortest way to met at L4-L5:"


def test_a_missing_thing_leads_to_its_criterion_and_the_panel_says_what_is_needed(reviewer: Reviewer) -> None:
    button = reviewer.screen.strip.buttons[1]
    assert isinstance(button.item, GapItem)
    button.setFocus()
    reviewer.press(Qt.Key.Key_Return, on=button)
    assert reviewer.screen.current_key == button.item.key
    assert reviewer.screen.panel.needs.text() == f"Still needed: {button.item.whole}"
    reviewer.review.set_state("case-1", button.item.key, AssessmentState.MET)
    reviewer.screen.show_case("case-1")
    reviewer.wait()
    assert not reviewer.screen.panel.needs.isVisible()
