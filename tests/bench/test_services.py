"""Benchmarks of the steps a reviewer waits for, on the sample case in an encrypted store, without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.demo import SAMPLE
from desktop.domain.assessment import Stance
from desktop.domain.audit import Actor
from desktop.domain.worklist import WorklistQuery
from desktop.intake.case_json import load_case_file
from desktop.security.vault import FLOOR_PROFILE, unlock
from desktop.services.opening import create_workspace, open_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir, vault_file
from tests.bench.measure import Measurement, measure

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

PASSWORD = "a password only for measuring"

Report = Callable[[Measurement], None]


def made_with_the_sample(folder: Path) -> tuple[Services, str]:
    """A store in `folder` that holds the sample case, and the case's id."""
    services, _ = create_workspace(
        folder, PASSWORD, Actor(name="R. Reviewer", credential="RN"), profile=FLOOR_PROFILE
    )
    sample = resources_dir() / SAMPLE
    case = services.cases.import_case(load_case_file(sample.read_bytes(), sample.name).case_file).value
    return services, case.id


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, str]]:
    services, case_id = made_with_the_sample(tmp_path_factory.mktemp("bench") / "store")
    yield services, case_id
    services.close()


def test_worklist(workspace: tuple[Services, str], report: Report) -> None:
    services, _ = workspace
    report(measure("worklist: first page", lambda: services.cases.worklist(WorklistQuery())))


def test_open_case(workspace: tuple[Services, str], report: Report) -> None:
    services, case_id = workspace
    report(measure("open a case: record and evaluation", lambda: services.review.view(case_id)))


def test_link_a_span(workspace: tuple[Services, str], report: Report) -> None:
    services, case_id = workspace
    view = services.review.view(case_id)
    key = next(iter(view.assessments))
    document = view.case.documents[0]
    linked = 0

    def link() -> None:
        nonlocal linked
        services.review.link(case_id, key, document.id, linked, linked + 12, Stance.SUPPORTS)
        linked += 1

    report(measure("link a span: write, audit, evaluate", link))
    assert len(services.review.view(case_id).links[key]) >= linked


def test_compose_and_render_a_letter(workspace: tuple[Services, str], report: Report) -> None:
    services, case_id = workspace
    report(measure("compose a letter", lambda: services.letters.compose(case_id), runs=15))
    report(measure("render a letter as PDF", lambda: services.letters.preview_pdf(case_id), runs=15))
    assert services.letters.preview_pdf(case_id).startswith(b"%PDF")


def test_unlock_to_worklist(tmp_path: Path, report: Report) -> None:
    folder = tmp_path / "store"
    made_with_the_sample(folder)[0].close()

    def unlock_and_list() -> None:
        services = open_workspace(folder, unlock(vault_file(folder), PASSWORD))
        try:
            assert services.cases.worklist(WorklistQuery())
        finally:
            services.close()

    report(measure("unlock (64 MiB Argon2id) to worklist", unlock_and_list, runs=8, warm_ups=1))
