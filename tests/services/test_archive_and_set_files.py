"""A signed review can be evaluated again with the editions it was signed on, and sets leave only when asked."""

from __future__ import annotations

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.criteria import LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import CriteriaFileError, Library, load_set
from desktop.services.workspace import Services
from tests.services.measured_set import MEASURED


@pytest.fixture
def signed_id(services: Services, sample_id: str, sample_file: CaseFile) -> str:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return sample_id


def _edit_own_set(services: Services, case_id: str) -> None:
    used = services.cases.case(case_id).service_lines[0].criteria_set_ids[0]
    text = services.catalogue.typed_source(used)
    assert text is not None
    services.catalogue.type_set(text.replace("The member has scoliosis", "The member has a scoliosis"))


def _lose_library(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an update that ships other editions."""
    monkeypatch.setattr(services.catalogue, "_shipped", Library())


def test_a_signed_case_evaluated_again_with_its_old_editions_gives_the_same_traces(
    services: Services, signed_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = services.determinations.current(signed_id)
    assert signed.traces
    _edit_own_set(services, signed_id)
    _lose_library(services, monkeypatch)
    assert services.determinations.reevaluate(signed_id) == signed.traces


def test_a_signed_review_shows_the_editions_that_were_signed(services: Services, signed_id: str) -> None:
    before = services.review.view(signed_id)
    gaps = services.review.gaps(before)
    _edit_own_set(services, signed_id)
    after = services.review.view(signed_id)
    assert (after.sets, after.traces) == (before.sets, before.traces)
    assert services.review.gaps(after) == gaps
    assert len(gaps) == len(before.traces)


def test_only_a_signed_case_is_evaluated_again(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="not signed"):
        services.determinations.reevaluate(sample_id)


def test_an_edition_that_was_never_archived_is_named(
    services: Services, signed_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.archive_repository.ArchiveReader.get", _nothing)
    traces = services.determinations.current(signed_id).traces
    assert services.determinations.reevaluate(signed_id) == traces  # the library still has the very editions
    _edit_own_set(services, signed_id)
    with pytest.raises(UserFacingError, match="not in this store") as raised:
        services.determinations.reevaluate(signed_id)
    assert traces[0].set_title in raised.value.what
    assert len(services.review.gaps(services.review.view(signed_id))) == len(traces) - 1


def _nothing(_reader: object, _hash: str) -> None:
    return None


# --------------------------------------------------------------------------------------------- one set as a file


def test_a_shipped_set_leaves_word_for_word(services: Services) -> None:
    for criteria_set in services.catalogue.library().sets:
        text = services.set_files.export_set(criteria_set.id)
        assert load_set(text, "exported") == criteria_set


@pytest.mark.parametrize("licence", [LicenceClass.USER, LicenceClass.LICENSED_REFERENCE])
def test_own_and_licensed_words_leave_only_when_that_is_said(
    services: Services, licence: LicenceClass
) -> None:
    text = MEASURED.replace("licence: user", f"licence: {licence.value}")
    text += "sources: {typed: {document: Typed, proof: U}}\n"
    services.catalogue.type_set(text)
    with pytest.raises(UserFacingError, match=licence.value):
        services.set_files.export_set("measured-set")
    assert services.set_files.export_set("measured-set", with_user_text=True) == text


def test_an_exported_set_comes_in_again_elsewhere_and_is_never_doubled(services: Services) -> None:
    stored = services.set_files.import_set(MEASURED).value
    assert services.catalogue.typed_source(stored.id) == MEASURED
    with pytest.raises(UserFacingError, match="in the library already"):
        services.set_files.import_set(MEASURED)
    with pytest.raises(UserFacingError, match="another text for the set measured-set"):
        services.set_files.import_set(MEASURED.replace("the aim", "the purpose"))
    assert services.catalogue.typed_source(stored.id) == MEASURED


def test_what_is_no_set_or_takes_a_shipped_id_does_not_come_in(services: Services) -> None:
    shipped = services.catalogue.library().sets[0]
    with pytest.raises(CriteriaFileError):
        services.set_files.import_set("id: x\n")
    with pytest.raises(UserFacingError, match="in the library already"):
        services.set_files.import_set(services.set_files.export_set(shipped.id))
    with pytest.raises(UserFacingError, match="comes with the program"):
        services.set_files.import_set(MEASURED.replace("id: measured-set\n", f"id: {shipped.id}\n"))
    with pytest.raises(UserFacingError, match="no criteria set called"):
        services.set_files.export_set("not-there")


def test_a_shipped_file_that_is_gone_is_said(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr("desktop.services.set_files.criteria_dir", lambda: tmp_path_factory.mktemp("empty"))
    with pytest.raises(UserFacingError, match="not where it was"):
        services.set_files.export_set(services.catalogue.library().sets[0].id)
