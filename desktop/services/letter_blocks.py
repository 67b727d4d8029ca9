"""Operations on the draft of a letter: composing it, and changing it block by block. An issued letter is closed.

Each writes the letter as it reads now; a step that changes nothing a reader would see leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.changes import ChangeFlag
from desktop.domain.letter import (
    Letter,
    LetterContent,
    LetterKind,
    LetterSettings,
    LetterState,
    ReviewStatus,
    StatusEntry,
)
from desktop.domain.letter_history import LetterComment, VersionReason
from desktop.domain.value import new_id
from desktop.letters import living
from desktop.letters.composing.letter import compose_letter
from desktop.services.letter_desk import LetterDesk, LivingLetter, nothing_composed
from desktop.services.letter_versions import add_version
from desktop.services.operation import OperationResult, result
from desktop.store.engine import UnitOfWork

_Change = Callable[[LivingLetter], LetterContent]


class LetterBlocks:
    """The part of the letters that writes them. One draft for each kind of paper."""

    def __init__(self, desk: LetterDesk) -> None:
        self.desk = desk

    def compose(self, case_id: str, kind: LetterKind = LetterKind.FIRST_LEVEL) -> OperationResult[Letter]:
        """The draft of a kind, begun when there is none: what was typed, moved or taken out stays so."""
        desk = self.desk
        label = f"Compose {kind.label}"
        with desk.store.write("letter_composed", label, case_id=case_id) as work:
            old = next(
                (
                    letter
                    for letter in reversed(work.letters.all(case_id))
                    if letter.kind is kind and letter.state is LetterState.DRAFT
                ),
                None,
            )
            if old is None:
                settings = LetterSettings()
                fresh = compose_letter(desk.inputs(work, case_id, kind, settings))
                content = fresh.model_copy(update={"has_own_order": False})
                letter = Letter(id=new_id(), content=content, settings=settings)
                work.letters.put(case_id, letter)
            else:
                letter = self._put(work, case_id, old, desk.living(work, case_id, old).letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def change_settings(
        self, case_id: str, letter_id: str | None, settings: LetterSettings, *, keeps_typed: bool = True
    ) -> OperationResult[Letter]:
        """Compose a draft with other settings. Typed words stay (and say where they no longer fit), or are replaced.

        What stood is kept as a version whenever something was typed.
        """
        desk = self.desk
        with desk.store.write("letter_settings_changed", "Change letter settings", case_id=case_id) as work:
            found = desk.draft(work, case_id, letter_id)
            old = found.letter
            if old.settings != settings:
                if any(block.is_edited for block in old.content.blocks):
                    add_version(desk, work, case_id, old, VersionReason.RECOMPOSED)
                changed = old.model_copy(update={"settings": settings})
                if not keeps_typed:
                    changed = changed.model_copy(update={"content": _without_typed(old.content)})
                is_other_template = settings.template_id != old.settings.template_id
                if is_other_template:
                    content = changed.content.model_copy(update={"has_own_order": False})
                    changed = changed.model_copy(update={"content": content})
                now = desk.living(work, case_id, changed).letter
                letter = self._put(work, case_id, found.stored, now)
            else:
                letter = old
        return result(letter, case_id, ChangeFlag.LETTER)

    def discard(self, case_id: str, letter_id: str | None = None) -> OperationResult[Letter]:
        """Throw a draft away, with its kept versions and remarks; undo brings all of it back. Its value: the draft.

        Raises SignedRecordError for an issued letter, which is never thrown away.
        """
        desk = self.desk
        with desk.store.read() as reader:
            letter = desk.stored(reader, case_id, letter_id)
        if letter is None:
            raise nothing_composed()
        with desk.store.write(
            "letter_discarded", f"Throw away draft: {letter.kind.label}", case_id=case_id
        ) as work:
            work.letters.discard(case_id, letter.id)
            for comment in work.items.all(case_id, LetterComment):
                if comment.letter_id == letter.id:
                    work.items.remove(case_id, LetterComment, comment.id)
        return result(letter, case_id, ChangeFlag.LETTER)

    def edit_block(
        self, case_id: str, block_id: str, text: str, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Replace the paragraphs of a block by what the reviewer typed; unchanged ones keep their origin."""

        def change(found: LivingLetter) -> LetterContent:
            return living.with_text(found.content, found.fresh, block_id, text)

        label = f"Edit letter: {self._name(case_id, block_id, letter_id)}"
        return self._change(
            case_id, letter_id, "letter_block_edited", label, change, typing_in=f"letter block {block_id}"
        )

    def restore_block(
        self, case_id: str, block_id: str, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Drop what was typed into a block and take the composed text again."""

        def change(found: LivingLetter) -> LetterContent:
            return living.restored(found.content, found.fresh, block_id)

        return self._change(case_id, letter_id, "letter_block_restored", "Restore letter block", change)

    def keep_text(self, case_id: str, block_id: str, letter_id: str | None = None) -> OperationResult[Letter]:
        """Hold typed words to be right for the record as it is now: the block is no longer stale."""

        def change(found: LivingLetter) -> LetterContent:
            return living.kept_as_typed(found.content, found.fresh, block_id)

        return self._change(case_id, letter_id, "letter_text_kept", "Keep typed letter text", change)

    def move_block(
        self, case_id: str, block_id: str, offset: int, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Move a block up (negative) or down among the others, as far as there is room."""

        def change(found: LivingLetter) -> LetterContent:
            return living.moved(found.content, block_id, offset)

        return self._change(case_id, letter_id, "letter_block_moved", "Move letter block", change)

    def remove_block(
        self, case_id: str, block_id: str, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Take a block out of the letter; it stays out until it is brought back."""

        def change(found: LivingLetter) -> LetterContent:
            return living.without(found.content, block_id)

        label = f"Take out of letter: {self._name(case_id, block_id, letter_id)}"
        return self._change(case_id, letter_id, "letter_block_removed", label, change)

    def bring_back_block(
        self, case_id: str, block_id: str, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Bring a block back that was taken out, with what was typed into it."""

        def change(found: LivingLetter) -> LetterContent:
            return living.brought_back(found.content, found.fresh, (block_id,))

        return self._change(
            case_id, letter_id, "letter_block_brought_back", "Bring back letter block", change
        )

    def lock_block(
        self, case_id: str, block_id: str, is_locked: bool, letter_id: str | None = None
    ) -> OperationResult[Letter]:
        """Keep a block exactly as it is, however the record changes; or let it follow again."""

        def change(found: LivingLetter) -> LetterContent:
            return living.locked(found.content, block_id, is_locked=is_locked)

        name, label = ("locked", "Lock") if is_locked else ("unlocked", "Unlock")
        return self._change(case_id, letter_id, f"letter_block_{name}", f"{label} letter block", change)

    def _change(
        self,
        case_id: str,
        letter_id: str | None,
        operation: str,
        label: str,
        change: _Change,
        *,
        typing_in: str = "",
    ) -> OperationResult[Letter]:
        with self.desk.store.write(operation, label, case_id=case_id) as work:
            found = self.desk.draft(work, case_id, letter_id)
            if typing_in:
                work.typing_in = f"{typing_in} of {found.letter.id}"
            content = change(found)
            letter = found.letter
            if content != found.content:
                changed = letter.model_copy(update={"content": content})
                letter = self._put(work, case_id, found.stored, changed)
        return result(letter, case_id, ChangeFlag.LETTER)

    def _put(self, work: UnitOfWork, case_id: str, old: Letter, new: Letter) -> Letter:
        """Store a draft; one that was approved and says something else now has to be approved again."""
        if old.status is ReviewStatus.APPROVED and not living.says_the_same(old.content, new.content):
            step = StatusEntry(
                status=ReviewStatus.DRAFT,
                at=self.desk.clock.now(),
                by=self.desk.store.actor.name,
                note="Changed after it was approved.",
            )
            new = new.model_copy(update={"status_history": (*new.status_history, step)})
        work.letters.put(case_id, new)
        return new

    def _name(self, case_id: str, block_id: str, letter_id: str | None) -> str:
        with self.desk.store.read() as reader:
            letter = self.desk.stored(reader, case_id, letter_id)
        block = letter.content.block(block_id) if letter else None
        return (block.heading or block.kind.value.replace("_", " ")) if block else "a part"


def _without_typed(content: LetterContent) -> LetterContent:
    blocks = tuple(
        block.model_copy(update={"is_edited": False, "base": (), "is_stale": False})
        if block.is_edited and not block.is_locked
        else block
        for block in content.blocks
    )
    return content.model_copy(update={"blocks": blocks})
