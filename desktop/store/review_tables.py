"""The tables of the review, the letters and the store's own books; the schema and nothing else.

It continues `tables.py`, which holds the record of a case.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from desktop.store.tables import STRICT, key_column, named, of_case, optional_column, text_column

# --------------------------------------------------------------------------------------------- the review of a case


class AssessmentRow(SQLModel, table=True):
    """A reviewer's answer."""

    __tablename__ = named("assessment")
    __table_args__ = of_case()
    case_id: str = key_column()
    set_id: str = key_column()
    criterion_id: str = key_column()
    subject: str = key_column()
    state: str | None = optional_column()
    note: str = text_column()
    amount_value: str | None = optional_column()
    amount_unit: str | None = optional_column()
    exception_source: str = text_column()
    arithmetic: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class EvidenceLinkRow(SQLModel, table=True):
    """Sealed words tied to a question."""

    __tablename__ = named("evidence_link")
    __table_args__ = of_case(
        Index("evidence_link_question", "case_id", "set_id", "criterion_id", "subject"),
    )
    case_id: str = key_column()
    id: str = key_column()
    position: int
    set_id: str = text_column()
    criterion_id: str = text_column()
    subject: str = text_column()
    span_document_id: str = text_column()
    span_start: int
    span_end: int
    span_page: int
    span_quote: str = text_column()
    span_seal: str = text_column()
    stance: str = text_column()
    note: str = text_column()


class DeterminationRow(SQLModel, table=True):
    """A version of a case's determination; lines, traces and signature are JSON, frozen together."""

    __tablename__ = named("determination")
    __table_args__ = of_case(Index("determination_version", "case_id", "version", unique=True))
    case_id: str = key_column()
    id: str = key_column()
    version: int
    lines: str = text_column()
    traces: str = text_column()
    sign_off: str | None = optional_column()
    supersedes: str | None = optional_column()


class TaskRow(SQLModel, table=True):
    """Something to be done; set, criterion and subject name the question that it closes, if it was made for one."""

    __tablename__ = named("task")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    text: str = text_column()
    owed_by: str = text_column()
    due_on: str | None = optional_column()
    done_on: str | None = optional_column()
    service_line_id: str | None = optional_column()
    set_id: str | None = optional_column()
    criterion_id: str | None = optional_column()
    subject: str | None = optional_column()


class LetterRow(SQLModel, table=True):
    """A letter; content and settings are JSON, its issued PDF is in `letter_pdf`, its evidence map in `kept_file`."""

    __tablename__ = named("letter")
    __table_args__ = of_case()
    case_id: str = key_column()
    id: str = key_column()
    position: int
    state: str = text_column()
    content: str = text_column()
    issued_at: str | None = optional_column()
    pdf_sha256: str = text_column()
    citation_reasons: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    settings: str = Field(default="{}", sa_type=Text, sa_column_kwargs={"server_default": "{}"})
    evidence_map_sha256: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    overrides: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    status_history: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})


class LetterVersionRow(SQLModel, table=True):
    """A kept version of a letter, as JSON; never changed."""

    __tablename__ = named("letter_version")
    __table_args__ = of_case(Index("letter_version_number", "case_id", "letter_id", "number", unique=True))
    case_id: str = key_column()
    id: str = key_column()
    letter_id: str = text_column()
    number: int
    why: str = text_column()
    made_at: str = text_column()
    made_by: str = text_column()
    content: str = text_column()


class CaseItemRow(SQLModel, table=True):
    """A small value of a case that nothing searches by its fields, as JSON: a comment, a delivery, a redaction.

    `noun` says which; `desktop/store/item_repository.py` lists them.
    """

    __tablename__ = named("case_item")
    __table_args__ = of_case()
    case_id: str = key_column()
    noun: str = key_column()
    id: str = key_column()
    position: int
    json_text: str = text_column()


class DocumentFileRow(SQLModel, table=True):
    """The file that a document of the record was read from; its bytes are in `kept_file`."""

    __tablename__ = named("document_file")
    __table_args__ = of_case()
    case_id: str = key_column()
    document_id: str = key_column()
    sha256: str = text_column()
    media_type: str = text_column()
    name: str = text_column()
    size: int


# ------------------------------------------------------------------------------------------------ the store's books


class LetterPdfRow(SQLModel, table=True):
    """The bytes of an issued letter, by their hash."""

    __tablename__ = named("letter_pdf")
    __table_args__ = (STRICT,)
    sha256: str = key_column()
    content: bytes
    archived_at: str = text_column()


