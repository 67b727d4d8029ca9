"""No word of the record can be read without the key, and no damaged word is ever shown."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.case import Case
from desktop.domain.errors import UserFacingError
from desktop.store.engine import Store
from desktop.store.errors import BackupTargetError, DamagedStoreError
from tests.store.conftest import KEY, opened

CANARY = "Canary-Zephyr-7Q"


@pytest.fixture
def filled(open_here: Callable[[], Store], folder: Path) -> Path:
    """A closed store in which the canary stands in every kind of place."""
    store = open_here()
    case = Case.model_validate(
        {
            "id": "case-1",
            "number": "26-0001",
            "review_question": CANARY,
            "member": {"family_name": CANARY, "given_name": CANARY},
            "denial": {"reasons": [{"id": "r", "verbatim": CANARY * 50}]},
            "documents": [{"id": "d", "text": CANARY * 500}],
        }
    )
    with store.write("case_opened", CANARY, case_id="case-1") as work:
        work.cases.add(case)
        work.criteria.put("typed", f"title: {CANARY}")
    store.remember("view", f'"{CANARY}"')
    with store.write("case_deleted", CANARY, case_id="case-1") as work:
        work.cases.delete("case-1")
    store.undo("case-1")
    store.back_up_to(folder / "copy.backup")
    return folder


def traces(folder: Path) -> list[str]:
    """The files that hold the canary or the key, in any form they could lie in."""
    wanted = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    wanted += [KEY, KEY.hex().encode(), KEY.hex().upper().encode()]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(trace in path.read_bytes() for trace in wanted)
    ]


def test_no_file_of_the_folder_holds_a_word_of_the_record_or_the_key(filled: Path, tmp_path: Path) -> None:
    assert {"indicated.store-wal", "copy.backup"} <= {path.name for path in filled.iterdir()}
    assert traces(filled) == []


def test_the_search_for_traces_finds_one(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text(f"x{CANARY}")
    (tmp_path / "key").write_text(KEY.hex())
    assert sorted(traces(tmp_path)) == ["key", "leak"]


@pytest.mark.parametrize("name", ["indicated.store", "copy.backup"])
def test_pythons_own_sqlite_cannot_open_the_store(filled: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copy(filled / name, tmp_path / "other")
    with closing(sqlite3.connect(copy)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master").fetchall()


def test_a_backup_opens_with_the_key_and_holds_everything(filled: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(filled / "copy.backup", restored / "indicated.store")
    store = opened(restored)
    with store.read() as reader:
        assert reader.cases.get("case-1").review_question == CANARY
    store.close()


def test_a_backup_to_a_place_that_is_not_there_fails_and_leaves_nothing(
    open_here: Callable[[], Store], tmp_path: Path
) -> None:
    store = open_here()
    with pytest.raises(BackupTargetError):
        store.back_up_to(tmp_path / "nowhere" / "copy.backup")
    assert not (tmp_path / "nowhere").exists()


def test_every_flipped_bit_is_noticed_before_anything_is_shown(template: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    path = folder / "indicated.store"
    sound = path.read_bytes()
    chance = random.Random(2026)
    for _ in range(60):
        place, bit = chance.randrange(len(sound)), chance.randrange(8)
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
        with pytest.raises(DamagedStoreError):
            opened(folder).close()
    path.write_bytes(sound)
    opened(folder).close()


def test_every_truncation_is_noticed(template: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    path = folder / "indicated.store"
    sound = path.read_bytes()
    chance = random.Random(2026)
    for length in [0, 1, 4096, len(sound) - 4096, *(chance.randrange(len(sound)) for _ in range(30))]:
        path.write_bytes(sound[:length])
        with pytest.raises(UserFacingError):
            opened(folder).close()


def test_a_page_that_is_damaged_while_the_store_is_open_is_refused_by_name(
    open_here: Callable[[], Store], folder: Path
) -> None:
    open_here().close()
    store = open_here()
    path = folder / "indicated.store"
    content = bytearray(path.read_bytes())
    for place in (len(content) - 100, len(content) - 5000):
        content[place] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedStoreError, match=r"2 pages") as raised:
        store.check_pages()
    assert raised.value.count == 2
    for place in range(5000, len(content), 4096):
        content[place] ^= 2
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedStoreError):
        store.recall("screen")


def test_opening_a_store_leaves_nothing_in_the_working_folder(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `PRAGMA cipher_log = NONE` names a file: SQLCipher then wrote its log to one called NONE.
    here = tmp_path / "elsewhere"
    here.mkdir()
    monkeypatch.chdir(here)
    opened(shutil.copytree(template, tmp_path / "copy")).close()
    assert list(here.iterdir()) == []
