"""The letter check over one reading of a letter: it can be asked again with other words, without the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import Letter, LetterContent, LetterKind, LetterState, ReviewStatus
from desktop.domain.letter_check import Fix, FixKind, LetterProblem
from desktop.domain.letter_history import LetterComment
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.living import StaleBlock, says_the_same, stale_blocks, with_text
from desktop.letters.titles import title_of
from desktop.services.letter_desk import LetterDesk, LivingLetter
from desktop.services.letter_overrides import settled
from desktop.services.letter_problems import ill_chosen, impossible, not_as_signed
from desktop.store.engine import Reader

_ARGUING = frozenset({LetterKind.MEDICAL_NECESSITY, LetterKind.OPINION, LetterKind.PEER_TO_PEER_CARD})


@dataclass(frozen=True)
class CheckSession:
    """A letter as it reads at one moment, and what speaks against issuing it. Safe to ask from any thread."""

    living: LivingLetter
    beside: tuple[LetterProblem, ...]
    """What the words of the letter have no part in: the record, the signature, the criteria, the review of it."""

    @property
    def letter(self) -> Letter:
        """The letter as it reads."""
        return self.living.letter

    @property
    def stale(self) -> tuple[StaleBlock, ...]:
        """Its stale blocks, each with what there is to compare."""
        return stale_blocks(self.living.content, self.living.fresh)

    def problems(self) -> tuple[LetterProblem, ...]:
        """Every finding about the letter as it reads, errors first."""
        return self._checked(self.living.content)

    def with_text(self, block_id: str, text: str) -> tuple[LetterProblem, ...]:
        """Every finding as it would be with other words in a block; nothing is stored.

        Raises UserFacingError for a block that is not there or locked.
        """
        return self._checked(with_text(self.living.content, self.living.fresh, block_id, text))

    def _checked(self, content: LetterContent) -> tuple[LetterProblem, ...]:
        letter = self.letter.model_copy(update={"content": content})
        found = (*check_letter(content, self.living.inputs), *_stale(content), *self.beside)
        done = settled(dict.fromkeys(found), letter, self.living.inputs.references)
        return tuple(sorted(done, key=_is_no_error))


def check_session_of(desk: LetterDesk, reader: Reader, case_id: str, letter_id: str | None) -> CheckSession:
    """The check over a letter as it reads now. Raises UserFacingError when there is none."""
    living = desk.read(reader, case_id, letter_id, has_names=True)
    beside = (
        *not_as_signed(living.inputs),
        *(ill_chosen(living.inputs, desk.catalogue.library()) if _argues(living.letter.kind) else ()),
        *impossible(living.inputs.case, living.inputs.today),
        *_missing_stationery(living),
        *_outdated(living.letter, living.stored),
        *_open_comments(reader, case_id, living.letter),
    )
    return CheckSession(living, beside)


def _argues(kind: LetterKind) -> bool:
    """Whether a paper argues from criteria at all."""
    return kind.is_appeal or kind in _ARGUING


def _is_no_error(problem: LetterProblem) -> bool:
    return problem.severity is not Severity.ERROR


def _stale(content: LetterContent) -> Iterator[LetterProblem]:
    for block in content.blocks:
        if block.is_stale:
            kept = "locked" if block.is_locked else "typed"
            yield LetterProblem(
                rule="stale-block",
                severity=Severity.WARNING,
                message=f"The record has changed since “{title_of(block)}” was {kept}. "
                "Compare them, and keep the one that holds.",
                block_id=block.id,
                fix=None
                if block.is_locked
                else Fix(kind=FixKind.RESTORE_BLOCK, label="Take what is composed now"),
            )


def _missing_stationery(living: LivingLetter) -> Iterator[LetterProblem]:
    """What the letter was to be written on or by, and the house no longer has."""
    settings, inputs = living.letter.settings, living.inputs
    for name, chosen, found in (
        ("letterhead", settings.letterhead_id, inputs.letterhead),
        ("template", settings.template_id, inputs.template),
    ):
        if chosen and found is None and living.letter.state is LetterState.DRAFT:
            yield LetterProblem(
                rule=f"{name}-gone",
                severity=Severity.WARNING,
                message=f"The {name} that was chosen for this letter is no longer kept. Choose another, or none.",
            )


def _outdated(letter: Letter, stored: Letter) -> Iterator[LetterProblem]:
    """An approval of other words than those that would be issued: the record has moved the letter on since."""
    is_approved = letter.state is LetterState.DRAFT and letter.status is ReviewStatus.APPROVED
    if is_approved and not says_the_same(letter.content, stored.content):
        by = letter.status_history[-1].by
        yield LetterProblem(
            rule="approval-outdated",
            severity=Severity.WARNING,
            message=f"The record has changed the letter since {by} approved it. Have it looked at again.",
        )


def _open_comments(reader: Reader, case_id: str, letter: Letter) -> Iterator[LetterProblem]:
    if letter.state is LetterState.ISSUED:
        return
    for comment in reader.items.all(case_id, LetterComment):
        if comment.letter_id == letter.id and comment.is_open:
            is_there = letter.content.block(comment.block_id) is not None
            yield LetterProblem(
                rule="open-comment",
                severity=Severity.WARNING,
                message=f"A remark of {comment.made_by} is open. Settle it, or say that it is settled.",
                block_id=comment.block_id if is_there else None,
                words=comment.quote,
            )
