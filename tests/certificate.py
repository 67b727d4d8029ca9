"""A certificate of nobody, as a .p12 file, for tests that sign."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "correct horse"


@lru_cache
def certificate(first_year: int = 2020, last_year: int = 2090) -> bytes:
    """Its bytes; it opens with PASSPHRASE and is valid from the first day of the one year to that of the other."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ann Doctor")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(first_year, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(last_year, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"mine", key, made, None, BestAvailableEncryption(PASSPHRASE.encode())
    )
