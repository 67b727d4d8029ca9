"""The trace of an evaluation: every node with its truth and its inputs, so that a result explains itself."""

from __future__ import annotations

from typing import Literal

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Polarity, Source
from desktop.domain.document import DocumentKind
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value


class NodeTrace(Value):
    """One node of the tree as evaluated for one service line and level."""

    id: Identifier
    kind: Literal["criterion", "all", "any", "at_least", "not"]
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


class OpenCriterion(Value):
    """A criterion that still decides something: it is unknown or not met and its answer could change the result."""

    criterion_id: Identifier
    subject: str = ""
    text: Text
    state: AssessmentState | None = None
    truth: Truth = Truth.UNKNOWN
    evidence_types: tuple[DocumentKind, ...] = ()
    closes_with: Text = ""


class LevelTrace(Value):
    """The whole set evaluated for one level of a service line (level empty: the line names none)."""

    level: str = ""
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
