"""Determinations per service line and the sign-off that closes them for good."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Literal

from pydantic import Field

from desktop.domain.errors import SignedRecordError
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.text import Text, sha256_of
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import Level


class Decision(Enum):
    """What the reviewer concludes for a service line."""

    UNDECIDED = "undecided"
    NECESSARY = "medically_necessary"
    NECESSARY_IN_PART = "medically_necessary_in_part"
    NOT_NECESSARY = "not_medically_necessary"
    CANNOT_DETERMINE = "cannot_be_determined"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


def _is_empty(sides: tuple[str, ...]) -> bool:
    return not sides


class LineDetermination(Value):
    """The decision on one service line, with its rationale; `levels` and `sides` are those found necessary."""

    service_line_id: Identifier
    decision: Decision = Decision.UNDECIDED
    rationale: Text = ""
    levels: tuple[Level, ...] = ()
    sides: tuple[Literal["left", "right"], ...] = Field(default=(), exclude_if=_is_empty)
    """Of a line that is asked for on both sides. Left out of the JSON when empty: signatures cover the rest."""


class SignOff(Value):
    """Who signed, as what, when (UTC) and meaning what; bound to the content by its hash."""

    name: Text
    credential: Text
    meaning: Text
    signed_at: datetime
    content_hash: str


class Determination(Value):
    """One version of a case's determination. Signed versions never change; a new one supersedes them."""

    id: Identifier
    version: int
    lines: tuple[LineDetermination, ...] = ()
    traces: tuple[EvaluationTrace, ...] = ()
    """Frozen at sign-off, so that the reasons are those of that day."""
    sign_off: SignOff | None = None
    supersedes: Identifier | None = None

    @property
    def is_signed(self) -> bool:
        """Whether it is closed for good."""
        return self.sign_off is not None

    def line(self, service_line_id: str) -> LineDetermination:
        """The decision on a line; undecided when nothing was recorded."""
        found = next((item for item in self.lines if item.service_line_id == service_line_id), None)
        return found or LineDetermination(service_line_id=service_line_id)

    def with_line(self, line: LineDetermination) -> Determination:
        """The determination with the decision on one line recorded, in the place of the earlier one."""
        by_id = {item.service_line_id: item for item in self.lines} | {line.service_line_id: line}
        return self.model_copy(update={"lines": tuple(by_id.values())})

    def require_unsigned(self) -> None:
        """Raise SignedRecordError when it was signed."""
        if self.is_signed:
            raise SignedRecordError("This determination is signed and cannot be edited.")

    @property
    def is_as_signed(self) -> bool:
        """Whether the content is still what the signature was given for; True before it is signed."""
        return self.sign_off is None or self.sign_off.content_hash == self.hash_of_content()

    def hash_of_content(self) -> str:
        """SHA-256 over the decisions and the traces: what a signature stands for.

        What was signed must keep its hash for good: a field that a later version adds must not enter into it.
        """
        lines = [line.model_dump_json() for line in self.lines]
        traces = [trace.model_dump_json() for trace in self.traces]
        return sha256_of("\n".join((self.id, str(self.version), *lines, *traces)))
