"""The trace of an evaluation: every node with its truth and its inputs, so that a result explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Polarity, Source
from desktop.domain.document import DocumentKind
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value

NO_WAIVER = "Marked as an exception, but nothing is cited that waives it."
CORRECT_ONE = "Correct one of the two."
"""How the reason of an answer ends that its recorded value contradicts. Both speak to the reviewer, not to a payer."""


class NodeTrace(Value):
    """One node of the tree as evaluated for one service line and level."""

    id: Identifier
    kind: Literal["criterion", "all", "any", "at_least", "not", "unless"]
    text: Text
    truth: Truth
    is_applicable: bool = True
    """False when the reviewer marked it (or everything under it) not applicable; such a node does not count."""
    count: int | None = None
    subject: str = ""
    """For a criterion: the level or service line id that the question was asked of; empty for the case."""
    state: AssessmentState | None = None
    polarity: Polarity = Polarity.PRESENT
    note: Text = ""
    amount: Text = ""
    """A recorded value as shown, with the threshold: `12 ng/mL (needs <= 10 ng/mL)`."""
    reason: Text = ""
    """Why the truth is what it is, as one plain sentence."""
    evidence_ids: tuple[Identifier, ...] = ()
    source: Source | None = None
    children: tuple[NodeTrace, ...] = ()

    @property
    def is_contradicted(self) -> bool:
        """Whether the answer says one thing and the recorded value another."""
        return self.reason.endswith(CORRECT_ONE)

    @property
    def lacks_waiver(self) -> bool:
        """Whether it is marked an exception and nothing is named that waives it."""
        return self.reason == NO_WAIVER

    def nodes(self) -> Iterator[NodeTrace]:
        """The node and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.nodes()


class OpenCriterion(Value):
    """A criterion that still decides something: it is unknown or not met and its answer could change the result."""

    criterion_id: Identifier
    subject: str = ""
    text: Text
    state: AssessmentState | None = None
    truth: Truth = Truth.UNKNOWN
    evidence_types: tuple[DocumentKind, ...] = ()
    closes_with: Text = ""


def _is_empty(text: str) -> bool:
    return not text


class LevelTrace(Value):
    """The whole set evaluated for one level of a service line (level empty: the line names none)."""

    level: str = ""
    side: str = Field(default="", exclude_if=_is_empty)
    """`left` or `right` when the set asks side by side. Left out of the JSON when empty: signatures cover the rest."""
    truth: Truth
    root: NodeTrace
    missing: tuple[OpenCriterion, ...] = ()


class EvaluationTrace(Value):
    """One criteria set evaluated for one service line. `truth` is TRUE only when every level is."""

    set_id: Identifier
    set_title: Text
    publisher: Text
    edition: Text
    set_hash: str
    service_line_id: Identifier
    truth: Truth
    levels: tuple[LevelTrace, ...]
    is_silent: bool = False
    """The set's stated indications do not cover what the imaging shows."""
    silence_reason: Text = ""
