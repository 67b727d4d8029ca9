"""Starts the limited process that opens foreign files, speaks with it, and ends it: on cancel at once.

It never opens a foreign file itself. Call it off the GUI thread: it waits for another process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self, cast

from desktop.domain.errors import UserFacingError
from desktop.letters.packet.frames import read_frame, write_frame

_LOOK_S = 0.05
"""How often a cancel is looked for while the process works."""
_SILENT_S = 120.0
"""The process tells how far it is; one that says nothing for so long is stuck in a file."""

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]


class PacketCancelledError(UserFacingError):
    """The reviewer stopped the building of a packet."""

    def __init__(self) -> None:
        super().__init__(
            "The packet was not built: it was stopped.",
            safe="Nothing was changed and nothing was sent.",
            todo="Build it again when it is wanted.",
        )


class WorkerLostError(Exception):
    """The process ended, or said nothing for too long: a file in it was too large, damaged, or built to do harm."""


def worker_command() -> list[str]:
    """How to start the limited process: the module, or in a frozen program the program itself with `packet-worker`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "packet-worker"]
    # -P: a file named json.py in the folder that the program was started from must not be imported.
    return [sys.executable, "-P", "-m", "desktop.letters.packet.file_worker"]


class WorkerLink:
    """One limited process, for one packet. Leaving the `with` block ends it."""

    def __init__(self, is_cancelled: IsCancelled | None = None, progress: Progress | None = None) -> None:
        self._is_cancelled = is_cancelled
        self._progress = progress
        environment = dict(os.environ)
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[3])
        self._process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says of a file may quote the file
            env=environment,
        )
        self._answers: Queue[tuple[dict[str, Any], list[bytes]] | None] = Queue()
        self._reader = Thread(target=self._collect, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _close(stream)

    def ask(self, message: dict[str, Any], blobs: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """Send a message and wait for its answer. Raises PacketCancelledError and WorkerLostError."""
        feeder = Thread(target=self._feed, args=(message, blobs), daemon=True)
        feeder.start()
        heard = time.monotonic()
        while True:
            if self._is_cancelled is not None and self._is_cancelled():
                self._process.kill()
                raise PacketCancelledError
            try:
                answer = self._answers.get(timeout=_LOOK_S)
            except Empty:
                if time.monotonic() - heard > _SILENT_S:
                    self._process.kill()
                    raise WorkerLostError from None
                continue
            heard = time.monotonic()
            if answer is None:
                raise WorkerLostError
            if answer[0]["event"] != "progress":
                feeder.join()
                return answer
            if self._progress is not None:
                self._progress(int(answer[0]["step"]), int(answer[0]["of"]))

    def _feed(self, message: dict[str, Any], blobs: Sequence[bytes]) -> None:
        try:
            write_frame(cast("IO[bytes]", self._process.stdin), message, blobs)
        except (OSError, ValueError):
            # The process ended before it had read everything; that no answer comes says so.
            return

    def _collect(self) -> None:
        stream = cast("IO[bytes]", self._process.stdout)
        try:
            while (frame := read_frame(stream)) is not None:
                self._answers.put(frame)
        except (OSError, ValueError):
            # Half an answer is none.
            pass
        self._answers.put(None)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        # What was not yet sent to the ended process cannot be sent any more.
        return
