"""How the program and the limited process speak: a line of JSON, then the bytes that it announces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any, cast

_LONGEST_LINE = 64_000_000


def write_frame(stream: IO[bytes], message: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send a message with its blobs. Raises OSError when the other side is gone."""
    line = json.dumps({**message, "blobs": [len(blob) for blob in blobs]})
    stream.write(line.encode("ascii") + b"\n")
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message and its blobs, or None when the other side has ended. Raises ValueError for half a message."""
    line = stream.readline(_LONGEST_LINE)
    if not line:
        return None
    message = cast("dict[str, Any]", json.loads(line))
    blobs: list[bytes] = []
    for length in cast("list[int]", message.pop("blobs")):
        blob = stream.read(length)
        if len(blob) != length:
            raise ValueError("the message ended early")
        blobs.append(blob)
    return message, blobs
