"""The key of the store while it is open: it can be wiped, and never shows itself in a log or a traceback."""

from __future__ import annotations

KEY_BYTES = 32


class DataKey:
    """A 256-bit key in memory that can be overwritten. Using it after `wipe` raises ValueError."""

    __slots__ = ("_bytes",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes")
        self._bytes = bytearray(key)

    def __repr__(self) -> str:
        return "<DataKey>"

    def __reduce__(self) -> str:
        raise TypeError("a data key is not to be pickled or copied")

    @property
    def is_wiped(self) -> bool:
        """Whether the key was forgotten."""
        return not self._bytes

    def expose(self) -> bytes:
        """The key itself, for the cipher; do not keep it."""
        if self.is_wiped:
            raise ValueError("the key was wiped: the store is locked")
        return bytes(self._bytes)

    def derive(self, purpose: bytes) -> bytes:
        """A 256-bit key for one named purpose (HKDF-SHA256), from which this one cannot be found."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"indicated/1/" + purpose).derive(self.expose())

    def wipe(self) -> None:
        """Overwrite the key in memory and forget it. Wiping twice is harmless."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()
