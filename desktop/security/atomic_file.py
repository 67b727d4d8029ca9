"""Small private files written whole or not at all, because half a vault would lock a store for good."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

from desktop.domain.errors import UserFacingError

_BEGINNING = 40
"""Characters of a name; in UTF-8 each may take four of the 255 bytes that a name has."""


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, mode 0600, on disk before this returns. Raises OSError; the old file then stands.

    What is no ordinary file, such as a device or a pipe, is refused: it would be gone, with a file in its place.
    """
    if _is_special(path):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not an ordinary file", str(path))
    # Only the beginning of the name: with all of it, the longest names that a folder takes would be too long.
    descriptor, name = tempfile.mkstemp(
        prefix=f".{path.name[:_BEGINNING]}.", suffix=".partial", dir=path.parent
    )
    partial = Path(name)  # mkstemp creates it readable by its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_whole(path: Path, text: str, kept: str) -> str:
    """Write a text that leaves the program; returns the file's name. Raises UserFacingError.

    `kept`: what is as it was when this fails, as a sentence without its period.
    """
    try:
        write_private(path, text.encode("utf-8"))
    except OSError as error:
        raise UserFacingError(
            f"{path.name} could not be written ({error.strerror or 'no reason given'}).",
            safe=f"{kept}, and no half file was left behind.",
            todo="Choose another folder, or make room on the disk.",
        ) from error
    return path.name


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # nothing is there, or it cannot be looked at: writing will say which
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _sync_folder(folder: Path) -> None:
    # The new name itself must survive a power cut. Windows cannot open a folder; NTFS journals names on its own.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
