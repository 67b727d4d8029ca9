"""What happens to a letter beside its words: review status, kept versions, a second person's remarks, delivery."""

from __future__ import annotations

from datetime import date

from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterContent, LetterState, ReviewStatus, StatusEntry
from desktop.domain.letter_history import Delivery, LetterComment, LetterVersion, VersionReason
from desktop.domain.typed import require_keepable
from desktop.domain.value import new_id
from desktop.services.letter_desk import LetterDesk
from desktop.services.letter_difference import BlockDifference, difference
from desktop.services.letter_versions import add_version
from desktop.services.letters import Letters
from desktop.services.operation import OperationResult, result
from desktop.store.engine import UnitOfWork

_NEXT = {
    ReviewStatus.DRAFT: ReviewStatus.SUBMITTED,
    ReviewStatus.SUBMITTED: ReviewStatus.UNDER_REVIEW,
    ReviewStatus.UNDER_REVIEW: ReviewStatus.APPROVED,
}
_KEPT_WHEN = {
    ReviewStatus.SUBMITTED: VersionReason.SUBMITTED,
    ReviewStatus.APPROVED: VersionReason.APPROVED,
}


class LetterHistory:
    """The history of the letters of a case. Where a letter's id may be left out, the latest one is meant."""

    def __init__(self, letters: Letters) -> None:
        self._desk: LetterDesk = letters.desk

    # Review status

    def set_status(
        self,
        case_id: str,
        letter_id: str | None,
        status: ReviewStatus,
        *,
        by: str = "",
        credential: str = "",
        note: str = "",
    ) -> OperationResult[Letter]:
        """Take a draft a step further, or back to draft with a note that says why.

        `by` empty: who is at the keyboard. What is submitted and what is approved is kept as a version.
        Raises UserFacingError for any other step, SignedRecordError for an issued letter.
        """
        desk = self._desk
        require_keepable(by, credential, note)
        label = f"Letter: {status.label}"
        with desk.store.write("letter_status_changed", label, case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            _require_step(found.letter.status, status, note)
            actor = desk.store.actor
            step = StatusEntry(
                status=status,
                at=desk.clock.now(),
                by=by.strip() or actor.name,
                credential=credential.strip() or ("" if by.strip() else actor.credential),
                note=note.strip(),
            )
            letter = found.stored.model_copy(update={"status_history": (*found.letter.status_history, step)})
            # Read again: an opinion prints its own status.
            letter = desk.living(work, case_id, letter).letter
            if why := _KEPT_WHEN.get(status):
                add_version(desk, work, case_id, letter, why)
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    # Versions

    def keep_version(self, case_id: str, letter_id: str | None = None) -> OperationResult[LetterVersion]:
        """Keep the letter as it reads now. Raises SignedRecordError for an issued letter, which is kept as it is."""
        desk = self._desk
        with desk.store.write("letter_version_kept", "Keep letter version", case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            version = add_version(desk, work, case_id, found.letter, VersionReason.KEPT)
        return result(version, case_id, ChangeFlag.LETTER)

    def versions(self, case_id: str, letter_id: str | None = None) -> tuple[LetterVersion, ...]:
        """The kept versions of a letter, oldest first."""
        with self._desk.store.read() as reader:
            letter = self._desk.stored(reader, case_id, letter_id)
            return reader.letters.versions(case_id, letter.id) if letter else ()

    def difference(
        self, earlier: LetterVersion | Letter | LetterContent, later: LetterVersion | Letter | LetterContent
    ) -> tuple[BlockDifference, ...]:
        """What two versions, or a version and the letter as it was read, say differently. Needs no store."""
        return difference(_content(earlier), _content(later))

    # Remarks

    def comment(
        self,
        case_id: str,
        letter_id: str | None,
        block_id: str,
        text: str,
        *,
        quote: str = "",
        by: str = "",
    ) -> OperationResult[LetterComment]:
        """Put a remark beside a block of a draft, or beside words of it. `by` empty: who is at the keyboard.

        Raises UserFacingError for an empty remark or a block that is not there, SignedRecordError once issued.
        """
        desk = self._desk
        if not text.strip():
            raise _refused("The remark is empty.", "Write what should be looked at.")
        require_keepable(text, quote, by)
        with desk.store.write("letter_comment_made", "Comment on letter", case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            if found.content.block(block_id) is None:
                raise _refused("This part of the letter does not exist any more.", "Choose another part.")
            comment = LetterComment(
                id=new_id(),
                letter_id=found.letter.id,
                block_id=block_id,
                quote=quote,
                text=text.strip(),
                made_at=desk.clock.now(),
                made_by=by.strip() or desk.store.actor.name,
            )
            work.items.put(case_id, comment)
        return result(comment, case_id, ChangeFlag.LETTER)

    def resolve_comment(
        self, case_id: str, comment_id: str, *, is_resolved: bool = True, by: str = ""
    ) -> OperationResult[LetterComment]:
        """Say that a remark is settled, or open it again. Raises UserFacingError when it is not there."""
        desk = self._desk
        require_keepable(by)
        label = "Settle remark on letter" if is_resolved else "Open remark on letter again"
        with desk.store.write("letter_comment_resolved", label, case_id=case_id) as work:
            comment = work.items.get(case_id, LetterComment, comment_id)
            if comment is None:
                raise _refused("This remark is not there any more.", "Look at the remarks that are left.")
            if comment.is_open == is_resolved:
                now = {
                    "resolved_at": desk.clock.now() if is_resolved else None,
                    "resolved_by": (by.strip() or desk.store.actor.name) if is_resolved else "",
                }
                comment = comment.model_copy(update=now)
                work.items.put(case_id, comment)
        return result(comment, case_id, ChangeFlag.LETTER)

    def remove_comment(self, case_id: str, comment_id: str) -> OperationResult[None]:
        """Take a remark away; nothing happens when it is gone."""
        with self._desk.store.write("letter_comment_removed", "Remove remark", case_id=case_id) as work:
            work.items.remove(case_id, LetterComment, comment_id)
        return result(None, case_id, ChangeFlag.LETTER)

    def comments(self, case_id: str, letter_id: str | None = None) -> tuple[LetterComment, ...]:
        """The remarks on a letter, oldest first, settled ones too."""
        with self._desk.store.read() as reader:
            letter = self._desk.stored(reader, case_id, letter_id)
            found = reader.items.all(case_id, LetterComment)
        return tuple(item for item in found if letter is not None and item.letter_id == letter.id)

    # Delivery

    def record_delivery(self, case_id: str, delivery: Delivery) -> OperationResult[Delivery]:
        """Record a sending of an issued letter, or change what is recorded of it (proof comes later).

        Raises UserFacingError for a letter that was not issued, a day that is yet to come or out of order, or a proof
        that is no document of the case.
        """
        desk = self._desk
        label = f"Letter sent: {delivery.channel.label}"
        with desk.store.write("letter_delivery_recorded", label, case_id=case_id) as work:
            self._require_sound(work, case_id, delivery)
            work.items.put(case_id, delivery)
        return result(delivery, case_id, ChangeFlag.LETTER)

    def remove_delivery(self, case_id: str, delivery_id: str) -> OperationResult[None]:
        """Take back what was recorded of a sending; nothing happens when it is gone."""
        with self._desk.store.write("letter_delivery_removed", "Remove delivery", case_id=case_id) as work:
            work.items.remove(case_id, Delivery, delivery_id)
        return result(None, case_id, ChangeFlag.LETTER)

    def deliveries(self, case_id: str, letter_id: str | None = None) -> tuple[Delivery, ...]:
        """Every sending recorded, of one letter or of all of the case (None), in the order they were recorded."""
        with self._desk.store.read() as reader:
            found = reader.items.all(case_id, Delivery)
        return tuple(item for item in found if letter_id in (None, item.letter_id))

    def _require_sound(self, work: UnitOfWork, case_id: str, delivery: Delivery) -> None:
        letter = work.letters.get(case_id, delivery.letter_id)
        if letter is None or letter.state is not LetterState.ISSUED or letter.issued_at is None:
            raise _refused("This letter was not issued, so it cannot have been sent.", "Issue it first.")
        today = self._desk.clock.today()
        # A letter is issued at an instant and sent on a day of the sender's calendar, which may be the day before.
        days: list[tuple[date, str]] = [(delivery.sent_on, "The day of sending")]
        if delivery.received_on is not None:
            days.append((delivery.received_on, "The day of receipt"))
            if delivery.received_on < delivery.sent_on:
                raise _refused("The letter is received before it was sent.", "Correct one of the two days.")
        for day, name in days:
            if day > today:
                raise _refused(f"{name}, {day.isoformat()}, is yet to come.", "Record it when it has come.")
        if (
            delivery.sent_on < letter.issued_at.date()
            and (letter.issued_at.date() - delivery.sent_on).days > 1
        ):
            raise _refused(
                f"The letter was issued on {letter.issued_at.date().isoformat()}, after the day of sending.",
                "Correct the day of sending.",
            )
        proof = delivery.proof_document_id
        if proof is not None and work.cases.get(case_id).document(proof) is None:
            raise _refused("The proof is not a document of this case.", "Add it under Documents first.")


def _require_step(present: ReviewStatus, wanted: ReviewStatus, note: str) -> None:
    if wanted is ReviewStatus.DRAFT and present is not ReviewStatus.DRAFT:
        if not note.strip():
            raise _refused("It was not said why the letter goes back to draft.", "Write a note that says so.")
        return
    if _NEXT.get(present) is not wanted:
        after = _NEXT.get(present)
        todo = (
            f"The next step is: {after.label}."
            if after
            else "Take it back to draft with a note, if it must change."
        )
        raise _refused(
            f"A letter that is {present.label.lower()} cannot become {wanted.label.lower()}.", todo
        )


def _content(item: LetterVersion | Letter | LetterContent) -> LetterContent:
    return item if isinstance(item, LetterContent) else item.content


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
