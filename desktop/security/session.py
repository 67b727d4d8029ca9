"""When a session ends by itself; it reads only a monotonic clock, so changing the wall clock cannot keep it open."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def uptime_s() -> float:
    """Seconds on a clock that nobody can set and that, on Linux, also runs while the machine sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class IdleClock:
    """Time since the last sign of the user. Expired stays expired: only a new clock, after unlocking, starts again."""

    def __init__(self, limit_s: float, monotonic: Callable[[], float] = uptime_s) -> None:
        self._limit_s = limit_s
        self._monotonic = monotonic
        self._touched_at = monotonic()
        self._has_expired = False

    @property
    def limit_s(self) -> float:
        """Seconds without a touch after which the session ends."""
        return self._limit_s

    def set_limit(self, limit_s: float) -> None:
        """Change the limit; it counts from the last touch."""
        self._limit_s = limit_s

    def touch(self) -> None:
        """A key or the mouse was used. After expiry this changes nothing."""
        if not self.is_expired():
            self._touched_at = self._monotonic()

    def is_expired(self) -> bool:
        """Whether the limit has passed since the last touch."""
        if self._monotonic() - self._touched_at >= self._limit_s:
            self._has_expired = True
        return self._has_expired

    def remaining_s(self) -> float:
        """Seconds until expiry, 0 once expired."""
        if self.is_expired():
            return 0.0
        return max(0.0, self._limit_s - (self._monotonic() - self._touched_at))
