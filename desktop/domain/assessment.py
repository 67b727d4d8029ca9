"""What a reviewer says of a criterion, and the words of the record that it rests on."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from desktop.domain.document import Span
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value


class AssessmentState(Enum):
    """The six answers. They are about the criterion as written, polarity included."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"
    NOT_DOCUMENTED = "not_documented"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTION = "exception"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()

    @property
    def truth(self) -> Truth:
        """How it counts. Not documented is UNKNOWN, never FALSE; not applicable is left out by the evaluator."""
        return _TRUTH[self]


_TRUTH = {
    AssessmentState.MET: Truth.TRUE,
    AssessmentState.EXCEPTION: Truth.TRUE,
    AssessmentState.NOT_MET: Truth.FALSE,
    AssessmentState.UNCLEAR: Truth.UNKNOWN,
    AssessmentState.NOT_DOCUMENTED: Truth.UNKNOWN,
    AssessmentState.NOT_APPLICABLE: Truth.UNKNOWN,
}


class AssessmentKey(Value):
    """Which question is answered: criterion of a set and, where it is asked more than once, for what.

    `subject` is a level (`L4-L5`), a side (`left`), a service line's id, or empty for once per case.
    """

    set_id: Identifier
    criterion_id: Identifier
    subject: str = ""


class Amount(Value):
    """A measured value with its unit."""

    value: Decimal
    unit: Text


class CriterionAssessment(Value):
    """A reviewer's answer. `state` None means only a note or an amount was recorded so far."""

    key: AssessmentKey
    state: AssessmentState | None = None
    note: Text = ""
    amount: Amount | None = None
    exception_source: Text = ""
    """What waives the criterion; required for EXCEPTION."""
    arithmetic: Text = ""
    """How the amount was worked out, when it was taken from recorded facts."""


class Stance(Enum):
    """What linked words do for a criterion."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class EvidenceLink(Value):
    """Words of the record tied to one question."""

    id: Identifier
    key: AssessmentKey
    span: Span
    stance: Stance = Stance.SUPPORTS
    note: Text = ""
