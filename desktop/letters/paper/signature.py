"""Signs a copy of a printed letter with the user's own certificate, offline; the archived bytes stay as they are.

The signature is added behind the letter's bytes, so that the copy begins with exactly what was archived. No time stamp
is fetched and no revocation asked: nothing here reaches for a network.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from desktop.domain.errors import UserFacingError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate as X509Certificate

# Taken by name: they are an optional part, and nothing of them is loaded before a letter is signed.
_PARTS = (
    "pdf_utils.incremental_writer",
    "sign.fields",
    "sign.signers",
    "pdf_utils.misc",
    "sign.general",
)
_SIGNER_PARTS = (
    "asn1crypto.keys",
    "asn1crypto.x509",
    "pyhanko.sign.signers",
    "pyhanko_certvalidator.registry",
)
_SAFE = "The letter is archived as it was issued; no signed copy was made."


class SigningError(UserFacingError):
    """A signed copy could not be made."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, safe=_SAFE, todo=todo)


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate with its key, opened and found fit to sign with."""

    name: str
    """Whose it is, as it says."""
    valid_until: datetime
    key: Any
    certificate: Any
    chain: tuple[Any, ...]


def open_certificate(p12: bytes, passphrase: str, now: datetime) -> SigningCertificate:
    """The certificate of a `.p12` or `.pfx` file. Raises SigningError: wrong passphrase, damaged, expired, unfit."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    _check_outer_form(p12)
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(p12, passphrase.encode("utf-8") or None)
    except ValueError:
        raise SigningError(
            "The certificate file does not open with this passphrase.",
            "Type the passphrase that was set when the file was made, and try again.",
        ) from None
    if key is None or certificate is None:
        raise SigningError(
            "The certificate file holds no certificate with its private key.",
            "Export the certificate again together with its private key, and choose that file.",
        )
    _check_days(certificate, now)
    _check_purpose(certificate)
    return SigningCertificate(
        _name(certificate), certificate.not_valid_after_utc, key, certificate, tuple(chain)
    )


def sign_pdf(
    pdf: bytes,
    p12: bytes,
    passphrase: str,
    *,
    reason: str = "",
    location: str = "",
    now: datetime | None = None,
) -> bytes:
    """A signed copy of the PDF (PAdES B-B, SHA-256), which begins with the bytes of `pdf`.

    Raises SigningError where the certificate cannot be used, the PDF cannot be signed, or the part of the program
    that signs is not installed.
    """
    opened = open_certificate(p12, passphrase, now or datetime.now(UTC))
    try:
        parts: list[Any] = [import_module(f"pyhanko.{name}") for name in _PARTS]
    except ImportError:
        raise SigningError(
            "This installation cannot sign PDF files: the optional part for signatures is missing.",
            "Install the program with signatures, or sign the saved PDF with another program.",
        ) from None
    writers, fields, signers, errors, refusals = parts
    try:
        writer = writers.IncrementalPdfFileWriter(io.BytesIO(pdf))
        taken = [found[0] for found in fields.enumerate_sig_fields(writer)]
        metadata = signers.PdfSignatureMetadata(
            field_name=f"Signature{len(taken) + 1}",
            md_algorithm="sha256",
            reason=reason or None,
            location=location or None,
            name=opened.name,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        signed: Any = signers.PdfSigner(metadata, signer=_signer(opened)).sign_pdf(writer)
    except (errors.PdfError, refusals.SigningError, ValueError) as error:
        raise SigningError(
            f"The PDF could not be signed ({type(error).__name__}).",
            "Issue or save the letter again, and sign that file.",
        ) from None
    return cast("bytes", signed.getvalue())


def _signer(opened: SigningCertificate) -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    parts: list[Any] = [import_module(name) for name in _SIGNER_PARTS]
    keys, x509, signers, registry = parts
    key = opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = registry.SimpleCertificateStore()
    ours, *others = [
        x509.Certificate.load(item.public_bytes(Encoding.DER))
        for item in (opened.certificate, *(link.certificate for link in opened.chain))
    ]
    store.register_multiple(others)
    return signers.SimpleSigner(
        signing_cert=ours, signing_key=keys.PrivateKeyInfo.load(key), cert_registry=store
    )


def _check_outer_form(p12: bytes) -> None:
    """Tell a file that is no certificate at all from one whose passphrase is wrong: the library does not."""
    # A DER sequence whose length is the rest of the file, which is what an intact .p12 begins with.
    length, start = _der_length(p12)
    if p12[:1] != b"\x30" or length is None or start + length != len(p12):
        raise SigningError(
            "The certificate file is damaged, or it is no .p12 or .pfx file.",
            "Choose the file that your certificate was exported to.",
        )


def _der_length(data: bytes) -> tuple[int | None, int]:
    """The length that a DER value claims, and where its content begins; None for a length of another form."""
    if len(data) < 2:
        return None, 0
    if data[1] < 0x80:
        return data[1], 2
    count = data[1] & 0x7F
    if not 1 <= count <= 4 or len(data) < 2 + count:
        return None, 0
    return int.from_bytes(data[2 : 2 + count], "big"), 2 + count


def _check_days(certificate: X509Certificate, now: datetime) -> None:
    if now > certificate.not_valid_after_utc:
        raise SigningError(
            f"The certificate expired on {certificate.not_valid_after_utc:%Y-%m-%d}.",
            "Ask whoever issued it for a new one, and choose that file.",
        )
    if now < certificate.not_valid_before_utc:
        raise SigningError(
            f"The certificate is valid from {certificate.not_valid_before_utc:%Y-%m-%d} only.",
            "Look at the date of this computer, or sign on or after that day.",
        )


def _check_purpose(certificate: X509Certificate) -> None:
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningError(
            "The certificate is not made for signing documents.",
            "Choose a certificate for signatures.",
        )


def _name(certificate: X509Certificate) -> str:
    from cryptography.x509.oid import NameOID

    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()
