"""Verified literature and law: what may be cited, what it supports, and where that was checked."""

from __future__ import annotations

from datetime import date
from enum import Enum

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class ReferenceStance(Enum):
    """Whether a source helps, hurts or does both."""

    FOR = "neutral-or-for"
    MIXED = "mixed"
    AGAINST = "against"


class CitationStyle(Enum):
    """How a letter prints its references and the numbers that lead to them."""

    AMA = "ama"
    """Raised numbers behind the punctuation."""
    VANCOUVER = "vancouver"
    """Numbers in parentheses before the punctuation, and the list in NLM order."""

    @property
    def label(self) -> str:
        """The word shown to a reviewer."""
        return {CitationStyle.AMA: "AMA", CitationStyle.VANCOUVER: "Vancouver"}[self]


class EvidenceLevel(Enum):
    """What kind of evidence a source says it is; never concluded from anything else."""

    GUIDELINE = "guideline"
    APPROPRIATENESS_CRITERIA = "appropriateness-criteria"
    SOCIETY_STATEMENT = "society-statement"
    SYSTEMATIC_REVIEW = "systematic-review"
    REVIEW = "review"
    RANDOMISED_TRIAL = "randomised-trial"
    TRIAL = "trial"
    PROSPECTIVE_STUDY = "prospective-study"
    REGISTER_STUDY = "register-study"
    CASE_SERIES = "case-series"
    GOVERNMENT_REPORT = "government-report"
    COVERAGE_DOCUMENT = "coverage-document"
    LAW = "law"
    COURT_DECISION = "court-decision"
    NOT_STATED = "not-stated"

    @property
    def label(self) -> str:
        """`randomized trial`, for screens, lists and papers."""
        return self.value.replace("-", " ").replace("randomised", "randomized")


class Standing(Enum):
    """Whether a source still stands. Anything but CURRENT keeps a letter from being issued without a reason."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Figure(Value):
    """A figure as the source states it; words and numbers are kept as text, so that nothing is rounded."""

    what: Text
    """What was counted or measured: `specificity of CT for a loose screw`."""
    value: Text
    unit: Text = ""
    comparator: Text = ""
    n: Text = ""
    follow_up: Text = ""


class Claim(Value):
    """One sentence that a source supports, in our own words, with its topic, its stance and the source's figures."""

    reference_id: Identifier
    topic: Identifier
    stance: ReferenceStance
    text: Text
    id: Identifier = "c1"
    """Unique within its reference."""
    locator: Text = ""
    """Where in the source it stands: `abstract`, `paragraph (b)(6)`; empty when not recorded."""
    figures: tuple[Figure, ...] = ()
    """Empty: the source states no figure for it."""

    @property
    def cited_text(self) -> str:
        """The sentence with its citation mark behind it, as it stands in a letter."""
        return f"{self.text}[@{self.reference_id}]"


class PersonName(Value):
    """A name as a bibliography holds it: in two parts, or as one `literal` of an organisation."""

    family: Text = ""
    given: Text = ""
    literal: Text = ""


class Bibliography(Value):
    """The bibliographic fields of a source, named after CSL; an empty field is one that nobody recorded."""

    type: Identifier = "document"
    """CSL type: article-journal, book, legislation, webpage, and so on."""
    title: Text = ""
    authors: tuple[PersonName, ...] = ()
    container_title: Text = ""
    issued: tuple[int, ...] = ()
    """Year, then month, then day, as far as known."""
    volume: Text = ""
    issue: Text = ""
    page: Text = ""
    number: Text = ""
    edition: Text = ""
    section: Text = ""
    authority: Text = ""
    publisher: Text = ""
    publisher_place: Text = ""
    doi: Text = ""
    pmid: Text = ""
    pmcid: Text = ""
    url: Text = ""
    note: Text = ""
    authors_truncated: bool = False
    """Whether there are more authors than are known."""
    inferred_fields: tuple[Text, ...] = ()
    """CSL names of fields that were concluded, not seen: they are neither printed nor exported."""

    @property
    def year(self) -> int | None:
        """The year of publication, or None."""
        return self.issued[0] if self.issued else None


class Reference(Value):
    """A citable source with its formatted citation."""

    id: Identifier
    kind: str
    """CSL type: article-journal, book, legislation, webpage, and so on."""
    citation: Text
    """The full reference as printed in the list (AMA order)."""
    supports: tuple[Text, ...]
    topics: tuple[Text, ...]
    stance: ReferenceStance
    is_verified: bool
    verified_from: tuple[Text, ...]
    vancouver: Text = ""
    """The full reference in Vancouver (NLM) order."""
    bibliography: Bibliography = Bibliography()
    subjects: tuple[Text, ...] = ()
    """What the source is about, in words: `lumbar fusion`, `imaging`."""
    evidence: EvidenceLevel = EvidenceLevel.NOT_STATED
    verified_on: date | None = None
    """The day it was checked; None when the day was not recorded."""
    status: Text = ""
    """How it was verified, in the library's own term."""
    standing: Standing = Standing.CURRENT
    standing_note: Text = ""
    superseded_by: Text = ""
    same_as: Text = ""
    """Id of the entry that this one is another printing of."""
    no_claim_because: Text = ""
    is_own: bool = False
    """Whether the user added it."""

    @property
    def may_be_cited(self) -> bool:
        """Whether it is verified and still stands."""
        return self.is_verified and self.standing is Standing.CURRENT

    def printed(self, style: CitationStyle) -> str:
        """The full reference as the list of a letter prints it."""
        return self.vancouver if style is CitationStyle.VANCOUVER and self.vancouver else self.citation


class OwnReference(Value):
    """A source the user added: unverified until they have recorded where and when they checked it."""

    id: Identifier
    bibliography: Bibliography
    stance: ReferenceStance = ReferenceStance.FOR
    evidence: EvidenceLevel = EvidenceLevel.NOT_STATED
    subjects: tuple[Text, ...] = ()
    claims: tuple[Claim, ...] = ()
    verified_from: Text = ""
    verified_on: date | None = None
    verified_by: Text = ""
    origin: Text = ""
    """Where the entry came from: `typed`, or the name of the file it was imported from."""

    @property
    def is_verified(self) -> bool:
        """Whether place and day of the check are recorded."""
        return bool(self.verified_from.strip()) and self.verified_on is not None


class ReferenceMark(Value):
    """The user's note that an entry of the library was retracted or superseded."""

    reference_id: Identifier
    standing: Standing
    note: Text
    marked_on: date
    superseded_by: Text = ""
