"""The vault: one random data key, wrapped for the password and for the recovery key. No plain key is ever written.

The file says which Argon2 work each wrap needs; that header is authenticated with the wrap, so it cannot be weakened.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError

from desktop.domain.clock import Clock, SystemClock
from desktop.security.atomic_file import write_private
from desktop.security.attempts import Attempts
from desktop.security.data_key import KEY_BYTES, DataKey
from desktop.security.kdf import (
    DEFAULT_PROFILE,
    FLOOR_PROFILE,
    TEST_PROFILE,
    KdfProfile,
    calibrate,
    stretch,
)
from desktop.security.recovery_key import RecoveryKeyError, new_secret, parsed, printed
from desktop.security.vault_errors import (
    NotAVaultError,
    PasswordRefusedError,
    TooManyTriesError,
    VaultDiskError,
    VaultExistsError,
    WrongPasswordError,
    WrongRecoveryKeyError,
)

__all__ = [
    "DEFAULT_PROFILE",
    "FLOOR_PROFILE",
    "MIN_PASSWORD",
    "TEST_PROFILE",
    "DataKey",
    "KdfProfile",
    "NotAVaultError",
    "PasswordRefusedError",
    "RecoveryKeyError",
    "TooManyTriesError",
    "VaultDiskError",
    "VaultExistsError",
    "WrongPasswordError",
    "WrongRecoveryKeyError",
    "calibrate",
    "change_password",
    "create_vault",
    "new_recovery_key",
    "password_problem",
    "unlock",
    "unlock_with_recovery_key",
    "wait_s",
]

FORMAT = "indicated-vault/1"
MIN_PASSWORD = 12
_MOST_BYTES = 64 * 1024

SlotName = Literal["password", "recovery"]


class _Slot(BaseModel):
    """One wrap of the data key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    memory_kib: int
    time_cost: int
    parallelism: int
    salt: Base64Bytes
    nonce: Base64Bytes
    wrapped: Base64Bytes

    @property
    def profile(self) -> KdfProfile:
        return KdfProfile(self.memory_kib, self.time_cost, self.parallelism)


