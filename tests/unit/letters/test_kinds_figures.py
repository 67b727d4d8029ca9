"""The level map and the timeline hold what the record holds: nothing is guessed, and what has no room is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.clinical import (
    Assertion,
    ConservativeTreatment,
    Finding,
    FindingKind,
    ImagingStudy,
    TreatmentKind,
)
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.figure import EventRow, LevelMap, MarkState, Timeline
from desktop.domain.letter import BlockKind, LetterContent, LetterSettings
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.letters.composing.letter import compose_letter
from desktop.letters.composing.level_map import MOST_FINDINGS, MOST_LINES, level_map_of
from desktop.letters.composing.timeline import MOST_IN_A_ROW, timeline_of
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.fixtures import CASE, EMPTY_CASE, inputs_for

DAY = date(2026, 3, 1)


def inputs_of(case: Case, *lines: LineDetermination) -> LetterInputs:
    return inputs_for(case, answers=(), links=(), lines=lines)


def figures(content: LetterContent) -> set[BlockKind]:
    return {block.kind for block in content.blocks if block.figure is not None}


def map_of(inputs: LetterInputs) -> LevelMap:
    found = level_map_of(inputs)
    assert found is not None
    return found


def states(found: LevelMap, line_id: str) -> dict[str, MarkState]:
    line = next(item for item in found.lines if item.service_line_id == line_id)
    return dict(zip((place.place for place in found.places), line.states, strict=True))


def test_both_figures_stand_in_an_appeal_until_they_are_switched_off() -> None:
    assert figures(compose_letter(inputs_for())) == {BlockKind.LEVEL_MAP, BlockKind.TIMELINE}
    off = replace(inputs_for(), settings=LetterSettings(has_figures=False))
    kinds = {block.kind for block in compose_letter(off).blocks}
    assert not kinds & {BlockKind.LEVEL_MAP, BlockKind.TIMELINE}


def test_the_map_says_where_each_line_is_asked_for_and_where_it_is_not() -> None:
    found = map_of(inputs_for())
    assert [place.place for place in found.places] == ["L3-L4", "L4-L5", "L5-S1"]
    assert states(found, "line-1") == {
        "L3-L4": MarkState.NOT_ASKED,
        "L4-L5": MarkState.NOT_ASKED,
        "L5-S1": MarkState.GRANTED,
    }
    assert states(found, "line-2") == {
        "L3-L4": MarkState.ABSENT,
        "L4-L5": MarkState.NOT_ASKED,
        "L5-S1": MarkState.ABSENT,
    }
    undecided = map_of(inputs_of(CASE))
    assert set(states(undecided, "line-1").values()) == {MarkState.OPEN}


def test_the_map_tells_findings_with_what_the_report_says_of_them() -> None:
    findings = {place.place: place.findings for place in map_of(inputs_for()).places}
    assert findings["L3-L4"] == ("Solid fusion",)
    assert findings["L4-L5"] == ("Nonunion (left open)",)
    assert findings["L5-S1"] == ("Screw loosening, S1", "Nonunion")


def test_a_finding_beyond_the_requested_levels_has_a_place_of_its_own() -> None:
    study = CASE.imaging[0]
    far = Finding(id="far", kind=FindingKind.STENOSIS, level="T11-T12", assertion=Assertion.NEGATED)
    case = CASE.model_copy(
        update={"imaging": (study.model_copy(update={"findings": (*study.findings, far)}),)}
    )
    found = map_of(inputs_for(case))
    assert found.places[0].place == "T11-T12"
    assert found.places[0].findings == ("Stenosis (stated to be absent)",)
    assert {line.states[0] for line in found.lines} == {MarkState.ABSENT}


def test_without_levels_the_map_is_one_of_sides() -> None:
    line = ServiceLine(id="knees", code="27447", label="Knees", laterality=Laterality.BILATERAL)
    studies = (
        ImagingStudy(
            id="right",
            modality="X-ray",
            region="right knee",
            findings=(Finding(id="a", kind=FindingKind.OSTEOARTHRITIS),),
        ),
        ImagingStudy(
            id="both",
            modality="X-ray",
            region="knees",
            findings=(
                Finding(id="b", kind=FindingKind.OTHER, label="Effusion", laterality=Laterality.BILATERAL),
                Finding(id="c", kind=FindingKind.OTHER, label="Somewhere"),
            ),
        ),
    )
    case = EMPTY_CASE.model_copy(update={"service_lines": (line,), "imaging": studies})
    decided = LineDetermination(
        service_line_id="knees", decision=Decision.NECESSARY_IN_PART, sides=("right",)
    )
    found = map_of(inputs_of(case, decided))
    assert not found.is_spine
    assert states(found, "knees") == {"left": MarkState.NOT_ASKED, "right": MarkState.GRANTED}
    assert [place.findings for place in found.places] == [("Effusion",), ("Osteoarthritis", "Effusion")]


def test_one_place_needs_no_map() -> None:
    line = ServiceLine(id="one", code="63047", levels=("L4-L5",))
    case = EMPTY_CASE.model_copy(update={"service_lines": (line,)})
    assert level_map_of(inputs_of(case)) is None
    assert level_map_of(inputs_of(EMPTY_CASE)) is None


def test_a_map_of_many_lines_keeps_those_asked_for_and_counts_the_rest() -> None:
    lines = tuple(
        ServiceLine(id=f"line-{number}", code=str(22800 + number), levels=("L4-L5", "L5-S1"))
        for number in range(20)
    )
    case = CASE.model_copy(update={"service_lines": lines})
    decided = LineDetermination(service_line_id="line-19", decision=Decision.NECESSARY)
    inputs = inputs_of(case, decided)
    found = map_of(inputs)
    assert len(found.lines) == MOST_LINES
    assert found.lines[0].service_line_id == "line-19"
    block = next(item for item in compose_letter(inputs).blocks if item.kind is BlockKind.LEVEL_MAP)
    assert "12 further services" in block.text


def test_many_findings_at_one_place_are_counted() -> None:
    findings = tuple(
        Finding(id=f"f{number}", kind=FindingKind.OTHER, label=f"Finding {number}", level="L5-S1")
        for number in range(9)
    )
    case = CASE.model_copy(update={"imaging": (CASE.imaging[0].model_copy(update={"findings": findings}),)})
    place = next(item for item in map_of(inputs_for(case)).places if item.place == "L5-S1")
    assert len(place.findings) == MOST_FINDINGS + 1
    assert place.findings[-1] == "and 5 more"


def timeline(case: Case) -> tuple[Timeline, int]:
    return timeline_of(inputs_for(case))


def test_the_timeline_holds_every_dated_event_of_the_record_in_order() -> None:
    found, left_out = timeline(CASE)
    assert left_out == 0
    assert [(event.starts_on, event.row, event.label) for event in found.events] == [
        (date(2025, 9, 10), EventRow.SURGERY, "Lumbar fusion L3-S1"),
        (date(2026, 6, 1), EventRow.TREATMENT, "Physical therapy"),
        (date(2026, 9, 14), EventRow.IMAGING, "CT lumbar spine"),
        (date(2026, 10, 2), EventRow.SCORE, "ODI 58%"),
        (date(2026, 11, 2), EventRow.PAYER, "Notice of the denial"),
    ]
    assert found.events[1].ends_on == date(2026, 7, 20)
    assert found.undated == ("Naproxen",)
    assert "2026-06-01 to 2026-07-20: Physical therapy" in found.alternative


def test_a_treatment_that_lacks_a_day_says_which() -> None:
    items = (
        ConservativeTreatment(id="a", label="Brace", started_on=DAY),
        ConservativeTreatment(id="b", label="Pills", ended_on=DAY),
        ConservativeTreatment(id="c", label="Wrong", started_on=DAY, ended_on=DAY - timedelta(days=9)),
    )
    found, _ = timeline(CASE.model_copy(update={"treatments": items}))
    told = {event.label: event.ends_on for event in found.events if event.row is EventRow.TREATMENT}
    assert told == {"Brace (end not recorded)": None, "Pills (start not recorded)": None, "Wrong": None}


def test_hundreds_of_treatments_are_joined_by_name_and_what_has_no_room_is_counted() -> None:
    items = tuple(
        ConservativeTreatment(
            id=f"t{number}",
            kind=TreatmentKind.PHYSICAL_THERAPY,
            label=f"Therapy {number % 15}",
            started_on=DAY + timedelta(days=number),
            ended_on=DAY + timedelta(days=number + 1),
        )
        for number in range(300)
    )
    case = CASE.model_copy(update={"treatments": items})
    found, left_out = timeline(case)
    rows = [event for event in found.events if event.row is EventRow.TREATMENT]
    assert len(rows) == MOST_IN_A_ROW
    assert left_out == 15 - MOST_IN_A_ROW
    assert all(event.label.endswith("(20 entries)") for event in rows)
    block = next(item for item in compose_letter(inputs_for(case)).blocks if item.kind is BlockKind.TIMELINE)
    assert "3 more are left to the tables of this letter." in block.text


def test_little_that_is_dated_gives_no_timeline() -> None:
    case = CASE.model_copy(update={"treatments": (), "scores": (), "imaging": ()})
    assert BlockKind.TIMELINE not in figures(compose_letter(inputs_for(case)))


@pytest.mark.parametrize("count", [1, 2, 40])
def test_every_origin_of_the_timeline_leads_to_the_record(count: int) -> None:
    items = tuple(
        ConservativeTreatment(id=f"t{number}", label=f"T{number}", started_on=DAY) for number in range(count)
    )
    found, _ = timeline(CASE.model_copy(update={"treatments": items}))
    ids = {f"treatments.{item.id}" for item in items}
    assert {event.source for event in found.events if event.row is EventRow.TREATMENT} <= ids


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
            st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
            st.sampled_from(["", "Therapy", "Brace"]),
        ),
        max_size=40,
    )
)
def test_no_date_of_the_timeline_is_one_that_the_record_does_not_hold(
    rows: list[tuple[date | None, date | None, str]],
) -> None:
    items = tuple(
        ConservativeTreatment(id=f"t{number}", label=label, started_on=start, ended_on=end)
        for number, (start, end, label) in enumerate(rows)
    )
    found, _ = timeline(CASE.model_copy(update={"treatments": items}))
    days = {day for start, end, _ in rows for day in (start, end) if day is not None}
    for event in found.events:
        if event.row is EventRow.TREATMENT:
            assert {event.starts_on, event.ends_on} - {None} <= days
            assert event.ends_on is None or event.ends_on > event.starts_on
    has_undated = any(start is None and end is None for start, end, _ in rows)
    assert bool(found.undated) == has_undated
