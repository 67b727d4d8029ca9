"""Draws the level map: places by service lines, beside the spine where they are levels; a state is a sign and word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.domain.figure import LevelMap, MapLine, MapPlace, MarkState
from desktop.domain.vertebra import is_level, is_vertebra
from desktop.letters.paper.drawing import (
    Anchor,
    Disc,
    Drawing,
    Item,
    Line,
    Point,
    Shape,
    Words,
    box,
    lines_within,
)
from desktop.letters.paper.fonts import BOLD, REGULAR
from desktop.letters.paper.styles import ACCENT, GREY, INK, RULE, TINT

MOST_LINES = 5
"""Service lines side by side; more are drawn as further maps below."""

TALLEST = 560.0
"""Points of height that one drawing may take."""

_SPINE, _PLACE = 66.0, 52.0
_SMALL, _LEADING = 7.4, 9.2
_ROW, _GAP, _HALF, _DISC = 34.0, 30.0, 13.0, 4.0
_BONE, _DISC_FILL = "#E9ECEE", "#C9D0D5"


@dataclass(frozen=True, slots=True)
class _Row:
    """A place with its vertical extent."""

    index: int
    place: MapPlace
    told: tuple[str, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def level_map_drawings(figure: LevelMap, width: float) -> tuple[Drawing, ...]:
    """The map, in several drawings where it has more lines or places than one page takes."""
    groups = [
        figure.lines[start : start + MOST_LINES] for start in range(0, len(figure.lines), MOST_LINES)
    ] or [()]
    return tuple(drawing for lines in groups for drawing in _drawings(figure, lines, width))


def _drawings(figure: LevelMap, lines: Sequence[MapLine], width: float) -> Iterator[Drawing]:
    has_spine = figure.is_spine and all(is_level(place.place) for place in figure.places)
    spine = _SPINE if has_spine else 0.0
    has_findings = any(place.findings for place in figure.places)
    rest = width - spine - _PLACE
    cell = min(92.0, rest * (0.62 if has_findings else 1.0) / max(1, len(lines)))
    told_width = rest - cell * len(lines)
    first = 0
    while first < len(figure.places) or first == 0:
        names = [lines_within(line.name, BOLD, _SMALL, cell - 6) for line in lines]
        head = max((len(name) for name in names), default=1) * _LEADING + 8
        rows = _rows(figure.places, first, told_width - 10, head, has_spine=has_spine)
        bottom = rows[-1].bottom if rows else head
        height = bottom + (_HALF + 3 if has_spine else 2)
        items: list[Item] = [*_head(names, spine + _PLACE + told_width, cell, head)]
        if has_findings:
            items.append(Words((spine + _PLACE, head - 6), "Reported there", _SMALL, BOLD, ACCENT))
        items.extend(_frame(rows, spine, width, head))
        if has_spine:
            items.extend(_bones(rows))
        for row in rows:
            items.extend(_place(row, spine, has_spine=has_spine))
            for number, line in enumerate(lines):
                centre = spine + _PLACE + told_width + cell * (number + 0.5)
                items.extend(_state(line.states[row.index], centre, row.middle))
        yield Drawing(width, height, tuple(items))
        first += max(1, len(rows))


def _rows(
    places: Sequence[MapPlace], first: int, width: float, head: float, *, has_spine: bool
) -> tuple[_Row, ...]:
    """The rows of one drawing, from place number `first` on."""
    rows: list[_Row] = []
    y = head + (_HALF + 4 if has_spine else 3)
    for index in range(first, len(places)):
        place = places[index]
        told = tuple(line for text in place.findings for line in lines_within(text, REGULAR, _SMALL, width))
        height = max(_ROW, len(told) * _LEADING + 8)
        if has_spine and rows and not _joined(rows[-1].place.place, place.place):
            y += _GAP
        if rows and y + height > TALLEST:
            break
        rows.append(_Row(index, place, told, y, y + height))
        y += height
    return tuple(rows)


def _bone_names(level: str) -> tuple[str, ...]:
    return (level,) if is_vertebra(level) else tuple(level.split("-"))


def _joined(above: str, below: str) -> bool:
    return _bone_names(above)[-1] == _bone_names(below)[0]


def _head(names: Sequence[Sequence[str]], left: float, cell: float, head: float) -> Iterator[Item]:
    for number, lines in enumerate(names):
        for place, line in enumerate(reversed(lines)):
            spot = (left + cell * (number + 0.5), head - 6 - place * _LEADING)
            yield Words(spot, line, _SMALL, BOLD, ACCENT, Anchor.MIDDLE)


def _frame(rows: Sequence[_Row], left: float, right: float, head: float) -> Iterator[Item]:
    yield Line((left, head), (right, head), ACCENT, 0.9)
    for row, following in pairwise(rows):
        middle = (row.bottom + following.top) / 2
        yield Line((left, middle), (right, middle), RULE, 0.35)
    if rows:
        yield Line((left, rows[-1].bottom), (right, rows[-1].bottom), ACCENT, 0.7)


def _place(row: _Row, left: float, *, has_spine: bool) -> Iterator[Item]:
    if has_spine:
        yield Line((left - 9, row.middle), (left - 2, row.middle), GREY, 0.5)
    yield Words((left + 3, row.middle + 3), row.place.place, 9.2, BOLD)
    top = row.middle - (len(row.told) - 1) * _LEADING / 2 + 2.6
    for number, line in enumerate(row.told):
        yield Words((left + _PLACE, top + number * _LEADING), line, _SMALL)


def _bones(rows: Sequence[_Row]) -> Iterator[Item]:
    """The vertebrae that the places name, joined where neighbours share one, with discs between them."""
    extents: list[tuple[str, float, float]] = []
    for row in rows:
        names = _bone_names(row.place.place)
        parts = [(names[0], row.top + 3, row.bottom - 3)]
        if len(names) == 2:
            parts = [
                (names[0], row.top - _HALF, row.middle - _DISC),
                (names[1], row.middle + _DISC, row.bottom + _HALF),
            ]
            yield _disc(row.middle)
        for name, top, bottom in parts:
            if extents and extents[-1][0] == name:
                extents[-1] = (name, extents[-1][1], max(bottom, extents[-1][2]))
            else:
                extents.append((name, top, bottom))
    for number, (name, top, bottom) in enumerate(extents):
        # Two bones of different places never run into each other.
        limit = extents[number + 1][1] - 2 if number + 1 < len(extents) else bottom
        yield from _bone(name, top, min(bottom, limit))


def _disc(middle: float) -> Item:
    edge = _DISC - 0.8
    return Shape(
        (
            (10, middle - edge),
            (40, middle - edge),
            (42, middle),
            (40, middle + edge),
            (10, middle + edge),
            (8, middle),
        ),
        _DISC_FILL,
    )


def _bone(name: str, top: float, bottom: float) -> Iterator[Item]:
    middle = (top + bottom) / 2
    narrow = 5.0 if name.startswith("S") else 0.0
    process: tuple[Point, ...] = (
        (40, middle - 5),
        (47, middle - 3),
        (56, middle + 3),
        (55, middle + 8),
        (47, middle + 4),
        (40, middle + 4),
    )
    yield Shape(process, _BONE, RULE, 0.6)
    body: tuple[Point, ...] = (
        (11, top),
        (39, top),
        (41.5, top + 2.5),
        (39.5 - narrow / 2, middle),
        (41.5 - narrow, bottom - 2.5),
        (39 - narrow, bottom),
        (11 + narrow, bottom),
        (8.5 + narrow, bottom - 2.5),
        (10.5 + narrow / 2, middle),
        (8.5, top + 2.5),
    )
    yield Shape(body, _BONE, GREY, 0.8)
    yield Words((25, middle + 2.6), name, _SMALL, BOLD, INK, Anchor.MIDDLE)


def _state(state: MarkState, x: float, y: float) -> Iterator[Item]:
    """The sign and, under it, the word."""
    sign = y - 5
    match state:
        case MarkState.GRANTED:
            yield Disc((x, sign), 6.2, fill=ACCENT)
            yield Line((x - 3, sign), (x - 0.8, sign + 2.6), "#FFFFFF", 1.4)
            yield Line((x - 0.8, sign + 2.6), (x + 3.2, sign - 2.6), "#FFFFFF", 1.4)
        case MarkState.NOT_ASKED:
            yield Disc((x, sign), 5.8, fill="#FFFFFF", stroke=INK, width=0.9)
            yield Line((x - 3, sign), (x + 3, sign), INK, 1.1)
        case MarkState.OPEN:
            yield Shape(box(x - 5.4, sign - 5.4, x + 5.4, sign + 5.4), TINT, GREY, 0.8)
            yield Words((x, sign + 2.9), "?", 8.4, BOLD, INK, Anchor.MIDDLE)
        case MarkState.ABSENT:
            yield Line((x - 4, sign), (x + 4, sign), RULE, 0.9)
    color = GREY if state is MarkState.ABSENT else INK
    font = BOLD if state is MarkState.GRANTED else REGULAR
    yield Words((x, y + 9.5), state.label, 6.9, font, color, Anchor.MIDDLE)
