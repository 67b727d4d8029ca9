"""What can go wrong with a store, in the user's words; no message holds a path of the record or a patient's data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import UserFacingError

_NOTHING_CHANGED = "Nothing was changed."
_UNTOUCHED = "The file was not touched."
_ON_DISK = "Everything saved before this is on the disk; the last step was not saved."


class StoreError(UserFacingError):
    """The store could not do what was asked."""


class CaseNotFoundError(StoreError):
    """There is no case with this id."""

    def __init__(self) -> None:
        super().__init__(
            "This case is not in the store any more.",
            safe="No other case is affected.",
            todo="Go back to the desk and choose a case from the list.",
        )


class CaseExistsError(StoreError):
    """A case with this id or number is already there."""

    def __init__(self, what: str = "A case with this id is already in the store.") -> None:
        super().__init__(
            what,
            safe=_NOTHING_CHANGED,
            todo="Open the case that is there, or give the new one another number.",
        )


class DuplicateIdError(StoreError):
    """Two entries of one list carry the same id, so one would silently replace the other."""

    def __init__(self, table: str, entry_id: str) -> None:
        super().__init__(
            f"Two entries ({table.replace('_', ' ')}) carry the same id {entry_id}.",
            safe=_NOTHING_CHANGED,
            todo="Give each entry an id of its own.",
        )


class UnstorableValueError(StoreError):
    """A value that could be written but never be read again."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This entry cannot be stored: {why.removeprefix('Value error, ')}.",
            safe=_NOTHING_CHANGED,
            todo="Correct the entry and try again.",
        )


class MissingPdfError(StoreError):
    """An archived PDF is not there or is not the one that was archived."""

    def __init__(self) -> None:
        super().__init__(
            "The archived PDF of this letter is missing or differs from what was issued.",
            safe="The letter's text and the case are still here.",
            todo="Restore the store from a backup made after the letter was issued.",
        )


class MissingFileError(StoreError):
    """The bytes of a kept file are not there or are not the ones that were kept."""

    def __init__(self) -> None:
        super().__init__(
            "The kept file is missing or differs from what was kept.",
            safe="The text that was read from it and the case are still here.",
            todo="Add the file again, or restore the store from a backup made after it was added.",
        )


class UndoConflictError(StoreError):
    """The record is not as the step left it."""

    def __init__(self) -> None:
        super().__init__(
            "This step cannot be taken back, because the record changed since in another way.",
            safe=_NOTHING_CHANGED,
            todo="Make the change by hand.",
        )


class StoreClosedError(StoreError):
    """The store was locked in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "The store is locked.",
            safe="Everything that was saved is safe.",
            todo="Unlock it with your password.",
        )


class NotAStoreError(StoreError):
    """The file is missing or is something else."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This folder holds no store that can be opened: {why}.",
            safe=_UNTOUCHED,
            todo="Choose the folder of your store, or restore the store from a backup.",
        )


class StoreExistsError(StoreError):
    """A new store was to be made where there is one."""

    def __init__(self) -> None:
        super().__init__(
            "There is already a store in this folder.",
            safe=_UNTOUCHED,
            todo="Open it with its password, or choose an empty folder for a new store.",
        )


class FolderNotWritableError(StoreError):
    """A new store was to be made in a folder that cannot be written to."""

    def __init__(self) -> None:
        super().__init__(
            "A store cannot be made here, because the folder cannot be written to.",
            safe="Nothing was made.",
            todo="Choose another folder, or ask whoever looks after this computer for the right to write here.",
        )


class WrongKeyError(StoreError):
    """The key does not fit the file."""

    def __init__(self) -> None:
        super().__init__(
            "The key from vault.json does not open the store beside it; the two files belong to different stores.",
            safe=_UNTOUCHED,
            todo="Put back the vault.json and indicated.store that belong together, from the same backup.",
        )


