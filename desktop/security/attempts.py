"""Wrong passwords are counted and slowed down, across restarts; it never blocks for longer than five minutes.

This hinders someone at the keyboard. Someone with a copy of the files is hindered by Argon2 alone.
"""

from __future__ import annotations

import contextlib
import json
import math
from datetime import datetime
from pathlib import Path
from typing import cast

from desktop.domain.clock import Clock
from desktop.security.atomic_file import write_private

FREE_FAILURES = 3
LONGEST_WAIT_S = 300


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: none for the first three, then 2, 4, 8 … at most 300."""
    if failures <= FREE_FAILURES:
        return 0
    return min(LONGEST_WAIT_S, 2 ** min(failures - FREE_FAILURES, 16))


class Attempts:
    """The failures in a row, kept in a small file beside the vault."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._failures, self._failed_at = _read(path)

    def remaining_s(self) -> int:
        """Whole seconds until the next try is allowed; 0 when it is now."""
        wait = wait_after(self._failures)
        if wait == 0 or self._failed_at is None:
            return 0
        passed = (self._clock.now() - self._failed_at).total_seconds()
        # A wall clock that was set back must not turn seconds into hours.
        return max(0, min(wait, math.ceil(wait - passed)))

    def failed(self) -> int:
        """Count one more failure and return the seconds to wait."""
        self._failures += 1
        self._failed_at = self._clock.now()
        record = {"failures": self._failures, "failed_at": self._failed_at.isoformat()}
        # On a read-only disk nothing can be kept, and the store must still open for viewing.
        with contextlib.suppress(OSError):
            write_private(self._path, json.dumps(record).encode("ascii"))
        return wait_after(self._failures)

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures, self._failed_at = 0, None
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[int, datetime | None]:
    # A missing or damaged count is no reason to keep the owner out.
    try:
        record = cast("dict[str, object]", json.loads(path.read_bytes()))
        failures, failed_at = record["failures"], datetime.fromisoformat(str(record["failed_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
    if not isinstance(failures, int) or failures < 0 or failed_at.tzinfo is None:
        return 0, None
    return failures, failed_at
