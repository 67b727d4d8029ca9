"""One program at a time on a store: a lock the operating system drops by itself when the program dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from desktop.store.errors import LockedError

_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
# Windows locks ranges of bytes and then refuses to read them: the locked byte lies far behind the process id.
_LOCKED_BYTE = 1 << 20


class ReadOnlyFolderError(Exception):
    """The lock file cannot be written: the folder is on a read-only disk, or closed to this user."""


class InstanceLock:
    """The lock of a store's folder, held from construction to `release`. Its file stays; only the lock counts."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises LockedError, ReadOnlyFolderError, or OSError for anything else."""
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            if error.errno in _READ_ONLY:
                raise ReadOnlyFolderError from error
            raise
        if not _take(descriptor):
            pid = _pid_in(descriptor)
            os.close(descriptor)
            raise LockedError(pid)
        self._descriptor: int | None = descriptor
        # The number is a courtesy, which a full disk may refuse; the lock itself is held.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Give the lock up. Releasing twice is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _take(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_in(descriptor: int) -> int | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    content = os.read(descriptor, 32)
    return int(content) if content.isdigit() else None
