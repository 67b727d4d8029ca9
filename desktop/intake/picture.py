"""Takes a logo or signature picture in, or refuses it in words; it never decodes one in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType
from desktop.intake import limited_process
from desktop.intake.media_type import media_type_of
from desktop.intake.picture_worker import MAX_SIDE

MAX_BYTES = 5_000_000
_MAX_ANSWER_BYTES = 10_000
_SAVE_AS = "Open it in an image editor, save it as PNG, and choose that file."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be printed; sides in pixels."""

    media_type: MediaType
    width: int
    height: int


class PictureRefusedError(UserFacingError):
    """A picture that cannot be printed."""

    def __init__(self, name: str, what: str, todo: str) -> None:
        super().__init__(f"'{name}' {what}", safe="Nothing was changed.", todo=todo)


def read_picture(data: bytes, *, name: str = "The picture", timeout_s: float = 20.0) -> Picture:
    """What a PNG or JPEG of at most 5 MB and 4,000 pixels a side is. Raises PictureRefusedError, whatever it holds.

    Call it off the GUI thread: it waits for another process.
    """
    if not data:
        raise PictureRefusedError(name, "is empty: it has 0 bytes.", "Choose another file.")
    if len(data) > MAX_BYTES:
        raise PictureRefusedError(
            name, "is larger than 5 MB.", "Save it smaller; 1,000 pixels across are plenty for a letter."
        )
    media_type = media_type_of(data)
    if media_type not in {MediaType.PNG, MediaType.JPEG}:
        raise PictureRefusedError(name, "is neither a PNG nor a JPEG picture.", _SAVE_AS)
    answer = _ask_worker(data, name, timeout_s)
    if "refused" in answer:
        raise _refusal(name, answer)
    return Picture(media_type, int(answer["width"]), int(answer["height"]))


def _ask_worker(data: bytes, name: str, timeout_s: float) -> dict[str, Any]:
    command = limited_process.worker_command("desktop.intake.picture_worker", "picture-worker")
    output = limited_process.answer_of(command, data, timeout_s=timeout_s, max_bytes=_MAX_ANSWER_BYTES)
    if output is None:
        raise PictureRefusedError(name, f"could not be read within {timeout_s:g} seconds.", _SAVE_AS)
    try:
        return cast("dict[str, Any]", json.loads(output))
    except ValueError:
        # The limits killed the process, or the file crashed the picture library in it.
        raise PictureRefusedError(
            name, "could not be read; it may be damaged or built to do harm.", _SAVE_AS
        ) from None


def _refusal(name: str, answer: dict[str, Any]) -> PictureRefusedError:
    match answer["refused"]:
        case "sides":
            return PictureRefusedError(
                name,
                f"is {answer['width']:,} by {answer['height']:,} pixels; at most {MAX_SIDE:,} a side are taken.",
                "Save it smaller; 1,000 pixels across are plenty for a letter.",
            )
        case "animated":
            return PictureRefusedError(name, "is an animation, and paper stands still.", _SAVE_AS)
        case "memory":
            return PictureRefusedError(name, "needs more memory than a picture of a letter should.", _SAVE_AS)
        case _:
            return PictureRefusedError(name, "is damaged and cannot be shown whole.", _SAVE_AS)
