"""The limited process that opens foreign files for the packet, so that a hostile or broken one can only harm itself.

It reads frames from standard input and answers on standard output; it must not open any file, and it must not import
more of the program than it needs. Its parent is `worker_link`.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import IO, Any, cast

from desktop.letters.packet.frames import read_frame, write_frame

MEMORY_BYTES = 3_072 * 1024 * 1024
CPU_S = 900
_PROGRESS_S = 0.05


def main() -> int:
    """Answer frames until the parent closes the stream. Returns the exit code."""
    for name in ("pikepdf", "pypdfium2", "PIL.Image"):
        import_module(name)  # libraries are loaded before memory is limited
    limit_this_process()
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def limit_this_process() -> None:
    """Bound memory and processor time, and forbid core dumps and writing files. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    for kind, amount in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (bound, bound))


def serve(source: IO[bytes], out: IO[bytes]) -> None:
    """Answer each frame: `read` opens files, `assemble` joins their pages and proves, `draw` shows one page."""
    from desktop.letters.packet.drawing import draw
    from desktop.letters.packet.worker_tasks import Desk

    desk = Desk()
    while (frame := read_frame(source)) is not None:
        message, blobs = frame
        progress = _Progress(out)
        try:
            match message["do"]:
                case "read":
                    answer, made = desk.read(message, blobs, progress.tell), list[bytes]()
                case "draw":
                    answer, made = draw(message, blobs)
                case _:
                    answer, made = desk.assemble(message, blobs, progress.tell)
        except MemoryError:
            answer, made = {"refused": "memory"}, list[bytes]()
        write_frame(out, {"event": "done", **answer}, made)


class _Progress:
    """Says how far the work is, at most twenty times a second."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._last = 0.0

    def tell(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._last >= _PROGRESS_S:
            self._last = now
            write_frame(self._out, cast("dict[str, Any]", {"event": "progress", "step": done, "of": of}))


if __name__ == "__main__":
    sys.exit(main())
