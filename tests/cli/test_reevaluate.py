"""`indicated reevaluate`: a signed case again with the editions of that day, the same or line by line what differs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.clinical import ImagingStudy
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.worklist import WorklistQuery
from desktop.intake.case_json import load_case_file
from desktop.services import determinations
from desktop.services.opening import open_with_password
from desktop.settings.paths import resources_dir
from tests.cli.conftest import PASSWORD

Command = Callable[..., tuple[int, str, str]]
SAMPLE = resources_dir() / "sample" / "revision-fusion-l2-s1.json"


@pytest.fixture
def signed(store: Path) -> str:
    """The number of the sample case, signed."""
    services = open_with_password(store, PASSWORD)
    case_file = load_case_file(SAMPLE.read_bytes(), SAMPLE.name).case_file
    case = services.cases.import_case(case_file).value
    assert case_file.sign_off is not None
    services.determinations.sign(case.id, **case_file.sign_off.model_dump())
    services.close()
    return case.number


def test_a_signed_case_comes_out_the_same(
    command: Command, store: Path, password_file: Path, signed: str
) -> None:
    code, out, _ = command("--store", store, "reevaluate", signed, "--password-file", password_file)
    assert code == 0
    lines = out.splitlines()
    assert lines[-1] == "The same result as was signed."
    assert len(lines) > 2
    assert all(line.endswith("\tthe same result") for line in lines[:-1])


def test_what_differs_is_said_line_by_line_and_by_the_exit_code(
    command: Command, store: Path, password_file: Path, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate_case = determinations.evaluate_case

    def without_imaging(case: object, *rest: object) -> tuple[EvaluationTrace, ...]:
        bare = case.model_copy(update={"imaging": tuple[ImagingStudy, ...]()})  # type: ignore[attr-defined]
        return evaluate_case(bare, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(determinations, "evaluate_case", without_imaging)
    code, out, _ = command("--store", store, "reevaluate", signed, "--password-file", password_file)
    assert code == 1
    assert "\tdifferent\n  " in out
    assert out.splitlines()[-1].startswith("Different: ")


def test_a_case_that_is_not_there_or_not_signed_is_said(
    command: Command, store: Path, password_file: Path
) -> None:
    code, _, said = command("--store", store, "reevaluate", "26-9999", "--password-file", password_file)
    assert code == 1
    assert "There is no case 26-9999" in said
    assert command("--store", store, "import", SAMPLE, "--password-file", password_file)[0] == 0
    services = open_with_password(store, PASSWORD)
    number = next(iter(services.cases.worklist(WorklistQuery()))).number
    services.close()
    code, _, said = command("--store", store, "reevaluate", number, "--password-file", password_file)
    assert code == 1
    assert "not signed" in said
