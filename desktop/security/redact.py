"""Crash reports without a patient in them: kinds of error and places in the code, never messages, values or paths."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.domain.clock import Clock
from desktop.security.atomic_file import write_private
from desktop.security.hardening import harden_process

__all__ = ["crash_report", "dismiss", "harden_process", "pending_crash_reports", "write_crash_report"]

_PREFIX = "crash-"
_SUFFIX = ".txt"
_MOST_FRAMES = 60


def crash_report(error: BaseException, clock: Clock) -> str:
    """What a developer needs and no more: instant, versions, and for each error its type and the lines it passed."""
    lines = [
        "Indicated crash report (holds no patient data)",
        f"at: {clock.now().isoformat(timespec='seconds')}",
        f"program: {__version__}",
        f"python: {platform.python_version()} on {sys.platform} {platform.machine()}",
    ]
    for one, relation in _chain(error):
        lines.append("")
        lines.append(f"{relation}{type(one).__module__}.{type(one).__qualname__}")
        frames = list(_frames(one.__traceback__))
        if len(frames) > _MOST_FRAMES:
            kept = _MOST_FRAMES // 2
            frames = [*frames[:kept], f"  … {len(frames) - 2 * kept} more", *frames[-kept:]]
        lines.extend(frames)
    return "\n".join(lines) + "\n"


def write_crash_report(folder: Path, error: BaseException, clock: Clock) -> Path:
    """Write a report (mode 0600) and return its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    path = folder / f"{_PREFIX}{stamp}{_SUFFIX}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{_PREFIX}{stamp}-{number}{_SUFFIX}"
    write_private(path, crash_report(error, clock).encode("utf-8"))
    return path


def pending_crash_reports(folder: Path) -> tuple[Path, ...]:
    """Reports that were not dismissed yet, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.glob(f"{_PREFIX}*{_SUFFIX}") if path.is_file()))


def dismiss(path: Path) -> None:
    """Delete a report that was shown."""
    path.unlink(missing_ok=True)


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    seen: set[int] = set()
    relation, one = "error: ", error
    while id(one) not in seen:
        seen.add(id(one))
        yield one, relation
        if one.__cause__ is not None:
            relation, one = "caused by: ", one.__cause__
        elif one.__context__ is not None and not one.__suppress_context__:
            relation, one = "while handling: ", one.__context__
        else:
            return


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        # The module's name, not the file's path: a path names the user's account.
        module = frame.f_globals.get("__name__", "?")
        yield f"  {module}:{line} {frame.f_code.co_qualname}"
