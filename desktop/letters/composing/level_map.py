"""The level map: where each service is asked for, and what the imaging reports there; pure, built from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.domain.clinical import Assertion, Finding, ImagingStudy
from desktop.domain.determination import Decision
from desktop.domain.figure import LevelMap, MapLine, MapPlace, MarkState
from desktop.domain.letter import BlockKind, LetterBlock, Provenance
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.vertebra import level_order, touches
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import code_text, counted, is_named_in, one_line, opened, service_name

MOST_LINES = 8
"""Services that a map shows side by side; the others are left to the table of services."""

MOST_PLACES = 25
"""As many as a spine has vertebrae."""

MOST_FINDINGS = 4
"""Findings named at one place; the table of imaging has them all."""

SAID = {
    Assertion.AFFIRMED: "",
    Assertion.NEGATED: " (stated to be absent)",
    Assertion.UNCERTAIN: " (left open)",
}


def level_map(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock | None:
    """The map as a block; None where it is switched off or shows nothing that a sentence does not."""
    if not inputs.settings.has_figures:
        return None
    figure = level_map_of(inputs)
    if figure is None:
        return None
    shown = {line.service_line_id for line in figure.lines}
    lines = [line for line in inputs.case.service_lines if line.id in shown]
    origins: list[Provenance] = [record(f"service_lines.{line.id}", "Service line") for line in lines]
    origins.extend(record(f"determination.{line.id}", "Determination") for line in lines)
    origins.extend(
        record(f"imaging.{study.id}", study.caption or "Imaging study") for study in inputs.case.imaging
    )
    what = "level" if figure.is_spine else "side"
    text = f"For each {what}: what was requested and what this letter asks for."
    if inputs.case.imaging:
        text = (
            f"For each {what}: what was requested, what this letter asks for, and what the reports of imaging state "
            "there. The words of the reports stand under “Imaging”."
        )
    rest = len(_placed(inputs, is_spine=figure.is_spine)) - len(lines)
    if rest > 0:
        text += f" {counted(rest, 'further service')} stand in the table at the beginning only."
    return LetterBlock(
        id=block_id(BlockKind.LEVEL_MAP),
        kind=BlockKind.LEVEL_MAP,
        heading="Level by level" if figure.is_spine else "Side by side",
        paragraphs=(paragraph(text, *origins, form("level_map")),),
        figure=figure,
    )


def level_map_of(inputs: LetterInputs) -> LevelMap | None:
    """The matrix of places by services; None with fewer than two places."""
    is_spine = any(line.levels for line in inputs.case.service_lines)
    placed = _placed(inputs, is_spine=is_spine)
    lines = sorted(placed, key=lambda line: line not in inputs.granted_lines)[:MOST_LINES]
    places = _levels(inputs, lines) if is_spine else _sides(lines)
    if len(places) < 2:
        return None
    return LevelMap(
        caption="Services and findings by level" if is_spine else "Services and findings by side",
        places=tuple(MapPlace(place=place, findings=_findings_at(inputs, place, places)) for place in places),
        lines=tuple(
            MapLine(
                service_line_id=line.id,
                name=_name(line),
                states=tuple(_state(inputs, line, place, is_spine=is_spine) for place in places),
            )
            for line in lines
        ),
        is_spine=is_spine,
    )


def _placed(inputs: LetterInputs, *, is_spine: bool) -> list[ServiceLine]:
    return [line for line in inputs.case.service_lines if (line.levels if is_spine else line.sides)]


def _name(line: ServiceLine) -> str:
    label = one_line(line.label)
    return f"{label} ({code_text(line)})" if label and code_text(line) else service_name(line)


def _levels(inputs: LetterInputs, lines: Sequence[ServiceLine]) -> tuple[str, ...]:
    """Requested levels, and those of findings that touch none of them, from head to sacrum."""
    asked = dict.fromkeys(level for line in lines for level in line.levels)
    found = (
        finding.level
        for finding in _findings(inputs)
        if finding.level is not None and not any(touches(finding.level, level) for level in asked)
    )
    # A level in question comes before one that a report merely mentions, where there is no room for both.
    kept = list(dict.fromkeys((*asked, *found)))[:MOST_PLACES]
    return tuple(sorted(kept, key=level_order))


def _sides(lines: Sequence[ServiceLine]) -> tuple[str, ...]:
    asked = {side for line in lines for side in line.sides}
    return tuple(side for side in (Laterality.LEFT.value, Laterality.RIGHT.value) if side in asked)


def _state(inputs: LetterInputs, line: ServiceLine, place: str, *, is_spine: bool) -> MarkState:
    if place not in (line.levels if is_spine else line.sides):
        return MarkState.ABSENT
    if inputs.decision(line).decision is Decision.UNDECIDED:
        return MarkState.OPEN
    granted = inputs.granted_levels(line) if is_spine else inputs.granted_sides(line)
    return MarkState.GRANTED if place in granted else MarkState.NOT_ASKED


def _findings(inputs: LetterInputs) -> Iterable[Finding]:
    return (finding for study in inputs.case.imaging for finding in study.findings)


def _findings_at(inputs: LetterInputs, place: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """What the reports state at a place: `Nonunion`, `Screw loosening, S1`, `Early nonunion (left open)`."""
    told: dict[str, None] = {}
    for study in inputs.case.imaging:
        for finding in study.findings:
            where = _where(study, finding, place, places)
            if where is not None:
                name = one_line(finding.label) or finding.kind.label
                told.setdefault(f"{opened(name)}{where}{SAID[finding.assertion]}")
    names = list(told)
    rest = len(names) - MOST_FINDINGS
    return (*names[:MOST_FINDINGS], f"and {rest} more") if rest > 0 else tuple(names)


def _where(study: ImagingStudy, finding: Finding, place: str, places: tuple[str, ...]) -> str | None:
    """What to say of a finding's own place at a place of the map; None where it does not belong there."""
    if place in (Laterality.LEFT.value, Laterality.RIGHT.value):
        side = finding.laterality.value
        if finding.laterality is Laterality.NONE:
            # A report of one side says it once, in its region.
            named = [item for item in ("left", "right") if item in study.region.casefold().split()]
            side = named[0] if len(named) == 1 else ""
        return "" if side in (place, Laterality.BILATERAL.value) else None
    level = finding.level
    if level is None or not touches(level, place):
        return None
    name = one_line(finding.label) or finding.kind.label
    if level == place or is_named_in(level, name):
        return ""
    # A bone that is a place of its own is told there.
    return None if level in places else f", {level}"
