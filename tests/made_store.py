"""Stores for tests: made once in a process and copied, because to make one costs more than most tests need in all.

A test of how stores are made, opened or damaged makes its own; it must not use this.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from desktop.domain.audit import Actor
from desktop.domain.case_file import CaseFile
from desktop.domain.clock import Clock, FixedClock
from desktop.intake.case_json import load_case_file
from desktop.letters.references.library import load_references
from desktop.rules.loader import load_library
from desktop.security.vault import TEST_PROFILE
from desktop.services import opening
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir

PASSWORD = "correct horse battery"
REVIEWER = Actor(name="R. Reviewer", credential="RN")
CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))


@cache
def sample_file() -> CaseFile:
    """The sample case as it is shipped."""
    path = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
    return load_case_file(path.read_bytes(), path.name).case_file


def sample_case_id() -> str:
    """What the sample case is called in a store that holds it."""
    return _template(REVIEWER.name, REVIEWER.credential, True)[1]


def made_store(
    folder: Path, *, actor: Actor = REVIEWER, clock: Clock = CLOCK, holds_sample: bool = False
) -> Services:
    """An open store in `folder`, empty or with the sample case. Whoever asks for it closes it."""
    lay_store(folder, actor=actor, holds_sample=holds_sample)
    with _libraries_read_once():
        return opening.open_with_password(folder, PASSWORD, clock=clock)


def lay_store(folder: Path, *, actor: Actor = REVIEWER, holds_sample: bool = False) -> None:
    """A closed store in `folder`, made at `CLOCK`; its password is `PASSWORD`."""
    shutil.copytree(_template(actor.name, actor.credential, holds_sample)[0], folder, dirs_exist_ok=True)


@cache
def _template(name: str, credential: str, holds_sample: bool) -> tuple[Path, str]:
    kept = Path(tempfile.mkdtemp(prefix="made-store-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    folder = kept / "store"
    case_id = ""
    actor = Actor(name=name, credential=credential)
    with _libraries_read_once():
        services, _ = opening.create_workspace(folder, PASSWORD, actor, profile=TEST_PROFILE, clock=CLOCK)
    if holds_sample:
        case_id = services.cases.import_case(sample_file()).value.id
    services.close()
    return folder, case_id


@contextmanager
def _libraries_read_once() -> Iterator[None]:
    """The shipped criteria and references never change while a test runs, and are never changed in memory."""
    with (
        patch.object(opening, "load_library", _library),
        patch.object(opening, "load_references", _references),
    ):
        yield


_library = cache(load_library)
_references = cache(load_references)
