"""An open workspace on a fresh encrypted store with the sample case in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.case_file import CaseFile
from desktop.intake.case_json import load_case_file
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from tests.made_store import made_store, sample_case_id

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_file() -> CaseFile:
    path = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
    return load_case_file(path.read_bytes(), path.name).case_file


@pytest.fixture
def services(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Services]:
    opened = made_store(tmp_path / "store", holds_sample="sample_id" in request.fixturenames)
    yield opened
    opened.close()


@pytest.fixture
def sample_id(services: Services) -> str:
    """The sample case: its store is made with it, see `services`."""
    return sample_case_id()
