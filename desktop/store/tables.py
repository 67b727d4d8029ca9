"""The tables of the store as SQLModel classes: the schema and nothing else; values are checked by the domain.

Instants are ISO text in UTC with their zone, local days ISO dates, decimal numbers exact text, lists of ids JSON text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

STRICT = {"sqlite_strict": True}


def named(name: str) -> Any:
    """A table's name; SQLAlchemy's stubs want a method there, SQLModel takes text."""
    return name


def key_column() -> Any:
    """Text that is part of the primary key."""
    return Field(primary_key=True, sa_type=Text)


def text_column() -> Any:
    """Text that is always there, empty at least."""
    return Field(sa_type=Text)


def optional_column() -> Any:
    """Text that may be missing."""
    return Field(default=None, sa_type=Text)


def of_case(*more: object) -> tuple[object, ...]:
    """The constraints of a table that belongs to one case."""
    # Checked at commit, so that undo may write the rows of a case in any order. Nothing cascades: a cascade would
    # delete rows that neither the undo journal nor the audit event has seen.
    owner = ForeignKeyConstraint(["case_id"], ["case_row.id"], deferrable=True, initially="DEFERRED")
    return (owner, *more, STRICT)


def of_study() -> tuple[object, ...]:
    """The constraints of a table that belongs to one imaging study."""
    study = ["imaging_study.case_id", "imaging_study.id"]
    return of_case(
        ForeignKeyConstraint(["case_id", "study_id"], study, deferrable=True, initially="DEFERRED")
    )


# ------------------------------------------------------------------------------------------- the record of a case


class CaseRow(SQLModel, table=True):
    """One case; `updated_at` moves with every write to any row of the case."""

    __tablename__ = named("case_row")
    __table_args__ = (
        # A draft may not have its number yet; two cases never share one.
        Index("case_row_number", "number", unique=True, sqlite_where=text("number <> ''")),
        Index("case_row_updated", "updated_at"),
        Index("case_row_status", "status", "updated_at"),
        CheckConstraint("is_synthetic IN (0, 1)", name="case_row_is_synthetic"),
        STRICT,
    )
    id: str = key_column()
    number: str = text_column()
    status: str = text_column()
    is_synthetic: int
    review_question: str = text_column()
    created_at: str = text_column()
    updated_at: str = text_column()


class MemberRow(SQLModel, table=True):
    """The member of a case."""

    __tablename__ = named("member")
    __table_args__ = of_case()
    case_id: str = key_column()
    family_name: str = text_column()
    given_name: str = text_column()
    date_of_birth: str | None = optional_column()
    sex: str = text_column()
    member_id: str = text_column()
    group_number: str = text_column()
    subscriber_name: str = text_column()


class CoverageRow(SQLModel, table=True):
    """The coverage of a case."""

    __tablename__ = named("coverage")
    __table_args__ = of_case()
    case_id: str = key_column()
    payer: str = text_column()
    plan_name: str = text_column()
    line_of_business: str = text_column()
    state: str = text_column()


class DenialRow(SQLModel, table=True):
    """The adverse determination of a case."""

    __tablename__ = named("denial")
    __table_args__ = of_case(Index("denial_deadline", "deadline_stated_on"))
    case_id: str = key_column()
    notice_dated_on: str | None = optional_column()
    received_on: str | None = optional_column()
    deadline_stated_on: str | None = optional_column()
    reference_number: str = text_column()
    authorization_number: str = text_column()
    claim_number: str = text_column()
    criteria_named: str = text_column()
    reviewer_name: str = text_column()
    reviewer_credential: str = text_column()
    appeal_addressee: str = text_column()
    appeal_address: str = text_column()
    appeal_fax: str = text_column()
    appeal_portal: str = text_column()
    peer_to_peer_phone: str = text_column()
    is_expedited: int


class DenialReasonRow(SQLModel, table=True):
    """A stated reason."""

    __tablename__ = named("denial_reason")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    verbatim: str = text_column()
    category: str = text_column()
    service_line_ids: str = text_column()


class HistoryRow(SQLModel, table=True):
    """The reviewer's own words on the course."""

    __tablename__ = named("history")
    __table_args__ = of_case()
    case_id: str = key_column()
    narrative: str = text_column()
    why_this_service: str = text_column()
    why_not_alternatives: str = text_column()
    risk_of_delay: str = text_column()


