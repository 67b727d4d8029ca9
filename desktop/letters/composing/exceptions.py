"""The exception arguments of a case: which the record bears out, and those that are printed as blocks of their own.

It must not print an argument while something is needed for it, nor one that the reviewer left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.domain.argument import ExceptionKind, OfferedException
from desktop.domain.letter import BlockKind, LetterBlock, LetterKind
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.criteria import CriteriaTables, criteria_tables, set_name
from desktop.letters.composing.exceptions_argument import (
    ExceptionArgument,
    exception_key,
    note_of,
    silent_on,
    tells_silence,
)
from desktop.letters.composing.exceptions_coding import coding_argument
from desktop.letters.composing.exceptions_conflict import conflict_resolved
from desktop.letters.composing.exceptions_documents import document_supplied
from desktop.letters.composing.exceptions_record import clinical_judgement, red_flag
from desktop.letters.composing.exceptions_sets import edition_not_in_force, stricter_than_medicare, wrong_set
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import service_name

_Finder = Callable[[LetterInputs, CriteriaTables, ServiceLine], ExceptionArgument | None]


def _coding(inputs: LetterInputs, _: CriteriaTables, line: ServiceLine) -> ExceptionArgument | None:
    return coding_argument(inputs, line)


_FINDERS: tuple[_Finder, ...] = (
    wrong_set,
    edition_not_in_force,
    stricter_than_medicare,
    red_flag,
    clinical_judgement,
    _coding,
    document_supplied,
    conflict_resolved,
)
"""In the order of the blocks. A silent set comes before them and has a block for all lines together."""

_OF_A_REFUSAL = frozenset(
    {
        ExceptionKind.WRONG_SET,
        ExceptionKind.EDITION_NOT_IN_FORCE,
        ExceptionKind.CODING_IN_DISGUISE,
        ExceptionKind.DOCUMENT_SUPPLIED,
    }
)
"""Arguments that say what a notice refuses, or what a plan applied to refuse."""

_HEADINGS = {
    ExceptionKind.WRONG_SET: "The criteria applied are for another service",
    ExceptionKind.EDITION_NOT_IN_FORCE: "The edition applied was not in force",
    ExceptionKind.STRICTER_THAN_MEDICARE: "The plan’s criteria beside Medicare’s",
    ExceptionKind.RED_FLAG: "What the criteria themselves waive",
    ExceptionKind.CLINICAL_JUDGEMENT: "The documented structural diagnosis",
    ExceptionKind.CODING_IN_DISGUISE: "The coding of this request",
    ExceptionKind.DOCUMENT_SUPPLIED: "What was missing is enclosed",
    ExceptionKind.CONFLICT_RESOLVED: "Where the record disagrees with itself",
}


def offered_exceptions(inputs: LetterInputs) -> tuple[OfferedException, ...]:
    """Every exception argument that the record bears out, line by line, as chosen so far and with what it needs."""
    tables = criteria_tables(inputs)
    return tuple(offer for line in inputs.argued_lines for offer in _offered(inputs, tables, line))


def exception_blocks(inputs: LetterInputs, tables: CriteriaTables) -> tuple[LetterBlock, ...]:
    """The arguments that are taken in and lack nothing, one block each; the silent sets have `silence`."""
    return tuple(
        _block(inputs, argument)
        for line in inputs.argued_lines
        for argument in _arguments(inputs, tables, line)
        if not argument.needs and argument.offered(inputs).is_included and _is_for(inputs, argument.kind)
    )


def _is_for(inputs: LetterInputs, kind: ExceptionKind) -> bool:
    """Whether a kind of letter can make an argument: a first request answers no refusal."""
    return inputs.kind is not LetterKind.MEDICAL_NECESSITY or kind not in _OF_A_REFUSAL


def _offered(inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine) -> Iterator[OfferedException]:
    silent = silent_on(inputs, line)
    if silent:
        yield OfferedException(
            key=exception_key(ExceptionKind.SILENT_SET, line),
            kind=ExceptionKind.SILENT_SET,
            service_line_id=line.id,
            grounds=tuple(f"“{set_name(item)}”: {item.silence_reason}" for item in silent),
            is_included=tells_silence(inputs, line),
        )
    for argument in _arguments(inputs, tables, line):
        yield argument.offered(inputs)


def _arguments(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine
) -> Iterator[ExceptionArgument]:
    for find in _FINDERS:
        argument = find(inputs, tables, line)
        if argument is not None:
            yield argument


def _block(inputs: LetterInputs, argument: ExceptionArgument) -> LetterBlock:
    heading = _HEADINGS[argument.kind]
    if len(inputs.argued_lines) > 1:
        heading = f"{heading}: {service_name(argument.line)}"
    return LetterBlock(
        id=argument.key,
        kind=BlockKind.EXCEPTION,
        heading=heading,
        paragraphs=(*argument.paragraphs, *note_of(inputs, argument.key)),
    )
