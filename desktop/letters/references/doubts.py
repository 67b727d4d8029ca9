"""What speaks against citing a reference: an error until a reason is given, a remark with that reason afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import LetterBlock
from desktop.domain.letter_check import LetterProblem
from desktop.domain.reference import Reference, Standing
from desktop.letters.checking.required import problem, warning
from desktop.letters.inputs import LetterInputs

UNVERIFIED = "unverified-reference"
RETRACTED = "retracted-reference"
SUPERSEDED = "superseded-reference"
RULES = (UNVERIFIED, RETRACTED, SUPERSEDED)
"""The rules that a reason answers."""


def doubts_of(reference: Reference) -> Iterator[tuple[str, str]]:
    """Rule and words of everything that speaks against citing it; nothing for a verified one that stands."""
    if not reference.is_verified:
        yield UNVERIFIED, f"The reference {reference.id} is not verified."
    if reference.standing is Standing.RETRACTED:
        yield RETRACTED, f"The reference {reference.id} was retracted. {reference.standing_note}".strip()
    if reference.standing is Standing.SUPERSEDED:
        newer = f" Its successor: {reference.superseded_by}." if reference.superseded_by else ""
        yield (
            SUPERSEDED,
            f"The reference {reference.id} was superseded. {reference.standing_note}{newer}".strip(),
        )


def doubts_about(reference: Reference, inputs: LetterInputs, block: LetterBlock) -> Iterator[LetterProblem]:
    """The findings of the letter check about one cited reference."""
    for rule, words in doubts_of(reference):
        reason = inputs.citation_reasons.get((reference.id, rule), "").strip()
        if reason:
            yield warning(rule, f"{words} It is cited for this reason: {reason}", block)
        else:
            yield problem(
                rule, f"{words} Take it out, or give the reason why it is cited all the same.", block
            )
