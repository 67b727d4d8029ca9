"""Operations of the letter check: its findings, fixes by one key, and reasons against a finding."""

from __future__ import annotations

from desktop.domain.changes import ChangeFlag
from desktop.domain.letter import Letter
from desktop.domain.letter_check import LetterProblem
from desktop.letters.living import StaleBlock
from desktop.services.letter_blocks import LetterBlocks
from desktop.services.letter_fixes import fixed
from desktop.services.letter_overrides import overridden, with_reason
from desktop.services.letter_session import CheckSession, check_session_of
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Reader


class LetterChecks(LetterBlocks):
    """The part of the letters that checks them."""

    def check_session(self, case_id: str, letter_id: str | None = None) -> CheckSession:
        """A letter as it reads now with its check, to keep and to ask again while something is typed.

        Raises UserFacingError when there is no such letter.
        """
        with self.desk.store.read() as reader:
            return check_session_of(self.desk, reader, case_id, letter_id)

    def problems(self, case_id: str, letter_id: str | None = None) -> tuple[LetterProblem, ...]:
        """The letter check on a letter, errors first; nothing before one is composed."""
        with self.desk.store.read() as reader:
            if self.desk.stored(reader, case_id, letter_id) is None:
                return ()
            return check_session_of(self.desk, reader, case_id, letter_id).problems()

    def problems_while_typing(
        self, case_id: str, block_id: str, text: str, letter_id: str | None = None
    ) -> tuple[LetterProblem, ...]:
        """As `problems`, with other words in a block; nothing is stored. To ask often: `check_session`."""
        return self.check_session(case_id, letter_id).with_text(block_id, text)

    def stale_blocks(self, case_id: str, letter_id: str | None = None) -> tuple[StaleBlock, ...]:
        """Typed or locked blocks of which the record composes something else by now; none of an issued letter."""
        with self.desk.store.read() as reader:
            found = self.desk.read(reader, case_id, letter_id)
        return CheckSession(found, ()).stale

    def apply_fix(self, case_id: str, letter_id: str | None, key: str) -> OperationResult[Letter]:
        """Do what the fix of a finding says. Raises UserFacingError when the check no longer says it."""
        desk = self.desk
        with desk.store.write("letter_fixed", "Fix a finding of the letter check", case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            problem = self._problem(work, case_id, found.letter.id, key)
            content = fixed(found.content, found.fresh, problem)
            changed = found.letter.model_copy(update={"content": content})
            letter = self._put(work, case_id, found.stored, changed)
        return result(letter, case_id, ChangeFlag.LETTER)

    def override(self, case_id: str, letter_id: str | None, key: str, reason: str) -> OperationResult[Letter]:
        """Record why the letter may be issued although the check speaks against it; an empty reason takes it back.

        Raises UserFacingError for a finding that is not there, or that yields to no reason.
        """
        desk, given = self.desk, bool(reason.strip())
        label = "Give a reason against the letter check" if given else "Take a reason back"
        with desk.store.write("check_overridden", label, case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            problem = self._problem(work, case_id, found.letter.id, key)
            changed = overridden(
                found.letter,
                problem,
                found.inputs.references,
                reason,
                at=desk.clock.now(),
                by=desk.store.actor.name,
            )
            work.letters.put(case_id, changed.model_copy(update={"content": found.stored.content}))
        return result(changed, case_id, ChangeFlag.LETTER)

    def give_reason(
        self, case_id: str, reference_id: str, rule: str, reason: str, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """As `override`, for a source that `rule` of the check doubts: it then holds wherever the source is cited.

        Raises UserFacingError when the letter does not cite it, or the rule has nothing against it.
        """
        desk = self.desk
        label = (
            f"Give a reason for citing {reference_id}"
            if reason.strip()
            else f"Take back the reason for {reference_id}"
        )
        with desk.store.write("citation_reason_given", label, case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            changed = with_reason(
                found.letter,
                found.inputs.references,
                reference_id,
                rule,
                reason,
                at=desk.clock.now(),
                by=desk.store.actor.name,
            )
            work.letters.put(case_id, changed.model_copy(update={"content": found.stored.content}))
        return result(changed, case_id, ChangeFlag.LETTER)

    def _problem(self, reader: Reader, case_id: str, letter_id: str, key: str) -> LetterProblem | None:
        problems = check_session_of(self.desk, reader, case_id, letter_id).problems()
        return next((problem for problem in problems if problem.key == key), None)
