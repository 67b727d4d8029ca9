"""Runs the test cases of one set of the library, shipped or own; it must not judge them, nor write anything."""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet
from desktop.rules.loader import criteria_files, file_of, read_criteria_file
from desktop.rules.set_cases import CASES_NAME
from desktop.services.catalogue import Catalogue
from desktop.services.criteria_draft_cases import OwnCase, run_own_cases
from desktop.settings.paths import criteria_dir


def run_cases_of(catalogue: Catalogue, set_id: str) -> tuple[OwnCase, ...]:
    """Every case of a set with how it came out; none when it has none.

    Raises UserFacingError for an unknown set, CriteriaFileError with lines when its cases cannot be read.
    """
    criteria_set = catalogue.set_called(set_id)
    if catalogue.typed_source(set_id) is not None:
        return run_own_cases(criteria_set, catalogue.typed_cases(set_id))
    return run_own_cases(criteria_set, _shipped_cases(criteria_set))


def _shipped_cases(criteria_set: CriteriaSet) -> str:
    """The cases beside the set's file; empty when there are none."""
    folder = criteria_dir()
    found = file_of(criteria_set, criteria_files(folder))
    cases = found[0].with_name(CASES_NAME) if found else None
    if cases is None or not cases.exists():
        return ""
    return read_criteria_file(cases, cases.relative_to(folder).as_posix())
