"""The sets that come with the program load, are written well, come out as their cases say, and do not overclaim."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.conformance import CaseResult, run_cases
from desktop.rules.lint import lint_folder
from desktop.rules.loader import load_library

FOLDER = Path(__file__).parents[2] / "criteria"
LIBRARY = load_library(FOLDER)
REPORT = run_cases(FOLDER)


def _name(result: CaseResult) -> str:
    return f"{result.set_id}: {result.name}"


def _id(found: CriteriaSet) -> str:
    return found.id


def test_every_shipped_set_loads() -> None:
    assert LIBRARY.problems == ()
    assert {
        "lumbar-fusion-revision.cms-l37848",
        "lumbar-fusion-revision.aetna-0743",
        "spinal-fixation-reinsertion",
        "spinal-hardware-removal",
    } <= {found.id for found in LIBRARY.sets}


def test_no_shipped_set_has_an_authoring_problem() -> None:
    assert lint_folder(FOLDER) == ()


def test_every_set_has_cases_that_were_read() -> None:
    assert REPORT.problems == ()
    assert {result.set_id for result in REPORT.results} == {found.id for found in LIBRARY.sets}


@pytest.mark.parametrize("result", REPORT.results, ids=_name)
def test_the_case_comes_out_as_written(result: CaseResult) -> None:
    assert result.differences == ()


def test_what_is_ours_says_that_it_is_not_a_payers_text() -> None:
    for found in LIBRARY.sets:
        assert found.licence is LicenceClass.PUBLIC
        if found.publisher.startswith("Indicated"):
            assert "not a payer's" in found.title


def test_what_is_only_reported_asks_to_be_confirmed() -> None:
    found = LIBRARY.get("lumbar-fusion-revision.aetna-0743")
    assert found is not None
    assert "reported; confirm against the current bulletin" in found.title
    assert {leaf.source.proof for leaf in found.criteria()} == {"S"}


def test_loosening_alone_is_not_claimed_to_be_covered_by_a_fusion_rule() -> None:
    for found in LIBRARY.sets:
        if "fusion" in found.family or found.family == "spinal-fixation-reinsertion":
            assert "hardware_loosening" not in {kind.value for kind in found.covers}


def test_the_readme_lists_every_set_with_how_its_text_was_read_and_no_other() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = readme.split("| set | publisher and document | proof |")[1].split("\n\n")[0]
    rows = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]
    shipped = {found.id: found for found in LIBRARY.sets}
    assert sorted(name for name, _, _ in rows) == sorted(shipped)
    for name, document, proof in rows:
        found = shipped[name]
        is_own = found.publisher.startswith("Indicated")
        assert proof == ", ".join(sorted({leaf.source.proof for leaf in found.criteria()}))
        assert document.startswith("our own") is is_own
        assert is_own or found.document_number in document


@pytest.mark.parametrize("found", LIBRARY.sets, ids=_id)
def test_an_old_text_is_never_called_silent_and_claims_no_effective_day(found: CriteriaSet) -> None:
    if {leaf.source.proof for leaf in found.criteria()} == {"O"}:
        assert (found.covers, found.indications, found.effective_from) == ((), (), None)


@pytest.mark.parametrize("found", LIBRARY.sets, ids=_id)
def test_a_set_that_names_indications_names_the_findings_that_they_speak_of(found: CriteriaSet) -> None:
    assert bool(found.indications) is bool(found.covers)
