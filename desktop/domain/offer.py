"""An answer that the record already holds for a criterion, with the arithmetic; the reviewer takes it or not."""

from __future__ import annotations

from desktop.domain.assessment import Amount, AssessmentKey
from desktop.domain.document import Span
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value


class Offer(Value):
    """A value worked out from recorded facts, in the unit of the criterion's threshold."""

    key: AssessmentKey
    amount: Amount
    truth: Truth
    """What the value comes to against the threshold and the time window."""
    arithmetic: Text
    """How it was worked out: `PT 2026-02-03 to 2026-03-24: 7 weeks 0 days, 11 visits`."""
    document_ids: tuple[Identifier, ...] = ()
    """The documents that the facts were entered from."""
    spans: tuple[Span, ...] = ()
    """The words of the record that state the facts, where they can be found."""
