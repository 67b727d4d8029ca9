"""How much work a password costs an attacker: Argon2id profiles, and fitting one to this machine."""

from __future__ import annotations

import time
from dataclasses import dataclass

from desktop.domain.errors import UserFacingError

TARGET_S = 0.6
SLOWEST_S = 1.0


@dataclass(frozen=True, slots=True)
class KdfProfile:
    """Argon2id parameters: memory in KiB, passes, lanes."""

    memory_kib: int
    time_cost: int
    parallelism: int

    @property
    def is_weak(self) -> bool:
        """Whether it is under the floor and so only fit for tests and throw-away stores."""
        return self.memory_kib < 64 * 1024 or self.memory_kib * self.time_cost < 3 * 64 * 1024

    @property
    def is_sane(self) -> bool:
        """Whether it may be run at all; a damaged vault must not ask for terabytes."""
        return (
            8 * self.parallelism <= self.memory_kib <= 4 * 1024 * 1024
            and 1 <= self.time_cost <= 64
            and 1 <= self.parallelism <= 64
        )


DEFAULT_PROFILE = KdfProfile(memory_kib=256 * 1024, time_cost=3, parallelism=4)
FLOOR_PROFILE = KdfProfile(memory_kib=64 * 1024, time_cost=3, parallelism=4)
TEST_PROFILE = KdfProfile(memory_kib=64, time_cost=1, parallelism=1)
"""For tests and the throw-away store of the demo, passed by name only; it protects nothing."""


class NotEnoughMemoryError(UserFacingError):
    """The key derivation could not get its memory."""

    def __init__(self, profile: KdfProfile) -> None:
        super().__init__(
            f"Unlocking needs {profile.memory_kib // 1024} MiB of free memory, which this computer cannot give now.",
            safe="Your cases are untouched.",
            todo="Close other programs and try again.",
        )


def stretch(secret: bytes, salt: bytes, profile: KdfProfile) -> bytes:
    """256 bits from a secret and a salt by Argon2id. Raises NotEnoughMemoryError."""
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            secret, salt, profile.time_cost, profile.memory_kib, profile.parallelism, 32, Type.ID
        )
    except (HashingError, MemoryError) as error:
        raise NotEnoughMemoryError(profile) from error


def calibrate() -> KdfProfile:
    """A profile that takes 0.3 to 1.0 s here: 256 MiB with as many passes as fit, less memory on a slow machine."""
    for memory_kib in (DEFAULT_PROFILE.memory_kib, 128 * 1024):
        try:
            one_pass = _seconds(KdfProfile(memory_kib, 1, DEFAULT_PROFILE.parallelism))
        except NotEnoughMemoryError:
            continue
        fewest = -(-3 * FLOOR_PROFILE.memory_kib // memory_kib)  # the floor's work, rounded up
        if one_pass * fewest <= SLOWEST_S:
            passes = min(64, max(fewest, round(TARGET_S / one_pass)))
            return KdfProfile(memory_kib, passes, DEFAULT_PROFILE.parallelism)
    return FLOOR_PROFILE


def _seconds(profile: KdfProfile) -> float:
    began = time.perf_counter()
    stretch(b"calibration", bytes(16), profile)
    return time.perf_counter() - began
