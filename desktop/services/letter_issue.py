"""Issuing a letter once and for all: its bytes and its evidence map archived by hash, and looked at again later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import ValidationError

from desktop.domain.case import CaseStatus
from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.letter_history import VersionReason
from desktop.domain.severity import Severity
from desktop.letters.changed_since import changed_since
from desktop.letters.composing.letter import compose_letter
from desktop.letters.evidence_map import EvidenceMap, content_sha256, evidence_map
from desktop.letters.living import frozen
from desktop.services.letter_overrides import kept_reasons
from desktop.services.letter_paper import LetterPaper, PaperForm
from desktop.services.letter_session import check_session_of
from desktop.services.letter_versions import add_version
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Reader
from desktop.store.errors import MissingFileError


@dataclass(frozen=True, slots=True)
class IssuedState:
    """What looking at an issued letter again found: sentences; none when it is as it was issued."""

    problems: tuple[str, ...]
    """What of the archive is not as it was."""
    since: tuple[str, ...]
    """What of the record has changed since: the letter is sound, and a later one would differ."""

    @property
    def is_sound(self) -> bool:
        """Whether everything archived is what was issued."""
        return not self.problems


class LetterIssue(LetterPaper):
    """The part of the letters that issues them and answers for what was issued."""

    def require_issuable(self, case_id: str, letter_id: str | None = None) -> None:
        """Raise what `issue` would raise now; for asking before what cannot be undone."""
        with self.desk.store.read() as reader:
            found = self.desk.draft(reader, case_id, letter_id)
            _refuse_errors(check_session_of(self.desk, reader, case_id, found.letter.id).problems())

    def issue(self, case_id: str, letter_id: str | None = None) -> OperationResult[Letter]:
        """Issue a letter: render once, archive the bytes and the evidence map by hash, freeze.

        Refused while the check has errors. Raises SignedRecordError when it was issued before.
        """
        desk = self.desk
        with desk.store.write("letter_issued", "Issue letter", case_id=case_id, undoable=False) as work:
            found = desk.draft(work, case_id, letter_id)
            problems = check_session_of(desk, work, case_id, found.letter.id).problems()
            _refuse_errors(problems)
            issued = {
                "state": LetterState.ISSUED,
                "issued_at": desk.clock.now(),
                "content": frozen(found.content),
            }
            letter = kept_reasons(found.letter, problems).model_copy(update=issued)
            pdf = self.rendered(work, letter, PaperForm.PDF)
            digest = hashlib.sha256(pdf).hexdigest()
            work.letters.archive_pdf(digest, pdf)
            letter = letter.model_copy(update={"pdf_sha256": digest})
            mapped = evidence_map(letter, found.inputs).model_dump_json(indent=1)
            kept = work.kept.put(mapped.encode())
            letter = letter.model_copy(update={"evidence_map_sha256": kept})
            add_version(desk, work, case_id, letter, VersionReason.ISSUED)
            work.letters.put(case_id, letter)
            if letter.kind.is_appeal:
                case = work.cases.get(case_id)
                work.cases.put(case.model_copy(update={"status": CaseStatus.LETTER_ISSUED}))
        return result(letter, case_id, ChangeFlag.LETTER, ChangeFlag.CASE, ChangeFlag.CASE_LIST)

    def evidence_map(self, case_id: str, letter_id: str | None = None) -> EvidenceMap:
        """Which sentence rests on what: as archived once issued; of a draft, as it reads now.

        Raises UserFacingError when there is no such letter, or the archive is damaged.
        """
        with self.desk.store.read() as reader:
            found = self.desk.read(reader, case_id, letter_id)
            if found.letter.evidence_map_sha256:
                return _archived(reader, found.letter)
            # A letter that an older program issued has no map in the archive: nothing is said of its bytes.
            return evidence_map(found.letter.model_copy(update={"pdf_sha256": ""}), found.inputs)

    def verify_issued(self, case_id: str, letter_id: str | None = None) -> IssuedState:
        """Hold the archive of an issued letter against its hashes, and the record against what it rests on, by field.

        Raises UserFacingError for a letter that was not issued.
        """
        with self.desk.store.read() as reader:
            found = self.desk.read(reader, case_id, letter_id)
            letter = found.letter
            if letter.state is not LetterState.ISSUED:
                raise UserFacingError(
                    "This letter was not issued.",
                    safe="Nothing was changed.",
                    todo="Issue it; then it can be held against its archive.",
                )
            problems: list[str] = []
            try:
                reader.letters.pdf(letter.pdf_sha256)
            except UserFacingError as error:
                problems.append(error.what)
            if not letter.evidence_map_sha256:
                return IssuedState(tuple(problems), ("No evidence map was archived with this letter.",))
            try:
                mapped = _archived(reader, letter)
            except UserFacingError as error:
                return IssuedState((*problems, error.what), ())
            if mapped.pdf_sha256 != letter.pdf_sha256:
                problems.append("The evidence map was made for another PDF.")
            if mapped.content_sha256 != content_sha256(letter.content):
                problems.append("The words of the letter are not those that were issued.")
            now = evidence_map(letter, found.inputs)
            today = letter.model_copy(update={"content": compose_letter(found.inputs)})
            since = changed_since(mapped, now, evidence_map(today, found.inputs))
            return IssuedState(tuple(problems), since)


def _archived(reader: Reader, letter: Letter) -> EvidenceMap:
    try:
        return EvidenceMap.model_validate_json(reader.kept.bytes(letter.evidence_map_sha256))
    except (MissingFileError, ValidationError) as error:
        is_gone = isinstance(error, MissingFileError)
        raise UserFacingError(
            "The archived evidence map is missing or damaged."
            if is_gone
            else "The archived evidence map cannot be read by this program.",
            safe="The letter itself is kept as it was issued.",
            todo="Restore the store from a backup made after the letter was issued."
            if is_gone
            else "Open it with the program that issued it.",
        ) from error


def _refuse_errors(problems: tuple[LetterProblem, ...]) -> None:
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise UserFacingError(
            f"The letter cannot be issued yet. {' '.join(errors)}",
            safe="The draft is saved.",
            todo="Put right what is listed, then issue again.",
        )
