"""The imaging table: study by study and level by level, what each report states and its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from desktop.domain.clinical import Assertion, Finding, ImagingStudy, Measurement
from desktop.domain.letter import BlockKind, LetterBlock, LetterRow, LetterTable, Provenance
from desktop.domain.quoted_levels import names_other_levels_only
from desktop.domain.service_line import Laterality, is_side
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import heading_row, record, row
from desktop.letters.wording import amount_text, long_date, lowered, one_line, opened, placed, quoted

NO_LEVEL = "–"


@dataclass(slots=True)
class _Stated:
    """What one study states at one place (a level, or several that share all their words)."""

    lines: dict[str, None] = field(default_factory=dict[str, None])
    quotes: dict[str, None] = field(default_factory=dict[str, None])
    origins: list[Provenance] = field(default_factory=list[Provenance])


def imaging_table(inputs: LetterInputs) -> LetterBlock | None:
    """Every study under its own line, then its findings and measurements; None without imaging."""
    studies = inputs.case.imaging
    if not studies:
        return None
    # A knee has no levels: there the rows are sides.
    is_by_side = not any(item.level for study in studies for item in (*study.findings, *study.measurements))
    columns = ("Side" if is_by_side else "Level", "What the report states", "Words of the report")
    rows = tuple(item for study in studies for item in _study(inputs, study, is_by_side=is_by_side))
    return LetterBlock(
        id=block_id(BlockKind.IMAGING),
        kind=BlockKind.IMAGING,
        heading="Imaging",
        table=LetterTable(columns=columns, widths=(0.10, 0.33, 0.57), rows=rows),
    )


def study_name(study: ImagingStudy) -> str:
    """`CT, lumbar spine, September 14, 2026`."""
    what = ", ".join(part for part in (one_line(study.modality), one_line(study.region)) if part)
    return f"{what or 'Imaging study'}, {long_date(study.performed_on)}"


def finding_name(finding: Finding) -> str:
    """The finding in the reviewer's words or by its kind, with its side where the words do not say it."""
    name = one_line(finding.label) or finding.kind.label
    return name if _says_side(finding, name) else f"{name}, {finding.laterality.value}"


def is_on_side(finding: Finding, sides: Collection[str]) -> bool:
    """Whether a finding bears on sides: on one of them, or on none that is named; on any without `sides`."""
    return not sides or not is_side(finding.laterality.value) or finding.laterality.value in sides


def finding_phrase(finding: Finding) -> str:
    """The finding for the middle of a sentence, with level and side: `stenosis at L4-L5 on the left`."""
    name = one_line(finding.label) or finding.kind.label
    sides = {Laterality.BILATERAL: ("left", "right"), Laterality.NONE: ()}
    named = sides.get(finding.laterality, (finding.laterality.value,))
    return placed(lowered(name), finding.level or "", named)


def _says_side(finding: Finding, name: str) -> bool:
    side, words = finding.laterality, set(re.findall(r"\w+", name.casefold()))
    is_both = side is Laterality.BILATERAL and ("both" in words or {"left", "right"} <= words)
    return side is Laterality.NONE or side.value in words or is_both


def _study(inputs: LetterInputs, study: ImagingStudy, *, is_by_side: bool) -> Iterator[LetterRow]:
    facility = one_line(study.facility) or "Facility not recorded"
    reader = f"read by {one_line(study.reader)}" if study.reader.strip() else "reader not recorded"
    document = inputs.case.document(study.document_id)
    report = inputs.short_mark(study.document_id) if document is not None else "report not recorded"
    empty = "" if study.findings or study.measurements else " No finding of this study is recorded."
    origin = record(f"imaging.{study.id}", study_name(study))
    yield heading_row(f"{study_name(study)}. {facility}; {reader}; {report}.{empty}", origin)
    series, single = _series(study.measurements)
    yield from _place_rows(study, single, is_by_side=is_by_side)
    for label, items in series.items():
        values = ", ".join(f"{item.level} {_value(item)}" for item in items)
        origins = (record(f"imaging.{study.id}.measurements.{item.id}", study_name(study)) for item in items)
        yield row(("Measured", f"{label}: {values}"), *origins)
    absent = [item for item in study.findings if item.assertion is Assertion.NEGATED]
    if absent:
        names = dict.fromkeys(
            f"{placed(lowered(finding_name(item)), item.level or '')}{_doubt(item)}" for item in absent
        )
        words = dict.fromkeys(quoted(item.quote) for item in absent if item.quote.strip())
        origins = (record(f"imaging.{study.id}.findings.{item.id}", study_name(study)) for item in absent)
        text = f"Stated to be absent: {'; '.join(names)}"
        # What is absent is one row, of a study of one side for that side.
        place = _side_said(study.region, study.region) if is_by_side else NO_LEVEL
        yield row((place, text, " ".join(words) or "words not recorded"), *origins)


