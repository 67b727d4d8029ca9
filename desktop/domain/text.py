"""What text from users and files may be: kept exactly as it came, or refused with the character named."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows; in a caption they would turn our own words too."""


class TextRefusedError(ValueError):
    """Text holds a character that can be neither stored nor printed faithfully."""

    def __init__(self, character: str, offset: int) -> None:
        self.character = character
        self.offset = offset
        super().__init__(
            f"{name_of(character)} at character {offset + 1} cannot be stored or printed; remove it"
        )


def name_of(character: str) -> str:
    """A character's code point and name in words a reviewer can search for."""
    code = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return f"{code} (half of a surrogate pair)"
    if character == "\x00":
        return f"{code} (NUL)"
    return f"{code} ({unicodedata.name(character, 'unnamed character')})"


def accept_text(text: str) -> str:
    """Return `text` unchanged, or raise TextRefusedError for NUL and lone surrogates.

    Neither survives UTF-8, SQLite text and PDF alike, so keeping them would change the record.
    """
    # A search, not a loop: every reading of a case checks all its documents, and they may have a million characters.
    found = _UNSTORABLE.search(text)
    if found is not None:
        raise TextRefusedError(found.group(), found.start())
    return text


def sha256_of(text: str) -> str:
    """Hex SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def listed(words: Iterable[str]) -> str:
    """Words joined as a reader writes them: `a, b and c`; empty for none."""
    parts = list(words)
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def shortened(text: str, longest: int) -> str:
    """The text, or what fits of it with an ellipsis as its last character; for captions, never for a letter."""
    plain = _TURNING.sub("", text)
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


Text = Annotated[str, AfterValidator(accept_text)]
"""A string that is stored and printed exactly."""
