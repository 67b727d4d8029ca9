"""Several letters of a case with their history, small values of cases and of the house, and files kept as they came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add six tables and four columns; no row that is there is touched."""
    # With a default, so that a step in the journal of an older program can still put its row back.
    for name, default in (
        ("settings", "{}"),
        ("evidence_map_sha256", ""),
        ("overrides", "[]"),
        ("status_history", "[]"),
    ):
        op.add_column("letter", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.create_table(
        "letter_version",
        *_texts("case_id", "id", "letter_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("why", "made_at", "made_by", "content"),
        _owner(),
        sa.PrimaryKeyConstraint("case_id", "id"),
        sqlite_strict=True,
    )
    op.create_index(
        "letter_version_number", "letter_version", ["case_id", "letter_id", "number"], unique=True
    )
    op.create_table(
        "case_item",
        *_texts("case_id", "noun", "id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("json_text"),
        _owner(),
        sa.PrimaryKeyConstraint("case_id", "noun", "id"),
        sqlite_strict=True,
    )
    op.create_table(
        "document_file",
        *_texts("case_id", "document_id", "sha256", "media_type", "name"),
        sa.Column("size", sa.Integer(), nullable=False),
        _owner(),
        sa.PrimaryKeyConstraint("case_id", "document_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "kept_file",
        *_texts("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_texts("kept_at"),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "kept_for",
        *_texts("sha256", "case_id"),
        sa.PrimaryKeyConstraint("sha256", "case_id"),
        sqlite_strict=True,
    )
    op.create_index("kept_for_case", "kept_for", ["case_id"])
    op.create_table(
        "house_item",
        *_texts("noun", "id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("json_text"),
        sa.PrimaryKeyConstraint("noun", "id"),
        sqlite_strict=True,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _owner() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], deferrable=True, initially="DEFERRED")
