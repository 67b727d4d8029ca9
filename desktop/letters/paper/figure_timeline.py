"""Draws the treatment timeline: rows over a dated axis; with few events the words stand beside their marks.

With many, each mark carries a number, and the numbered list of events (figure_rows) says what it is; marks of one row
that would cover each other are drawn as one with a range of numbers. Nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.domain.figure import EventRow, Timeline, TimelineEvent
from desktop.letters.paper.drawing import Anchor, Disc, Drawing, Item, Line, Shape, Words, box, width_of
from desktop.letters.paper.fonts import BOLD, REGULAR
from desktop.letters.paper.styles import ACCENT, GREY, INK, TINT
from desktop.letters.wording import short_date

MOST_WORDED = 40
"""Events whose words may stand in the figure."""

TALLEST_WORDED = 380.0
MOST_LANES = 6
"""Lanes of numbered marks in a row, above which neighbours become one mark."""

_LABELS = 58.0
_LANE, _NUMBERED_LANE = 12.4, 11.4
_TEXT, _NUMBER = 7.2, 6.4
_MARK = 3.4
_ROOM_FOR_NUMBERS = 44.0
"""Points right of the last day for a range of numbers."""
_GRID = "#DCE0E3"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Dates to points."""

    first: date
    days: int
    left: float
    right: float

    def x(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self.first).days / self.days


@dataclass(slots=True)
class _Mark:
    """One mark with what stands beside it, in a lane of its row."""

    event: TimelineEvent
    text: str
    left: float
    right: float
    end: float
    """Where the mark with its words ends."""
    lane: int = 0
    last: int = 0
    """The number of the last event that it stands for."""


@dataclass(slots=True)
class _Lanes:
    marks: list[_Mark] = field(default_factory=list[_Mark])
    ends: list[float] = field(default_factory=list[float])


def in_order(figure: Timeline) -> tuple[TimelineEvent, ...]:
    """The events as they are numbered: row by row from the top, by date within a row."""
    rows = list(EventRow)
    return tuple(sorted(figure.events, key=lambda event: (rows.index(event.row), event.starts_on)))


def is_numbered(figure: Timeline, width: float) -> bool:
    """Whether the figure carries numbers in place of words, so that its rows must be printed with it."""
    return _worded(figure, width) is None


def timeline_drawing(figure: Timeline, width: float) -> Drawing | None:
    """The figure; None without a dated event."""
    if not figure.events:
        return None
    worded = _worded(figure, width)
    if worded is not None:
        return worded
    scale = _scale(figure, width, _ROOM_FOR_NUMBERS)
    return _drawn(width, scale, _numbered_rows(figure, scale), _NUMBERED_LANE)


def _worded(figure: Timeline, width: float) -> Drawing | None:
    """With words beside the marks; None where they have no room."""
    if len(figure.events) > MOST_WORDED or not figure.events:
        return None
    scale = _scale(figure, width)
    rows: dict[EventRow, _Lanes] = {}
    for event in in_order(figure):
        mark = _mark(event, " ".join(event.label.split()), scale, _TEXT)
        if mark.end > width:
            # At the right edge the words stand before their mark.
            mark.left -= mark.end - mark.right
            mark.end = mark.right
            if mark.left < scale.left:
                return None
        lanes = rows.setdefault(event.row, _Lanes())
        _put(lanes, mark, limit=None)
    drawing = _drawn(width, scale, rows, _LANE)
    return drawing if drawing.height <= TALLEST_WORDED else None


def _numbered_rows(figure: Timeline, scale: _Scale) -> dict[EventRow, _Lanes]:
    rows: dict[EventRow, _Lanes] = {}
    for number, event in enumerate(in_order(figure), start=1):
        mark = _mark(event, str(number), scale, _NUMBER)
        mark.last = number
        lanes = rows.setdefault(event.row, _Lanes())
        if not _put(lanes, mark, limit=MOST_LANES):
            before = lanes.marks[-1]
            before.last = number
            before.text = f"{before.text.split('-')[0]}-{number}"
            before.right = max(before.right, mark.right)
            before.end = _words_end(before)
            lanes.ends[before.lane] = before.end
    return rows


def _mark(event: TimelineEvent, text: str, scale: _Scale, size: float) -> _Mark:
    left, right = scale.x(event.starts_on), scale.x(_last_day(event))
    wide = width_of(text, REGULAR, size)
    return _Mark(event, text, left - _MARK, right + _MARK, right + _MARK + 2.5 + wide)


def _words_end(mark: _Mark) -> float:
    return mark.right + 2.5 + width_of(mark.text, REGULAR, _NUMBER)


def _put(lanes: _Lanes, mark: _Mark, limit: int | None) -> bool:
    """Put the mark into the first lane with room; False where all `limit` lanes are taken."""
    for number, end in enumerate(lanes.ends):
        if end + 4 <= mark.left:
            mark.lane = number
            break
    else:
        if limit is not None and len(lanes.ends) >= limit:
            return False
        mark.lane = len(lanes.ends)
        lanes.ends.append(0.0)
    lanes.ends[mark.lane] = mark.end
    lanes.marks.append(mark)
    return True


