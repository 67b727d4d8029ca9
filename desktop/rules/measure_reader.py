"""Reads which recorded value answers a criterion (`measure`) and refuses one that could never answer it.

It must not look at a case: what the record holds is worked out elsewhere.
"""

from __future__ import annotations

from difflib import get_close_matches

from desktop.domain.criteria import Measure, MeasureKind, Threshold
from desktop.domain.window import TimeUnit
from desktop.rules.fields import FieldReader
from desktop.rules.schema import MEASURE_NAMES, NAMED_MEASURES, UNNAMED_MEASURES, values_of
from desktop.rules.units import VISITS, same_unit, time_unit_of

_KIND_WORDS = ", ".join(values_of(MeasureKind))
_EXAMPLES = {
    MeasureKind.TREATMENT: "treatment.physical_therapy",
    MeasureKind.SCORE: "score.odi",
    MeasureKind.FACT: "fact.bmi",
    MeasureKind.MEASUREMENT: "measurement.translation",
}
_TIMES = "days, weeks, months or years"


def read_measure(fields: FieldReader, threshold: Threshold | None) -> Measure | None:
    """The measure of a criterion, held against its threshold; None when there is none or it cannot be meant."""
    text = fields.text("measure")
    if not text:
        return None
    measure = _parsed(fields, text)
    if fields.value("threshold") is None:
        fields.problems.add(
            fields.line("measure"),
            f"`measure: {text}` stands without a threshold, so a recorded value decides nothing.",
            'Add `threshold:` with comparison, number and unit, for example `">= 6 weeks"`, or leave `measure` out.',
        )
    if measure is not None and threshold is not None:
        _hold_against(fields, measure, threshold)
    return measure


def _parsed(fields: FieldReader, text: str) -> Measure | None:
    word, _, name = (part.strip() for part in text.partition("."))
    kind = next((item for item in MeasureKind if item.value == word), None)
    line = fields.line("measure")
    if kind is None:
        near = get_close_matches(word, values_of(MeasureKind), n=1)
        fix = f"Write `{text.replace(word, near[0], 1)}`." if near else f"Begin with one of: {_KIND_WORDS}."
        fields.problems.add(line, f"`measure` is `{text}`, which is not a recorded value.", fix)
        return None
    if kind in UNNAMED_MEASURES and "." in text:
        fields.problems.add(line, f"`measure: {word}` takes no name after it.", f"Write `measure: {word}`.")
        return None
    if not name and (kind in NAMED_MEASURES or "." in text):
        known = MEASURE_NAMES[kind]
        fields.problems.add(
            line,
            f"`measure: {text}` does not say which one.",
            f"Write one of: {', '.join(f'{word}.{item}' for item in known)}."
            if known
            else f"Write the name after a dot, for example `{_EXAMPLES.get(kind, 'imaging_age.ct')}`.",
        )
        return None
    if MEASURE_NAMES[kind] and name not in MEASURE_NAMES[kind]:
        near = get_close_matches(name, MEASURE_NAMES[kind], n=1)
        fix = f"Write `{word}.{near[0]}`." if near else f"Use one of: {', '.join(MEASURE_NAMES[kind])}."
        fields.problems.add(line, f"`measure: {text}` names a {word} that is unknown.", fix)
        return None
    return Measure(kind=kind, name=name)


def _hold_against(fields: FieldReader, measure: Measure, threshold: Threshold) -> None:
    unit = time_unit_of(threshold.unit)
    match measure.kind:
        case MeasureKind.AGE:
            fits, wanted = unit is TimeUnit.YEARS, "years"
        case MeasureKind.TREATMENT:
            fits, wanted = unit is not None or same_unit(threshold.unit, VISITS), f"{_TIMES}, or {VISITS}"
        case MeasureKind.SINCE_SURGERY | MeasureKind.IMAGING_AGE:
            fits, wanted = unit is not None, _TIMES
        case _:
            return  # scores, facts and measurements carry the unit that was recorded with them
    if not fits:
        fields.problems.add(
            fields.line("threshold"),
            f"The record gives `{measure.caption}` in {wanted}, and the threshold asks for {threshold.unit}.",
            f"Write the threshold in {wanted}, or leave `measure` out.",
        )
