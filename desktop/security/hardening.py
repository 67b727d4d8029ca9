"""Keeps the operating system from writing the process's memory to disk; it must not fail where that is unsupported."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> tuple[str, ...]:
    """Switch core dumps off and, on Linux, refuse debuggers of the same user. Returns what took effect."""
    done: list[str] = []
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done.append("no core dumps")
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
        done.append("not readable by other processes")
    return tuple(done)
