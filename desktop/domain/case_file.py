"""The documented JSON case format: a case with its review, links given as quotes rather than offsets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desktop.domain.assessment import Amount, AssessmentState, Stance
from desktop.domain.case import Case
from desktop.domain.determination import Decision
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import Level

FORMAT = "indicated-case/1"


class FileEvidence(Value):
    """Words that prove a criterion, found again in the document by the words themselves."""

    document_id: Identifier
    quote: Text = Field(min_length=1)
    occurrence: int = Field(default=1, ge=1)
    """Which one, counted from 1, where the same words stand more than once."""
    stance: Stance = Stance.SUPPORTS
    note: Text = ""


class FileAssessment(Value):
    """One answered criterion."""

    set_id: Identifier
    criterion_id: Identifier
    subject: str = ""
    state: AssessmentState | None = None
    note: Text = ""
    amount: Amount | None = None
    arithmetic: Text = ""
    """How the amount was worked out, when it was taken from recorded facts; only beside an amount."""
    exception_source: Text = ""
    evidence: tuple[FileEvidence, ...] = ()


class FileDetermination(Value):
    """The decision on one service line."""

    service_line_id: Identifier
    decision: Decision
    rationale: Text = ""
    levels: tuple[Level, ...] = ()
    sides: tuple[Literal["left", "right"], ...] = ()
    """Those found necessary, of a line that is asked for on both sides."""


class FileSignOff(Value):
    """Who signs the determination."""

    name: Text
    credential: Text
    meaning: Text


class FileOfDocument(Value):
    """The file that a document's text was read from, kept with the case when it is stored."""

    document_id: Identifier
    file: str = Field(min_length=1)
    """Its place beside the case file: relative, `/` between folders, never upward.

    A PDF, PNG, JPEG, TIFF, DOCX or text file, known by its bytes.
    """


class CaseFile(Value):
    """A whole case as a file. `user_criteria` are YAML texts of sets the reviewer typed."""

    format: Literal["indicated-case/1"]
    case: Case
    user_criteria: tuple[Text, ...] = ()
    assessments: tuple[FileAssessment, ...] = ()
    determinations: tuple[FileDetermination, ...] = ()
    sign_off: FileSignOff | None = None
    files: tuple[FileOfDocument, ...] = ()
    """Files of documents, at most one each; a document without one is enclosed as its text."""
