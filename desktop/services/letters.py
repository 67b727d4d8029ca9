"""Operations on the letters of a case: several kinds, one draft of each, issued once and for all."""

from __future__ import annotations

import hashlib

from desktop.domain.case import CaseStatus
from desktop.domain.changes import ChangeFlag
from desktop.domain.clock import Clock
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterBlock, LetterKind, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.letter_history import VersionReason
from desktop.domain.severity import Severity
from desktop.letters.living import frozen
from desktop.services.catalogue import Catalogue
from desktop.services.letter_desk import LetterDesk
from desktop.services.letter_overrides import kept_reasons
from desktop.services.letter_paper import LetterPaper, PaperForm
from desktop.services.letter_session import check_session_of
from desktop.services.letter_versions import add_version
from desktop.services.operation import OperationResult, result
from desktop.services.reference_library import ReferenceShelf
from desktop.services.topics import Topics
from desktop.store.engine import Store

__all__ = ["Letters", "PaperForm"]


class Letters(LetterPaper):
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

    # Issuing

    def require_issuable(self, case_id: str, letter_id: str | None = None) -> None:
        """Raise what `issue` would raise now; for asking before what cannot be undone."""
        with self.desk.store.read() as reader:
            found = self.desk.draft(reader, case_id, letter_id)
            _refuse_errors(check_session_of(self.desk, reader, case_id, found.letter.id).problems())

    def issue(self, case_id: str, letter_id: str | None = None) -> OperationResult[Letter]:
        """Issue a letter: render once, archive the bytes by hash, freeze. Refused while the check has errors."""
        desk = self.desk
        with desk.store.write("letter_issued", "Issue letter", case_id=case_id, undoable=False) as work:
            found = desk.draft(work, case_id, letter_id)
            problems = check_session_of(desk, work, case_id, found.letter.id).problems()
            _refuse_errors(problems)
            letter = kept_reasons(found.letter, problems)
            issued = {
                "state": LetterState.ISSUED,
                "issued_at": desk.clock.now(),
                "content": frozen(letter.content),
            }
            letter = letter.model_copy(update=issued)
            pdf = self._rendered(letter, PaperForm.PDF)
            digest = hashlib.sha256(pdf).hexdigest()
            work.letters.archive_pdf(digest, pdf)
            letter = letter.model_copy(update={"pdf_sha256": digest})
            add_version(desk, work, case_id, letter, VersionReason.ISSUED)
            work.letters.put(case_id, letter)
            if letter.kind.is_appeal:
                case = work.cases.get(case_id)
                work.cases.put(case.model_copy(update={"status": CaseStatus.LETTER_ISSUED}))
        return result(letter, case_id, ChangeFlag.LETTER, ChangeFlag.CASE, ChangeFlag.CASE_LIST)


def _refuse_errors(problems: tuple[LetterProblem, ...]) -> None:
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise UserFacingError(
            f"The letter cannot be issued yet. {' '.join(errors)}",
            safe="The draft is saved.",
            todo="Put right what is listed, then issue again.",
        )
