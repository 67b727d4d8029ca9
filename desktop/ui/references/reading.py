"""What the references shelf reads, as jobs for other threads: the library, an entry, a check, a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import UserFacingError
from desktop.domain.reference import OwnReference, Reference
from desktop.letters.references.exchange import MOST_BYTES, ImportedReferences, ReferenceForm, read_references
from desktop.letters.references.library import ReferenceLibrary
from desktop.services.reference_library import Proposed, proposed_for
from desktop.ui.library.page import Page
from desktop.ui.references.check_page import check_page
from desktop.ui.references.entry_page import entry_page

if TYPE_CHECKING:
    from desktop.services.workspace import Services

_MOST_TWINS = 5


@dataclass(frozen=True, slots=True)
class ReadShelf:
    """The library as it was read, what undo and redo would do, and the entry that a draft is kept for."""

    library: ReferenceLibrary
    steps: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class ShownReference:
    """A reference ready to be shown, with the topics that argue with it."""

    reference: Reference
    page: Page
    topics: tuple[tuple[str, str], ...]
    """Id and title of every topic that points at it."""
    own: OwnReference | None = None


@dataclass(frozen=True, slots=True)
class ReadImport:
    """A file that was read, and what taking it in would add; nothing is stored yet."""

    read: ImportedReferences
    proposed: tuple[Proposed, ...]

    @property
    def origin(self) -> str:
        """Where its entries will say that they come from."""
        return f"{self.read.name} ({self.read.form.value})"


def read_shelf(services: Services) -> ReadShelf:
    """The library as it is now."""
    return ReadShelf(services.references.library(), services.references.undo_labels())


def read_entry(services: Services, reference_id: str) -> ShownReference:
    """A reference with its page. Raises UserFacingError when it is not there any more."""
    library = services.references.library()
    reference = library.get(reference_id)
    if reference is None:
        raise UserFacingError(
            f"The reference {reference_id} is not in the library any more.",
            safe="Nothing was changed.",
            todo="Choose another one.",
        )
    topics = tuple(
        (topic.id, topic.label)
        for topic in services.topics.library().topics
        if any(source.reference_id == reference_id for claim in topic.claims for source in claim.all_sources)
    )
    own = services.references.own(reference_id) if reference.is_own else None
    page = entry_page(
        reference,
        library.claims_of(reference_id),
        topics,
        _twins(library, reference),
        own.verified_by if own is not None else "",
    )
    return ShownReference(reference, page, topics, own)


def read_check(services: Services, folder: Path) -> Page:
    """What the check of the library finds: in the file of the program, and among the user's own entries."""
    from desktop.letters.references.lint import lint_references

    return check_page(
        lint_references(folder), services.references.library(), services.references.duplicates()
    )


def read_import(path: Path, library: ReferenceLibrary, told: Callable[[str, int, int], None]) -> ReadImport:
    """The entries of a file, each with what it repeats; no store is read. `told`: what is done, how much, of how many.

    Raises UserFacingError for a file that is none, and whatever `told` raises to end it.
    """
    read = read_references(_content_of(path), path.name, watch=partial(told, "read"))
    entries = tuple(entry.bibliography for entry in read.entries)
    return ReadImport(read, proposed_for(library, entries, partial(told, "compared with the library")))


def export_text(library: ReferenceLibrary, ids: tuple[str, ...], form: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file with these entries, and what of them its form cannot hold."""
    from desktop.letters.references.exchange import write_references

    chosen = [found for item in ids if (found := library.get(item)) is not None]
    made = write_references([(item.id, item.bibliography) for item in chosen], ReferenceForm(form))
    return made.text, made.remarks


def _twins(library: ReferenceLibrary, reference: Reference) -> tuple[str, ...]:
    found = library.sources.twins(reference)
    told = [f"Looks like the same source as {other} ({reason})." for other, reason in found[:_MOST_TWINS]]
    if len(found) > _MOST_TWINS:
        told.append(f"So do {len(found) - _MOST_TWINS} more: the check of the library names them.")
    return tuple(told)


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than is taken, so that a larger file is seen to be one without being read whole.
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            f"The file {path.name} cannot be read ({error.strerror or 'no reason given'}).",
            safe="Nothing was stored.",
            todo="Choose a file that is there and may be read.",
        ) from error
