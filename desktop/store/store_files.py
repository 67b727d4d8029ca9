"""The files of a store's folder, and what can be told of the store's file without its key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.settings.paths import store_file
from desktop.store.errors import NotAStoreError

_PAGE = 4096


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """Paths in one store folder."""

    folder: Path

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return store_file(self.folder)

    @property
    def log(self) -> Path:
        """SQLite's write-ahead log beside it."""
        return self.folder / "indicated.store-wal"

    @property
    def head(self) -> Path:
        """The note of the newest audit event."""
        return self.folder / "head.json"

    @property
    def lock(self) -> Path:
        """The lock of the running program."""
        return self.folder / "instance.lock"

    @property
    def exists(self) -> bool:
        """Whether there is a store here."""
        return self.store.is_file()


def require_store_file(path: Path) -> None:
    """Raise NotAStoreError when the file is missing or plainly something else; it is only read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError as error:
        raise NotAStoreError("the file indicated.store is missing") from error
    except OSError as error:
        raise NotAStoreError("the file indicated.store cannot be read") from error
    if start == b"SQLite format 3\x00":
        raise NotAStoreError("the file is a database without encryption, which this program never writes")
    if size < _PAGE:
        raise NotAStoreError("the file is too short to be a store")
