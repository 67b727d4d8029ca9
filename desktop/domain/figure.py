"""Figures of a letter as frozen values: what is drawn, what it says in words, and the same as rows of a table.

A figure holds no coordinates: each renderer draws it, and where nothing can be drawn its rows are printed instead.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Literal

from desktop.domain.text import Text
from desktop.domain.value import Value


class MarkState(Enum):
    """What a level map shows of a service line at a place."""

    GRANTED = "granted"
    """The determination finds it necessary there."""
    NOT_ASKED = "not_asked"
    """It was requested there, and the letter does not ask for it."""
    OPEN = "open"
    """It was requested there and is not decided."""
    ABSENT = "absent"
    """It was not requested there."""

    @property
    def label(self) -> str:
        """The word beside the sign: a state is never told by colour alone."""
        return _MARK_LABELS[self]


_MARK_LABELS = {
    MarkState.GRANTED: "asked for",
    MarkState.NOT_ASKED: "not asked for",
    MarkState.OPEN: "undecided",
    MarkState.ABSENT: "not requested",
}


class MapPlace(Value):
    """A level, or a side where the service has no levels, with what the imaging reports there."""

    place: Text
    """`L4-L5`, `S1`, `left`."""
    findings: tuple[Text, ...] = ()
    """`hardware loosening (affirmed)`: finding and what the report says of it."""


class MapLine(Value):
    """A service line of the map: its name and its state at each place, in the order of the places."""

    service_line_id: Text
    name: Text
    states: tuple[MarkState, ...]


class LevelMap(Value):
    """The matrix of places by service lines, drawn beside the spine where the places are vertebral levels."""

    kind: Literal["level_map"] = "level_map"
    caption: Text
    places: tuple[MapPlace, ...]
    lines: tuple[MapLine, ...]
    is_spine: bool = True

    @property
    def alternative(self) -> str:
        """The figure in words, for readers who do not see it."""
        told = [
            f"{line.name}: "
            + ", ".join(
                f"{place.place} {state.label}" for place, state in zip(self.places, line.states, strict=True)
            )
            for line in self.lines
        ]
        return f"{self.caption}. " + "; ".join(told) + "."


class EventRow(Enum):
    """The rows of a treatment timeline, from top to bottom."""

    SURGERY = "surgery"
    IMAGING = "imaging"
    TREATMENT = "treatment"
    SCORE = "score"
    PAYER = "payer"
    SERVICE = "service"

    @property
    def label(self) -> str:
        """The words shown at the left of the row."""
        return "Scores" if self is EventRow.SCORE else self.value.capitalize()


class TimelineEvent(Value):
    """Something of the record with a day, or with a first and a last day."""

    row: EventRow
    label: Text
    starts_on: date
    ends_on: date | None = None
    source: Text = ""
    """The field path of the record."""


class Timeline(Value):
    """Dated events of the record, in order; what has no date is named beneath, never placed by guess."""

    kind: Literal["timeline"] = "timeline"
    caption: Text
    events: tuple[TimelineEvent, ...]
    undated: tuple[Text, ...] = ()

    @property
    def alternative(self) -> str:
        """The figure in words, for readers who do not see it."""
        told = [
            f"{event.starts_on.isoformat()}{f' to {event.ends_on.isoformat()}' if event.ends_on else ''}: {event.label}"
            for event in self.events
        ]
        return f"{self.caption}. " + "; ".join(told) + "."


Figure = LevelMap | Timeline
