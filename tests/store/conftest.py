"""Stores for the tests of the store: each test gets its own folder, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.domain.clock import FixedClock
from desktop.security.data_key import DataKey
from desktop.store.engine import Store, create_store, open_store

KEY = bytes(range(32))
ADA = Actor(name="Ada Example", credential="RN")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class TickingClock(FixedClock):
    """A clock that moves one second with every look, so that no two events share an instant."""

    def __init__(self, instant: datetime = NOON) -> None:
        super().__init__(instant)
        self._ticks = 0

    def now(self) -> datetime:
        self._ticks += 1
        return super().now() + timedelta(seconds=self._ticks)


def new_key() -> DataKey:
    """The test stores' key; a fresh object, because closing a store wipes it."""
    return DataKey(KEY)


def opened(folder: Path, actor: Actor | None = None) -> Store:
    """Open a store with the test key."""
    return open_store(folder, new_key(), actor=actor, clock=TickingClock())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty, closed store."""
    folder = tmp_path_factory.mktemp("template") / "store"
    create_store(folder, new_key(), actor=ADA, clock=TickingClock()).close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A closed store of this test's own."""
    return Path(shutil.copytree(template, tmp_path / "store"))


@pytest.fixture
def open_here(folder: Path) -> Iterator[Callable[[], Store]]:
    """Opens this test's store; whatever was opened is closed at the end."""
    stores: list[Store] = []

    def open_it() -> Store:
        stores.append(opened(folder))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(open_here: Callable[[], Store]) -> Store:
    """This test's store, open."""
    return open_here()
