"""What the spine picture shows, as plain values made from a case and its traces; it must not paint or decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from desktop.domain.case import Case
from desktop.domain.clinical import Assertion, Finding, FindingKind
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import Laterality
from desktop.domain.truth import Truth, all_of
from desktop.domain.vertebra import VERTEBRAE, is_vertebra, level_order

_INDEX = {name: index for index, name in enumerate(VERTEBRAE)}

HARDWARE = frozenset(
    {FindingKind.LOOSENING, FindingKind.HARDWARE_FRACTURE, FindingKind.HARDWARE_DISPLACEMENT}
)
"""Findings that can only be said of an implant, so that one is drawn where they are named."""

_CONTRARY = {
    FindingKind.NONUNION: FindingKind.SOLID_FUSION,
    FindingKind.SOLID_FUSION: FindingKind.NONUNION,
}
"""Findings that cannot both be there: two reports that affirm one each disagree."""

_WORDS = {
    FindingKind.LOOSENING: "loose",
    FindingKind.HARDWARE_FRACTURE: "broken hardware",
    FindingKind.HARDWARE_DISPLACEMENT: "displaced hardware",
    FindingKind.NONUNION: "nonunion",
    FindingKind.SOLID_FUSION: "solid",
    FindingKind.STENOSIS: "stenosis",
    FindingKind.INSTABILITY: "unstable",
    FindingKind.INFECTION: "infection",
    FindingKind.DISC_HERNIATION: "herniated disc",
    FindingKind.SPONDYLOLISTHESIS: "slipped",
    FindingKind.CORD_COMPRESSION: "cord compressed",
    FindingKind.SCOLIOSIS: "scoliosis",
    FindingKind.VERTEBRAL_FRACTURE: "fractured",
}
_SIDES = {Laterality.LEFT: " L", Laterality.RIGHT: " R", Laterality.BILATERAL: " both", Laterality.NONE: ""}


class Tone(Enum):
    """How a mark is coloured; always together with its icon and word."""

    FAULT = "fault"
    SOUND = "sound"
    UNCERTAIN = "uncertain"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class SpineMark:
    """One finding at a level, in a word or two. `is_disputed`: another report says otherwise."""

    kind: FindingKind
    assertion: Assertion
    word: str
    tone: Tone
    icon: str
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class SpineLine:
    """A service line: its short name, its levels, and what a criteria set gives for each."""

    service_line_id: str
    caption: str
    set_title: str
    truth: Truth | None
    levels: tuple[str, ...]
    truths: Mapping[str, Truth] = field(default_factory=dict[str, Truth])

    def truth_at(self, level: str) -> Truth | None:
        """The result at a level; None where the line does not ask for it or nothing was evaluated."""
        return self.truths.get(level)


@dataclass(frozen=True, slots=True)
class SpineModel:
    """Bones from the head down, marks by level, and the service lines. Without bones there is nothing to draw."""

    bones: tuple[str, ...] = ()
    marks: Mapping[str, tuple[SpineMark, ...]] = field(default_factory=dict[str, tuple[SpineMark, ...]])
    lines: tuple[SpineLine, ...] = ()
    screws: frozenset[str] = frozenset()
    """Bones in which a finding speaks of hardware."""

    @property
    def is_empty(self) -> bool:
        """Whether the case names no spinal level at all."""
        return not self.bones

    @property
    def levels(self) -> tuple[str, ...]:
        """Bones and the segments between them, from the head down: the rows of the picture."""
        rows: list[str] = []
        for index, bone in enumerate(self.bones):
            rows.append(bone)
            if index + 1 < len(self.bones):
                rows.append(f"{bone}-{self.bones[index + 1]}")
        return tuple(rows)

    def says_something_of(self, level: str) -> bool:
        """Whether a finding or a service line names the level."""
        return level in self.marks or any(level in line.levels for line in self.lines)


def spine_model(case: Case, traces: Iterable[EvaluationTrace] = (), set_id: str | None = None) -> SpineModel:
    """The picture of a case. Results are those of `set_id`, or of the first set evaluated for each line."""
    chosen: dict[str, EvaluationTrace] = {}
    for trace in traces:
        if set_id is None or trace.set_id == set_id:
            chosen.setdefault(trace.service_line_id, trace)
    lines = tuple(
        _line(line.id, line.code or line.label or "line", line.levels, chosen.get(line.id))
        for line in case.service_lines
        if line.levels
    )
    findings = [finding for study in case.imaging for finding in study.findings if finding.level]
    named = {finding.level for finding in findings if finding.level}
    named.update(level for line in lines for level in line.levels)
    named.update(level for surgery in case.history.prior_surgeries for level in surgery.levels)
    return SpineModel(_region(named), _marks(findings), lines, _screws(findings))


def _line(line_id: str, caption: str, levels: tuple[str, ...], trace: EvaluationTrace | None) -> SpineLine:
    if trace is None:
        return SpineLine(line_id, caption, "", None, levels)
    # A set asked side by side has several results for a level; the level is met where all of them are.
    truths = {
        level: all_of(result.truth for result in trace.levels if result.level == level)
        for level in dict.fromkeys(result.level for result in trace.levels)
        if level
    }
    # A set that asks nothing per level has one result, which is that of every level of the line.
    for result in trace.levels:
        if not result.level:
            truths.update({level: result.truth for level in levels if level not in truths})
    return SpineLine(line_id, caption, trace.set_title, trace.truth, levels, truths)


def _marks(findings: list[Finding]) -> dict[str, tuple[SpineMark, ...]]:
    said: dict[tuple[str, FindingKind], set[Assertion]] = {}
    for finding in findings:
        said.setdefault((finding.level or "", finding.kind), set()).add(finding.assertion)
    result: dict[str, list[SpineMark]] = {}
    for finding in findings:
        level = finding.level or ""
        mark = _mark(finding, is_disputed=_is_disputed(finding, said))
        marks = result.setdefault(level, [])
        if mark not in marks:
            marks.append(mark)
    return {level: tuple(result[level]) for level in sorted(result, key=level_order)}


def _is_disputed(finding: Finding, said: Mapping[tuple[str, FindingKind], set[Assertion]]) -> bool:
    level = finding.level or ""
    if len(said[level, finding.kind]) > 1:
        return True
    contrary = _CONTRARY.get(finding.kind)
    return (
        contrary is not None
        and finding.assertion is Assertion.AFFIRMED
        and Assertion.AFFIRMED in said.get((level, contrary), set())
    )


def _mark(finding: Finding, *, is_disputed: bool) -> SpineMark:
    word = _WORDS.get(finding.kind) or finding.label or finding.kind.label.lower()
    word += _SIDES[finding.laterality]
    match finding.assertion:
        case Assertion.UNCERTAIN:
            tone, icon, word = Tone.UNCERTAIN, "tilde", f"{word}?"
        case Assertion.NEGATED:
            tone, icon, word = Tone.QUIET, "dash", f"not {word}"
        case Assertion.AFFIRMED if finding.kind is FindingKind.SOLID_FUSION:
            tone, icon = Tone.SOUND, "check"
        case Assertion.AFFIRMED if finding.kind is FindingKind.OTHER:
            tone, icon = Tone.QUIET, "info"
        case Assertion.AFFIRMED:
            tone, icon = Tone.FAULT, "warning"
    return SpineMark(finding.kind, finding.assertion, word, tone, icon, is_disputed)


def _screws(findings: list[Finding]) -> frozenset[str]:
    bones = {
        bone
        for finding in findings
        if finding.kind in HARDWARE and finding.level
        for bone in finding.level.split("-")
    }
    return frozenset(bones)


def _region(levels: set[str]) -> tuple[str, ...]:
    """The bones that the levels name and one neighbour on either side."""
    named = [_INDEX[bone] for level in levels for bone in level.split("-")]
    if not named:
        return ()
    first, last = max(min(named) - 1, 0), min(max(named) + 1, len(VERTEBRAE) - 1)
    return VERTEBRAE[first : last + 1]


def summary_rows(model: SpineModel) -> tuple[tuple[str, ...], ...]:
    """The picture as a table: a header, then level, findings, and the result of each service line."""
    header = (
        "Level",
        "Findings",
        *(f"{line.caption} ({line.set_title or 'not evaluated'})" for line in model.lines),
    )
    rows: list[tuple[str, ...]] = [header]
    words = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}
    for level in model.levels:
        if not model.says_something_of(level):
            continue
        marks = "; ".join(
            f"{mark.word} (reports disagree)" if mark.is_disputed else mark.word
            for mark in model.marks.get(level, ())
        )
        cells = [
            words[truth]
            if (truth := line.truth_at(level)) is not None
            else ("asked for" if level in line.levels else "not asked for")
            for line in model.lines
        ]
        rows.append((level, marks or "no finding recorded", *cells))
    return tuple(rows)


def spoken_row(model: SpineModel, level: str) -> str:
    """One row of the table as a sentence for a screen reader."""
    header, *rows = summary_rows(model)
    row = next((cells for cells in rows if cells[0] == level), None)
    if row is None:
        kind = "vertebra" if is_vertebra(level) else "segment"
        return f"{level}, {kind}: nothing recorded"
    return "; ".join(
        f"{name}: {cell}" if name != "Level" else cell for name, cell in zip(header, row, strict=True)
    )
