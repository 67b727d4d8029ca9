"""What a letter argues with besides the criteria themselves: exception arguments, doubts about a set, and choices.

An exception argument is a block of its own, offered only where the record bears it out.
"""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class ExceptionKind(Enum):
    """Why a service may be necessary although a set was not met, or should not have been asked."""

    SILENT_SET = "silent_set"
    WRONG_SET = "wrong_set"
    EDITION_NOT_IN_FORCE = "edition_not_in_force"
    STRICTER_THAN_MEDICARE = "stricter_than_medicare"
    RED_FLAG = "red_flag"
    CLINICAL_JUDGEMENT = "clinical_judgement"
    CODING_IN_DISGUISE = "coding_in_disguise"
    DOCUMENT_SUPPLIED = "document_supplied"
    CONFLICT_RESOLVED = "conflict_resolved"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return _EXCEPTION_LABELS[self]


_EXCEPTION_LABELS = {
    ExceptionKind.SILENT_SET: "The set is silent on the indication",
    ExceptionKind.WRONG_SET: "The wrong set was applied",
    ExceptionKind.EDITION_NOT_IN_FORCE: "The edition was not in force",
    ExceptionKind.STRICTER_THAN_MEDICARE: "The plan is stricter than Medicare",
    ExceptionKind.RED_FLAG: "A red flag waives the rule",
    ExceptionKind.CLINICAL_JUDGEMENT: "Clinical judgment on a documented structural diagnosis",
    ExceptionKind.CODING_IN_DISGUISE: "A coding denial in disguise",
    ExceptionKind.DOCUMENT_SUPPLIED: "A missing document is now supplied",
    ExceptionKind.CONFLICT_RESOLVED: "A conflict in the record is resolved",
}


class DoubtKind(Enum):
    """What is doubtful about a set that a line was held against."""

    WRONG_SET = "wrong_set"
    NOT_IN_FORCE = "not_in_force"
    SILENT = "silent"


class SetDoubt(Value):
    """A doubt about one set for one service line, as the choice of criteria words it."""

    service_line_id: Identifier
    set_id: Identifier
    kind: DoubtKind
    sentence: Text


class ArgumentChoice(Value):
    """The reviewer's choice about something that is offered: taken into the letter or left out, with their own words.

    `key` is the claim (`topic-id:claim-id`) or the exception (`exception.kind.line-id`). Without a choice, what is
    offered stands as the program offers it.
    """

    key: Text = Field(min_length=1)
    is_included: bool
    note: Text = ""
    """For an exception: what the reviewer adds to it, in their own words; it is printed as typed."""


class OfferedException(Value):
    """An exception argument that the record bears out for a line, with the words it would be printed with."""

    key: Text
    kind: ExceptionKind
    service_line_id: Identifier
    grounds: tuple[Text, ...]
    """What of the record it rests on, in words."""
    is_included: bool = True
    needs: tuple[Text, ...] = ()
    """What the reviewer must still add before it may be printed; empty: nothing."""
