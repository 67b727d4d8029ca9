"""Looks through the memory of its own process for the data key of a store that was opened, used and closed.

Called as `python -m tests.store.memory_scan FOLDER`. It prints how often the key was found in each form. The patterns
themselves are kept masked until the moment of the search.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.case import Case
from desktop.security.vault import TEST_PROFILE, create_vault, unlock
from desktop.store.engine import create_store, open_store
from tests.store.conftest import ADA, TickingClock

MASK = 0x5A
PASSWORD = "correct horse battery"


def writable_memory() -> Iterator[bytes]:
    """Every writable stretch of this process's memory."""
    with Path("/proc/self/maps").open() as maps:
        ranges = [line.split()[:2] for line in maps]
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for place, rights in ranges:
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                yield os.pread(memory.fileno(), end - start, start)
            except OSError:
                continue


def use(folder: Path) -> bytes:
    """Make, close, unlock, use and close a store; returns its key, masked."""
    key, _ = create_vault(folder / "vault.json", PASSWORD, TEST_PROFILE)
    create_store(folder, key, actor=ADA, clock=TickingClock()).close()
    key = unlock(folder / "vault.json", PASSWORD)
    masked = bytes(byte ^ MASK for byte in key.expose())
    store = open_store(folder, key, clock=TickingClock())
    for number in range(10):
        with store.write("case_opened", "New", case_id=f"case-{number}") as work:
            work.cases.add(Case(id=f"case-{number}"))
    store.undo("case-1")
    store.close()
    return masked


def main() -> None:
    """Print `left behind` and `control`: how often the key is found after closing, and while one copy is kept."""
    masked = use(Path(sys.argv[1]))
    gc.collect()
    print("left behind", count(masked))  # noqa: T201 - the parent reads it
    kept = bytearray(byte ^ MASK for byte in masked)
    print("control", count(masked) if kept else 0)  # noqa: T201


def count(masked: bytes) -> int:
    """How often the key stands in memory, as bytes or in hex; memory is masked for the search, not the key unmasked."""
    table = bytes(byte ^ MASK for byte in range(256))
    digits = bytes(ord(digit) ^ MASK for byte in masked for digit in f"{byte ^ MASK:02x}")
    return sum(
        hidden.count(masked) + hidden.count(digits)
        for hidden in (part.translate(table) for part in writable_memory())
    )


if __name__ == "__main__":
    main()