class _Vault(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    format: Literal["indicated-vault/1"]
    vault_id: str
    key_check: Base64Bytes
    """Derived from the data key: tells whether a key in hand is this vault's own."""
    password: _Slot
    recovery: _Slot


def password_problem(password: str) -> str | None:
    """Why a new password is refused, as a sentence, or None. Any character is allowed; length is what counts."""
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < MIN_PASSWORD:
        return f"Use at least {MIN_PASSWORD} characters; a few unrelated words are easy to remember."
    if len(set(normal)) < 4:
        return "Use more than three different characters."
    return None


def create_vault(path: Path, password: str, profile: KdfProfile) -> tuple[DataKey, str]:
    """Make a vault with a fresh data key. Returns the key and the recovery key as it is to be printed.

    Raises PasswordRefusedError, VaultExistsError (a vault is never overwritten), VaultDiskError; ValueError for a
    profile under the floor that is not TEST_PROFILE.
    """
    if (profile.is_weak and profile != TEST_PROFILE) or not profile.is_sane:
        raise ValueError("the key derivation profile is outside the allowed range")
    _require_good(password)
    if path.exists():
        raise VaultExistsError
    key, secret, vault_id = DataKey(secrets.token_bytes(KEY_BYTES)), new_secret(), secrets.token_hex(16)
    vault = _Vault(
        format=FORMAT,
        vault_id=vault_id,
        key_check=_text64(_key_check(key)),
        password=_wrapped(key, _password_bytes(password), profile, vault_id, "password"),
        recovery=_wrapped(key, secret, profile, vault_id, "recovery"),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise VaultDiskError from error
    _save(path, vault)
    return key, printed(secret)


def wait_s(path: Path, clock: Clock | None = None) -> int:
    """Seconds until the next password may be tried; 0 when it may be now."""
    return _attempts(path, clock).remaining_s()


def unlock(path: Path, password: str, clock: Clock | None = None) -> DataKey:
    """The data key, by password. Raises WrongPasswordError, TooManyTriesError, NotAVaultError, NotEnoughMemoryError."""
    vault = _load(path)
    attempts = _attempts(path, clock)
    if (remaining := attempts.remaining_s()) > 0:
        raise TooManyTriesError(remaining)
    key = _unwrapped(vault.password, _password_bytes(password), vault.vault_id, "password")
    if key is None:
        raise WrongPasswordError(attempts.failed())
    attempts.succeeded()
    return key


def unlock_with_recovery_key(path: Path, text: str) -> DataKey:
    """The data key, by the printed recovery key. Raises RecoveryKeyError, WrongRecoveryKeyError, NotAVaultError."""
    secret = parsed(text)
    vault = _load(path)
    key = _unwrapped(vault.recovery, secret, vault.vault_id, "recovery")
    if key is None:
        raise WrongRecoveryKeyError
    return key


def change_password(path: Path, key: DataKey, new_password: str, profile: KdfProfile | None = None) -> None:
    """Wrap the key for a new password; the store itself is not rewritten. The profile stays unless one is given.

    Raises PasswordRefusedError, NotAVaultError, VaultDiskError; ValueError when the key is not this vault's.
    """
    _require_good(new_password)
    vault = _load_for(path, key)
    slot = _wrapped(
        key, _password_bytes(new_password), profile or vault.password.profile, vault.vault_id, "password"
    )
    _save(path, vault.model_copy(update={"password": slot}))
    _attempts(path, None).succeeded()


def new_recovery_key(path: Path, key: DataKey) -> str:
    """Replace the recovery key and return the new one as printed; the old sheet opens nothing any more."""
    vault = _load_for(path, key)
    secret = new_secret()
    slot = _wrapped(key, secret, vault.recovery.profile, vault.vault_id, "recovery")
    _save(path, vault.model_copy(update={"recovery": slot}))
    return printed(secret)


def _attempts(path: Path, clock: Clock | None) -> Attempts:
    return Attempts(path.with_name("attempts.json"), clock or SystemClock())


def _require_good(password: str) -> None:
    problem = password_problem(password)
    if problem is not None:
        raise PasswordRefusedError(problem)


def _password_bytes(password: str) -> bytes:
    # The same password typed on another keyboard may be composed differently. A lone surrogate cannot be typed, but
    # must not crash the lock screen either.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _key_check(key: DataKey) -> bytes:
    return key.derive(b"vault key check")[:16]


def _text64(raw: bytes) -> bytes:
    # pydantic's Base64Bytes decodes what it is given
    return base64.b64encode(raw)


def _aad(vault_id: str, name: SlotName, profile: KdfProfile, salt: bytes) -> bytes:
    work = [profile.memory_kib, profile.time_cost, profile.parallelism]
    return json.dumps([FORMAT, vault_id, name, work, salt.hex()]).encode("ascii")


def _wrapped(key: DataKey, secret: bytes, profile: KdfProfile, vault_id: str, name: SlotName) -> _Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    cipher = AESGCM(stretch(secret, salt, profile))
    wrapped = cipher.encrypt(nonce, key.expose(), _aad(vault_id, name, profile, salt))
    return _Slot(
        memory_kib=profile.memory_kib,
        time_cost=profile.time_cost,
        parallelism=profile.parallelism,
        salt=_text64(salt),
        nonce=_text64(nonce),
        wrapped=_text64(wrapped),
    )


def _unwrapped(slot: _Slot, secret: bytes, vault_id: str, name: SlotName) -> DataKey | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(stretch(secret, slot.salt, slot.profile))
    try:
        return DataKey(
            cipher.decrypt(slot.nonce, slot.wrapped, _aad(vault_id, name, slot.profile, slot.salt))
        )
    except InvalidTag:
        return None


def _load(path: Path) -> _Vault:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NotAVaultError("cannot be read") from error
    try:
        vault = _Vault.model_validate_json(content)
    except ValidationError as error:
        raise NotAVaultError("is damaged or is not a vault") from error
    for slot in (vault.password, vault.recovery):
        sizes = (len(slot.salt), len(slot.nonce), len(slot.wrapped))
        if not slot.profile.is_sane or sizes != (16, 12, KEY_BYTES + 16):
            raise NotAVaultError("is damaged")
    return vault


def _load_for(path: Path, key: DataKey) -> _Vault:
    vault = _load(path)
    if not hmac.compare_digest(vault.key_check, _key_check(key)):
        raise ValueError("this key does not belong to this vault")
    return vault


def _save(path: Path, vault: _Vault) -> None:
    try:
        write_private(path, vault.model_dump_json(indent=1).encode("ascii"))
    except OSError as error:
        raise VaultDiskError from error
