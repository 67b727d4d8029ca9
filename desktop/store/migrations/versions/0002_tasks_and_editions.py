"""How an amount was worked out, tasks, the editions that results rest on, and test cases of typed sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _optional_texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def upgrade() -> None:
    """Add one column and three tables; no row that is there is touched."""
    # With a default, so that a step in the journal of an older program can still put its row back.
    op.add_column("assessment", sa.Column("arithmetic", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "criteria_archive",
        *_texts("hash", "set_id", "edition", "licence", "json_text", "archived_at"),
        sa.PrimaryKeyConstraint("hash"),
        sqlite_strict=True,
    )
    op.create_index("criteria_archive_set", "criteria_archive", ["set_id"])
    op.create_table(
        "criteria_case", *_texts("set_id", "yaml"), sa.PrimaryKeyConstraint("set_id"), sqlite_strict=True
    )
    op.create_table(
        "task",
        *_texts("case_id", "id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("text", "owed_by"),
        *_optional_texts("due_on", "done_on", "service_line_id", "set_id", "criterion_id", "subject"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_row.id"], deferrable=True, initially="DEFERRED"),
        sqlite_strict=True,
    )
