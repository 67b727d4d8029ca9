"""What keeps a letter from being right although its blocks are complete: the record behind it, and its signature.

The blocks themselves are checked by the letters; this only adds what they cannot see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.case import Case
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.intake.validation import impossible_values, place_in_words
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import service_name
from desktop.rules.loader import Library
from desktop.rules.match import WarningKind
from desktop.services.choosing import chosen_for


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


def ill_chosen(inputs: LetterInputs, library: Library) -> Iterator[LetterProblem]:
    """A set that is for other codes, another region or another day than the line it was chosen for.

    Silence is not among them: the letter itself says it. That the plan applied the wrong set is an argument too, but
    the program cannot know which set the plan applied, so it is the reviewer's to make.
    """
    advice = {
        WarningKind.WRONG_SET: "Choose another, under Review; or, if the plan applied this one, say in the letter that "
        "it is the wrong set.",
        WarningKind.NOT_IN_FORCE: "Choose the edition in force, under Review.",
    }
    for line in inputs.argued_lines:
        for item in chosen_for(library, inputs.case, line):
            for warning in item.warnings:
                if warning.kind in advice:
                    name = f"“{item.criteria_set.title}”, chosen for {service_name(line)}"
                    yield LetterProblem(
                        rule="wrong-set" if warning.kind is WarningKind.WRONG_SET else "set-not-in-force",
                        severity=Severity.WARNING,
                        message=f"{name}: {warning.sentence} {advice[warning.kind]}",
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
