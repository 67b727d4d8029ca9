"""The member (the patient as insured), the coverage that decides every right, and the providers."""

from __future__ import annotations

from datetime import date
from enum import Enum

from pydantic import Field

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class Sex(Enum):
    """Sex as the plan's record states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Member(Value):
    """The patient as the plan knows them. Empty text and None mean "not recorded yet"."""

    family_name: Text = ""
    given_name: Text = ""
    date_of_birth: date | None = None
    sex: Sex = Sex.UNKNOWN
    member_id: Text = ""
    group_number: Text = ""
    subscriber_name: Text = ""
    """Only where the subscriber is someone else."""

    @property
    def full_name(self) -> str:
        """Given name then family name, without stray spaces."""
        return " ".join(part for part in (self.given_name.strip(), self.family_name.strip()) if part)

    @property
    def initials(self) -> str:
        """Initials for lists and titles, so that names stay out of them."""
        return "".join(
            part[:1].upper() for part in (self.given_name.strip(), self.family_name.strip()) if part
        )

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None without a date of birth or before it."""
        born = self.date_of_birth
        if born is None or day < born:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class LineOfBusiness(Enum):
    """The kind of plan; it decides every clock and right, and is often unknown at intake."""

    UNKNOWN = "unknown"
    SELF_FUNDED_ERISA = "self_funded_erisa"
    INSURED_GROUP = "insured_group"
    INDIVIDUAL_ACA = "individual_aca"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    ORIGINAL_MEDICARE = "original_medicare"
    MEDICAID_MCO = "medicaid_mco"
    MEDICAID_FFS = "medicaid_ffs"
    FEHB = "fehb"
    TRICARE = "tricare"
    WORKERS_COMPENSATION = "workers_compensation"
    VA = "va"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return _LINE_LABELS[self]


_LINE_LABELS = {
    LineOfBusiness.UNKNOWN: "Unknown (ask the plan)",
    LineOfBusiness.SELF_FUNDED_ERISA: "Self-funded employer plan (ERISA)",
    LineOfBusiness.INSURED_GROUP: "Insured group plan",
    LineOfBusiness.INDIVIDUAL_ACA: "Individual plan (ACA)",
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage",
    LineOfBusiness.ORIGINAL_MEDICARE: "Original Medicare",
    LineOfBusiness.MEDICAID_MCO: "Medicaid managed care",
    LineOfBusiness.MEDICAID_FFS: "Medicaid fee-for-service",
    LineOfBusiness.FEHB: "Federal employees (FEHB)",
    LineOfBusiness.TRICARE: "TRICARE",
    LineOfBusiness.WORKERS_COMPENSATION: "Workers' compensation",
    LineOfBusiness.VA: "VA",
    LineOfBusiness.OTHER: "Other",
}


class Coverage(Value):
    """Who pays, under which plan."""

    payer: Text = ""
    plan_name: Text = ""
    line_of_business: LineOfBusiness = LineOfBusiness.UNKNOWN
    state: Text = ""
    """Two-letter state, where it decides the contractor or the external review."""


class ProviderRole(Enum):
    """What a provider is in this case."""

    ORDERING = "ordering"
    RENDERING = "rendering"
    FACILITY = "facility"


class Provider(Value):
    """A clinician or facility. The first ordering provider signs and heads the letter unless told otherwise."""

    id: Identifier
    role: ProviderRole = ProviderRole.ORDERING
    name: Text = ""
    credential: Text = ""
    specialty: Text = ""
    organization: Text = ""
    npi: Text = Field(default="", description="Ten digits; the check digit is verified by desktop.domain.npi")
    license_number: Text = ""
    address: Text = ""
    phone: Text = ""
    fax: Text = ""