def _series(
    measurements: Sequence[Measurement],
) -> tuple[dict[str, list[Measurement]], list[Measurement]]:
    """Measurements taken at several levels, by label, and the single ones."""
    by_label: dict[str, list[Measurement]] = {}
    for item in measurements:
        by_label.setdefault(one_line(item.label), []).append(item)
    # A line of values needs a level and a value for each, and the words of the report must add nothing to them.
    series = {
        label: items
        for label, items in by_label.items()
        if label and len({item.level for item in items}) > 1 and all(map(_is_plain, items))
    }
    return series, [item for item in measurements if one_line(item.label) not in series]


def _is_plain(item: Measurement) -> bool:
    is_stated = item.value is not None and format(item.value, "f") in item.quote
    return item.level is not None and is_stated and not _doubt(item)


def _doubt(item: Finding | Measurement) -> str:
    """Said where something is recorded at one level and the words quoted for it speak of others only."""
    is_elsewhere = item.level is not None and names_other_levels_only(item.quote, item.level)
    return " (recorded at this level; the words quoted name another)" if is_elsewhere else ""


def _value(item: Measurement) -> str:
    return amount_text(item.value, item.unit) if item.value is not None else "value not recorded"


def _side_said(words: str, region: str, side: Laterality = Laterality.NONE) -> str:
    """`Right` for what is recorded for one side, or names it, or is of a study of it; else the mark of no place."""
    named = {side.value} if side in (Laterality.LEFT, Laterality.RIGHT) else _sides_in(words)
    if not named and len(_sides_in(region)) == 1:
        named = _sides_in(region)
    if side is Laterality.BILATERAL or len(named) > 1:
        return "Both"
    return opened(*named) if named else NO_LEVEL


def _sides_in(words: str) -> set[str]:
    return {side for side in ("left", "right") if side in re.findall(r"\w+", words.casefold())}


def _place_rows(
    study: ImagingStudy, measurements: Sequence[Measurement], *, is_by_side: bool
) -> Iterator[LetterRow]:
    stated: dict[str, _Stated] = {}
    for finding in study.findings:
        if finding.assertion is not Assertion.NEGATED:
            is_open = finding.assertion is Assertion.UNCERTAIN
            label = one_line(finding.label) or finding.kind.label
            side = _side_said(label, study.region, finding.laterality) if is_by_side else ""
            name = label if side else finding_name(finding)
            _add(
                stated.setdefault(side or finding.level or NO_LEVEL, _Stated()),
                f"{name}{': left open by the report' if is_open else ''}{_doubt(finding)}",
                finding.quote,
                record(f"imaging.{study.id}.findings.{finding.id}", study_name(study)),
            )
    for item in measurements:
        side = _side_said(item.label, study.region) if is_by_side else ""
        _add(
            stated.setdefault(side or item.level or NO_LEVEL, _Stated()),
            f"{one_line(item.label) or 'Measured'}: {_value(item)}{_doubt(item)}",
            item.quote,
            record(f"imaging.{study.id}.measurements.{item.id}", study_name(study)),
        )
    shared: dict[tuple[str, ...], list[str]] = {}
    for level, entry in stated.items():
        shared.setdefault(tuple(entry.quotes) or (level,), []).append(level)
    for levels in shared.values():
        entries = [stated[level] for level in levels]
        at = [f" ({level})" if len(levels) > 1 else "" for level in levels]
        lines = [f"{line}{place}" for entry, place in zip(entries, at, strict=True) for line in entry.lines]
        quotes = _longest(tuple(entries[0].quotes))
        origins = (origin for entry in entries for origin in entry.origins)
        cells = (", ".join(levels), "\n".join(lines), " ".join(map(quoted, quotes)) or "words not recorded")
        yield row(cells, *origins)


def _add(entry: _Stated, line: str, words: str, origin: Provenance) -> None:
    entry.lines.setdefault(line)
    entry.origins.append(origin)
    if words.strip():
        entry.quotes.setdefault(one_line(words))


def _longest(quotes: tuple[str, ...]) -> tuple[str, ...]:
    """Quotations that no other one contains."""
    return tuple(item for item in quotes if not any(item in other for other in quotes if other != item))
