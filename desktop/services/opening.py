"""Making and opening a store, from password to services, without a window."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock, SystemClock
from desktop.domain.errors import UserFacingError
from desktop.letters.references.library import load_references
from desktop.rules.loader import load_library
from desktop.security.vault import DataKey, KdfProfile, calibrate, create_vault, unlock
from desktop.services.workspace import Services
from desktop.settings.paths import criteria_dir, resources_dir, store_file, vault_file
from desktop.store.engine import Store, create_store, open_store


def has_store(folder: Path) -> bool:
    """Whether a store was ever made in a folder."""
    return store_file(folder).exists()


def create_workspace(
    folder: Path,
    password: str,
    actor: Actor,
    *,
    profile: KdfProfile | None = None,
    clock: Clock | None = None,
) -> tuple[Services, str]:
    """Make a store with a fresh random key. Returns the services and the recovery key to print, shown only now.

    `profile` None measures this machine first, so that opening takes 0.3 to 1.0 s.
    """
    if has_store(folder):
        raise UserFacingError(
            "There already is a store in this folder.",
            safe="It was not touched.",
            todo="Open it with its password, or choose another folder.",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _set_aside(vault_file(folder))
    key, recovery_key = create_vault(vault_file(folder), password, profile or calibrate())
    try:
        store = create_store(folder, key, actor=actor, clock=clock or SystemClock())
    except BaseException:
        vault_file(folder).unlink(missing_ok=True)  # it opens nothing, and its recovery key was never shown
        raise
    return _services(store, clock or SystemClock()), recovery_key


def open_workspace(folder: Path, key: DataKey, *, clock: Clock | None = None) -> Services:
    """Open a store whose key was unlocked."""
    store = open_store(folder, key, actor=None, clock=clock or SystemClock())
    return _services(store, clock or SystemClock())


def open_with_password(folder: Path, password: str, *, clock: Clock | None = None) -> Services:
    """Unlock and open in one go, for the command line."""
    if not has_store(folder):
        raise UserFacingError(
            "There is no store in this folder.",
            safe="Nothing was changed.",
            todo="Start the program once without a command to make one.",
        )
    return open_workspace(folder, unlock(vault_file(folder), password), clock=clock)


def _set_aside(vault: Path) -> None:
    """Rename a key that has no store: it was left by a start cut short, or its store was moved elsewhere."""
    if not vault.exists():
        return
    number = 1
    while (kept := vault.with_name(f"{vault.name}.unused-{number}")).exists():
        number += 1
    vault.rename(kept)


def _services(store: Store, clock: Clock) -> Services:
    # What is wrong with the library is shown with it: it keeps nobody from their cases.
    return Services(
        store,
        clock,
        load_library(criteria_dir()),
        load_references(resources_dir() / "references"),
        resources_dir() / "topics",
    )
