"""Operations on references: the library with the user's own entries, imports, marks and verification, each undoable.

Nothing here makes an entry verified but the user's own record of where and when they checked it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.clock import Clock
from desktop.domain.errors import UserFacingError
from desktop.domain.reference import Bibliography, OwnReference, Reference, ReferenceMark, Standing
from desktop.letters.references.csl import tidied
from desktop.letters.references.duplicates import Duplicate, KnownSources, duplicates_among
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.parts import Watch, watched
from desktop.letters.references.search import FoundReference, ReferenceQuery, search_references
from desktop.services.operation import OperationResult
from desktop.store.engine import Store
from desktop.store.row_changes import REFERENCE_LIBRARY

T = TypeVar("T")

_TOUCHED = frozenset({ChangeFlag.REFERENCES, ChangeFlag.LETTER, ChangeFlag.UNDO})


class ReferenceShelf:
    """The library as it stands now: shipped entries, the user's own, and their marks on both."""

    def __init__(self, store: Store, shipped: ReferenceLibrary) -> None:
        self._store = store
        self._shipped = shipped
        self._lock = threading.Lock()
        self._held: tuple[tuple[OwnReference, ...], tuple[ReferenceMark, ...]] = ((), ())
        self._parsed: dict[str, OwnReference] = {}
        self._seen: object = None
        self._known = shipped

    @property
    def shipped(self) -> ReferenceLibrary:
        """What came with the program."""
        return self._shipped

    def library(self) -> ReferenceLibrary:
        """Everything that can be cited or looked up; made anew only when something of the user's has changed."""
        newest = self._store.audit(limit=1)
        if newest == self._seen:  # nothing at all was written since: not even what is stored need be read
            return self._known
        with self._lock:
            with self._store.read() as reader:
                own, marks = reader.references.all(self._parsed), reader.references.marks()
            if (own, marks) != self._held:
                self._known = self._shipped.with_own(own, marks, self._known)
                self._held = (own, marks)
            self._seen = newest
            return self._known


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry of an import: the id it would get, and the entry that it repeats, of the library or of the file."""

    id: str
    bibliography: Bibliography
    repeats: str = ""
    reason: str = ""
    is_repeat_in_file: bool = False

    @property
    def is_worth_storing(self) -> bool:
        """Whether it is new, and has a title to be found by."""
        return not self.repeats and bool(self.bibliography.title)


def proposed_for(
    library: ReferenceLibrary, entries: Sequence[Bibliography], watch: Watch | None = None
) -> tuple[Proposed, ...]:
    """What an import would add to a library, each with its new id and with the entry it repeats. No store is read."""
    ids = _FreeIds(library)
    ours, theirs = library.sources, KnownSources()
    found: list[Proposed] = []
    for entry in watched(entries, watch):
        new_id = ids.next_for(entry)
        here = ours.find(entry)
        repeats, reason = here or theirs.find(entry) or ("", "")
        found.append(
            Proposed(new_id, entry, repeats, reason, is_repeat_in_file=bool(repeats) and here is None)
        )
        theirs.add(new_id, entry)
    return tuple(found)


class References:
    """What a user can do with references. Every change is one audited step that can be taken back."""

    def __init__(self, store: Store, clock: Clock, shelf: ReferenceShelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def library(self) -> ReferenceLibrary:
        """The library as it stands now."""
        return self._shelf.library()

    def search(self, query: ReferenceQuery) -> tuple[FoundReference, ...]:
        """What answers a query, best first."""
        return search_references(self._shelf.library(), query)

    def duplicates(self) -> tuple[Duplicate, ...]:
        """Entries that look like one source, the user's own included."""
        return duplicates_among(self._shelf.library().all())

    def own(self, reference_id: str) -> OwnReference | None:
        """An entry of the user as it is stored, or None."""
        with self._store.read() as reader:
            return reader.references.get(reference_id)

    def proposed(self, entries: Iterable[Bibliography]) -> tuple[Proposed, ...]:
        """What an import would add, each with its new id and with the entry it repeats."""
        return proposed_for(self._shelf.library(), tuple(entries))

    def take(
        self, proposed: Iterable[Proposed], origin: str, watch: Watch | None = None
    ) -> OperationResult[tuple[str, ...]]:
        """Store entries of an import as own, unverified ones; `origin` is the name of the file. Returns their ids.

        All of them or none: what `watch` raises leaves the library as it was.
        """
        entries = tuple(proposed)
        library = self._shelf.library()
        if clash := next((item.id for item in entries if library.get(item.id) is not None), None):
            raise _refused(
                f"There is an entry {clash} by now.", "Look at the file again, then take its entries."
            )
        count = len(entries)
        label = f"Import {count} {'reference' if count == 1 else 'references'}"
        with self._store.write("references_imported", label, case_id=REFERENCE_LIBRARY) as work:
            references = work.references
            for item in watched(entries, watch):
                references.add(OwnReference(id=item.id, bibliography=item.bibliography, origin=origin))
        return _result(tuple(item.id for item in entries))

    def add(self, entry: Bibliography) -> OperationResult[OwnReference]:
        """Store a typed entry as an own, unverified one under an id made from its first author and year."""
        new_id = _FreeIds(self._shelf.library()).next_for(tidied(entry))
        own = OwnReference(id=new_id, bibliography=tidied(entry), origin="typed")
        return self._put("reference_added", f"Add reference {own.id}", own)

    def add_own(self, own: OwnReference) -> OperationResult[OwnReference]:
        """Store a typed entry with its claims in one step, unverified, under an id of its own; `own.id` is not kept."""
        entry = tidied(own.bibliography)
        new_id = _FreeIds(self._shelf.library()).next_for(entry)
        claims = tuple(claim.model_copy(update={"reference_id": new_id}) for claim in own.claims)
        changes = {"id": new_id, "bibliography": entry, "claims": claims, "origin": "typed"}
        unchecked = {"verified_from": "", "verified_on": None, "verified_by": ""}
        return self._put(
            "reference_added", f"Add reference {new_id}", own.model_copy(update={**changes, **unchecked})
        )

    def change(self, own: OwnReference) -> OperationResult[OwnReference]:
        """Store a changed entry of the user. With other bibliographic fields or claims it is unverified again.

        Raises UserFacingError when other fields would change what an issued letter cites.
        """
        old = self._require_own(own.id)
        if own.bibliography != old.bibliography:
            self._require_not_issued(own.id)
        if (own.bibliography, own.claims) != (old.bibliography, old.claims):
            own = own.model_copy(update={"verified_from": "", "verified_on": None, "verified_by": ""})
        else:
            kept = {name: getattr(old, name) for name in ("verified_from", "verified_on", "verified_by")}
            own = own.model_copy(update=kept)
        return self._put("reference_changed", f"Change reference {own.id}", own)

    def verify(self, reference_id: str, where: str, on: date) -> OperationResult[OwnReference]:
        """Record where and on which day the user checked an own entry against its source."""
        own = self._require_own(reference_id)
        if not where.strip():
            raise _refused(
                "It was not said where the entry was checked.", "Name the page, the copy or the library."
            )
        if on > self._clock.today():
            raise _refused(
                f"The day {on.isoformat()} is yet to come.", "Give the day on which it was checked."
            )
        checked = {"verified_from": where.strip(), "verified_on": on, "verified_by": self._store.actor.name}
        return self._put("reference_verified", f"Verify reference {own.id}", own.model_copy(update=checked))

    def remove(self, reference_id: str) -> OperationResult[str]:
        """Take an own entry out. A draft that cites it then has a citation that leads nowhere, and says so.

        Raises UserFacingError when an issued letter cites it.
        """
        self._require_own(reference_id)
        self._require_not_issued(reference_id)
        label = f"Remove reference {reference_id}"
        with self._store.write("reference_removed", label, case_id=REFERENCE_LIBRARY) as work:
            work.references.remove(reference_id)
        return _result(reference_id)

    def mark(
        self, reference_id: str, standing: Standing, note: str, superseded_by: str = ""
    ) -> OperationResult[Reference]:
        """Mark any entry as retracted or superseded, with by whose word; CURRENT takes the user's mark off."""
        library = self._shelf.library()
        if library.get(reference_id) is None:
            raise _unknown(reference_id)
        if standing is not Standing.CURRENT and not note.strip():
            raise _refused("A mark needs a note.", "Say by whose word it no longer stands.")
        if superseded_by and (superseded_by == reference_id or library.get(superseded_by) is None):
            raise _unknown(superseded_by)
        label = f"Mark reference {reference_id} as {standing.value}"
        with self._store.write("reference_marked", label, case_id=REFERENCE_LIBRARY) as work:
            if standing is Standing.CURRENT:
                work.references.unmark(reference_id)
            else:
                work.references.mark(
                    ReferenceMark(
                        reference_id=reference_id,
                        standing=standing,
                        note=note.strip(),
                        marked_on=self._clock.today(),
                        superseded_by=superseded_by,
                    )
                )
        marked = self._shelf.library().get(reference_id)
        if marked is None:
            raise _unknown(reference_id)
        return _result(marked)

    def undo_labels(self) -> tuple[str | None, str | None]:
        """What undo and redo would do, in words; None where there is nothing."""
        return self._store.undo_labels(REFERENCE_LIBRARY)

    def undo(self) -> OperationResult[str]:
        """Take the latest step on references back; the value is its label."""
        undone = self._store.undo(REFERENCE_LIBRARY)
        return _result(_label(undone.label if undone else None, "undo"))

    def redo(self) -> OperationResult[str]:
        """Do the latest step that was taken back again; the value is its label."""
        redone = self._store.redo(REFERENCE_LIBRARY)
        return _result(_label(redone.label if redone else None, "redo"))

    def _put(self, operation: str, label: str, own: OwnReference) -> OperationResult[OwnReference]:
        if not own.bibliography.title.strip():
            raise _refused(
                "The entry has no title.", "Give it one; a source without a title cannot be found."
            )
        with self._store.write(operation, label, case_id=REFERENCE_LIBRARY) as work:
            work.references.put(own)
        return _result(own)

    def _require_not_issued(self, reference_id: str) -> None:
        with self._store.read() as reader:
            is_cited = reader.letters.is_cited_in_issued(reference_id)
        if is_cited:
            raise _refused(
                f"A letter that was issued cites {reference_id}, and must be readable as it was.",
                "Mark it as superseded, or add the corrected source as an entry of its own.",
            )

    def _require_own(self, reference_id: str) -> OwnReference:
        own = self.own(reference_id)
        if own is None:
            raise _refused(
                f"There is no entry {reference_id} of your own.",
                "Entries of the library are marked, not changed.",
            )
        return own


