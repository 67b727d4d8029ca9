"""Takes the words out of a Word document (.docx) through a limited process; it never opens one itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType
from desktop.intake import limited_process
from desktop.intake.foreign_text import replaced_characters, with_plain_line_ends
from desktop.intake.media_type import media_type_of
from desktop.intake.pdf_worker import MAX_CHARACTERS

MAX_FILE_BYTES = 100_000_000
_MAX_ANSWER_BYTES = 6 * MAX_CHARACTERS + 1_000_000
_PASTE = "Open it in a word processor, copy the text, and paste it instead."


@dataclass(frozen=True, slots=True)
class DocxText:
    """The words of a document, a line for each paragraph; `notices` say what a reviewer must know."""

    text: str
    notices: tuple[str, ...] = ()


class DocxRefusedError(UserFacingError):
    """A Word document whose words could not be taken."""

    def __init__(self, name: str, what: str, todo: str = _PASTE) -> None:
        super().__init__(f"'{name}' {what}", safe="Nothing was added to the case.", todo=todo)


def read_docx(data: bytes, *, name: str, timeout_s: float = 20.0) -> DocxText:
    """The words of a .docx of at most 200 MB; not those of headers, footers, notes or tracked deletions.

    Raises DocxRefusedError in words, whatever the file holds. Call it off the GUI thread.
    """
    if not data:
        raise DocxRefusedError(name, "is empty: it has 0 bytes.", "Ask for the file again.")
    if len(data) > MAX_FILE_BYTES:
        raise DocxRefusedError(name, "is larger than 200 MB.", "Save it without its pictures.")
    if media_type_of(data) is not MediaType.DOCX:
        raise DocxRefusedError(name, "is not a .docx document.", "Check that it is the right file.")
    command = limited_process.worker_command("desktop.intake.docx_worker", "docx-worker")
    output = limited_process.answer_of(command, data, timeout_s=timeout_s, max_bytes=_MAX_ANSWER_BYTES)
    if output is None:
        raise DocxRefusedError(name, f"could not be read within {timeout_s:g} seconds.")
    try:
        answer = cast("dict[str, Any]", json.loads(output))
    except ValueError:
        # The limits killed the process, or the file crashed it.
        raise DocxRefusedError(name, "could not be read; it may be damaged or built to do harm.") from None
    match answer.get("refused"):
        case None:
            pass
        case "characters":
            raise DocxRefusedError(name, "holds more text than can be read.", "Split it into smaller files.")
        case "memory":
            raise DocxRefusedError(name, "needs more memory than a document should.")
        case _:
            raise DocxRefusedError(name, "is damaged and could not be opened.")
    text, notices = replaced_characters(with_plain_line_ends(cast("str", answer["text"])))
    if not text.strip():
        raise DocxRefusedError(name, "holds no words.", "It may hold pictures only: type or paste the text.")
    return DocxText(text, notices)
