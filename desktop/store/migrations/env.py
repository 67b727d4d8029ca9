"""Runs Alembic's scripts on the connection that `desktop.store.migrate` hands over; it opens none of its own."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from desktop.store import review_tables, tables

# Importing both modules fills the metadata: a model that is missed here would look like a table to drop.
_REGISTERED = (tables, review_tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    # SQLite can roll back DDL; with this, a migration is done whole or not at all.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
