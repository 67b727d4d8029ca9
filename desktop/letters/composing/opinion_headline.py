"""The conclusion of an opinion, one sentence for each service line, for each kind of reader; the facts never differ."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.audience import Audience
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, Provenance
from desktop.domain.service_line import ServiceLine, is_side
from desktop.domain.truth import Truth
from desktop.domain.vertebra import touches_any
from desktop.letters.composing.criteria import set_name
from desktop.letters.composing.criteria_tree import levels_argued
from desktop.letters.composing.open_points import open_points
from desktop.letters.composing.patient_words import (
    FINDINGS,
    place_of_findings,
    plain_service,
    plain_study,
    region_words,
)
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, trace
from desktop.letters.wording import counted, listed, long_date, lowered, one_line, opened, service_name, where

_DECIDED = {
    Decision.NECESSARY: "medically necessary",
    Decision.NECESSARY_IN_PART: "medically necessary in part",
    Decision.NOT_NECESSARY: "not medically necessary",
    Decision.CANNOT_DETERMINE: "medical necessity cannot be determined on this record",
    Decision.UNDECIDED: "not decided yet",
}
_PLAIN = {
    Decision.NECESSARY: "We think that you need this care",
    Decision.NECESSARY_IN_PART: "We think that you need part of this care",
    Decision.NOT_NECESSARY: "Your records do not show that you need this care",
    Decision.CANNOT_DETERMINE: "Your records do not tell us enough yet",
    Decision.UNDECIDED: "We have not decided yet",
}
_OF_PLAIN_PLACES = (FindingKind.OTHER, FindingKind.SOLID_FUSION)


@dataclass(frozen=True, slots=True)
class _Why:
    """The ground of a conclusion in one clause, for professionals and in plain words, with where it comes from."""

    words: str
    plain: str
    origins: tuple[Provenance, ...]
    source: str = ""
    """The study that reports it, with its day."""


def headline(inputs: LetterInputs) -> LetterBlock | None:
    """One sentence for each service line: the decision, where, and why; None without a service line."""
    lines = inputs.case.service_lines
    if not lines:
        return None
    is_plain = inputs.settings.audience is Audience.PATIENT
    told = [_plain(inputs, line) if is_plain else _told(inputs, line) for line in lines]
    return LetterBlock(
        id=block_id(BlockKind.HEADLINE),
        kind=BlockKind.HEADLINE,
        heading="Our answer" if is_plain else "Conclusion",
        paragraphs=tuple(told),
    )


def _told(inputs: LetterInputs, line: ServiceLine) -> LetterParagraph:
    why = _why(inputs, line)
    decided = _DECIDED[inputs.decision(line).decision]
    place = _place(inputs, line)
    text = f"{service_name(line)}: {decided}{place}{f', because {why.words}' if why else ''}."
    if why is not None and why.source:
        text += f" Report: {why.source}."
    return paragraph(text, *_origins(line, why))


def _plain(inputs: LetterInputs, line: ServiceLine) -> LetterParagraph:
    why = _why(inputs, line)
    regions = region_words(inputs.granted_levels(line))
    decided = _PLAIN[inputs.decision(line).decision]
    place = f"{_place(inputs, line)}{f' {regions}' if regions else ''}"
    text = f"{opened(plain_service(line))}: {decided}{place}."
    if why:
        text += f" {opened(why.plain)}."
    return paragraph(text, *_origins(line, why))


def _place(inputs: LetterInputs, line: ServiceLine) -> str:
    granted, rest = inputs.where_granted(line), inputs.where_left_out(line)
    if line not in inputs.granted_lines:
        requested = where(line.levels, line.sides)
        return f" {requested}" if requested else ""
    return "".join((f" {granted}" if granted else "", f", not {rest}" if rest else ""))


def _origins(line: ServiceLine, why: _Why | None) -> tuple[Provenance, ...]:
    own = (record(f"determination.{line.id}", "Determination"), form("opinion.headline"))
    return (*own, *(why.origins if why is not None else ()))


def _why(inputs: LetterInputs, line: ServiceLine) -> _Why | None:
    if line in inputs.granted_lines:
        return _by_findings(inputs, line) or _by_criteria(inputs, line)
    if inputs.decision(line).decision is Decision.UNDECIDED:
        return None
    return _by_open_points(inputs, line)


def _by_findings(inputs: LetterInputs, line: ServiceLine) -> _Why | None:
    """What the study with most findings where the line is granted reports there."""
    best = max(inputs.case.imaging, key=lambda study: len(_here(inputs, line, study)), default=None)
    found = _here(inputs, line, best) if best is not None else ()
    if best is None or not found:
        return None
    kinds: dict[FindingKind, list[Finding]] = {}
    for item in found:
        kinds.setdefault(item.kind, []).append(item)
    places = {kind: place_of_findings(items) for kind, items in kinds.items()}
    words = listed(f"{lowered(kind.label)} {places[kind]}".rstrip() for kind in kinds)
    plain = listed(f"{FINDINGS[kind]} {places[kind]}".rstrip() for kind in kinds)
    study = ", ".join(
        part
        for part in (
            one_line(best.modality) or "imaging",
            long_date(best.performed_on) if best.performed_on else "",
        )
        if part
    )
    origins = tuple(
        record(f"imaging.{best.id}.findings.{item.id}", one_line(best.modality)) for item in found
    )
    return _Why(f"imaging reports {words}", f"the {plain_study(best)} found {plain}", origins, study)


def _here(inputs: LetterInputs, line: ServiceLine, study: ImagingStudy) -> tuple[Finding, ...]:
    """Affirmed findings that have a name, at a level or side that is granted."""
    levels, sides = inputs.granted_levels(line), inputs.granted_sides(line)
    return tuple(
        item
        for item in study.findings
        if item.assertion is Assertion.AFFIRMED
        and item.kind not in _OF_PLAIN_PLACES
        and (not levels or touches_any(item.level, levels))
        and (not sides or not is_side(item.laterality.value) or item.laterality.value in sides)
    )


def _by_criteria(inputs: LetterInputs, line: ServiceLine) -> _Why | None:
    """The first set that is met where the line is granted."""
    for item in inputs.traces_of(line):
        if all(level.truth is Truth.TRUE for level in levels_argued(inputs, line, item)):
            name = set_name(item)
            there = " there" if inputs.where_granted(line) else ""
            return _Why(
                f"the criteria of “{name}” are established{there}",
                f"the rules of “{name}” are met{there}",
                (trace(item, "root"),),
            )
    return None


def _by_open_points(inputs: LetterInputs, line: ServiceLine) -> _Why | None:
    """How many criteria decide and are not met, and how many are not settled."""
    points = list(open_points(inputs, line))
    if not points:
        return None
    unmet = sum(item.node.truth is Truth.FALSE for item in points)
    numbers = [
        (unmet, "not met", "not met"),
        (len(points) - unmet, "not settled by the record", "still open"),
    ]
    came_out = [(number, "is" if number == 1 else "are", *words) for number, *words in numbers if number]
    said = [f"{counted(number, 'criterion')} {verb} {words}" for number, verb, words, _ in came_out]
    plain = [f"{counted(number, 'point')} {verb} {words}" for number, verb, _, words in came_out]
    origins = tuple(trace(item.evaluation, item.node.id, item.node.subject) for item in points)
    return _Why(
        listed(said),
        listed(plain),
        origins,
    )
