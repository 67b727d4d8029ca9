"""The vault opens with the password and with the recovery key, with nothing else, and says why in words."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserFacingError
from desktop.security import kdf, vault, vault_errors
from desktop.security.attempts import wait_after
from desktop.security.kdf import KdfProfile, NotEnoughMemoryError, stretch
from desktop.security.vault import (
    DEFAULT_PROFILE,
    FLOOR_PROFILE,
    TEST_PROFILE,
    NotAVaultError,
    PasswordRefusedError,
    RecoveryKeyError,
    TooManyTriesError,
    VaultDiskError,
    VaultExistsError,
    WrongPasswordError,
    WrongRecoveryKeyError,
    calibrate,
    change_password,
    create_vault,
    new_recovery_key,
    password_problem,
    unlock,
    unlock_with_recovery_key,
    wait_s,
)

PASSWORD = "correct horse battery"
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class SetClock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.instant = MORNING

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()

    def pass_by(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "vault.json"


@pytest.fixture
def made(path: Path) -> tuple[bytes, str]:
    """The key and the recovery key of a vault at `path`."""
    key, recovery_key = create_vault(path, PASSWORD, TEST_PROFILE)
    return key.expose(), recovery_key


def test_password_and_recovery_key_open_the_same_key(path: Path, made: tuple[bytes, str]) -> None:
    key, recovery_key = made
    assert unlock(path, PASSWORD).expose() == key
    assert unlock_with_recovery_key(path, recovery_key).expose() == key
    assert unlock_with_recovery_key(path, f"  {recovery_key.lower().replace('-', ' ')}\n").expose() == key


def test_no_two_vaults_share_a_key_or_a_recovery_key(tmp_path: Path) -> None:
    made = [create_vault(tmp_path / f"{n}.json", PASSWORD, TEST_PROFILE) for n in range(3)]
    assert len({key.expose() for key, _ in made}) == 3
    assert len({printed for _, printed in made}) == 3


def test_the_file_is_for_its_owner_and_holds_neither_key_nor_password(
    path: Path, made: tuple[bytes, str]
) -> None:
    content = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for secret in (made[0], made[0].hex().encode(), PASSWORD.encode(), made[1].encode()):
        assert secret not in content
    assert [item.name for item in path.parent.iterdir()] == ["vault.json"]


def test_a_vault_is_never_overwritten(path: Path, made: tuple[bytes, str]) -> None:
    with pytest.raises(VaultExistsError):
        create_vault(path, "another good password", TEST_PROFILE)
    assert unlock(path, PASSWORD).expose() == made[0]


@pytest.mark.parametrize(
    "profile",
    [
        KdfProfile(32, 1, 1),
        KdfProfile(63 * 1024, 3, 4),
        KdfProfile(64 * 1024, 2, 4),
        KdfProfile(8 * 1024 * 1024, 1, 4),
        KdfProfile(256 * 1024, 0, 4),
    ],
)
def test_a_profile_under_the_floor_or_beyond_reason_is_refused(path: Path, profile: KdfProfile) -> None:
    with pytest.raises(ValueError, match="range"):
        create_vault(path, PASSWORD, profile)


def test_the_default_and_the_floor_are_fit_for_use() -> None:
    assert DEFAULT_PROFILE.memory_kib == 256 * 1024
    assert (FLOOR_PROFILE.memory_kib, FLOOR_PROFILE.time_cost) == (64 * 1024, 3)
    for profile in (DEFAULT_PROFILE, FLOOR_PROFILE):
        assert profile.is_sane
        assert not profile.is_weak
    assert TEST_PROFILE.is_weak


@given(password=st.text(min_size=12, max_size=40).filter(lambda text: password_problem(text) is None))
@settings(max_examples=40)
def test_any_characters_make_a_password(tmp_path_factory: pytest.TempPathFactory, password: str) -> None:
    path = tmp_path_factory.mktemp("any") / "vault.json"
    key, _ = create_vault(path, password, TEST_PROFILE)
    assert unlock(path, password).expose() == key.expose()


def test_the_same_password_typed_on_another_keyboard_opens(path: Path) -> None:
    create_vault(path, "pässwörter für ﬁve", TEST_PROFILE)
    unlock(path, unicodedata.normalize("NFD", "pässwörter für five"))


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("", False),
        ("eleven char", False),
        ("twelve chars", True),
        ("aaaaaaaaaaaaaaaa", False),
        ("abcabcabcabcabc", False),
        ("日本語の長いパスワードです", True),
    ],
)
def test_a_password_needs_twelve_characters_and_some_variety(password: str, is_good: bool) -> None:
    assert (password_problem(password) is None) == is_good


def test_a_refused_password_makes_no_vault_and_changes_none(path: Path) -> None:
    with pytest.raises(PasswordRefusedError, match="12 characters"):
        create_vault(path, "short", TEST_PROFILE)
    assert not path.exists()
    key, _ = create_vault(path, PASSWORD, TEST_PROFILE)
    with pytest.raises(PasswordRefusedError):
        change_password(path, key, "short")
    unlock(path, PASSWORD)


def test_a_new_password_replaces_the_old_one_and_keeps_the_recovery_key(
    path: Path, made: tuple[bytes, str]
) -> None:
    change_password(path, unlock(path, PASSWORD), "a better password")
    assert unlock(path, "a better password").expose() == made[0]
    with pytest.raises(WrongPasswordError):
        unlock(path, PASSWORD)
    assert unlock_with_recovery_key(path, made[1]).expose() == made[0]


def test_a_new_recovery_key_replaces_the_old_one_and_keeps_the_password(
    path: Path, made: tuple[bytes, str]
) -> None:
    printed = new_recovery_key(path, unlock(path, PASSWORD))
    assert unlock_with_recovery_key(path, printed).expose() == made[0]
    with pytest.raises(WrongRecoveryKeyError):
        unlock_with_recovery_key(path, made[1])
    assert unlock(path, PASSWORD).expose() == made[0]


def test_only_the_vaults_own_key_may_change_it(path: Path, made: tuple[bytes, str], tmp_path: Path) -> None:
    other, _ = create_vault(tmp_path / "other.json", PASSWORD, TEST_PROFILE)
    with pytest.raises(ValueError, match="belong"):
        change_password(path, other, "a better password")
    with pytest.raises(ValueError, match="belong"):
        new_recovery_key(path, other)


def test_a_mistyped_recovery_key_is_told_from_a_wrong_one(
    path: Path, made: tuple[bytes, str], tmp_path: Path
) -> None:
    with pytest.raises(RecoveryKeyError, match="40 characters"):
        unlock_with_recovery_key(path, "ABC")
    _, other = create_vault(tmp_path / "other.json", PASSWORD, TEST_PROFILE)
    with pytest.raises(WrongRecoveryKeyError):
        unlock_with_recovery_key(path, other)


# Waiting after wrong passwords


def fail(path: Path, clock: SetClock, times: int) -> list[int]:
    waits: list[int] = []
    for _ in range(times):
        with pytest.raises(WrongPasswordError) as raised:
            unlock(path, "wrong password", clock)
        waits.append(raised.value.wait_s)
        clock.pass_by(raised.value.wait_s)
    return waits


def test_waiting_starts_at_the_fourth_failure_doubles_and_ends_at_five_minutes(
    path: Path, made: tuple[bytes, str], clock: SetClock
) -> None:
    assert fail(path, clock, 12) == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert wait_after(10_000) == 300


def test_a_password_tried_too_soon_is_not_even_looked_at(
    path: Path, made: tuple[bytes, str], clock: SetClock
) -> None:
    fail(path, clock, 4)
    with pytest.raises(WrongPasswordError):
        unlock(path, "wrong password", clock)
    clock.pass_by(1)
    with pytest.raises(TooManyTriesError) as raised:
        unlock(path, PASSWORD, clock)
    assert raised.value.wait_s == 3
    assert "3 seconds" in raised.value.todo
    assert wait_s(path, clock) == 3
    clock.pass_by(3)
    assert wait_s(path, clock) == 0
    unlock(path, PASSWORD, clock)


def test_success_forgets_the_failures(path: Path, made: tuple[bytes, str], clock: SetClock) -> None:
    fail(path, clock, 5)
    unlock(path, PASSWORD, clock)
    assert fail(path, clock, 4) == [0, 0, 0, 2]


def test_the_recovery_key_works_while_the_password_waits_and_a_new_password_ends_the_wait(
    path: Path, made: tuple[bytes, str], clock: SetClock
) -> None:
    fail(path, clock, 3)
    with pytest.raises(WrongPasswordError):
        unlock(path, "wrong password", clock)
    key = unlock_with_recovery_key(path, made[1])
    change_password(path, key, "a better password")
    unlock(path, "a better password", clock)


def test_a_clock_that_was_set_back_does_not_turn_seconds_into_hours(
    path: Path, made: tuple[bytes, str], clock: SetClock
) -> None:
    fail(path, clock, 4)
    with pytest.raises(WrongPasswordError):
        unlock(path, "wrong password", clock)
    clock.pass_by(-86_400)
    assert wait_s(path, clock) == 4


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"failures": "x", "failed_at": "2026-03-02T08:00:00+00:00"}',
        '{"failures": 9, "failed_at": "2026-03-02T08:00:00"}',
        '{"failures": -9, "failed_at": "2026-03-02T08:00:00+00:00"}',
        '{"failures": 9}',
    ],
)
def test_a_damaged_count_of_failures_keeps_nobody_out(
    path: Path, made: tuple[bytes, str], clock: SetClock, content: str
) -> None:
    path.with_name("attempts.json").write_text(content)
    assert wait_s(path, clock) == 0
    unlock(path, PASSWORD, clock)


def test_on_a_disk_that_cannot_be_written_the_right_password_opens_and_a_wrong_one_is_refused(
    path: Path, made: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("desktop.security.attempts.write_private", refuse)
    with pytest.raises(WrongPasswordError):
        unlock(path, "wrong password")
    unlock(path, PASSWORD)


# Damaged files


def test_a_missing_vault_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotAVaultError, match="cannot be read"):
        unlock(tmp_path / "vault.json", PASSWORD)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b'{"format": "indicated-vault/2"}', b"x" * 100_000, b"null"]
)
def test_something_else_in_its_place_is_said_to_be_no_vault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "vault.json").write_bytes(content)
    with pytest.raises(NotAVaultError):
        unlock(tmp_path / "vault.json", PASSWORD)


@given(length=st.integers(0, 600))
def test_a_vault_cut_off_anywhere_is_no_vault(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "vault.json"
    create_vault(path, PASSWORD, TEST_PROFILE)
    whole = path.read_bytes()
    path.write_bytes(whole[: min(length, len(whole) - 1)])
    with pytest.raises(NotAVaultError):
        unlock(path, PASSWORD)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_gives_the_right_key_or_an_error_in_words(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    path = tmp_path_factory.mktemp("flip") / "vault.json"
    key, recovery_key = create_vault(path, PASSWORD, TEST_PROFILE)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(bytes(content))
    for opening in (lambda: unlock(path, PASSWORD), lambda: unlock_with_recovery_key(path, recovery_key)):
        with contextlib.suppress(UserFacingError):
            assert opening().expose() == key.expose()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memory_kib", 1 << 40),
        ("time_cost", 10**9),
        ("parallelism", 10**6),
        ("parallelism", 0),
        ("salt", "AAAA"),
    ],
)
def test_a_vault_that_asks_for_too_much_work_is_damaged_and_is_not_tried(
    path: Path, made: tuple[bytes, str], field: str, value: object
) -> None:
    content = json.loads(path.read_text())
    content["password"][field] = value
    path.write_text(json.dumps(content))
    with pytest.raises(NotAVaultError):
        unlock(path, PASSWORD)


def test_the_work_factor_cannot_be_weakened_in_the_file(path: Path, tmp_path: Path) -> None:
    create_vault(path, PASSWORD, TEST_PROFILE)
    content = json.loads(path.read_text())
    content["vault_id"] = "0" * 32
    path.write_text(json.dumps(content))
    with pytest.raises(WrongPasswordError):  # the header is part of what the tag covers
        unlock(path, PASSWORD)


def test_a_disk_that_fails_while_the_password_changes_leaves_the_old_one_working(
    path: Path, made: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = unlock(path, PASSWORD)

    def fail_to_sync(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_to_sync)
        with pytest.raises(VaultDiskError):
            change_password(path, key, "a better password")
    assert unlock(path, PASSWORD).expose() == made[0]
    assert [item.name for item in path.parent.iterdir()] == ["vault.json"]


def test_a_vault_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(VaultDiskError):
        create_vault(tmp_path / "file" / "vault.json", PASSWORD, TEST_PROFILE)


# Fitting the work to the machine


@pytest.mark.parametrize(
    ("seconds_for_256_mib", "expected"),
    [
        (0.1, KdfProfile(256 * 1024, 6, 4)),
        (0.2, KdfProfile(256 * 1024, 3, 4)),
        (0.6, KdfProfile(256 * 1024, 1, 4)),
        (0.001, KdfProfile(256 * 1024, 64, 4)),
        (1.5, FLOOR_PROFILE),
        (0.99, KdfProfile(256 * 1024, 1, 4)),
    ],
)
def test_calibration_lands_near_the_target_and_never_under_the_floor(
    monkeypatch: pytest.MonkeyPatch, seconds_for_256_mib: float, expected: KdfProfile
) -> None:
    def seconds(profile: KdfProfile) -> float:
        return seconds_for_256_mib * profile.time_cost * profile.memory_kib / (256 * 1024)

    monkeypatch.setattr(kdf, "_seconds", seconds)
    found = calibrate()
    assert found == expected
    assert not found.is_weak
    assert found.is_sane


def test_calibration_takes_less_memory_where_there_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    def seconds(profile: KdfProfile) -> float:
        if profile.memory_kib > 128 * 1024:
            raise NotEnoughMemoryError(profile)
        return 0.1

    monkeypatch.setattr(kdf, "_seconds", seconds)
    assert calibrate() == KdfProfile(128 * 1024, 6, 4)


def test_calibration_really_runs_on_this_machine() -> None:
    profile = calibrate()
    assert not profile.is_weak


def test_too_little_memory_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_to_hash(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", fail_to_hash)
    with pytest.raises(NotEnoughMemoryError, match="256 MiB"):
        stretch(b"x", bytes(16), DEFAULT_PROFILE)


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second"), (8, "8 seconds"), (60, "1 minute"), (124, "2 minutes 4 seconds")]
)
def test_waiting_times_read_as_words(seconds: int, words: str) -> None:
    assert vault_errors.in_words(seconds) == words


def test_the_module_offers_what_it_says() -> None:
    assert all(hasattr(vault, name) for name in vault.__all__)
