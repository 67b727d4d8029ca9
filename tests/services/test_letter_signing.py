"""A signed copy begins with the archived bytes and is audited; what cannot be signed is said, and nothing is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.services.letter_signing import read_certificate
from desktop.services.workspace import Services
from tests.certificate import PASSPHRASE, certificate


@pytest.fixture
def issued(services: Services, sample_id: str, sample_file: CaseFile) -> str:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    services.letters.compose(sample_id)
    return services.letters.issue(sample_id).value.id


def events(services: Services, case_id: str) -> list[str]:
    return [event.operation for event in services.audit(case_id)]


def test_a_signed_copy_begins_with_what_was_archived_and_is_audited(
    services: Services, sample_id: str, issued: str
) -> None:
    assert services.letters.require_signable(sample_id, issued, certificate(), PASSPHRASE) == "Ann Doctor"
    assert "letter_signed_copy" not in events(services, sample_id)
    signed = services.letters.signed_copy(sample_id, issued, certificate(), PASSPHRASE, reason=" Appeal ")
    archived = services.letters.issued_pdf(sample_id, issued)
    assert archived is not None
    assert signed.startswith(archived)
    assert len(signed) > len(archived)
    assert b"(Appeal)" in signed[len(archived) :]
    assert events(services, sample_id).count("letter_signed_copy") == 1
    assert services.letters.issued_pdf(sample_id, issued) == archived
    assert services.letters.verify_issued(sample_id, issued).is_sound
    assert services.audit_problem() is None


@pytest.mark.parametrize(
    ("content", "passphrase", "said"),
    [
        (certificate(), "another", "does not open with this passphrase"),
        (certificate(2010, 2020), PASSPHRASE, "expired on 2020-01-01"),
        (certificate(2080, 2090), PASSPHRASE, "valid from 2080-01-01 only"),
        (b"no certificate", PASSPHRASE, "damaged, or it is no .p12"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_said_and_not_audited(
    services: Services, sample_id: str, issued: str, content: bytes, passphrase: str, said: str
) -> None:
    for ask in (services.letters.require_signable, services.letters.signed_copy):
        with pytest.raises(UserFacingError, match=said):
            ask(sample_id, issued, content, passphrase)
    assert "letter_signed_copy" not in events(services, sample_id)


def test_a_draft_is_not_signed(services: Services, sample_id: str) -> None:
    services.letters.compose(sample_id)
    with pytest.raises(UserFacingError, match="only an issued letter can be signed"):
        services.letters.require_signable(sample_id, None, certificate(), PASSPHRASE)
    with pytest.raises(UserFacingError, match="only an issued letter can be signed"):
        services.letters.signed_copy(sample_id, None, certificate(), PASSPHRASE)


def test_an_installation_without_signatures_says_so(
    services: Services, sample_id: str, issued: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [item for item in sys.modules if item.split(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(UserFacingError, match="optional part for signatures is missing"):
        services.letters.signed_copy(sample_id, issued, certificate(), PASSPHRASE)


def test_a_file_that_is_no_certificate_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "good.p12").write_bytes(certificate())
    assert read_certificate(tmp_path / "good.p12") == certificate()
    with pytest.raises(UserFacingError, match=r"gone\.p12 cannot be read"):
        read_certificate(tmp_path / "gone.p12")
    (tmp_path / "film.p12").write_bytes(bytes(1_000_001))
    with pytest.raises(UserFacingError, match="too large to be a certificate"):
        read_certificate(tmp_path / "film.p12")
