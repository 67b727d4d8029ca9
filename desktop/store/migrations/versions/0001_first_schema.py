"""The first schema: cases with their review, determinations, letters, journal and audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _optional_texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _optional_integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=True) for name in names]


def _blobs(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _of_case() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], deferrable=True, initially="DEFERRED")


def _of_study() -> sa.ForeignKeyConstraint:
    study = ["imaging_study.case_id", "imaging_study.id"]
    return sa.ForeignKeyConstraint(["case_id", "study_id"], study, deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    """Create every table, and the triggers that keep the audit chain append-only."""
    op.create_table(
        "audit_event",
        *_integers("sequence"),
        *_texts("at", "actor", "operation"),
        *_optional_texts("case_id"),
        *_texts("label", "detail_hash", "previous_hash", "hash"),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_strict=True,
    )
    op.create_index("audit_event_case", "audit_event", ["case_id", "sequence"])
    op.create_table(
        "case_row",
        *_texts("id", "number", "status"),
        *_integers("is_synthetic"),
        *_texts("review_question", "created_at", "updated_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("is_synthetic IN (0, 1)", name="case_row_is_synthetic"),
        sqlite_strict=True,
    )
    op.create_index(
        "case_row_number", "case_row", ["number"], unique=True, sqlite_where=sa.text("number <> ''")
    )
    op.create_index("case_row_status", "case_row", ["status", "updated_at"])
    op.create_index("case_row_updated", "case_row", ["updated_at"])
    op.create_table(
        "criteria_source",
        *_texts("set_id", "yaml", "licence", "added_at"),
        sa.PrimaryKeyConstraint("set_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "journal",
        *_integers("id"),
        *_texts("case_id", "operation", "label", "images"),
        *_integers("is_undone"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("is_undone IN (0, 1)", name="journal_is_undone"),
        sqlite_strict=True,
    )
    op.create_index("journal_case", "journal", ["case_id", "is_undone", "id"])
    op.create_table(
        "letter_pdf",
        *_texts("sha256"),
        *_blobs("content"),
        *_texts("archived_at"),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "number_series",
        *_texts("prefix"),
        *_integers("last"),
        sa.PrimaryKeyConstraint("prefix"),
        sqlite_strict=True,
    )
    op.create_table(
        "profile",
        *_integers("id"),
        *_texts("name", "credential"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("id = 1", name="profile_only_one"),
        sqlite_strict=True,
    )
    op.create_table(
        "view_state", *_texts("key", "json_text"), sa.PrimaryKeyConstraint("key"), sqlite_strict=True
    )
    op.create_table(
        "assessment",
        *_texts("case_id", "set_id", "criterion_id", "subject"),
        *_optional_texts("state"),
        *_texts("note"),
        *_optional_texts("amount_value", "amount_unit"),
        *_texts("exception_source"),
        sa.PrimaryKeyConstraint("case_id", "set_id", "criterion_id", "subject"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "clinical_fact",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("kind", "text"),
        *_optional_texts("amount"),
        *_texts("unit"),
        *_optional_texts("dated_on", "document_id"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "coverage",
        *_texts("case_id", "payer", "plan_name", "line_of_business", "state"),
        sa.PrimaryKeyConstraint("case_id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "denial",
        *_texts("case_id"),
        *_optional_texts("notice_dated_on", "received_on", "deadline_stated_on"),
        *_texts(
            "reference_number",
            "authorization_number",
            "claim_number",
            "criteria_named",
            "reviewer_name",
            "reviewer_credential",
            "appeal_addressee",
            "appeal_address",
            "appeal_fax",
            "appeal_portal",
            "peer_to_peer_phone",
        ),
        *_integers("is_expedited"),
        sa.PrimaryKeyConstraint("case_id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_index("denial_deadline", "denial", ["deadline_stated_on"])
    op.create_table(
        "denial_reason",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("verbatim", "category", "service_line_ids"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "determination",
        *_texts("case_id", "id"),
        *_integers("version"),
        *_texts("lines", "traces"),
        *_optional_texts("sign_off", "supersedes"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_index("determination_version", "determination", ["case_id", "version"], unique=True)
    op.create_table(
        "diagnosis",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("code", "title"),
        *_integers("is_primary"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "document",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("kind", "title"),
        *_optional_texts("dated_on"),
        *_texts("author", "facility", "origin", "page_starts", "text"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence_link",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("set_id", "criterion_id", "subject", "span_document_id"),
        *_integers("span_start", "span_end", "span_page"),
        *_texts("span_quote", "span_seal", "stance", "note"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_index(
        "evidence_link_question", "evidence_link", ["case_id", "set_id", "criterion_id", "subject"]
    )
    op.create_table(
        "function_score",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("instrument"),
        *_optional_texts("value"),
        *_texts("unit"),
        *_optional_texts("scored_on", "document_id"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "history",
        *_texts("case_id", "narrative", "why_this_service", "why_not_alternatives", "risk_of_delay"),
        sa.PrimaryKeyConstraint("case_id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "imaging_study",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("modality", "region"),
        *_optional_texts("performed_on"),
        *_texts("facility", "reader"),
        *_optional_texts("document_id"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "letter",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("state", "content"),
        *_optional_texts("issued_at"),
        *_texts("pdf_sha256"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "member",
        *_texts("case_id", "family_name", "given_name"),
        *_optional_texts("date_of_birth"),
        *_texts("sex", "member_id", "group_number", "subscriber_name"),
        sa.PrimaryKeyConstraint("case_id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "prior_surgery",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("label"),
        *_optional_texts("performed_on"),
        *_texts("levels", "facility"),
        *_optional_texts("document_id"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "provider",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts(
            "role",
            "name",
            "credential",
            "specialty",
            "organization",
            "npi",
            "license_number",
            "address",
            "phone",
            "fax",
        ),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "service_line",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("code_system", "code", "modifier"),
        *_integers("units"),
        *_texts("label", "levels", "laterality", "place_of_service", "device"),
        *_optional_texts("service_on"),
        *_texts("timing", "criteria_set_ids"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "treatment",
        *_texts("case_id", "id"),
        *_integers("position"),
        *_texts("kind", "label"),
        *_optional_texts("started_on", "ended_on"),
        *_optional_integers("visits"),
        *_texts("provider", "outcome", "why_stopped"),
        *_optional_texts("document_id"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        _of_case(),
        sqlite_strict=True,
    )
    op.create_table(
        "finding",
        *_texts("case_id", "study_id", "id"),
        *_integers("position"),
        *_texts("kind", "label"),
        *_optional_texts("level"),
        *_texts("laterality", "assertion", "quote"),
        sa.PrimaryKeyConstraint("case_id", "study_id", "id"),
        _of_case(),
        _of_study(),
        sqlite_strict=True,
    )
    op.create_table(
        "measurement",
        *_texts("case_id", "study_id", "id"),
        *_integers("position"),
        *_texts("label"),
        *_optional_texts("value"),
        *_texts("unit"),
        *_optional_texts("level"),
        *_texts("quote"),
        sa.PrimaryKeyConstraint("case_id", "study_id", "id"),
        _of_case(),
        _of_study(),
        sqlite_strict=True,
    )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event "
            "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END"
        )
