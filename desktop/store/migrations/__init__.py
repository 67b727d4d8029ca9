"""Alembic's scripts, run from code by `desktop.store.migrate`; they ship as files beside this one."""
