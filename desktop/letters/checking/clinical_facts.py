"""The clinical record as facts: imaging, surgery, treatments, scores, and the time between them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.domain.case import Case
from desktop.domain.clinical import Assertion, FactKind, FindingKind, ImagingStudy, TreatmentKind
from desktop.domain.service_line import Laterality, level_range
from desktop.letters.checking.fact_making import (
    FIELD,
    day_words,
    durations,
    field_fact,
    text_facts,
    with_levels,
    writer_of,
)
from desktop.letters.checking.facts import Fact, fact_from
from desktop.letters.checking.frames import Frame
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import amount_text, short_date

_SIDES = re.compile(r"\b(?:left|right|both|bilateral)\b", re.IGNORECASE)
_FINDING_WORDS: dict[FindingKind, tuple[str, ...]] = {
    FindingKind.LOOSENING: ("#loosening", "#screw"),
    FindingKind.HARDWARE_FRACTURE: ("#broken", "#screw", "#rod"),
    FindingKind.HARDWARE_DISPLACEMENT: ("#displaced", "#screw"),
    FindingKind.NONUNION: ("#nonunion",),
    FindingKind.SOLID_FUSION: ("#solid", "#fusion"),
    FindingKind.STENOSIS: ("#stenosis",),
    FindingKind.INSTABILITY: ("#instability",),
    FindingKind.INFECTION: ("#infection",),
    FindingKind.DISC_HERNIATION: ("#herniation",),
    FindingKind.SPONDYLOLISTHESIS: ("#slip",),
    FindingKind.CORD_COMPRESSION: ("#cord",),
    FindingKind.SCOLIOSIS: ("#scoliosis",),
    FindingKind.VERTEBRAL_FRACTURE: ("#broken",),
    FindingKind.OSTEOARTHRITIS: ("#arthritis",),
    FindingKind.OSTEONECROSIS: ("#arthritis",),
}
_TREATMENT_WORDS: dict[TreatmentKind, tuple[str, ...]] = {
    TreatmentKind.PHYSICAL_THERAPY: ("#therapy", "#visit"),
    TreatmentKind.HOME_EXERCISE: ("#home",),
    TreatmentKind.INJECTION: ("#injection",),
    TreatmentKind.BRACE: ("#brace",),
    TreatmentKind.BONE_STIMULATOR: ("#stimulator",),
}
_FACT_WORDS: dict[FactKind, tuple[str, ...]] = {
    FactKind.COTININE: ("#cotinine", "#tobacco"),
    FactKind.TOBACCO: ("#tobacco",),
    FactKind.HBA1C: ("#hba1c",),
    FactKind.BONE_DENSITY: ("#dxa",),
    FactKind.BMI: ("#bmi",),
}
_STANCES = {Assertion.AFFIRMED: "", Assertion.NEGATED: "negated", Assertion.UNCERTAIN: "uncertain"}


def clinical_facts(inputs: LetterInputs) -> Iterator[Fact]:
    """Every fact of the clinical record."""
    yield from _imaging(inputs)
    yield from _course(inputs)
    yield from _intervals(inputs)


def _study(study: ImagingStudy) -> str:
    return f"{study.modality} {study.region} {day_words(study.performed_on)}"


def _study_of(study: ImagingStudy) -> str:
    """The study as what one of its findings goes with: the sides of the study are not those of the finding."""
    region = _SIDES.sub(" ", study.region)
    return f"{study.modality} {region} {day_words(study.performed_on)}"


def _imaging(inputs: LetterInputs) -> Iterator[Fact]:
    for study in inputs.case.imaging:
        label = f"{study.modality} of {short_date(study.performed_on)}"
        yield field_fact(
            label,
            f"{_study(study)} {study.facility} read by {study.reader} reader radiologist imaging report",
            "#reader",
        )
        for item in study.findings:
            side = {"left": "left", "right": "right", "bilateral": "left right bilateral"}.get(
                item.laterality.value, ""
            )
            if item.laterality is Laterality.NONE:
                side = " ".join(token.text for token in tokens_in(item.quote) if token.kind is TokenKind.SIDE)
            words = f"{_study_of(study)} {item.level or ''} {item.label} {side} {item.kind.label} imaging"
            said = fact_from(
                words,
                f"{label}, {item.label or item.kind.label}{f' at {item.level}' if item.level else ''}",
                *_FINDING_WORDS.get(item.kind, ()),
                *(
                    f"side:{each}"
                    for each in (("left", "right") if item.laterality is Laterality.BILATERAL else ())
                ),
                stance=_STANCES[item.assertion],
                weight=FIELD,
            )
            concept = next(iter(_FINDING_WORDS.get(item.kind, ())), "")
            if concept:
                sides = [token.removeprefix("side:") for token in said.features if token.startswith("side:")]
                places = [item.level, *(f"{item.level}/{each}" for each in sides)] if item.level else sides
                said = replace(
                    said,
                    frames=frozenset(Frame(concept, place, _STANCES[item.assertion]) for place in places),
                )
            yield replace(said, writer=writer_of(study.reader))
            quote = " ".join(part for part in (_study_of(study), item.level or "", item.quote) if part)
            yield fact_from(
                quote,
                f"the words of {label}",
                *_FINDING_WORDS.get(item.kind, ()),
                stance=_STANCES[item.assertion],
            )
        for (kind, assertion), number in Counter(
            (item.kind, item.assertion) for item in study.findings if item.level
        ).items():
            yield fact_from(
                f"{number} levels {_study_of(study)} {kind.label}",
                f"the number of levels with {kind.label.lower()}",
                *_FINDING_WORDS.get(kind, ()),
                stance=_STANCES[assertion],
            )
        for item in study.measurements:
            amount = amount_text(item.value, item.unit) if item.value is not None else ""
            measured = field_fact(
                f"{label}, {item.label}",
                f"{_study_of(study)} {item.level or ''} {item.label} measured {amount} imaging",
            )
            yield replace(measured, writer=writer_of(study.reader))
            yield fact_from(f"{item.level or ''} {item.quote}", f"the words of {label}")


def _course(inputs: LetterInputs) -> Iterator[Fact]:
    history = inputs.case.history
    for name, text in (
        ("the history", history.narrative),
        ("why this service", history.why_this_service),
        ("why not the alternatives", history.why_not_alternatives),
        ("the risk of delay", history.risk_of_delay),
    ):
        yield from text_facts(text, name)
    for item in history.prior_surgeries:
        levels = tuple(f"level:{level}" for level in item.levels)
        when = f"operation surgery performed {day_words(item.performed_on)}"
        words = f"{item.label} {when} {item.facility} at {level_range(item.levels)}"
        yield with_levels(
            field_fact(f"the operation of {short_date(item.performed_on)}", words, *levels, "#surgery"),
            item.levels,
        )
    for item in history.facts:
        amount = amount_text(item.amount, item.unit) if item.amount is not None else ""
        words = f"{item.kind.label} {amount} {day_words(item.dated_on)}"
        label = f"{item.kind.label} of {short_date(item.dated_on)}"
        yield field_fact(label, f"{words} {item.text}" if amount else words, *_FACT_WORDS.get(item.kind, ()))
        yield from text_facts(item.text, label, *_FACT_WORDS.get(item.kind, ()))
    for item in inputs.case.scores:
        amount = amount_text(item.value, item.unit) if item.value is not None else ""
        yield field_fact(
            f"{item.instrument} of {short_date(item.scored_on)}",
            f"{item.instrument} score index {amount} {day_words(item.scored_on)}",
            *(("#nrs",) if "NRS" in item.instrument.upper() or "VAS" in item.instrument.upper() else ()),
        )
    yield from _treatments(inputs)


def _treatments(inputs: LetterInputs) -> Iterator[Fact]:
    """Each treatment whole, its start and its end for themselves, its outcome with its days, and sums of visits."""
    visits: dict[TreatmentKind, list[int]] = defaultdict(list)
    for item in inputs.case.treatments:
        words = f"{item.label} {item.kind.label} {item.provider} treatment"
        concepts = _TREATMENT_WORDS.get(item.kind, ())
        count = f" {item.visits} visits" if item.visits is not None else ""
        days = " ".join(
            part
            for part in (
                f"started {day_words(item.started_on)}" if item.started_on else "",
                f"ended {day_words(item.ended_on)}" if item.ended_on else "",
            )
            if part
        )
        length = " ".join(durations(item.started_on, item.ended_on, is_inclusive=True))
        whole = " ".join(day_words(day) for day in (item.started_on, item.ended_on) if day)
        yield field_fact(item.label or item.kind.label, f"{words}{count} {whole} {length}", *concepts)
        if item.started_on:
            text = f"{words} started since first {day_words(item.started_on)}"
            yield field_fact(f"the start of {item.label}", text, "#started", *concepts)
        if item.ended_on:
            text = f"{words} ended until last {day_words(item.ended_on)}"
            yield field_fact(f"the end of {item.label}", text, "#ended", *concepts)
        for text in (item.outcome, item.why_stopped):
            if text.strip():
                yield field_fact(f"the outcome of {item.label}", f"{text.rstrip('.')} ({days})", *concepts)
        if item.visits is not None:
            visits[item.kind].append(item.visits)
    for kind, counts in visits.items():
        if len(counts) > 1:
            yield field_fact(
                f"all {kind.label.lower()}",
                f"{sum(counts)} visits {kind.label} {len(counts)} courses supervised",
                *_TREATMENT_WORDS.get(kind, ()),
            )


def _intervals(inputs: LetterInputs) -> Iterator[Fact]:
    """From each earlier operation to studies, visits and the service; from studies and notice to the letter."""
    case = inputs.case
    services = {line.service_on for line in case.service_lines if line.service_on}
    for surgery in case.history.prior_surgeries:
        label = f"the time since {surgery.label or 'surgery'}"
        for day, words in _later_days(case, inputs.today).items():
            for length in durations(surgery.performed_on, day):
                text = f"{length} after since {surgery.label} operation {words}"
                yield fact_from(text, label, "#surgery", "#fusion")
    for study in case.imaging:
        for day in {inputs.today, *services}:
            for length in durations(study.performed_on, day):
                yield fact_from(f"{length} old {study.modality} before", f"the age of {study.modality}")
    for length in durations(case.denial.notice_dated_on, inputs.today):
        yield fact_from(f"{length} ago notice denial", "the age of the notice", "#notice")


def _later_days(case: Case, today: date) -> dict[date, str]:
    """The days that people count to from an operation, with words for each."""
    later: dict[date, str] = {today: "now today letter"}
    later |= {line.service_on: "planned service revision" for line in case.service_lines if line.service_on}
    later |= {item.performed_on: f"{item.modality} imaging" for item in case.imaging if item.performed_on}
    for item in case.documents:
        if item.dated_on:
            later.setdefault(item.dated_on, item.title)
    return later