class NewerSchemaError(StoreError):
    """The store was written by a newer program."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"This store was last used by a newer version of the program (store format {found}; "
            f"this version knows up to {known}).",
            safe=_UNTOUCHED,
            todo="Install the newer version and open the store with it.",
        )


class NeedsMigrationError(StoreError):
    """An older store on a disk that cannot be written to."""

    def __init__(self) -> None:
        super().__init__(
            "This store has an older format and must be brought up to date, but it cannot be written to here.",
            safe=_UNTOUCHED,
            todo="Copy the whole folder to a disk you can write to and open it there.",
        )


class MigrationFailedError(StoreError):
    """Bringing the store up to date failed; it was put back as it was."""

    def __init__(self) -> None:
        super().__init__(
            "The store could not be brought up to this version's format.",
            safe="It was put back exactly as it was, and a verified backup lies beside it.",
            todo="Go on with the previous version of the program and report the problem.",
        )


class LockedError(StoreError):
    """Another instance has the store open. `pid` is its process id, None when it cannot be told."""

    def __init__(self, pid: int | None) -> None:
        self.pid = pid
        who = f" (process {pid})" if pid is not None else ""
        super().__init__(
            f"The store is already open in another window of this program{who}.",
            safe=_UNTOUCHED,
            todo="Use that window, or close it and try again.",
        )


class ReadOnlyError(StoreError):
    """A write to a store that is open for viewing only."""

    def __init__(self) -> None:
        super().__init__(
            "The store lies on a disk that cannot be written to, so it is open for viewing only.",
            safe=_NOTHING_CHANGED,
            todo="Copy the store's folder to a disk you can write to and open it there.",
        )


class UnfinishedReadOnlyError(StoreError):
    """A store on a read-only disk whose newest changes still stand in the write-ahead log."""

    def __init__(self) -> None:
        super().__init__(
            "The store was not closed properly and lies on a disk that cannot be written to, "
            "so its newest changes cannot be read.",
            safe=_UNTOUCHED,
            todo="Copy the whole folder, with all its files, to a disk you can write to and open it there.",
        )


class BackupTargetError(StoreError):
    """The place for a backup cannot be written to."""

    def __init__(self) -> None:
        super().__init__(
            "The backup could not be written to the place you chose.",
            safe="The store is untouched, and no half backup was left behind.",
            todo="Check that the place exists, has room and may be written to, or choose another.",
        )


class DiskFullError(StoreError):
    """No room on the disk."""

    def __init__(self) -> None:
        super().__init__(
            "The disk is full.", safe=_ON_DISK, todo="Free some space, then do the last step again."
        )


class DiskError(StoreError):
    """The disk, the network drive or the file system failed."""

    def __init__(self) -> None:
        super().__init__(
            "The disk reported an error while the store was used.",
            safe=_ON_DISK,
            todo="Check that the drive is connected and healthy, then do the last step again.",
        )


class BusyError(StoreError):
    """Another program holds the file."""

    def __init__(self) -> None:
        super().__init__(
            "Another program, perhaps a backup or a virus scanner, is holding the store.",
            safe=_ON_DISK,
            todo="Wait a moment, then do the last step again.",
        )


class DamagedStoreError(StoreError):
    """A page of the file fails its seal. `count` pages are known to be damaged (0: not counted)."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        pages = f" ({count} {'page' if count == 1 else 'pages'})" if count else ""
        super().__init__(
            f"The store file is damaged{pages}: what is on the disk is not what was written.",
            safe="No wrong text is shown: damaged pages are refused. Work on a copy of the folder from now on.",
            todo="Restore the store from the newest backup, and have the disk checked.",
        )


_SHORT_READ = 522  # SQLITE_IOERR_SHORT_READ: the file was cut off

# SQLite's primary result codes; sqlcipher3 gives them on its exceptions.
_BY_CODE: dict[int, type[DiskFullError | DiskError | BusyError | DamagedStoreError | ReadOnlyError]] = {
    3: ReadOnlyError,  # SQLITE_PERM
    5: BusyError,
    6: BusyError,  # SQLITE_LOCKED
    8: ReadOnlyError,
    10: DiskError,  # SQLITE_IOERR
    11: DamagedStoreError,  # SQLITE_CORRUPT
    13: DiskFullError,
    14: DiskError,  # SQLITE_CANTOPEN
    26: DamagedStoreError,  # SQLITE_NOTADB: with the right key, a page that fails its seal
}


def store_error_of(error: BaseException) -> StoreError | None:
    """The error in words for a failure of the environment; None for a mistake in the program."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code: object = getattr(original, "sqlite_errorcode", None)
    if code == _SHORT_READ:
        return DamagedStoreError()
    kind = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
    return kind() if kind else None


@contextmanager
def in_words() -> Generator[None]:
    """Turn the database's errors about disk, file and other programs into errors in words."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        worded = store_error_of(error)
        if worded is None:
            raise
        raise worded from error
