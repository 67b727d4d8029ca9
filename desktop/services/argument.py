"""What a case can be argued with: the claims and exception arguments that its record bears out, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.argument import ArgumentChoice, OfferedException
from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterKind, LetterSettings
from desktop.domain.topic_offer import Asked, OfferedClaim, topics_for
from desktop.domain.typed import require_keepable
from desktop.letters.composing.exceptions import offered_exceptions
from desktop.letters.inputs import LetterInputs
from desktop.services.letter_desk import LetterDesk
from desktop.services.letters import Letters
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Reader

LONGEST_NOTE = 5000


@dataclass(frozen=True)
class ArgumentView:
    """Everything that is offered for a case at one moment, and the reviewer's choices about it."""

    claims: tuple[OfferedClaim, ...]
    """In the order to argue in."""
    exceptions: tuple[OfferedException, ...]
    choices: Mapping[str, ArgumentChoice]
    """By key; one about something that is no longer offered is kept, and counts again when it is."""

    def is_included(self, offered: OfferedClaim | OfferedException) -> bool:
        """Whether it is argued with: as chosen, else as the program offers it."""
        if isinstance(offered, OfferedException):
            return offered.is_included
        choice = self.choices.get(offered.key)
        return choice.is_included if choice else True

    def note(self, key: str) -> str:
        """What the reviewer added to it."""
        choice = self.choices.get(key)
        return choice.note if choice else ""


class Argument:
    """Choosing what a case is argued with. Every paper of the case is composed accordingly."""

    def __init__(self, letters: Letters) -> None:
        self._desk: LetterDesk = letters.desk

    def view(self, case_id: str) -> ArgumentView:
        """What is offered now: for the lines asked for, or for every line still argued while none is decided."""
        with self._desk.store.read() as reader:
            return self._view(reader, case_id)

    def choose(
        self, case_id: str, key: str, is_included: bool, note: str = ""
    ) -> OperationResult[ArgumentView]:
        """Take a claim or an exception argument into the papers of the case, or leave it out.

        Raises UserFacingError when it is not offered (any more), or for a note that is too long.
        """
        if len(note) > LONGEST_NOTE:
            raise _refused(
                f"The note is longer than {LONGEST_NOTE:,} characters.", "Say it in a few sentences."
            )
        require_keepable(note)
        label = "Argue with" if is_included else "Leave out of the argument"
        with self._desk.store.write("argument_chosen", label, case_id=case_id) as work:
            view = self._view(work, case_id)
            if key not in {item.key for item in (*view.claims, *view.exceptions)}:
                raise _refused("This is not offered for the case any more.", "Look at what is offered now.")
            work.typing_in = f"note on {key}" if note.strip() else None
            work.items.put(case_id, ArgumentChoice(key=key, is_included=is_included, note=note.strip()))
            view = self._view(work, case_id)
        return result(view, case_id, ChangeFlag.ARGUMENT, ChangeFlag.LETTER)

    def forget(self, case_id: str, key: str) -> OperationResult[ArgumentView]:
        """Take a choice back: what is offered stands as the program offers it."""
        with self._desk.store.write("argument_unchosen", "Take back a choice", case_id=case_id) as work:
            work.items.remove(case_id, ArgumentChoice, key)
            view = self._view(work, case_id)
        return result(view, case_id, ChangeFlag.ARGUMENT, ChangeFlag.LETTER)

    def _view(self, reader: Reader, case_id: str) -> ArgumentView:
        inputs = self._desk.inputs(reader, case_id, LetterKind.FIRST_LEVEL, LetterSettings())
        return ArgumentView(_claims(inputs), offered_exceptions(inputs), inputs.choices)


def _claims(inputs: LetterInputs) -> tuple[OfferedClaim, ...]:
    asked = [
        Asked(
            service_line_id=line.id,
            levels=inputs.levels_argued(line),
            sides=inputs.sides_argued(line),
        )
        for line in inputs.granted_lines or inputs.argued_lines
    ]
    return topics_for(inputs.case, inputs.reasons, inputs.topics, sets=inputs.sets, asked=asked)


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
