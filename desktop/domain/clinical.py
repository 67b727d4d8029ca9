"""Clinical facts of the record: history, treatments, scores, imaging findings and measurements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import Field

from desktop.domain.service_line import Laterality
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import Level, touches_any


class PriorSurgery(Value):
    """An earlier operation that the request builds on."""

    id: Identifier
    label: Text = ""
    performed_on: date | None = None
    levels: tuple[Level, ...] = ()
    facility: Text = ""
    document_id: Identifier | None = None


class FactKind(Enum):
    """Dated facts that criteria ask about by name."""

    TOBACCO = "tobacco"
    COTININE = "cotinine"
    HBA1C = "hba1c"
    BONE_DENSITY = "bone_density"
    BMI = "bmi"
    NUTRITION = "nutrition"
    APNEA_INDEX = "apnea_index"
    INFECTION_WORKUP = "infection_workup"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return _FACT_LABELS.get(self, self.value.replace("_", " ").capitalize())


_FACT_LABELS = {
    FactKind.APNEA_INDEX: "Apnea-hypopnea index",
    FactKind.HBA1C: "HbA1c",
    FactKind.BMI: "BMI",
    FactKind.INFECTION_WORKUP: "Infection work-up",
}


class ClinicalFact(Value):
    """A fact as text, with a number where there is one."""

    id: Identifier
    kind: FactKind = FactKind.OTHER
    text: Text = ""
    amount: Decimal | None = None
    unit: Text = ""
    dated_on: date | None = None
    document_id: Identifier | None = None


class History(Value):
    """What the reviewer tells of the course, in their own words; it goes into the letter as typed."""

    narrative: Text = ""
    why_this_service: Text = ""
    why_not_alternatives: Text = ""
    risk_of_delay: Text = ""
    prior_surgeries: tuple[PriorSurgery, ...] = ()
    facts: tuple[ClinicalFact, ...] = ()


class TreatmentKind(Enum):
    """Conservative treatments that criteria count."""

    PHYSICAL_THERAPY = "physical_therapy"
    HOME_EXERCISE = "home_exercise"
    MEDICATION = "medication"
    INJECTION = "injection"
    BRACE = "brace"
    BONE_STIMULATOR = "bone_stimulator"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class ConservativeTreatment(Value):
    """A treatment tried before surgery, with dates, because undated care is not counted."""

    id: Identifier
    kind: TreatmentKind = TreatmentKind.OTHER
    label: Text = ""
    started_on: date | None = None
    ended_on: date | None = None
    visits: int | None = Field(default=None, ge=0, le=9999)
    provider: Text = ""
    outcome: Text = ""
    why_stopped: Text = ""
    document_id: Identifier | None = None

    @property
    def duration(self) -> str:
        """Weeks and days from the first day to the last, as words; empty without both dates."""
        if self.started_on is None or self.ended_on is None:
            return ""
        days = (self.ended_on - self.started_on).days
        if days < 0:
            return ""
        weeks, rest = divmod(days, 7)
        in_days = f"{rest} day{'' if rest == 1 else 's'}"
        return f"{weeks} week{'' if weeks == 1 else 's'} {in_days}" if weeks else in_days


class FunctionScore(Value):
    """A dated score: instrument (ODI, NRS back, KOOS), value and unit."""

    id: Identifier
    instrument: Text = ""
    value: Decimal | None = None
    unit: Text = ""
    scored_on: date | None = None
    document_id: Identifier | None = None


class FindingKind(Enum):
    """Findings that the spine picture and the criteria speak of."""

    LOOSENING = "hardware_loosening"
    HARDWARE_FRACTURE = "hardware_fracture"
    HARDWARE_DISPLACEMENT = "hardware_displacement"
    NONUNION = "nonunion"
    SOLID_FUSION = "solid_fusion"
    STENOSIS = "stenosis"
    INSTABILITY = "instability"
    INFECTION = "infection"
    DISC_HERNIATION = "disc_herniation"
    SPONDYLOLISTHESIS = "spondylolisthesis"
    CORD_COMPRESSION = "cord_compression"
    SCOLIOSIS = "scoliosis"
    VERTEBRAL_FRACTURE = "vertebral_fracture"
    OSTEOARTHRITIS = "osteoarthritis"
    OSTEONECROSIS = "osteonecrosis"
    ROTATOR_CUFF_TEAR = "rotator_cuff_tear"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class Assertion(Enum):
    """What the report says of a finding."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    UNCERTAIN = "uncertain"


class Finding(Value):
    """A finding at a level, with the words that state it (they must stand in the study's document)."""

    id: Identifier
    kind: FindingKind = FindingKind.OTHER
    label: Text = ""
    level: Level | None = None
    laterality: Laterality = Laterality.NONE
    assertion: Assertion = Assertion.AFFIRMED
    quote: Text = ""


class Measurement(Value):
    """A number from imaging with its unit (mm, degrees) and level."""

    id: Identifier
    label: Text = ""
    value: Decimal | None = None
    unit: Text = ""
    level: Level | None = None
    quote: Text = ""


class ImagingStudy(Value):
    """An imaging study and what its report says."""

    id: Identifier
    modality: Text = ""
    region: Text = ""
    performed_on: date | None = None
    facility: Text = ""
    reader: Text = ""
    document_id: Identifier | None = None
    findings: tuple[Finding, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def caption(self) -> str:
        """Modality, region and date on one line."""
        day = self.performed_on.isoformat() if self.performed_on else ""
        return " ".join(part for part in (self.modality, self.region, day) if part)


def affirmed_findings(imaging: Iterable[ImagingStudy], levels: Collection[str] = ()) -> Iterator[Finding]:
    """What imaging affirms where a line is asked for, in the order reported; without `levels`, wherever it is.

    A finding without a level is asked of every line: what is found at other levels than a line's decides nothing of it.
    """
    for study in imaging:
        for finding in study.findings:
            is_asked = not levels or touches_any(finding.level, levels)
            if finding.assertion is Assertion.AFFIRMED and is_asked:
                yield finding
