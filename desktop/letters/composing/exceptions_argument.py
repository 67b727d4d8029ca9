"""What an exception argument is before it is printed, and the reviewer's choice about it; it words no argument."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain.argument import ExceptionKind, OfferedException
from desktop.domain.criteria import CriteriaSet
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import BlockKind, LetterParagraph, OriginKind, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import paragraph
from desktop.letters.wording import one_line, paragraphs_of

_REMARK = re.compile(r"[,(;]")
"""What follows in a title or a publisher's name is a remark."""


@dataclass(frozen=True, slots=True)
class ExceptionArgument:
    """An argument that the record bears out for a line: what it rests on, its sentences, and what it still needs."""

    kind: ExceptionKind
    line: ServiceLine
    grounds: tuple[str, ...]
    paragraphs: tuple[LetterParagraph, ...]
    needs: tuple[str, ...] = ()
    is_included: bool = True
    """What stands while the reviewer has chosen nothing."""

    @property
    def key(self) -> str:
        """The id of its block, by which a choice about it is recorded."""
        return exception_key(self.kind, self.line)

    def offered(self, inputs: LetterInputs) -> OfferedException:
        """As it is offered to the reviewer, with their choice."""
        return OfferedException(
            key=self.key,
            kind=self.kind,
            service_line_id=self.line.id,
            grounds=self.grounds,
            is_included=is_chosen(inputs, self.key, default=self.is_included),
            needs=self.needs,
        )


def exception_key(kind: ExceptionKind, line: ServiceLine) -> str:
    """`exception.wrong_set.line-1`; shortened with a hash where the line's id is very long."""
    return block_id(BlockKind.EXCEPTION, kind.value, line.id)


def is_chosen(inputs: LetterInputs, key: str, *, default: bool = True) -> bool:
    """Whether something offered goes into the letter: as the reviewer chose, else as it is offered."""
    choice = inputs.choices.get(key)
    return choice.is_included if choice is not None else default


def note_of(inputs: LetterInputs, key: str) -> tuple[LetterParagraph, ...]:
    """What the reviewer adds to an argument, as typed."""
    choice = inputs.choices.get(key)
    typed = Provenance(kind=OriginKind.TYPED, ref=key, label="Typed by the reviewer")
    return tuple(paragraph(part, typed) for part in paragraphs_of(choice.note if choice is not None else ""))


def is_named_in_notice(inputs: LetterInputs, found: CriteriaSet) -> bool:
    """Whether the notice names a set: by its document number, or by publisher and title up to a comma or bracket."""
    named = one_line(inputs.case.denial.criteria_named).casefold()

    def says(words: str) -> bool:
        plain = _REMARK.split(one_line(words), maxsplit=1)[0].strip().casefold()
        return bool(plain) and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", named) is not None

    return says(found.document_number) or (says(found.publisher) and says(found.title))


def need_of_proof(inputs: LetterInputs, found: CriteriaSet, key: str) -> tuple[str, ...]:
    """What is needed before a letter may say that the plan applied a set: that the notice or the reviewer says so."""
    choice = inputs.choices.get(key)
    if is_named_in_notice(inputs, found) or (
        choice is not None and choice.is_included and choice.note.strip()
    ):
        return ()
    return (
        f"Confirm that the plan applied “{one_line(found.title)}”: take it in and note where the plan says so.",
    )


def silent_on(inputs: LetterInputs, line: ServiceLine) -> tuple[EvaluationTrace, ...]:
    """The evaluations of a line whose sets do not speak of what the imaging shows."""
    return tuple(item for item in inputs.traces_of(line) if item.is_silent)


def tells_silence(inputs: LetterInputs, line: ServiceLine) -> bool:
    """Whether the letter argues the silence of a set for a line: where one is silent and nobody left it out."""
    key = exception_key(ExceptionKind.SILENT_SET, line)
    return line in inputs.argued_lines and bool(silent_on(inputs, line)) and is_chosen(inputs, key)
