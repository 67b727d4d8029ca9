"""Every way in which opening a store fails is said in words, and the file is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from desktop.domain.audit import Actor
from desktop.domain.errors import UserFacingError
from desktop.security.data_key import DataKey
from desktop.store import connection as connections
from desktop.store import engine, errors
from desktop.store.connection import OutdatedSqliteError, connect, require_sound_sqlite
from desktop.store.engine import create_store, open_store
from desktop.store.errors import (
    DiskError,
    DiskFullError,
    FolderNotWritableError,
    LockedError,
    NeedsMigrationError,
    NewerSchemaError,
    NotAStoreError,
    StoreError,
    StoreExistsError,
    WrongKeyError,
    store_error_of,
)
from desktop.store.instance_lock import InstanceLock, ReadOnlyFolderError
from desktop.store.migrate import REVISIONS
from tests.store.conftest import ADA, TickingClock, new_key, opened


def all_errors(kind: type[StoreError]) -> list[type[StoreError]]:
    return [found for sub in kind.__subclasses__() for found in (sub, *all_errors(sub))]


def test_the_sqlite_inside_is_new_enough_and_an_old_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    require_sound_sqlite()
    monkeypatch.setattr(connections, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(OutdatedSqliteError):
        require_sound_sqlite()


def test_a_folder_without_a_store_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(NotAStoreError, match="missing"):
        opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_store_is_not_a_store(tmp_path: Path) -> None:
    (tmp_path / "indicated.store").mkdir()
    with pytest.raises(NotAStoreError, match="cannot be read"):
        opened(tmp_path)


def test_an_unencrypted_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "indicated.store"
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE t (x)")
        plain.commit()
    before = path.read_bytes()
    with pytest.raises(NotAStoreError, match="without encryption"):
        opened(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 a short file"])
def test_a_short_file_is_not_a_store(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "indicated.store").write_bytes(content)
    with pytest.raises(NotAStoreError, match="too short"):
        opened(tmp_path)


def test_noise_in_the_place_of_the_store_is_a_wrong_key_or_another_store(tmp_path: Path) -> None:
    (tmp_path / "indicated.store").write_bytes(bytes(range(256)) * 32)
    with pytest.raises(WrongKeyError):
        opened(tmp_path)


def test_another_key_is_refused_and_the_right_one_still_opens(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "indicated.store").read_bytes()
    with pytest.raises(WrongKeyError) as raised:
        open_store(folder, DataKey(bytes(32)), actor=ADA, clock=TickingClock())
    assert raised.value.safe == "The file was not touched."
    assert (folder / "indicated.store").read_bytes() == before
    opened(folder).close()
    assert capfd.readouterr() == ("", "")


def test_an_encrypted_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "indicated.store"
    path.touch()
    with closing(connect(path, new_key())) as other:
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(NotAStoreError, match="something else"):
        opened(tmp_path)


def set_schema(folder: Path, *versions: str) -> None:
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        raw.execute("DELETE FROM alembic_version")
        for version in versions:
            raw.execute("INSERT INTO alembic_version VALUES (?)", (version,))


def test_a_store_of_a_newer_program_is_refused_with_both_versions_named(folder: Path) -> None:
    set_schema(folder, "0999")
    with pytest.raises(NewerSchemaError, match=f"0999.*{REVISIONS[-1]}"):
        opened(folder)


def test_a_store_that_does_not_say_its_version_is_refused(folder: Path) -> None:
    set_schema(folder)
    with pytest.raises(NotAStoreError, match="which version"):
        opened(folder)


def test_an_older_store_on_a_read_only_disk_asks_for_another_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "InstanceLock", refuse_lock)
    monkeypatch.setattr(engine, "needs_migration", always)
    with pytest.raises(NeedsMigrationError):
        opened(folder)


def always(*_: object) -> bool:
    return True


def never(*_: object) -> bool:
    return False


def refuse_lock(path: Path) -> InstanceLock:
    raise ReadOnlyFolderError


def test_a_store_file_that_may_not_be_written_opens_for_viewing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.os, "access", never)
    store = opened(folder)
    assert store.is_read_only
    with pytest.raises(errors.ReadOnlyError):
        store.change_actor(Actor(name="Grace"))
    assert store.actor == ADA
    assert store.verify_audit() is None
    store.close()


def test_a_folder_that_holds_a_store_gets_no_second_one(folder: Path) -> None:
    before = (folder / "indicated.store").read_bytes()
    with pytest.raises(StoreExistsError):
        create_store(folder, new_key(), actor=ADA, clock=TickingClock())
    assert (folder / "indicated.store").read_bytes() == before
    opened(folder).close()


def test_a_store_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderNotWritableError):
        create_store(tmp_path / "file", new_key(), actor=ADA, clock=TickingClock())


def test_what_a_broken_off_creation_left_behind_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "indicated.store.partial").write_bytes(b"half")
    create_store(tmp_path, new_key(), actor=ADA, clock=TickingClock()).close()
    assert not list(tmp_path.glob("*partial*"))
    store = opened(tmp_path)
    assert store.verify_audit() is None
    assert [event.operation for event in store.audit()] == ["store_created"]
    store.close()


def test_only_the_owner_may_read_the_files_of_a_store(tmp_path: Path) -> None:
    store = create_store(tmp_path / "new", new_key(), actor=ADA, clock=TickingClock())
    store.record("opened", "Open")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    store.close()


def test_the_connection_is_as_durable_and_as_quiet_as_it_should_be(folder: Path) -> None:
    store = opened(folder)
    with store._connected() as connection:
        for pragma, wanted in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "mmap_size": 0,
            "temp_store": 0,
        }.items():
            found = connection.exec_driver_sql(f"PRAGMA {pragma}").first()
            # Without memory-mapped files compiled in, the pragma answers nothing.
            assert found is None or found[0] == wanted, pragma
        options = {row[0] for row in connection.exec_driver_sql("PRAGMA compile_options")}
        assert "TEMP_STORE=2" in options, "temporary tables must stay in memory"
    store.close()


def test_a_lock_file_without_a_number_still_says_that_the_store_is_open(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path / "instance.lock")
    (tmp_path / "instance.lock").write_text("not a number")
    with pytest.raises(LockedError) as raised:
        InstanceLock(tmp_path / "instance.lock")
    assert raised.value.pid is None
    lock.release()
    lock.release()
    InstanceLock(tmp_path / "instance.lock").release()


def test_a_lock_that_fails_for_another_reason_is_not_taken_for_a_read_only_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        InstanceLock(tmp_path / "nowhere" / "instance.lock")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, errors.BusyError),
        (517, errors.BusyError),
        (8, errors.ReadOnlyError),
        (1032, errors.ReadOnlyError),
        (10, errors.DiskError),
        (522, errors.DamagedStoreError),
        (1034, errors.DiskError),
        (11, errors.DamagedStoreError),
        (13, errors.DiskFullError),
        (14, errors.DiskError),
        (26, errors.DamagedStoreError),
    ],
)
def test_every_failure_of_the_environment_has_words(code: int, kind: type[StoreError]) -> None:
    failure = sqlcipher.OperationalError("x")
    failure.sqlite_errorcode = code  # pyright: ignore[reportAttributeAccessIssue]
    assert type(store_error_of(failure)) is kind


@pytest.mark.parametrize("failure", [sqlcipher.IntegrityError("x"), ValueError("x")])
def test_a_mistake_in_the_program_is_not_passed_off_as_a_failing_disk(failure: Exception) -> None:
    assert store_error_of(failure) is None


def test_a_mistake_in_a_statement_is_raised_as_it_is_and_without_its_values(folder: Path) -> None:
    from sqlalchemy.exc import IntegrityError

    store = opened(folder)
    with pytest.raises(IntegrityError) as raised, store.write("x", "x", case_id="case-1") as work:
        work._rows.insert("member", {"case_id": "case-1", "family_name": "SECRET"})
    assert "SECRET" not in str(raised.value)
    store.close()


def test_every_error_says_what_happened_whether_work_is_safe_and_what_to_do() -> None:
    arguments: dict[type[StoreError], tuple[object, ...]] = {
        errors.DuplicateIdError: ("service_line", "l"),
        errors.UnstorableValueError: ("Value error, x",),
        errors.NotAStoreError: ("it is missing",),
        errors.NewerSchemaError: ("2", "1"),
        errors.LockedError: (None,),
    }
    for kind in all_errors(StoreError):
        error = kind(*arguments.get(kind, ()))  # pyright: ignore[reportCallIssue, reportArgumentType]
        assert isinstance(error, UserFacingError)
        for sentence in (error.what, error.safe, error.todo):
            assert sentence.endswith("."), kind
            assert sentence[0].isupper(), kind


@pytest.mark.parametrize(("free", "kind"), [(0, DiskFullError), (10**9, DiskError)])
def test_a_disk_without_room_to_open_is_called_full_and_not_broken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[StoreError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DiskError

    def usage(_: Path) -> tuple[int, int, int]:
        return shutil._ntuple_diskusage(10**9, 0, free)

    monkeypatch.setattr(engine, "_prepare", fail)
    monkeypatch.setattr(engine.shutil, "disk_usage", usage)
    with pytest.raises(kind):
        opened(folder)
