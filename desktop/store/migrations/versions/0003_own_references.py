"""The user's own references, their marks on the library, and the reasons a letter was issued with a source in doubt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and one column; no row that is there is touched."""
    op.create_table(
        "own_reference",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "json_text", "added_at")),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "reference_mark",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("reference_id", "standing", "note", "marked_on", "superseded_by")
        ),
        sa.PrimaryKeyConstraint("reference_id"),
        sqlite_strict=True,
    )
    # With a default, so that a step in the journal of an older program can still put its row back.
    op.add_column("letter", sa.Column("citation_reasons", sa.Text(), nullable=False, server_default="[]"))
