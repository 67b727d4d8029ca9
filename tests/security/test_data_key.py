"""The data key can be wiped, and shows itself nowhere by accident."""

from __future__ import annotations

import copy
import pickle

import pytest

from desktop.security.data_key import DataKey


def test_its_repr_and_str_show_nothing() -> None:
    key = DataKey(b"\x41" * 32)
    assert repr(key) == str(key) == f"{key}" == "<DataKey>"


def test_it_has_256_bits() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"short")


def test_it_cannot_be_copied_or_pickled() -> None:
    key = DataKey(bytes(32))
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            way(key)


def test_purposes_give_different_keys_and_the_same_one_every_time() -> None:
    key = DataKey(bytes(range(32)))
    derived = {key.derive(b"audit"), key.derive(b"head"), key.derive(b""), key.expose()}
    assert len(derived) == 4
    assert key.derive(b"audit") == DataKey(bytes(range(32))).derive(b"audit")
    assert DataKey(bytes(32)).derive(b"audit") != key.derive(b"audit")


def test_wiping_overwrites_the_bytes_and_ends_every_use() -> None:
    key = DataKey(b"\x41" * 32)
    inner = key._bytes
    view = memoryview(inner)
    assert not key.is_wiped
    # The view shows the memory itself; it must be released before the key can be emptied.
    inner[:] = b"\x42" * 32
    assert view.tobytes() == b"\x42" * 32
    view.release()
    key.wipe()
    key.wipe()
    assert key.is_wiped
    assert inner == bytearray()
    for use in (key.expose, lambda: key.derive(b"audit")):
        with pytest.raises(ValueError, match="wiped"):
            use()


def test_wiping_writes_zeros_before_it_lets_go() -> None:
    class Watched(bytearray):
        seen: bytes = b""

        def clear(self) -> None:
            Watched.seen = bytes(self)
            super().clear()

    key = DataKey(b"\x41" * 32)
    key._bytes = Watched(b"\x41" * 32)
    key.wipe()
    assert Watched.seen == bytes(32)
