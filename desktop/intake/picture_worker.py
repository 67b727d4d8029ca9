"""The limited process that decodes a foreign picture once, so that a hostile or broken one can only harm itself.

It reads the picture from standard input and writes one JSON object to standard output; it must not open any file.
"""

from __future__ import annotations

import io
import json
import sys
from importlib import import_module
from typing import BinaryIO

from desktop.intake.pdf_worker import limit_this_process

MAX_SIDE = 4_000
"""Pixels; more than paper of any size shows of a logo."""


def main() -> int:
    """Look at a picture from standard input, answer on standard output. Returns the exit code: always 0."""
    for plugin in ("PIL.PngImagePlugin", "PIL.JpegImagePlugin", "PIL.MpoImagePlugin"):
        import_module(plugin)  # before memory is limited
    limit_this_process()
    answer(sys.stdin.buffer.read(), sys.stdout.buffer)
    return 0


def answer(data: bytes, out: BinaryIO) -> None:
    """Write `{"width": n, "height": n}`, or `{"refused": word}` for what the parent puts into words."""
    try:
        result = _look(data)
    except MemoryError:
        result = {"refused": "memory"}
    out.write(json.dumps(result).encode("ascii"))
    out.flush()


def _look(data: bytes) -> dict[str, object]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the sides are bounded here, and more narrowly
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if max(width, height) > MAX_SIDE:
                return {"refused": "sides", "width": width, "height": height}
            if picture.format == "PNG" and getattr(picture, "is_animated", False):
                return {"refused": "animated"}
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
        # What Pillow raises of a broken file is not documented as one type.
        return {"refused": "broken", "kind": type(error).__name__}
    return {"width": width, "height": height}


if __name__ == "__main__":
    sys.exit(main())