def _result(value: T) -> OperationResult[T]:
    # Every case may cite it, so no case is named.
    return OperationResult(value, Changes(_TOUCHED, frozenset()))


class _FreeIds:
    """Ids that no entry has yet: `doe-2019`, and `doe-2019-2` where that is taken."""

    def __init__(self, library: ReferenceLibrary) -> None:
        self._library = library
        self._next: dict[str, int] = {}
        """By stem where to go on looking, so that thousands of one author and year do not each begin at two."""
        self._given: set[str] = set()

    def next_for(self, entry: Bibliography) -> str:
        """The id for an entry; it is not given again."""
        stem = _stem(entry)
        number = self._next.get(stem, 1)
        while self._is_taken(found := stem if number == 1 else f"{stem}-{number}"):
            number += 1
        self._next[stem] = number + 1
        self._given.add(found)
        return found

    def _is_taken(self, name: str) -> bool:
        return name in self._given or self._library.get(name) is not None


def _stem(entry: Bibliography) -> str:
    first = entry.authors[0] if entry.authors else None
    name = (first.family or first.literal) if first else entry.title
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[a-z0-9]+", decomposed.encode("ascii", "ignore").decode("ascii"))
    stem = "-".join(words)[:40].strip("-") or "reference"
    return f"{stem}-{entry.year}" if entry.year else stem


def _label(label: str | None, direction: str) -> str:
    if label is None:
        raise _refused(f"There is nothing to {direction}.", "Steps on references have an undo of their own.")
    return label


def _unknown(reference_id: str) -> UserFacingError:
    return _refused(f"There is no reference {reference_id}.", "Choose one from the library.")


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
