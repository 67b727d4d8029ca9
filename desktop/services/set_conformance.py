"""Runs the test cases of one set of the library, shipped or own; it must not judge them, nor write anything."""

from __future__ import annotations

from desktop.domain.errors import UserFacingError
from desktop.domain.text import sha256_of
from desktop.rules.loader import CriteriaFileError, criteria_files, read_criteria_file
from desktop.rules.set_cases import CASES_NAME
from desktop.services.catalogue import Catalogue
from desktop.services.criteria_draft_cases import OwnCase, run_own_cases
from desktop.settings.paths import criteria_dir


def run_cases_of(catalogue: Catalogue, set_id: str) -> tuple[OwnCase, ...]:
    """Every case of a set with how it came out; none when it has none.

    Raises UserFacingError for an unknown set, CriteriaFileError with lines when its cases cannot be read.
    """
    criteria_set = catalogue.library().get(set_id)
    if criteria_set is None:
        raise UserFacingError(
            f"There is no criteria set called {set_id}.",
            safe="Nothing was changed.",
            todo="Choose a set from the library.",
        )
    if catalogue.typed_source(set_id) is not None:
        return run_own_cases(criteria_set, catalogue.typed_cases(set_id))
    return run_own_cases(criteria_set, _shipped_cases(criteria_set.content_hash))


def _shipped_cases(content_hash: str) -> str:
    """The cases beside the file with this hash; empty when there are none."""
    folder = criteria_dir()
    for path in criteria_files(folder):
        try:
            text = read_criteria_file(path, path.relative_to(folder).as_posix())
        except CriteriaFileError:
            continue  # the library names it already, and it is another set's file
        cases = path.with_name(CASES_NAME)
        if sha256_of(text) == content_hash and cases.exists():
            return read_criteria_file(cases, cases.relative_to(folder).as_posix())
    return ""