def _scale(figure: Timeline, width: float, room: float = 8.0) -> _Scale:
    first = min(event.starts_on for event in figure.events)
    last = max(_last_day(event) for event in figure.events)
    spare = timedelta(days=max(3, (last - first).days // 40))
    first = first - spare if first > date.min + spare else first
    last = last + spare if last < date.max - spare else last
    return _Scale(first, max(1, (last - first).days), _LABELS + 6, width - room)


def _last_day(event: TimelineEvent) -> date:
    return max(event.starts_on, event.ends_on or event.starts_on)


def _drawn(width: float, scale: _Scale, rows: dict[EventRow, _Lanes], lane_height: float) -> Drawing:
    items: list[Item] = []
    y = 2.0
    used = [row for row in EventRow if row in rows]
    bands: list[tuple[EventRow, float, float]] = []
    for number, row in enumerate(used):
        height = len(rows[row].ends) * lane_height + 5
        if number % 2 == 0:
            items.append(Shape(box(0, y, width, y + height), TINT))
        bands.append((row, y, height))
        y += height
    items.extend(_axis(scale, y))
    for row, top, height in bands:
        items.append(Words((4, top + height / 2 + 2.8), row.label, 8, BOLD, ACCENT))
        for mark in rows[row].marks:
            items.extend(_drawn_mark(mark, scale, top + 2.5 + (mark.lane + 0.5) * lane_height))
    return Drawing(width, y + 17, tuple(items))


def _drawn_mark(mark: _Mark, scale: _Scale, y: float) -> Iterator[Item]:
    start = scale.x(mark.event.starts_on)
    is_before = mark.end == mark.right and mark.last == 0
    size = _NUMBER if mark.last else _TEXT
    end = mark.right - _MARK
    if end - start > 0.5:
        yield Shape(box(start, y - 2.2, max(end, start + 1.5), y + 2.2), _FILLS[mark.event.row], INK, 0.5)
    else:
        yield _sign(mark.event.row, start, y)
    if is_before:
        yield Words((start - _MARK - 2.5, y + 2.5), mark.text, size, anchor=Anchor.END)
    else:
        yield Words((mark.right + 2.5, y + 2.5), mark.text, size)


_FILLS = {
    EventRow.SURGERY: INK,
    EventRow.IMAGING: ACCENT,
    EventRow.TREATMENT: "#B9C6CE",
    EventRow.SCORE: "#FFFFFF",
    EventRow.PAYER: GREY,
    EventRow.SERVICE: "#FFFFFF",
}


def _sign(row: EventRow, x: float, y: float) -> Item:
    """A form of its own for each row, so that marks differ without colour."""
    fill, edge = _FILLS[row], INK
    match row:
        case EventRow.SURGERY | EventRow.SERVICE:
            points = ((x, y - 4.2), (x + 4.2, y), (x, y + 4.2), (x - 4.2, y))
            return Shape(points, fill, edge, 0.8)
        case EventRow.IMAGING:
            return Shape(box(x - 3.2, y - 3.2, x + 3.2, y + 3.2), fill, edge, 0.6)
        case EventRow.PAYER:
            return Shape(((x, y - 3.8), (x + 4, y + 3.2), (x - 4, y + 3.2)), fill, edge, 0.6)
        case EventRow.TREATMENT | EventRow.SCORE:
            return Disc((x, y), 3.3, fill, edge, 0.8)


def _axis(scale: _Scale, bottom: float) -> Iterator[Item]:
    """Dated ticks, with a fine line through the rows."""
    yield Line((scale.left, bottom), (scale.right, bottom), ACCENT, 0.9)
    last_end = 0.0
    for day, text in _ticks(scale):
        x = scale.x(day)
        yield Line((x, 2), (x, bottom), _GRID, 0.5)
        yield Line((x, bottom), (x, bottom + 3), ACCENT, 0.9)
        half = width_of(text, REGULAR, _TEXT) / 2
        centre = min(max(x, scale.left + half - 6), scale.right + 8 - half)
        if centre - half > last_end:
            yield Words((centre, bottom + 11), text, _TEXT, color=GREY, anchor=Anchor.MIDDLE)
            last_end = centre + half + 4


def _ticks(scale: _Scale) -> Iterator[tuple[date, str]]:
    """Days on the axis: whole years, quarters, months or weeks, whichever gives a readable number."""
    last = date.fromordinal(min(scale.first.toordinal() + scale.days, date.max.toordinal()))
    if scale.days <= 75:
        step = 7 if scale.days > 20 else 2
        day = scale.first
        while day <= last:
            yield day, short_date(day)
            if day.toordinal() + step > date.max.toordinal():
                return
            day += timedelta(days=step)
        return
    months = next(
        (step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if scale.days / (30.4 * step) <= 9),
        6000,
    )
    month = scale.first.year * 12 + scale.first.month - 1
    month += -month % months
    while month <= last.year * 12 + last.month - 1:
        day = date(month // 12, month % 12 + 1, 1)
        if day >= scale.first:
            yield day, f"{day.year}" if months >= 12 else f"{short_date(day).split()[0]} {day.year}"
        month += months
