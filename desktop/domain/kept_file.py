"""Files that came in from outside and are kept as they came: documents of the record, logos, signatures, proofs."""

from __future__ import annotations

from enum import Enum

from desktop.domain.text import Text
from desktop.domain.value import Value

MAX_FILE_BYTES = 200_000_000
"""More than a record of three thousand scanned pages; a larger file is refused by its size."""


class MediaType(Enum):
    """What a kept file is, found out from its bytes and never from its name."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"


class KeptFile(Value):
    """A kept file without its bytes."""

    sha256: str
    media_type: MediaType
    name: Text
    """The name it came with; shown, never used as a path."""
    size: int


class ReceivedFile(Value):
    """A file as it came in, before it is kept. Its bytes are in no message."""

    name: str
    """As the system gives it, even where that is no text that can be stored."""
    content: bytes
