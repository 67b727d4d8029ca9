"""A signed copy begins with the archived bytes and verifies offline; what cannot be signed with is said in words."""

from __future__ import annotations

import datetime as dt
import sys
from functools import lru_cache
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter import BlockKind
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.signature import SigningError, open_certificate, sign_pdf
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.paper.pieces import block, letter

PASSPHRASE = "correct horse"
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@lru_cache
def certificate(
    begins: int = -1, ends: int = 100, *, may_sign: bool = True
) -> tuple[bytes, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ann Doctor")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW + begins * DAY)
        .not_valid_after(NOW + ends * DAY)
        .add_extension(
            x509.KeyUsage(may_sign, may_sign, not may_sign, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    locked = pkcs12.serialize_key_and_certificates(
        b"mine", key, made, None, BestAvailableEncryption(PASSPHRASE.encode())
    )
    return locked, made


@lru_cache
def printed() -> bytes:
    return render_pdf(letter(block(BlockKind.NECESSITY, "Heading", "Some words.")), EMPTY_LIBRARY)


def signatures(signed: bytes, *trusted: x509.Certificate) -> list[Any]:
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    roots = [asn1.Certificate.load(item.public_bytes(Encoding.DER)) for item in trusted]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    reader = PdfFileReader(io.BytesIO(signed))
    return [validate_pdf_signature(item, context) for item in reader.embedded_signatures]


def test_a_signed_copy_begins_with_the_archived_bytes_and_verifies() -> None:
    p12, made = certificate()
    signed = sign_pdf(printed(), p12, PASSPHRASE, reason="Issued letter")
    assert signed.startswith(printed())
    (status,) = signatures(signed, made)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.signing_cert.subject.native["common_name"] == "Ann Doctor"
    assert b"Issued letter" in signed[len(printed()) :]


def test_one_changed_byte_of_the_letter_breaks_the_signature() -> None:
    p12, made = certificate()
    signed = bytearray(sign_pdf(printed(), p12, PASSPHRASE))
    place = signed.index(b"/Title") + 9
    signed[place] ^= 1
    (status,) = signatures(bytes(signed), made)
    assert not status.intact


def test_a_second_signature_leaves_the_first_valid() -> None:
    p12, made = certificate()
    twice = sign_pdf(sign_pdf(printed(), p12, PASSPHRASE), p12, PASSPHRASE)
    assert [status.intact for status in signatures(twice, made)] == [True, True]


def test_the_certificate_says_whose_it_is_and_until_when() -> None:
    opened = open_certificate(certificate()[0], PASSPHRASE, NOW)
    assert opened.name == "Ann Doctor"
    assert (opened.valid_until - NOW).days in {99, 100}
    assert PASSPHRASE not in repr(opened)


@pytest.mark.parametrize(
    ("p12", "passphrase", "says"),
    [
        (certificate()[0], "wrong", "does not open with this passphrase"),
        (certificate()[0], "", "does not open with this passphrase"),
        (certificate()[0][:-9], PASSPHRASE, "damaged"),
        (b"", PASSPHRASE, "damaged"),
        (b"\x30\x84", PASSPHRASE, "damaged"),
        (b"%PDF-1.7 not a certificate", PASSPHRASE, "damaged"),
        (certificate(-50, -2)[0], PASSPHRASE, "expired on"),
        (certificate(2, 50)[0], PASSPHRASE, "valid from"),
        (certificate(may_sign=False)[0], PASSPHRASE, "not made for signing"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_refused_in_a_sentence(
    p12: bytes, passphrase: str, says: str
) -> None:
    with pytest.raises(SigningError) as caught:
        sign_pdf(printed(), p12, passphrase)
    assert says in caught.value.what
    assert "archived as it was issued" in caught.value.safe
    assert PASSPHRASE not in str(caught.value)


def test_a_file_without_a_key_is_refused_in_a_sentence() -> None:
    _, made = certificate()
    alone = pkcs12.serialize_key_and_certificates(
        b"mine", None, made, None, BestAvailableEncryption(PASSPHRASE.encode())
    )
    with pytest.raises(SigningError) as caught:
        sign_pdf(printed(), alone, PASSPHRASE)
    assert "no certificate with its private key" in caught.value.what


@given(st.binary(max_size=200))
def test_no_file_whatsoever_crashes_the_reader(data: bytes) -> None:
    with pytest.raises(SigningError):
        open_certificate(data, "x", NOW)


@given(st.integers(0, 5_000), st.integers(1, 255))
def test_a_damaged_certificate_is_refused_or_still_the_same(place: int, flip: int) -> None:
    data = bytearray(certificate()[0])
    data[place % len(data)] ^= flip
    try:
        assert open_certificate(bytes(data), PASSPHRASE, NOW).name == "Ann Doctor"
    except SigningError as error:
        assert error.what  # noqa: PT017  (either is right; a crash is not)


def test_what_is_no_pdf_is_refused_in_a_sentence() -> None:
    with pytest.raises(SigningError) as caught:
        sign_pdf(b"no pdf", certificate()[0], PASSPHRASE)
    assert "could not be signed" in caught.value.what


def test_an_installation_without_signatures_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [item for item in sys.modules if item.split(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(SigningError) as caught:
        sign_pdf(printed(), certificate()[0], PASSPHRASE)
    assert "optional part for signatures is missing" in caught.value.what
