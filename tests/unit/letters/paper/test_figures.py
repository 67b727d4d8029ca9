"""Figures stay in their column, say each state in words and each event by its words or by a number that is listed."""

from __future__ import annotations

from datetime import date, timedelta

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.figure import EventRow, MarkState, Timeline, TimelineEvent
from desktop.domain.letter import BlockKind
from desktop.letters.paper.drawing import Anchor, Disc, Drawing, Line, Shape, Words, width_of
from desktop.letters.paper.figure_timeline import MOST_LANES, in_order
from desktop.letters.paper.figures import drawings_of, needs_rows, rows_of
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.styles import TEXT_HEIGHT, TEXT_WIDTH
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.paper.extract import drawn, squeezed
from tests.unit.letters.paper.pieces import SPINE, block, letter, level_map, timeline


def words_of(drawing: Drawing) -> list[str]:
    return [item.text for item in drawing.items if isinstance(item, Words)]


def extent(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is drawn."""
    xs: list[float] = []
    ys: list[float] = []
    for item in drawing.items:
        match item:
            case Words():
                wide = width_of(item.text, item.font, item.size)
                left = (
                    item.place[0] - {Anchor.START: 0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[item.anchor]
                )
                xs += [left, left + wide]
                ys += [item.place[1] - item.size, item.place[1]]
            case Line():
                xs += [item.start[0], item.end[0]]
                ys += [item.start[1], item.end[1]]
            case Shape():
                xs += [x for x, _ in item.points]
                ys += [y for _, y in item.points]
            case Disc():
                xs += [item.centre[0] - item.radius, item.centre[0] + item.radius]
                ys += [item.centre[1] - item.radius, item.centre[1] + item.radius]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("lines", [1, 2, 5, 6, 13])
@pytest.mark.parametrize("places", [1, 4, 25])
def test_a_level_map_stays_in_its_column_and_says_every_state_in_words(lines: int, places: int) -> None:
    levels = (
        [f"T{n}-T{n + 1}" for n in range(1, 12)] + ["L1-L2", *SPINE] + ["C3-C4", "C4-C5", "C5-C6", "C6-C7"]
    )
    names = tuple((levels * 2)[:places])
    figure = level_map(lines, names)
    drawings = drawings_of(figure, TEXT_WIDTH)
    for drawing in drawings:
        left, top, right, bottom = extent(drawing)
        assert left >= -1
        assert right <= TEXT_WIDTH + 1
        assert top >= -1
        assert bottom <= drawing.height + 1 < TEXT_HEIGHT
    said = [word for drawing in drawings for word in words_of(drawing)]
    for state in MarkState:
        assert said.count(state.label) == sum(line.states.count(state) for line in figure.lines)


def test_signs_differ_without_colour() -> None:
    kinds: set[tuple[str, ...]] = set()
    for state in MarkState:
        figure = level_map(1, ("left",), is_spine=False)
        line = figure.lines[0].model_copy(update={"states": (state,)})
        (drawing,) = drawings_of(figure.model_copy(update={"lines": (line,)}), TEXT_WIDTH)
        kinds.add(tuple(type(item).__name__ for item in drawing.items))
    assert len(kinds) == len(MarkState)


@pytest.mark.parametrize("events", [1, 2, 14, 40, 41, 120, 300])
@pytest.mark.parametrize("days", [0, 30, 900, 20_000])
def test_a_timeline_stays_in_its_column_and_tells_every_event(events: int, days: int) -> None:
    figure = timeline(events, days)
    (drawing,) = drawings_of(figure, TEXT_WIDTH)
    left, top, right, bottom = extent(drawing)
    assert left >= -1
    assert right <= TEXT_WIDTH + 1
    assert top >= -1
    assert bottom <= drawing.height + 1 < TEXT_HEIGHT
    said = words_of(drawing)
    if needs_rows(figure, TEXT_WIDTH):
        assert _told_numbers(said) == set(range(1, events + 1))
        assert [row.cells[3] for row in rows_of(figure).rows] == [event.label for event in in_order(figure)]
    else:
        assert all(event.label in said for event in figure.events)


def _told_numbers(said: list[str]) -> set[int]:
    numbers: set[int] = set()
    for word in said:
        parts = word.split("-")
        if all(part.isdigit() for part in parts) and not (len(parts) == 1 and len(word) == 4):
            numbers |= set(range(int(parts[0]), int(parts[-1]) + 1))
    return numbers


EVENTS = st.builds(
    TimelineEvent,
    row=st.sampled_from(EventRow),
    label=st.text(st.characters(max_codepoint=0x17F, categories=["L", "Nd", "P", "Zs"]), max_size=90),
    starts_on=st.dates(),
    ends_on=st.none() | st.dates(),
)


@settings(max_examples=40)
@given(st.lists(EVENTS, max_size=60))
def test_any_events_are_drawn_without_covering_each_other(events: list[TimelineEvent]) -> None:
    figure = Timeline(caption="c", events=tuple(events))
    for drawing in drawings_of(figure, TEXT_WIDTH):
        left, _top, right, bottom = extent(drawing)
        assert left >= -1
        assert right <= TEXT_WIDTH + 40
        assert bottom <= drawing.height + 1
        assert drawing.height < MOST_LANES * len(EventRow) * 13 + 80 or not needs_rows(figure, TEXT_WIDTH)


def test_ticks_are_dated_and_do_not_collide() -> None:
    for days in (1, 10, 60, 200, 900, 4000, 40_000):
        first = date(1930, 1, 5)
        events = tuple(
            TimelineEvent(row=EventRow.IMAGING, label="x", starts_on=day)
            for day in (first, first + timedelta(days=days))
        )
        (drawing,) = drawings_of(Timeline(caption="", events=events), TEXT_WIDTH)
        ticks = [item for item in drawing.items if isinstance(item, Words) and item.anchor is Anchor.MIDDLE]
        assert 2 <= len(ticks) <= 12, days
        ends = [(item.place[0] - width_of(item.text, item.font, item.size) / 2, item) for item in ticks]
        for (left, _), (_, before) in zip(ends[1:], ends, strict=False):
            assert left > before.place[0] + width_of(before.text, before.font, before.size) / 2


def test_what_has_no_date_is_named_and_a_figure_without_events_is_its_words() -> None:
    figure = Timeline(caption="Dates", events=(), undated=("Injection",))
    text = drawn(render_pdf(letter(block(BlockKind.TIMELINE, "T", figure=figure)), EMPTY_LIBRARY))
    assert squeezed("Without a date in the record, and therefore not drawn: Injection.") in text


def test_figures_are_vectors_with_embedded_fonts() -> None:
    content = letter(
        block(BlockKind.LEVEL_MAP, "L", figure=level_map()),
        block(BlockKind.TIMELINE, "T", figure=timeline(20)),
    )
    data = render_pdf(content, EMPTY_LIBRARY)
    assert b"/Subtype /Image" not in data
    import io

    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
    assert squeezed("asked for") in drawn(data)


def test_a_numbered_timeline_is_followed_by_its_rows_and_a_worded_one_is_not() -> None:
    few = drawn(render_pdf(letter(block(BlockKind.TIMELINE, "T", figure=timeline(6))), EMPTY_LIBRARY))
    many = drawn(render_pdf(letter(block(BlockKind.TIMELINE, "T", figure=timeline(100))), EMPTY_LIBRARY))
    assert "No.DateKindEvent" not in few
    assert "No.DateKindEvent" in many
    assert squeezed("Requested service 95") in many


def test_a_name_without_a_space_is_broken_to_fit_and_loses_nothing() -> None:
    figure = level_map(5)
    line = figure.lines[0].model_copy(update={"name": "Spondylodesenrevisionsoperation" * 2 + "\n22849"})
    (drawing,) = drawings_of(figure.model_copy(update={"lines": (line, *figure.lines[1:])}), TEXT_WIDTH)
    head = [item for item in drawing.items if isinstance(item, Words) and item.place[0] < 300]
    said = "".join(item.text for item in sorted(head, key=lambda item: item.place[1]))
    assert "Spondylodesenrevisionsoperation" * 2 in said
    assert "22849" in said


def test_a_bone_on_its_own_and_one_shared_with_its_neighbour_are_drawn_once() -> None:
    (drawing,) = drawings_of(level_map(1, ("C7", "L5-S1", "S1")), TEXT_WIDTH)
    bones = [item.text for item in drawing.items if isinstance(item, Words) and item.anchor is Anchor.MIDDLE]
    assert [bones.count(name) for name in ("C7", "L5", "S1")] == [1, 1, 1]


def test_a_timeline_at_the_last_day_there_is_has_ticks() -> None:
    event = TimelineEvent(row=EventRow.PAYER, label="x", starts_on=date.max)
    (drawing,) = drawings_of(Timeline(caption="", events=(event,)), TEXT_WIDTH)
    assert any(word.endswith("9999") for word in words_of(drawing))


def test_a_map_without_places_is_no_drawing() -> None:
    assert drawings_of(level_map(1).model_copy(update={"places": ()}), TEXT_WIDTH) == ()
    assert drawings_of(Timeline(caption="", events=()), TEXT_WIDTH) == ()
