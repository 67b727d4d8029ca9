"""What a packet is built from, as frozen values, and the sentences for a file that cannot be enclosed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.case import Case
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType
from desktop.domain.packet import Redaction
from desktop.letters.enclosures import Enclosure
from desktop.letters.packet.foreign_limits import MAX_FRAMES, MAX_PAGES, MAX_PIXELS
from desktop.letters.wording import one_line, shortened

_PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF})
_SAFE = "The packet was not built, and nothing was changed."
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True, repr=False)
class ExhibitSource:
    """An enclosure with the file it is kept as, if there is one, the chosen pages of that, and what is blacked out."""

    enclosure: Enclosure
    content: bytes | None = None
    media: MediaType | None = None
    chosen_pages: tuple[int, ...] = ()
    """Empty: all pages of the file."""
    redactions: tuple[Redaction, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether its own pages are enclosed, rather than its text set by us."""
        return self.content is not None and (self.media is MediaType.PDF or self.is_picture)

    @property
    def is_picture(self) -> bool:
        """Whether it is a scan or photograph."""
        return self.media in _PICTURES

    @property
    def title(self) -> str:
        """Its title on one line, for the index, bookmarks and messages."""
        document = self.enclosure.document
        return shortened(one_line(document.title) or document.kind.label, _LONGEST_TITLE)


@dataclass(frozen=True, slots=True, repr=False)
class PacketInputs:
    """Everything a packet is built from. `letter_pdf` is the issued letter or, for a look at the packet, the draft."""

    case: Case
    letter_pdf: bytes
    letter_label: str
    exhibits: tuple[ExhibitSource, ...]
    today: date


class EnclosureRefusedError(UserFacingError):
    """A document whose file cannot be enclosed."""

    def __init__(self, title: str, what: str, todo: str) -> None:
        super().__init__(f"'{title}' {what}", safe=_SAFE, todo=todo)


def refusal(title: str, word: str, count: int) -> EnclosureRefusedError:
    """The sentence for the word with which the limited process refused a file."""
    leave_out = "Ask for the file again, or leave the document out of the packet."
    match word:
        case "encrypted":
            return EnclosureRefusedError(
                title,
                "is protected with a password.",
                "Save a copy without the password and keep that with the document, or leave it out.",
            )
        case "pages" | "frames":
            most = MAX_PAGES if word == "pages" else MAX_FRAMES
            return EnclosureRefusedError(
                title,
                f"has {count:,} pages; at most {most:,} can be enclosed.",
                "Choose the pages that matter.",
            )
        case "pixels":
            return EnclosureRefusedError(
                title,
                f"is a picture of more than {MAX_PIXELS // 1_000_000} million points.",
                "Scan it again at 300 dpi or less.",
            )
        case "page":
            return EnclosureRefusedError(title, f"is damaged on page {count} and cannot be drawn.", leave_out)
        case "no_page":
            return EnclosureRefusedError(
                title,
                f"has no page {count}, on which something is to be blacked out.",
                "Take the redaction back, or keep the right file with the document.",
            )
        case "words":
            return EnclosureRefusedError(
                title,
                f"is to have words blacked out that are not found on page {count} of its file.",
                "Draw an area over them on the page instead, and take the redaction of the words back.",
            )
        case "empty":
            return EnclosureRefusedError(title, "has none of the pages that are to be enclosed.", leave_out)
        case "memory":
            return EnclosureRefusedError(title, "needs more memory than a document should.", leave_out)
        case _:
            return EnclosureRefusedError(title, "is damaged and could not be opened.", leave_out)
