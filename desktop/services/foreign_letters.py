"""The check of a letter that was written elsewhere against the record of a case; it stores nothing of it."""

from __future__ import annotations

from desktop.domain.letter import LetterKind, LetterSettings
from desktop.domain.letter_check import LetterProblem
from desktop.services.letters import Letters


class ForeignLetters:
    """Letters that are known by their words only: what they state is traced, who wrote them and how is not."""

    def __init__(self, letters: Letters) -> None:
        self._desk = letters.desk

    def problems(
        self, case_id: str, text: str, kind: LetterKind = LetterKind.FIRST_LEVEL
    ) -> tuple[LetterProblem, ...]:
        """What in the words the record of the case does not bear out; a place's `paragraph` is the line, from 0.

        Raises CaseNotFoundError.
        """
        from desktop.letters.checking.plain_text import check_text

        with self._desk.store.read() as reader:
            inputs = self._desk.inputs(reader, case_id, kind, LetterSettings(), None, has_names=True)
        return tuple(check_text(text, inputs))