class PriorSurgeryRow(SQLModel, table=True):
    """An earlier operation."""

    __tablename__ = named("prior_surgery")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    label: str = text_column()
    performed_on: str | None = optional_column()
    levels: str = text_column()
    facility: str = text_column()
    document_id: str | None = optional_column()


class ClinicalFactRow(SQLModel, table=True):
    """A dated fact."""

    __tablename__ = named("clinical_fact")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    kind: str = text_column()
    text: str = text_column()
    amount: str | None = optional_column()
    unit: str = text_column()
    dated_on: str | None = optional_column()
    document_id: str | None = optional_column()


class ProviderRow(SQLModel, table=True):
    """A clinician or facility."""

    __tablename__ = named("provider")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    role: str = text_column()
    name: str = text_column()
    credential: str = text_column()
    specialty: str = text_column()
    organization: str = text_column()
    npi: str = text_column()
    license_number: str = text_column()
    address: str = text_column()
    phone: str = text_column()
    fax: str = text_column()


class ServiceLineRow(SQLModel, table=True):
    """A requested service."""

    __tablename__ = named("service_line")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    code_system: str = text_column()
    code: str = text_column()
    modifier: str = text_column()
    units: int
    label: str = text_column()
    levels: str = text_column()
    laterality: str = text_column()
    place_of_service: str = text_column()
    device: str = text_column()
    service_on: str | None = optional_column()
    timing: str = text_column()
    criteria_set_ids: str = text_column()


class DiagnosisRow(SQLModel, table=True):
    """A diagnosis."""

    __tablename__ = named("diagnosis")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    code: str = text_column()
    title: str = text_column()
    is_primary: int


class TreatmentRow(SQLModel, table=True):
    """A conservative treatment."""

    __tablename__ = named("treatment")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    kind: str = text_column()
    label: str = text_column()
    started_on: str | None = optional_column()
    ended_on: str | None = optional_column()
    visits: int | None = None
    provider: str = text_column()
    outcome: str = text_column()
    why_stopped: str = text_column()
    document_id: str | None = optional_column()


class FunctionScoreRow(SQLModel, table=True):
    """A dated score."""

    __tablename__ = named("function_score")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    instrument: str = text_column()
    value: str | None = optional_column()
    unit: str = text_column()
    scored_on: str | None = optional_column()
    document_id: str | None = optional_column()


class ImagingStudyRow(SQLModel, table=True):
    """An imaging study."""

    __tablename__ = named("imaging_study")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    modality: str = text_column()
    region: str = text_column()
    performed_on: str | None = optional_column()
    facility: str = text_column()
    reader: str = text_column()
    document_id: str | None = optional_column()


class FindingRow(SQLModel, table=True):
    """A finding of a study."""

    __tablename__ = named("finding")
    __table_args__ = of_study()
    case_id: str = key_column()
    study_id: str = key_column()
    id: str = key_column()
    position: int
    kind: str = text_column()
    label: str = text_column()
    level: str | None = optional_column()
    laterality: str = text_column()
    assertion: str = text_column()
    quote: str = text_column()


class MeasurementRow(SQLModel, table=True):
    """A measurement of a study."""

    __tablename__ = named("measurement")
    __table_args__ = of_study()
    case_id: str = key_column()
    study_id: str = key_column()
    id: str = key_column()
    position: int
    label: str = text_column()
    value: str | None = optional_column()
    unit: str = text_column()
    level: str | None = optional_column()
    quote: str = text_column()


class DocumentRow(SQLModel, table=True):
    """A document of the record, with its text."""

    __tablename__ = named("document")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    kind: str = text_column()
    title: str = text_column()
    dated_on: str | None = optional_column()
    author: str = text_column()
    facility: str = text_column()
    origin: str = text_column()
    page_starts: str = text_column()
    text: str = text_column()
