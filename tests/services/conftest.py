"""An open workspace on a fresh encrypted store with the sample case in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.domain.case_file import CaseFile
from desktop.domain.clock import FixedClock
from desktop.intake.case_json import load_case_file
from desktop.security.vault import TEST_PROFILE
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_file() -> CaseFile:
    path = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
    return load_case_file(path.read_bytes(), path.name).case_file


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = create_workspace(
        tmp_path / "store",
        PASSWORD,
        Actor(name="R. Reviewer", credential="RN"),
        profile=TEST_PROFILE,
        clock=FixedClock(NOW),
    )
    yield opened
    opened.close()


@pytest.fixture
def sample_id(services: Services, sample_file: CaseFile) -> str:
    return services.cases.import_case(sample_file).value.id
