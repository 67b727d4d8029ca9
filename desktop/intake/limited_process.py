"""Asks a limited process about a foreign file and takes its answer up to a cap; it knows no kind of file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import IO, cast


def worker_command(module: str, word: str) -> list[str]:
    """How to start a limited process: a module, or in a frozen program the program itself with a word."""
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    # -P: a file named json.py in the folder that the program was started from must not be imported.
    return [sys.executable, "-P", "-m", module]


def answer_of(command: Sequence[str], data: bytes, *, timeout_s: float, max_bytes: int) -> bytes | None:
    """What the process wrote, given `data` on its standard input; None when it took longer than `timeout_s`."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a parser says of a file may quote the file
        env=environment,
    )
    is_timely, output = _exchange(process, data, timeout_s, max_bytes)
    return output if is_timely else None


def _exchange(
    process: subprocess.Popen[bytes], data: bytes, timeout_s: float, max_bytes: int
) -> tuple[bool, bytes]:
    """Feed the process and take its answer up to the cap. It is dead afterwards, whatever happened."""
    chunks: list[bytes] = []
    ends = time.monotonic() + timeout_s
    with process:
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        threads = (
            Thread(target=_feed, args=(stdin, data), daemon=True),
            Thread(target=_collect, args=(stdout, chunks, max_bytes), daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            process.wait(timeout=max(0.0, ends - time.monotonic()))
            is_timely = True
        except subprocess.TimeoutExpired:
            is_timely = False
        finally:
            process.kill()
            for thread in threads:
                thread.join()
    return is_timely, b"".join(chunks)


def _feed(stdin: IO[bytes], data: bytes) -> None:
    try:
        stdin.write(data)
        stdin.close()
    except OSError:
        # The process ended before it had read everything; its answer, or the lack of one, says why.
        return


def _collect(stdout: IO[bytes], chunks: list[bytes], max_bytes: int) -> None:
    room = max_bytes
    while room > 0 and (chunk := stdout.read(min(room, 1 << 20))):
        chunks.append(chunk)
        room -= len(chunk)
