"""A figure of a letter as drawings and as rows of a table; the rows say everything that the drawing shows."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.figure import Figure, LevelMap, Timeline
from desktop.domain.letter import LetterRow, LetterTable, OriginKind, Provenance
from desktop.letters.paper.drawing import Drawing, Words
from desktop.letters.paper.figure_level_map import level_map_drawings
from desktop.letters.paper.figure_timeline import in_order, is_numbered, timeline_drawing
from desktop.letters.wording import date_span, short_date


def drawings_of(figure: Figure, width: float) -> tuple[Drawing, ...]:
    """The figure drawn for a column of `width` points, each drawing short enough for a page."""
    if isinstance(figure, LevelMap):
        return level_map_drawings(figure, width) if figure.places else ()
    drawing = timeline_drawing(figure, width)
    return (drawing,) if drawing else ()


def needs_rows(figure: Figure, width: float) -> bool:
    """Whether the drawing cannot be read without the rows of the figure."""
    return isinstance(figure, Timeline) and bool(figure.events) and is_numbered(figure, width)


def rows_of(figure: Figure) -> LetterTable:
    """The figure as a table."""
    return _map_rows(figure) if isinstance(figure, LevelMap) else _timeline_rows(figure)


def figure_texts(figure: Figure) -> Iterator[str]:
    """Every text of the figure, drawn or in its rows."""
    yield figure.caption
    table = rows_of(figure)
    yield from table.columns
    for row in table.rows:
        yield from row.cells
    if isinstance(figure, Timeline):
        yield undated_text(figure)
        yield from (event.row.label for event in figure.events)


def figure_words(figure: Figure, width: float) -> Iterator[str]:
    """The words as they are drawn, the days of an axis in order: what a reader of the page finds beside the rows."""
    for drawing in drawings_of(figure, width):
        yield from (item.text for item in drawing.items if isinstance(item, Words))


def undated_text(figure: Timeline) -> str:
    """What has no date and is therefore not drawn, in one sentence; empty for none."""
    return (
        f"Without a date in the record, and therefore not drawn: {'; '.join(figure.undated)}."
        if figure.undated
        else ""
    )


def _map_rows(figure: LevelMap) -> LetterTable:
    has_findings = any(place.findings for place in figure.places)
    columns = ("Level" if figure.is_spine else "Place", *(("Reported there",) if has_findings else ()))
    rows: list[LetterRow] = []
    for index, place in enumerate(figure.places):
        told = ("; ".join(place.findings),) if has_findings else ()
        states = tuple(line.states[index].label for line in figure.lines)
        rows.append(_row((place.place, *told, *states)))
    widths = (1.0, *((3.0,) if has_findings else ()), *(1.6 for _ in figure.lines))
    return LetterTable(
        columns=(*columns, *(line.name for line in figure.lines)), widths=widths, rows=tuple(rows)
    )


def _timeline_rows(figure: Timeline) -> LetterTable:
    rows = tuple(
        _row(
            (
                str(number),
                date_span(event.starts_on, event.ends_on) if event.ends_on else short_date(event.starts_on),
                event.row.label,
                event.label,
            )
        )
        for number, event in enumerate(in_order(figure), start=1)
    )
    return LetterTable(columns=("No.", "Date", "Kind", "Event"), widths=(0.5, 2.0, 1.1, 5.4), rows=rows)


def _row(cells: tuple[str, ...]) -> LetterRow:
    return LetterRow(
        cells=cells, provenance=(Provenance(kind=OriginKind.RECORD, ref="figure", label="Figure"),)
    )
