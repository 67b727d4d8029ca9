"""Opens the shipped sample case; it must store it only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.domain.worklist import WorklistQuery
from desktop.services.operation import OperationResult, result
from desktop.settings.paths import resources_dir

if TYPE_CHECKING:
    from desktop.services.workspace import Services

SAMPLE_NAME = "revision-fusion-l2-s1.json"


def open_sample(services: Services) -> OperationResult[Case]:
    """The sample case, stored now or before. Runs in the db lane. Raises UserFacingError."""
    from desktop.intake.case_json import load_case_file

    case_file = load_case_file((resources_dir() / "sample" / SAMPLE_NAME).read_bytes(), SAMPLE_NAME).case_file
    stored = services.cases.worklist(WorklistQuery(limit=1_000_000))
    if any(row.case_id == case_file.case.id for row in stored):
        return result(services.cases.case(case_file.case.id), case_file.case.id)
    return services.cases.import_case(case_file)
