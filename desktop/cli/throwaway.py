"""A case file in a store that is thrown away, for commands on files; it never touches the user's own store."""

from __future__ import annotations

import secrets
import tempfile
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
    with tempfile.TemporaryDirectory(prefix="indicated-") as folder:
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
