"""Models and migrations agree, every released store opens, and a failed migration leaves no mark."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, create_engine

from desktop.domain.case import Case
from desktop.security.vault import unlock, unlock_with_recovery_key
from desktop.store import migrate
from desktop.store.connection import connect, engine_for
from desktop.store.engine import Store, open_store
from desktop.store.errors import DiskFullError, MigrationFailedError, NewerSchemaError
from tests.store import write_sample
from tests.store.conftest import TickingClock, new_key, opened

SAMPLES = Path(__file__).parent / "samples"
PRESENT = migrate.REVISIONS[-1]
LATER = (*migrate.REVISIONS, "9999")
CHANGED = '''"""A later schema, for the tests."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{present}"
branch_labels = None
depends_on = None
def upgrade():
    with op.batch_alter_table("case_row") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="red"))
    {more}
'''


def schema(statements: list[tuple[str, str]]) -> dict[str, str]:
    """Names with their definitions, whatever the white space and the order of the table's constraints."""
    found: dict[str, str] = {}
    for name, definition in statements:
        if definition is not None and name != "alembic_version":
            # A column that was added later stands on the line of the one before it.
            parts = re.split(r",(?![^(]*\))|\n", definition)
            found[name] = "\n".join(sorted(part.strip().rstrip(")") for part in parts if part.strip()))
    return found


def test_the_migrations_make_exactly_the_tables_of_the_models(folder: Path) -> None:
    query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        migrated = schema(raw.execute(query).fetchall())
    with closing(sqlcipher.connect(":memory:", isolation_level=None)) as memory:
        engine = create_engine("sqlite://", creator=lambda: memory, module=sqlcipher)
        SQLModel.metadata.create_all(engine)
        modelled = schema(memory.execute(query).fetchall())
    assert migrated == modelled
    assert len(migrated) > 30


def test_alembic_itself_sees_no_difference(folder: Path) -> None:
    engine = engine_for(folder / "indicated.store", new_key(), is_pooled=False)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    engine.dispose()


def test_every_table_is_strict(folder: Path) -> None:
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        tables = raw.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
    assert loose == {"alembic_version"}


@pytest.mark.parametrize("version", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_a_store_of_every_released_schema_opens_with_everything_in_it(version: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLES / version, tmp_path / "store"))
    key = unlock(folder / "vault.json", write_sample.PASSWORD)
    recovery_key = (folder / "recovery-key.txt").read_text()
    assert unlock_with_recovery_key(folder / "vault.json", recovery_key).expose() == key.expose()
    store = open_store(folder, key, clock=TickingClock())
    try:
        assert store.actor.name == "Ada Example"
        assert store.verify_audit() is None
        assessment, link = write_sample.review()
        with store.read() as reader:
            assert reader.cases.get("sample") == write_sample.CASE
            later = (write_sample.later_answer(),) if version >= "0002" else ()
            assert reader.review.assessments("sample") == (assessment, *later)
            assert reader.review.links("sample") == (link,)
            assert reader.tasks.all("sample") == (write_sample.tasks() if later else ())
            assert reader.criteria.cases("typed-set") == ("cases: []\n" if later else "")
            archived = write_sample.criteria_set()
            assert reader.archive.get(archived.content_hash) == (archived if later else None)
            assert reader.determinations.all("sample") == (write_sample.determination(),)
            assert reader.determinations.all("sample")[0].is_as_signed
            has_references = version >= "0003"
            has_papers = version >= "0004"
            written = write_sample.letter(has_reasons=has_references, is_full=has_papers)
            assert reader.letters.all("sample") == (written,)
            versions = (write_sample.letter_version(),) if has_papers else ()
            assert reader.letters.versions("sample", "le1") == versions
            for item in write_sample.case_items():
                kind: Any = type(item)
                assert reader.items.all("sample", kind) == ((item,) if has_papers else ())
            for thing in write_sample.house_items():
                kind = type(thing)
                assert reader.house.all(kind) == ((thing,) if has_papers else ())
            assert reader.files.of_case("sample") == ({"d1": write_sample.kept_file()} if has_papers else {})
            if has_papers:
                assert reader.kept.bytes(write_sample.kept_file().sha256) == write_sample.FILE
                assert reader.kept.bytes(written.evidence_map_sha256) == write_sample.EVIDENCE_MAP
            assert reader.references.all() == ((write_sample.own_reference(),) if has_references else ())
            assert reader.references.marks() == ((write_sample.mark(),) if has_references else ())
            assert reader.letters.pdf(write_sample.letter().pdf_sha256) == write_sample.PDF
            assert reader.criteria.sources() == (("typed-set", "id: typed-set\n"),)
        assert store.recall("review") == "{}"
        assert store.undo_labels("sample") == (None, "Ask: Is it?")
        assert store.redo("sample") is not None
    finally:
        store.close()


def test_there_is_a_sample_of_every_schema() -> None:
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} == set(migrate.REVISIONS)


def test_the_sample_can_be_written_anew(tmp_path: Path) -> None:
    write_sample.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (SAMPLES / PRESENT).iterdir()}


def scripts_with(tmp_path: Path, more: str) -> Path:
    """The program's migrations with one more after them."""
    scripts = Path(shutil.copytree(migrate.SCRIPTS, tmp_path / "migrations"))
    (scripts / "versions" / "9999_later.py").write_text(CHANGED.format(more=more, present=PRESENT))
    return scripts


@pytest.fixture
def with_a_case(open_here: Callable[[], Store], folder: Path) -> Path:
    """The file of a closed store with a case in it."""
    store = open_here()
    with store.write("case_opened", "New", case_id="case-1") as work:
        work.cases.add(Case.model_validate({"id": "case-1", "member": {"family_name": "Doe"}}))
    store.close()
    return folder / "indicated.store"


def cell(path: Path, statement: str) -> object:
    with closing(connect(path, new_key())) as raw:
        row = raw.execute(statement).fetchone()
        return row[0] if row else None


def test_a_store_of_this_schema_is_left_alone(folder: Path) -> None:
    before = (folder / "indicated.store").read_bytes()
    assert migrate.migrate(folder / "indicated.store", new_key()) is None
    assert (folder / "indicated.store").read_bytes() == before


def test_a_migration_backs_up_first_and_loses_no_row_of_the_tables_that_point_at_the_rebuilt_one(
    with_a_case: Path, tmp_path: Path
) -> None:
    scripts = scripts_with(tmp_path, "pass")
    backup = migrate.migrate(with_a_case, new_key(), scripts=scripts, revisions=LATER)
    assert backup is not None
    assert cell(backup, "SELECT version_num FROM alembic_version") == PRESENT
    assert cell(with_a_case, "SELECT version_num FROM alembic_version") == LATER[-1]
    assert cell(with_a_case, "SELECT colour FROM case_row") == "red"
    assert cell(with_a_case, "SELECT family_name FROM member") == "Doe"
    with pytest.raises(NewerSchemaError):
        opened(with_a_case.parent)


@pytest.mark.parametrize(
    "more",
    [
        "raise RuntimeError('broken off')",
        'op.execute("DELETE FROM member")',
        'op.execute("DELETE FROM case_row")',
        'op.execute("DELETE FROM case_row"); op.execute("INSERT INTO case_row SELECT * FROM case_row")',
    ],
)
def test_a_migration_that_fails_or_loses_rows_is_taken_back_whole(
    with_a_case: Path, tmp_path: Path, more: str
) -> None:
    scripts = scripts_with(tmp_path, more)
    with pytest.raises(MigrationFailedError):
        migrate.migrate(with_a_case, new_key(), scripts=scripts, revisions=LATER)
    store = opened(with_a_case.parent)
    with store.read() as reader:
        assert reader.cases.get("case-1").member.family_name == "Doe"
    assert store.verify_audit() is None
    store.close()


def test_dangling_rows_stop_a_migration(with_a_case: Path, tmp_path: Path) -> None:
    scripts = scripts_with(tmp_path, "op.execute(\"UPDATE case_row SET id = 'other'\")")
    with pytest.raises(MigrationFailedError) as raised:
        migrate.migrate(with_a_case, new_key(), scripts=scripts, revisions=LATER)
    assert isinstance(raised.value.__cause__, migrate.MigrationBrokenError)
    assert cell(with_a_case, "SELECT id FROM case_row") == "case-1"


def test_a_full_disk_during_a_migration_is_said_and_the_store_is_put_back(
    with_a_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(migrate, "require_sound_pages", full)
    with pytest.raises(DiskFullError):
        migrate.migrate(with_a_case, new_key(), scripts=scripts_with(tmp_path, "pass"), revisions=LATER)
    assert cell(with_a_case, "SELECT version_num FROM alembic_version") == PRESENT


def test_opening_an_older_store_migrates_it(
    with_a_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = scripts_with(tmp_path, "pass")
    monkeypatch.setattr("desktop.store.engine.needs_migration", lambda found: found == PRESENT)
    monkeypatch.setattr(
        "desktop.store.engine.migrate",
        lambda path, key: migrate.migrate(path, key, scripts=scripts, revisions=LATER),
    )
    store = opened(with_a_case.parent)
    assert cell(with_a_case, "SELECT version_num FROM alembic_version") == LATER[-1]
    assert (with_a_case.parent / f"indicated-schema-{PRESENT}.backup").exists()
    store.close()
