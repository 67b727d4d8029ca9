"""Whatever is done to the audit events behind the program's back is found."""

from __future__ import annotations

import logging
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.security import chain_head
from desktop.store.connection import connect
from tests.store.conftest import new_key, opened

EVENTS = 8
TEXT_COLUMNS = ["at", "actor", "operation", "case_id", "label", "detail_hash", "previous_hash", "hash"]
MOVE = "UPDATE audit_event SET sequence = ? WHERE sequence = ?"
DELETE = "DELETE FROM audit_event WHERE sequence = ?"
COPY = (
    "INSERT INTO audit_event SELECT ?, at, actor, operation, case_id, label, detail_hash, previous_hash, hash "
    "FROM audit_event WHERE sequence = ?"
)


@pytest.fixture(scope="module")
def busy(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with eight events."""
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("busy") / "store"))
    store = opened(folder)
    for number in range(EVENTS - 1):
        with store.write("case_opened", "New case", case_id=f"case-{number}") as work:
            work.cases.add(Case(id=f"case-{number}"))
    assert store.verify_audit() is None
    store.close()
    return folder


@pytest.fixture
def tampered(busy: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(busy, tmp_path / "store"))


def tamper(folder: Path, *statements: tuple[str, tuple[int, ...]]) -> None:
    """Change the events with the key in hand, as no one without the program could."""
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        raw.execute("DROP TRIGGER audit_event_no_update")
        raw.execute("DROP TRIGGER audit_event_no_delete")
        for statement, values in statements:
            raw.execute(statement, values)


def problem_of(folder: Path) -> str | None:
    store = opened(folder)
    try:
        problem = store.verify_audit()
        return str(problem) if problem else None
    finally:
        store.close()


@pytest.mark.parametrize("verb", ["UPDATE audit_event SET label = 'x'", "DELETE FROM audit_event"])
def test_the_store_itself_refuses_to_change_an_event(busy: Path, verb: str) -> None:
    with closing(connect(busy / "indicated.store", new_key())) as raw:  # noqa: SIM117
        with pytest.raises(Exception, match="append-only"):
            raw.execute(verb)


@given(
    sequence=st.integers(1, EVENTS),
    column=st.sampled_from(TEXT_COLUMNS),
    place=st.integers(0, 200),
    letter=st.characters(exclude_categories=["Cs"]),
)
@settings(max_examples=60)
def test_any_changed_letter_of_any_event_is_found(
    busy: Path, tmp_path_factory: pytest.TempPathFactory, sequence: int, column: str, place: int, letter: str
) -> None:
    folder = Path(shutil.copytree(busy, tmp_path_factory.mktemp("edit") / "store"))
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        raw.execute("DROP TRIGGER audit_event_no_update")
        read = f"SELECT {column} FROM audit_event WHERE sequence = ?"  # noqa: S608 - a name from this module
        old = raw.execute(read, (sequence,)).fetchone()[0] or ""
        place %= len(old) + 1
        changed = old[:place] + letter + old[place + 1 :]
        write = f"UPDATE audit_event SET {column} = ? WHERE sequence = ?"  # noqa: S608 - a name from this module
        raw.execute(write, (changed, sequence))
    assert (problem_of(folder) is None) == (changed == old)
    store = opened(folder)
    assert len(store.audit()) >= EVENTS  # and the list can still be shown
    store.record("letter_printed", "Print")  # and work goes on
    store.close()


@given(first=st.integers(1, EVENTS), second=st.integers(1, EVENTS))
@settings(max_examples=15)
def test_any_two_events_that_changed_places_are_found(
    busy: Path, tmp_path_factory: pytest.TempPathFactory, first: int, second: int
) -> None:
    folder = Path(shutil.copytree(busy, tmp_path_factory.mktemp("swap") / "store"))
    tamper(
        folder,
        (MOVE, (-1, first)),
        (MOVE, (first, second)),
        (MOVE, (second, -1)),
    )
    assert (problem_of(folder) is None) == (first == second)


@pytest.mark.parametrize("sequence", range(1, EVENTS + 1))
def test_any_deleted_event_is_found_the_last_one_too(tampered: Path, sequence: int) -> None:
    tamper(tampered, (DELETE, (sequence,)))
    assert problem_of(tampered) is not None


def test_deleting_and_closing_the_gap_is_found(tampered: Path) -> None:
    tamper(
        tampered,
        (DELETE, (4,)),
        *((MOVE, (n - 1, n)) for n in range(5, EVENTS + 1)),
    )
    assert problem_of(tampered) is not None


def test_an_event_slipped_in_is_found(tampered: Path) -> None:
    tamper(tampered, (COPY, (EVENTS + 1, EVENTS)))
    assert problem_of(tampered) is not None


def test_an_emptied_chain_without_its_note_is_found(tampered: Path) -> None:
    tamper(tampered, ("DELETE FROM audit_event", ()))
    (tampered / "head.json").unlink()
    assert problem_of(tampered) is not None


def test_yesterdays_store_in_todays_folder_is_found_and_stands_in_the_chain(
    busy: Path, tampered: Path
) -> None:
    store = opened(tampered)
    store.record("letter_printed", "Print")
    store.close()
    shutil.copy(busy / "indicated.store", tampered / "indicated.store")
    assert "older copy" in str(problem_of(tampered))
    later = opened(tampered)
    assert later.audit(limit=1)[0].operation == "audit_gap_found"
    assert later.verify_audit() is None  # whole again from here on, with the gap on record
    later.close()


def test_the_newest_events_lost_with_a_damaged_log_are_noticed(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    for _ in range(5):
        store.record("letter_printed", "Print")
    crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    store.close()
    log = crashed / "indicated.store-wal"
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(bytes(content))
    assert "cut off" in str(problem_of(crashed))


def test_a_crash_between_the_commit_and_the_note_is_no_tampering(folder: Path) -> None:
    note = (folder / "head.json").read_bytes()
    store = opened(folder)
    store.record("letter_printed", "Print")
    store.close()
    (folder / "head.json").write_bytes(note)
    assert problem_of(folder) is None


def test_a_note_from_another_store_is_found(folder: Path, tmp_path: Path) -> None:
    note = (folder / "head.json").read_text()
    (folder / "head.json").write_text(note.replace('"mac":"', '"mac":"0'))
    assert "head.json" in str(problem_of(folder))


@pytest.mark.allow_log
def test_a_note_that_cannot_be_written_does_not_take_the_write_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = opened(folder)
    with monkeypatch.context() as patch:
        patch.setattr(chain_head, "write_private", full)
        store.record("letter_printed", "Print")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "Print" not in caplog.text
    assert store.audit(limit=1)[0].operation == "letter_printed"
    store.record("letter_printed", "Print")
    assert store.verify_audit() is None
    store.close()
    assert problem_of(folder) is None


def test_a_long_chain_is_verified_in_parts(folder: Path) -> None:
    store = opened(folder)
    with store._transaction() as rows:
        for _ in range(1100):
            store._newest = store._log.append(
                rows.connection,
                at=store._clock.now(),
                actor=store.actor,
                operation="letter_printed",
                case_id=None,
                label="Print",
            )
    assert store.verify_audit() is None
    assert store.audit(limit=1)[0].sequence == 1101
    store.close()
