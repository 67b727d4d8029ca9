"""Operations on the letters of a case: several kinds, one draft of each, issued once and for all."""

from __future__ import annotations

from desktop.domain.clock import Clock
from desktop.domain.letter import Letter, LetterBlock, LetterKind
from desktop.services.catalogue import Catalogue
from desktop.services.letter_desk import LetterDesk
from desktop.services.letter_issue import IssuedState
from desktop.services.letter_paper import PaperForm
from desktop.services.letter_signing import LetterSigning
from desktop.services.reference_library import ReferenceShelf
from desktop.services.topics import Topics
from desktop.store.engine import Store

__all__ = ["IssuedState", "Letters", "PaperForm"]


class Letters(LetterSigning):
    """The letters of a case. Where a letter's id may be left out, the latest one is meant.

    A draft follows the record at every reading; an issued letter is frozen, and composing again starts a new one.
    """

    def __init__(
        self, store: Store, clock: Clock, catalogue: Catalogue, references: ReferenceShelf, topics: Topics
    ) -> None:
        super().__init__(LetterDesk(store, clock, catalogue, references, topics))

    # Reading

    def all(self, case_id: str) -> tuple[Letter, ...]:
        """Every letter of a case, oldest first; drafts as they were last stored, for lists."""
        with self.desk.store.read() as reader:
            return reader.letters.all(case_id)

    def current(self, case_id: str, kind: LetterKind | None = None) -> Letter | None:
        """The latest letter (of a kind) as it reads now, or None before the first was composed."""
        with self.desk.store.read() as reader:
            letters = [item for item in reader.letters.all(case_id) if kind in (None, item.kind)]
            return self.desk.living(reader, case_id, letters[-1]).letter if letters else None

    def letter(self, case_id: str, letter_id: str | None = None) -> Letter:
        """A letter as it reads now. Raises UserFacingError when there is none."""
        with self.desk.store.read() as reader:
            return self.desk.read(reader, case_id, letter_id).letter

    def removed_blocks(self, case_id: str, letter_id: str | None = None) -> tuple[LetterBlock, ...]:
        """The blocks that were taken out of a draft, as they stood."""
        with self.desk.store.read() as reader:
            letter = self.desk.stored(reader, case_id, letter_id)
        return letter.content.set_aside if letter else ()