class KeptFileRow(SQLModel, table=True):
    """The bytes of a file from outside, or of an archived evidence map, by their hash."""

    __tablename__ = named("kept_file")
    __table_args__ = (STRICT,)
    sha256: str = key_column()
    content: bytes
    kept_at: str = text_column()


class KeptForRow(SQLModel, table=True):
    """That a kept file was once part of a case, which a step to undo may still need; gone with the case for good."""

    __tablename__ = named("kept_for")
    __table_args__ = (Index("kept_for_case", "case_id"), STRICT)
    sha256: str = key_column()
    case_id: str = key_column()
    """Without a foreign key: the undo of a deletion outlives the case."""


class HouseItemRow(SQLModel, table=True):
    """A letterhead, snippet, template, known word or kept picture, as JSON; `noun` says which."""

    __tablename__ = named("house_item")
    __table_args__ = (STRICT,)
    noun: str = key_column()
    id: str = key_column()
    position: int
    json_text: str = text_column()


class CriteriaSourceRow(SQLModel, table=True):
    """A criteria set that the user typed, as its YAML text."""

    __tablename__ = named("criteria_source")
    __table_args__ = (STRICT,)
    set_id: str = key_column()
    yaml: str = text_column()
    licence: str = text_column()
    added_at: str = text_column()


class CriteriaCaseRow(SQLModel, table=True):
    """The test cases of a criteria set that the user typed, as one YAML text."""

    __tablename__ = named("criteria_case")
    __table_args__ = (STRICT,)
    set_id: str = key_column()
    yaml: str = text_column()


class CriteriaArchiveRow(SQLModel, table=True):
    """An edition of a criteria set that was used, as JSON by the hash of its source text; never changed."""

    __tablename__ = named("criteria_archive")
    __table_args__ = (Index("criteria_archive_set", "set_id"), STRICT)
    hash: str = key_column()
    set_id: str = text_column()
    edition: str = text_column()
    licence: str = text_column()
    json_text: str = text_column()
    archived_at: str = text_column()


class OwnReferenceRow(SQLModel, table=True):
    """A reference that the user added, as JSON."""

    __tablename__ = named("own_reference")
    __table_args__ = (STRICT,)
    id: str = key_column()
    json_text: str = text_column()
    added_at: str = text_column()


class ReferenceMarkRow(SQLModel, table=True):
    """The user's note that a reference was retracted or superseded."""

    __tablename__ = named("reference_mark")
    __table_args__ = (STRICT,)
    reference_id: str = key_column()
    standing: str = text_column()
    note: str = text_column()
    marked_on: str = text_column()
    superseded_by: str = text_column()


class ProfileRow(SQLModel, table=True):
    """The one reviewer this store belongs to."""

    __tablename__ = named("profile")
    __table_args__ = (CheckConstraint("id = 1", name="profile_only_one"), STRICT)
    id: int = Field(primary_key=True)
    name: str = text_column()
    credential: str = text_column()


class NumberSeriesRow(SQLModel, table=True):
    """The last case number given in a year, so that a deleted case's number is not given again."""

    __tablename__ = named("number_series")
    __table_args__ = (STRICT,)
    prefix: str = key_column()
    last: int


class JournalRow(SQLModel, table=True):
    """One step that can be undone (`is_undone` 0) or done again (1), as the row images before and after it."""

    __tablename__ = named("journal")
    __table_args__ = (
        Index("journal_case", "case_id", "is_undone", "id"),
        CheckConstraint("is_undone IN (0, 1)", name="journal_is_undone"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = text_column()
    """Without a foreign key: the undo of a deletion outlives the case."""
    operation: str = text_column()
    label: str = text_column()
    images: str = text_column()
    is_undone: int


class AuditEventRow(SQLModel, table=True):
    """An event of the audit chain; triggers refuse to change or delete one."""

    __tablename__ = named("audit_event")
    __table_args__ = (Index("audit_event_case", "case_id", "sequence"), STRICT)
    sequence: int = Field(primary_key=True)
    at: str = text_column()
    actor: str = text_column()
    operation: str = text_column()
    case_id: str | None = optional_column()
    label: str = text_column()
    detail_hash: str = text_column()
    previous_hash: str = text_column()
    hash: str = text_column()


class ViewStateRow(SQLModel, table=True):
    """Where the reviewer left off on a screen."""

    __tablename__ = named("view_state")
    __table_args__ = (STRICT,)
    key: str = key_column()
    json_text: str = text_column()
