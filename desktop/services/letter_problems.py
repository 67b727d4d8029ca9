"""What keeps a letter from being right although its blocks are complete: the record behind it, and its signature.

The blocks themselves are checked by the letters; this only adds what they cannot see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.case import Case
from desktop.domain.letter import LetterProblem
from desktop.domain.severity import Severity
from desktop.intake.validation import impossible_values, place_in_words
from desktop.letters.inputs import LetterInputs


def not_as_signed(inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What a signature stands for and is otherwise now: the determination itself, or the words of a set it rests on."""
    if inputs.determination is None or not inputs.determination.is_signed:
        return
    if not inputs.determination.is_as_signed:
        yield LetterProblem(
            rule="not-as-signed",
            severity=Severity.ERROR,
            message="The determination is not what was signed. Supersede it, look through it and sign again.",
        )
    frozen = {trace.set_id: trace.set_hash for trace in inputs.determination.traces}
    for set_id, criteria_set in inputs.sets.items():
        if frozen.get(set_id, criteria_set.content_hash) != criteria_set.content_hash:
            yield LetterProblem(
                rule="set-changed-since-signed",
                severity=Severity.WARNING,
                message=f"The criteria set “{criteria_set.title}” was edited after the determination was signed. "
                "The results are those of the day of signing; supersede and sign again to use its present words.",
            )


def impossible(case: Case, today: date) -> Iterator[LetterProblem]:
    """What the record says and cannot be so: a letter would repeat it as fact."""
    whatever_the_day = frozenset(impossible_values(case, date.max))
    for problem in impossible_values(case, today):
        # A day yet to come is only as wrong as this computer's clock is right.
        severity = problem.severity if problem in whatever_the_day else Severity.WARNING
        place = place_in_words(case, problem.steps)
        yield LetterProblem(
            rule="impossible-value",
            severity=severity,
            message=f"{place}: {problem.message} Look at it in the intake.",
        )
