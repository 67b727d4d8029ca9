"""A case file in a store that is thrown away, for commands on files; it never touches the user's own store."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.audit import Actor
from desktop.domain.errors import UserFacingError
from desktop.intake.case_json import read_case_file
from desktop.security.vault import FLOOR_PROFILE
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.store.errors import LockedError
from desktop.store.instance_lock import InstanceLock, ReadOnlyFolderError

_PREFIX = "indicated-case-"
_LONG_AGO_S = 600
"""Younger ones may be about to be locked by the command that is making them."""


@dataclass(frozen=True)
class OpenedFile:
    """A case file as a stored case; `notes` are its open points, and why it could not be signed as it says."""

    services: Services
    case_id: str
    notes: tuple[str, ...]


@contextmanager
def opened_case_file(path: Path) -> Generator[OpenedFile]:
    """Read a case file, with its signature if it carries one and is ready for it. Raises UserFacingError."""
    loaded = read_case_file(path)
    signer = loaded.case_file.sign_off
    _clear_away_what_was_left()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        actor = Actor(
            name=signer.name if signer else "Command line", credential=signer.credential if signer else ""
        )
        services, _recovery_key = create_workspace(
            Path(folder) / "store", secrets.token_urlsafe(24), actor, profile=FLOOR_PROFILE
        )
        try:
            case = services.cases.import_case(loaded.case_file, name=path.name, files=loaded.files).value
            notes = list(loaded.problems)
            if signer is not None:
                try:
                    services.determinations.sign(case.id, **signer.model_dump())
                except UserFacingError as error:
                    notes.append(error.what)
            yield OpenedFile(services, case.id, tuple(notes))
        finally:
            services.close()


def _clear_away_what_was_left() -> None:
    """Remove stores of commands that were killed. Nobody has their passwords, so they hold nothing for anyone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not folder.is_symlink() and _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    lock = folder / "store" / "instance.lock"
    try:
        if time.time() - folder.stat().st_mtime < _LONG_AGO_S:
            return False
        if lock.exists():
            InstanceLock(lock).release()
    except (LockedError, ReadOnlyFolderError, OSError):
        return False  # in use, or another user's
    return True
