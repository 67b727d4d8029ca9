"""New items of the intake's lists and how each reads in one line; it must not invent a value nobody gave."""

from __future__ import annotations

from datetime import date

from desktop.domain.clinical import (
    Assertion,
    ClinicalFact,
    ConservativeTreatment,
    Finding,
    FunctionScore,
    ImagingStudy,
    Measurement,
    PriorSurgery,
)
from desktop.domain.denial import DenialReason
from desktop.domain.document import Document
from desktop.domain.member import Provider
from desktop.domain.service_line import Diagnosis, ServiceLine, level_range
from desktop.domain.value import new_id
from desktop.ui.field_values import show_decimal
from desktop.ui.intake.field_specs import Caption


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _day(day: date | None, unknown: str = "no date") -> str:
    return day.isoformat() if day else unknown


def _first_line(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def new_reason() -> DenialReason:
    """A reason not written yet."""
    return DenialReason(id=new_id())


def reason_caption(reason: DenialReason) -> Caption:
    """The beginning of the reason, and its category."""
    return Caption(_first_line(reason.verbatim) or "New reason", reason.category.label)


def new_provider() -> Provider:
    """A provider not named yet."""
    return Provider(id=new_id())


def provider_caption(provider: Provider) -> Caption:
    """Name and credential, and what the provider is here."""
    name = ", ".join(part for part in (provider.name, provider.credential) if part)
    return Caption(
        name or provider.organization or "New provider",
        _joined(provider.role.value.capitalize(), provider.specialty, provider.organization if name else ""),
    )


def new_service_line() -> ServiceLine:
    """A service line without code."""
    return ServiceLine(id=new_id())


def service_line_caption(line: ServiceLine) -> Caption:
    """The label, and code, levels and side."""
    code = f"{line.code_system.value} {line.code}" if line.code else "no code"
    side = "" if line.laterality.value == "none" else line.laterality.value
    return Caption(line.label or "New service line", _joined(code, level_range(line.levels), side))


def new_diagnosis() -> Diagnosis:
    """A diagnosis without code."""
    return Diagnosis(id=new_id())


def diagnosis_caption(diagnosis: Diagnosis) -> Caption:
    """Code and title."""
    title = _joined(diagnosis.code, diagnosis.title)
    return Caption(title or "New diagnosis", "Primary" if diagnosis.is_primary else "")


def new_surgery() -> PriorSurgery:
    """An earlier operation not described yet."""
    return PriorSurgery(id=new_id())


def surgery_caption(surgery: PriorSurgery) -> Caption:
    """What was done, where and when."""
    return Caption(
        surgery.label or "New operation", _joined(level_range(surgery.levels), _day(surgery.performed_on))
    )


def new_fact() -> ClinicalFact:
    """A fact not stated yet."""
    return ClinicalFact(id=new_id())


def fact_caption(fact: ClinicalFact) -> Caption:
    """The kind of fact, its value and date."""
    amount = f"{show_decimal(fact.amount)} {fact.unit}".strip()
    words = _first_line(fact.text, 80)
    return Caption(
        ": ".join(part for part in (fact.kind.label, words) if part), _joined(amount, _day(fact.dated_on))
    )


def new_treatment() -> ConservativeTreatment:
    """A treatment not described yet."""
    return ConservativeTreatment(id=new_id())


def treatment_caption(treatment: ConservativeTreatment) -> Caption:
    """What was tried, from when to when, how often."""
    dates = f"{_day(treatment.started_on, '?')} – {_day(treatment.ended_on, '?')}"
    visits = "" if treatment.visits is None else f"{treatment.visits} visits"
    known = treatment.started_on or treatment.ended_on
    return Caption(
        treatment.label or treatment.kind.label,
        _joined(dates if known else "no dates", treatment.duration, visits),
    )


def new_score() -> FunctionScore:
    """A score not taken yet."""
    return FunctionScore(id=new_id())


def score_caption(score: FunctionScore) -> Caption:
    """Instrument, value and date."""
    value = show_decimal(score.value)
    joiner = "" if score.unit.startswith(("%", "/")) else " "
    shown = f"{value}{joiner}{score.unit}".strip() if value else ""
    title = " ".join(part for part in (score.instrument or "New score", shown) if part)
    return Caption(title, _joined("" if value else "no value", _day(score.scored_on)))


def new_study() -> ImagingStudy:
    """A study not described yet."""
    return ImagingStudy(id=new_id())


def study_caption(study: ImagingStudy) -> Caption:
    """Modality and region, date and how much its report was read for."""
    title = " ".join(part for part in (study.modality, study.region) if part)
    count = len(study.findings)
    findings = f"{count} finding{'s' if count != 1 else ''}" if count else "no findings yet"
    return Caption(title or "New study", _joined(_day(study.performed_on), findings))


def new_finding() -> Finding:
    """A finding not described yet."""
    return Finding(id=new_id())


def finding_caption(finding: Finding) -> Caption:
    """What was found and where, and whether the report affirms it."""
    said = "" if finding.assertion is Assertion.AFFIRMED else finding.assertion.value
    return Caption(_joined(finding.kind.label, finding.level), _joined(said, _first_line(finding.label, 60)))


def new_measurement() -> Measurement:
    """A measurement not taken yet."""
    return Measurement(id=new_id())


def measurement_caption(measurement: Measurement) -> Caption:
    """What was measured, the value and the level."""
    amount = f"{show_decimal(measurement.value)} {measurement.unit}".strip()
    return Caption(measurement.label or "New measurement", _joined(amount, measurement.level))


def new_document() -> Document:
    """An empty document, for text about to be pasted."""
    return Document(id=new_id())


def document_caption(document: Document) -> Caption:
    """Title, and kind, date and length."""
    pages = len(document.page_starts)
    length = f"{pages} pages" if pages > 1 else f"{len(document.text.split()):,} words"
    return Caption(
        document.title or _first_line(document.text, 60) or "Untitled document",
        _joined(document.kind.label, _day(document.dated_on), length),
    )
