"""The shape of a criteria set: a tree of questions with thresholds, polarity, scope and a source for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from pydantic import Field

from desktop.domain.clinical import FactKind, FindingKind
from desktop.domain.document import DocumentKind
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.domain.window import Window


class LicenceClass(Enum):
    """Whether a set's words may leave the workstation."""

    PUBLIC = "public"
    LICENSED_REFERENCE = "licensed-reference"
    USER = "user"


class Polarity(Enum):
    """Whether the thing asked about must be there or must not."""

    PRESENT = "present"
    ABSENT = "absent"


class Scope(Enum):
    """How often a criterion is asked."""

    CASE = "case"
    SERVICE_LINE = "service_line"
    LEVEL = "level"
    SIDE = "side"


class Comparison(Enum):
    """How a value is held against a threshold; the boundary is part of the word."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"


class Threshold(Value):
    """A number with its unit and boundary."""

    comparison: Comparison
    value: Decimal
    unit: Text = Field(min_length=1)

    def holds_for(self, amount: Decimal) -> bool:
        """Whether an amount in the same unit passes; exactly the boundary passes only for `>=` and `<=`."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return amount >= self.value
            case Comparison.MORE_THAN:
                return amount > self.value
            case Comparison.AT_MOST:
                return amount <= self.value
            case _:
                return amount < self.value

    @property
    def caption(self) -> str:
        """For example `>= 4 mm`."""
        return f"{self.comparison.value} {self.value} {self.unit}"


class MeasureKind(Enum):
    """What of the record can answer a criterion with a value."""

    AGE = "age"
    """The member's age in whole years on the day of the service."""
    TREATMENT = "treatment"
    """Conservative treatment of a kind (or `any`): how long, or how many visits, as the threshold's unit asks."""
    SCORE = "score"
    """The newest value of a scoring instrument."""
    FACT = "fact"
    """The newest amount of a clinical fact."""
    MEASUREMENT = "measurement"
    """A number from imaging, at the level that is asked about, by words of its label."""
    SINCE_SURGERY = "since_surgery"
    """The time from the newest earlier operation (at the level) to the service."""
    IMAGING_AGE = "imaging_age"
    """The age of the newest study, of a modality where one is named, on the day of the service."""


class Measure(Value):
    """Which recorded value answers a criterion that has a threshold, for example `treatment.physical_therapy`."""

    kind: MeasureKind
    name: Text = ""

    @property
    def caption(self) -> str:
        """As criteria files write it: the kind, and after a dot the name where there is one."""
        return f"{self.kind.value}.{self.name}" if self.name else self.kind.value


class Source(Value):
    """Where a rule was read: document, place in it, proof tag (T read, O old text, S summary, H header, U user)."""

    document: Text
    locator: Text = ""
    proof: Literal["T", "O", "S", "H", "U"]
    address: Text = ""

    @property
    def caption(self) -> str:
        """The document and the place in it, on one line."""
        return ", ".join(part for part in (self.document, self.locator) if part)


class Criterion(Value):
    """A leaf: one question the reviewer answers from the record."""

    kind: Literal["criterion"] = "criterion"
    id: Identifier
    text: Text = Field(min_length=1)
    polarity: Polarity = Polarity.PRESENT
    per: Scope = Scope.CASE
    threshold: Threshold | None = None
    evidence_types: tuple[DocumentKind, ...] = ()
    """Only these kinds of document prove it; empty means any."""
    within: Window | None = None
    """How old what proves it may be on the day of the service, by the date of the document or of the fact."""
    measure: Measure | None = None
    """The recorded value that can answer it; only beside a threshold."""
    concerns: FindingKind | FactKind | None = None
    """The finding or fact it speaks of; two sets' criteria about the same thing are matched by it."""
    topic: Identifier | None = None
    """A shared name by which criteria of two sets are laid side by side (`time-since-fusion`)."""
    source: Source
    closes_with: Text = ""
    """What document would close it when it is open, in words."""
    note: Text = ""


class Group(Value):
    """A node that combines others: all, any, at least n, not (exactly one child), or unless.

    `unless`: the first child is the rule, every other child is an exception that waives it when it holds.
    """

    kind: Literal["all", "any", "at_least", "not", "unless"]
    id: Identifier
    text: Text = ""
    count: int | None = Field(default=None, ge=1)
    """Only for `at_least`."""
    children: tuple[CriteriaNode, ...] = Field(min_length=1)


CriteriaNode = Annotated[Criterion | Group, Field(discriminator="kind")]


class CriteriaSet(Value):
    """One edition of one publisher's criteria for one subject."""

    id: Identifier
    family: Identifier
    title: Text
    publisher: Text
    document_number: Text = ""
    edition: Text
    effective_from: date | None = None
    effective_to: date | None = None
    retrieved_on: date | None = None
    review_by: date | None = None
    address: Text = ""
    licence: LicenceClass
    customises: Identifier | None = None
    """The set of which this is a payer's customisation."""
    supersedes: Identifier | None = None
    """The earlier edition that this one takes the place of; criteria that keep their id keep their answers."""
    terms: tuple[Text, ...] = ()
    """Words by which a request names the service, so that the set is found: `ACDF`, `knee replacement`."""
    codes: tuple[Text, ...] = ()
    diagnoses: tuple[Text, ...] = ()
    indications: tuple[Text, ...] = ()
    """The indications the set says it covers, in words."""
    covers: tuple[FindingKind, ...] = ()
    """The findings its indications speak of; a case whose findings are none of these is one it is silent on."""
    notes: Text = ""
    root: Group
    content_hash: str = ""
    """SHA-256 of the source text it was loaded from; set by the loader."""

    @property
    def caption(self) -> str:
        """Publisher, number and edition on one line."""
        return " ".join(part for part in (self.publisher, self.document_number, self.edition) if part)

    def criteria(self) -> Iterator[Criterion]:
        """Every leaf, in reading order."""
        yield from leaves(self.root)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The leaf with an id, or None."""
        return next((leaf for leaf in self.criteria() if leaf.id == criterion_id), None)


def leaves(node: Criterion | Group) -> Iterator[Criterion]:
    """Every criterion under a node, in reading order."""
    if isinstance(node, Criterion):
        yield node
        return
    for child in node.children:
        yield from leaves(child)
