"""Operations on what the house writes its letters on and with; they have an undo of their own, and touch no case."""

from __future__ import annotations

from typing import TypeVar

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import KeptFile
from desktop.domain.stationery import KnownWord, Letterhead, LetterTemplate, Snippet
from desktop.domain.typed import require_keepable_value
from desktop.domain.value import new_id
from desktop.intake.picture import read_picture
from desktop.services.operation import OperationResult
from desktop.store.engine import Store
from desktop.store.row_changes import STATIONERY

T = TypeVar("T")
S = TypeVar("S", Letterhead, Snippet, LetterTemplate)

_TOUCHED = frozenset({ChangeFlag.STATIONERY, ChangeFlag.LETTER, ChangeFlag.UNDO})
_NAMES = {Letterhead: "letterhead", Snippet: "snippet", LetterTemplate: "template"}


class Stationery:
    """Letterheads, snippets, templates, known words and pictures, for every case of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def letterheads(self) -> tuple[Letterhead, ...]:
        """Every letterhead, in the order they were made; a letter that names none takes the first."""
        return self.all(Letterhead)

    def snippets(self) -> tuple[Snippet, ...]:
        """Every snippet, in the order they were made."""
        return self.all(Snippet)

    def templates(self) -> tuple[LetterTemplate, ...]:
        """Every template of the user's own, in the order they were made."""
        return self.all(LetterTemplate)

    def all(self, kind: type[S]) -> tuple[S, ...]:
        """Every thing of a kind, in the order they were made."""
        with self._store.read() as reader:
            return reader.house.all(kind)

    def put(self, thing: S) -> OperationResult[S]:
        """Add a letterhead, snippet or template, or save it anew under its id.

        Raises UserFacingError without a name, and for a picture that was not taken in with `keep_picture`.
        """
        word = _NAMES[type(thing)]
        require_keepable_value(thing)
        if not thing.name.strip():
            raise _refused(f"The {word} has no name.", "Give it one, so that it can be chosen.")
        with self._store.write(f"{word}_saved", f"Save {word} {thing.name}", case_id=STATIONERY) as work:
            if isinstance(thing, Letterhead):
                for sha256 in filter(None, (thing.logo_sha256, thing.signature_sha256)):
                    if work.house.get(KeptFile, sha256) is None:
                        raise _refused(
                            "The picture of this letterhead is not in the store.", "Choose the picture again."
                        )
            work.typing_in = f"{word} {thing.id}"
            work.house.put(thing)
        return _result(thing)

    def remove(
        self, kind: type[Letterhead | Snippet | LetterTemplate], thing_id: str
    ) -> OperationResult[None]:
        """Take one out. A draft written with it is composed without it from then on."""
        word = _NAMES[kind]
        with self._store.write(f"{word}_removed", f"Remove {word}", case_id=STATIONERY) as work:
            work.house.remove(kind, thing_id)
        return _result(None)

    # Words of the spell check

    def words(self) -> tuple[KnownWord, ...]:
        """The words that the user's spell check takes as right, in the order they were added."""
        with self._store.read() as reader:
            return reader.house.all(KnownWord)

    def add_word(self, word: str) -> OperationResult[KnownWord]:
        """Take a word as right from now on; one that is known already is returned as it is."""
        wanted = word.strip()
        if not wanted or any(character.isspace() for character in wanted) or len(wanted) > 60:
            raise _refused("This is not one word.", "Add one word of at most 60 letters at a time.")
        with self._store.write("word_added", f"Take {wanted} as right", case_id=STATIONERY) as work:
            known = next((item for item in work.house.all(KnownWord) if item.word == wanted), None)
            if known is None:
                known = KnownWord(id=new_id(), word=wanted)
                work.house.put(known)
        return _result(known)

    def remove_word(self, word_id: str) -> OperationResult[None]:
        """Take a word back; nothing happens when there is none."""
        with self._store.write("word_removed", "Take a word back", case_id=STATIONERY) as work:
            work.house.remove(KnownWord, word_id)
        return _result(None)

    # Pictures

    def keep_picture(self, content: bytes, name: str = "The picture") -> OperationResult[KeptFile]:
        """Take a logo or signature in: PNG or JPEG of at most 5 MB and 4,000 pixels a side.

        Raises UserFacingError with the reason for anything else. It waits for another process: not on the GUI thread.
        """
        picture = read_picture(content, name=name)
        with self._store.write("picture_kept", "Keep picture", case_id=STATIONERY) as work:
            sha256 = work.kept.put(content)
            known = work.house.get(KeptFile, sha256)
            kept = known or KeptFile(
                sha256=sha256, media_type=picture.media_type, name=name, size=len(content)
            )
            work.house.put(kept)
        return _result(kept)

    def pictures(self) -> tuple[KeptFile, ...]:
        """Every picture that was taken in, in that order."""
        with self._store.read() as reader:
            return reader.house.all(KeptFile)

    def picture(self, sha256: str) -> bytes:
        """The bytes of a picture, checked against their hash. Raises MissingFileError."""
        with self._store.read() as reader:
            return reader.kept.bytes(sha256)

    # Undo

    def undo_labels(self) -> tuple[str | None, str | None]:
        """What undo and redo would do, in words; None where there is nothing."""
        return self._store.undo_labels(STATIONERY)

    def undo(self) -> OperationResult[str]:
        """Take the latest step on stationery back; the value is its label."""
        undone = self._store.undo(STATIONERY)
        return _result(_label(undone.label if undone else None, "undo"))

    def redo(self) -> OperationResult[str]:
        """Do the latest step that was taken back again; the value is its label."""
        redone = self._store.redo(STATIONERY)
        return _result(_label(redone.label if redone else None, "redo"))


def _result(value: T) -> OperationResult[T]:
    # Every letter may be written with it, so no case is named.
    return OperationResult(value, Changes(_TOUCHED, frozenset()))


def _label(label: str | None, direction: str) -> str:
    if label is None:
        raise _refused(f"There is nothing to {direction}.", "Steps on stationery have an undo of their own.")
    return label


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
