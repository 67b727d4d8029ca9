"""Argument topics: what a reviewer may argue with, each claim tied to sources and to when it may be offered.

A claim holds no fact of a case and no figure of its own: it points at claims of the reference library that state them.
"""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from desktop.domain.clinical import Assertion, FactKind, FindingKind
from desktop.domain.denial import DenialCategory
from desktop.domain.letter import CITATION
from desktop.domain.member import LineOfBusiness
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value


class TopicSection(Enum):
    """The parts of a clinical opinion, in its order."""

    RATIONALE = "rationale"
    IMAGING = "imaging"
    CRITERIA_AND_JUDGEMENT = "criteria_and_judgement"
    APPROACH = "approach"
    OPTIMISATION = "optimisation"
    PITFALLS = "pitfalls"
    OUTCOMES = "outcomes"
    DELAY = "delay"
    ALTERNATIVES = "alternatives"

    @property
    def label(self) -> str:
        """The heading shown to a reviewer."""
        return _SECTION_LABELS[self]


_SECTION_LABELS = {
    TopicSection.RATIONALE: "Clinical rationale",
    TopicSection.IMAGING: "What imaging can show",
    TopicSection.CRITERIA_AND_JUDGEMENT: "Criteria and clinical judgment",
    TopicSection.APPROACH: "Surgical approach",
    TopicSection.OPTIMISATION: "Optimization before the operation",
    TopicSection.PITFALLS: "Pitfalls",
    TopicSection.OUTCOMES: "Expected outcomes",
    TopicSection.DELAY: "Risk of delay",
    TopicSection.ALTERNATIVES: "Alternatives",
}


class TopicKind(Enum):
    """What a topic argues about."""

    CLINICAL = "clinical"
    PROCESS = "process"
    """Rules of review and appeal: they stand among the legal requests of a letter, not among its literature."""


class SpineRegion(Enum):
    """The part of the spine that the sources of a topic speak of, where the codes do not already say it."""

    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"
    """With the sacrum."""


class ClaimSource(Value):
    """A claim of the reference library."""

    reference_id: Identifier
    claim_id: Identifier

    @property
    def caption(self) -> str:
        """As topic files write it: `spirig-2019/c1`."""
        return f"{self.reference_id}/{self.claim_id}"


class FindingCondition(Value):
    """A report says this of a finding where the service is asked for."""

    kind: FindingKind
    assertion: Assertion = Assertion.AFFIRMED


class CriterionCondition(Value):
    """A criterion about a topic came out so, in any set that the service line was held against."""

    topic: Identifier
    truth: Truth


class Condition(Value):
    """What must be so of a service line. Every field that names something must hold; of its values one is enough."""

    findings: tuple[FindingCondition, ...] = ()
    facts: tuple[FactKind, ...] = ()
    codes: tuple[Text, ...] = ()
    families: tuple[Identifier, ...] = ()
    criteria: tuple[CriterionCondition, ...] = ()
    plans: tuple[LineOfBusiness, ...] = ()
    denials: tuple[DenialCategory, ...] = ()


class Counter(Value):
    """What a plan will raise against a claim, with its sources, and the answer."""

    text: Text = Field(min_length=1)
    sources: tuple[ClaimSource, ...]
    answer: Text = Field(min_length=1)
    answer_sources: tuple[ClaimSource, ...] = ()

    @property
    def cited_text(self) -> str:
        """The objection with its citation marks behind it."""
        return with_marks(self.text, self.sources)

    @property
    def cited_answer(self) -> str:
        """The answer with its citation marks, where it has sources of its own."""
        return with_marks(self.answer, self.answer_sources)


class TopicClaim(Value):
    """One thing to argue with: words of our own whose figures all stand in the library claims it points at."""

    id: Identifier
    section: TopicSection
    text: Text = Field(min_length=1)
    sources: tuple[ClaimSource, ...]
    when: tuple[Condition, ...] = ()
    """All must hold of one service line; empty: wherever the topic applies."""
    counter: Counter | None = None
    is_for_letter: bool = True
    """False: told in a clinical opinion only, where a letter would grow long or leave its point."""

    @property
    def cited_text(self) -> str:
        """The sentence with its citation marks behind it, as it stands in a letter."""
        return with_marks(self.text, self.sources)

    @property
    def all_sources(self) -> tuple[ClaimSource, ...]:
        """Its sources, then those of its counter and of the answer."""
        against = self.counter
        return (*self.sources, *((*against.sources, *against.answer_sources) if against else ()))


class Topic(Value):
    """The claims about one kind of service. It applies to lines held against its families, or with its codes.

    A process topic that names neither applies to every line.
    """

    id: Identifier
    title: Text
    kind: TopicKind = TopicKind.CLINICAL
    families: tuple[Identifier, ...] = ()
    codes: tuple[Text, ...] = ()
    region: SpineRegion | None = None
    """Only levels of this region count, and a line without one is not argued from the topic."""
    subjects: tuple[Text, ...] = ()
    """The subjects of the reference library whose literature the topic answers for."""
    notes: Text = ""
    claims: tuple[TopicClaim, ...] = ()
    is_own: bool = False
    """Written by the house; it did not come with the program."""

    @property
    def label(self) -> str:
        """The title as screens show it: what the house wrote itself is called so everywhere."""
        return f"{self.title} (own topic)" if self.is_own else self.title

    @property
    def is_for_every_line(self) -> bool:
        """Whether it names no service: rules of review hold whatever was asked for."""
        return self.kind is TopicKind.PROCESS and not self.families and not self.codes

    @property
    def sections(self) -> tuple[TopicSection, ...]:
        """The sections that hold a claim, in the order of an opinion."""
        held = {claim.section for claim in self.claims}
        return tuple(section for section in TopicSection if section in held)


def with_marks(text: str, sources: tuple[ClaimSource, ...]) -> str:
    """A text with citation marks: those it has, else one for each reference behind it."""
    if CITATION.search(text):
        return text
    return text + "".join(f"[@{item}]" for item in dict.fromkeys(source.reference_id for source in sources))
