"""The authoring rules that look at one criteria file; each is a small function that yields what it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.criteria import CriteriaSet, Criterion, LicenceClass, MeasureKind, Polarity
from desktop.domain.severity import Severity
from desktop.rules.loader import ReadSet

LONGEST_TEXT = 160
"""Characters: about two lines in the criteria tree."""

_WORD_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SET_ID = re.compile(rf"{_WORD_ID.pattern}(\.{_WORD_ID.pattern})?")
_NEGATION = re.compile(
    r"^(no|not|none|never|neither|without)\b|\b(is|are|was|were|has|have|had|does|do|did|can|may) (no|not|never)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z0-9]{4,7}")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
_REPORTED = re.compile(r"reported", re.IGNORECASE)


_WITHOUT_WINDOW = frozenset({MeasureKind.AGE, MeasureKind.SINCE_SURGERY})
"""Measures that are themselves a length of time up to the service."""


@dataclass(frozen=True, slots=True)
class LintProblem:
    """One finding: where (file relative to the folder, line from 1), which rule, how bad, and what to write instead."""

    file: str
    line: int
    rule: str
    severity: Severity
    message: str
    instead: str


@dataclass(frozen=True, slots=True)
class LintedFile:
    """A file that could be read."""

    path: Path
    origin: str
    read: ReadSet

    @property
    def criteria_set(self) -> CriteriaSet:
        return self.read.criteria_set

    def at_key(self, key: str, rule: str, message: str, instead: str) -> LintProblem:
        """An error at a top-level key, or at the top of the file when the key is missing."""
        return LintProblem(
            self.origin, self.read.key_lines.get(key, 1), rule, Severity.ERROR, message, instead
        )

    def at_id(
        self, node_id: str, rule: str, message: str, instead: str, severity: Severity = Severity.ERROR
    ) -> LintProblem:
        """A problem at the line of an id in the tree."""
        return LintProblem(self.origin, self.read.id_lines.get(node_id, 1), rule, severity, message, instead)


def identifiers(file: LintedFile) -> Iterator[LintProblem]:
    """Ids are words joined by hyphens, the folder carries the set's name, codes are bare."""
    found = file.criteria_set
    words = "Use lower-case words joined by hyphens."
    for key, text in (("id", found.id), ("family", found.family)):
        if not _SET_ID.fullmatch(text):
            yield file.at_key(key, "kebab-case", f"`{key}: {text}` is not in lower-case words.", words)
    if file.path.parent.name != found.id:
        yield file.at_key(
            "id",
            "folder-name",
            f"The set `{found.id}` stands in the folder `{file.path.parent.name}`.",
            f"Name the folder `{found.id}`.",
        )
    for node_id in file.read.id_lines:
        if not _WORD_ID.fullmatch(node_id):
            yield file.at_id(node_id, "kebab-case", f"`{node_id}` is not in lower-case words.", words)
    for code in found.codes:
        if not _CODE.fullmatch(code):
            yield file.at_key(
                "codes", "code-only", f"`{code}` is not a bare code.", "Write the code without words."
            )


def finding(file: LintedFile) -> Iterator[LintProblem]:
    """A request can find the set: by bare ICD-10-CM codes and, in a public set, by the words of the service."""
    found = file.criteria_set
    for code in found.diagnoses:
        if not _DIAGNOSIS.fullmatch(code):
            yield file.at_key(
                "diagnoses",
                "diagnosis-code",
                f"`{code}` is not an ICD-10-CM code or category.",
                "Write the code alone, with its dot: M96.0.",
            )
    if found.licence is LicenceClass.PUBLIC and not found.terms:
        yield file.at_key(
            "terms",
            "terms",
            "The set does not say by which words a request names the service.",
            "Add `terms: [...]` with its names and abbreviations.",
        )


def sources(file: LintedFile) -> Iterator[LintProblem]:
    """A public rule was read by someone, and one can find the place again."""
    is_public = file.criteria_set.licence is LicenceClass.PUBLIC
    for leaf in file.criteria_set.criteria():
        source = leaf.source
        if is_public and source.proof in {"U", "H"}:
            yield file.at_id(
                leaf.id,
                "public-proof",
                f"`{leaf.id}` has proof {source.proof} in a public set: nobody read the rule itself.",
                "Read the source and tag it T, O or S, or write `licence: user`.",
            )
        if source.proof != "U" and not source.locator:
            yield file.at_id(
                leaf.id,
                "source-locator",
                f"`{leaf.id}` does not say where in the source it stands.",
                "Add `locator`.",
            )
        if source.proof != "U" and not source.address:
            yield file.at_id(
                leaf.id,
                "source-address",
                f"`{leaf.id}` does not say where the source is found.",
                "Add `address`.",
            )


def dates(file: LintedFile) -> Iterator[LintProblem]:
    """The set says when it must be looked at again, and its dates fit together."""
    found = file.criteria_set
    if found.review_by is None:
        yield file.at_key(
            "review_by",
            "review-by",
            "The set does not say when it must be checked again.",
            "Add `review_by`.",
        )
    elif found.retrieved_on is not None and found.review_by <= found.retrieved_on:
        yield file.at_key(
            "review_by",
            "review-by",
            "`review_by` is not after `retrieved_on`.",
            "Write a later day.",
        )
    if (
        found.retrieved_on is not None
        and found.effective_to is not None
        and found.effective_to < found.retrieved_on
    ):
        yield file.at_key(
            "effective_to",
            "in-force",
            "The edition had ended when its facts were compiled.",
            "Say in `notes` why an ended edition is kept, and correct `retrieved_on`.",
        )


def honesty(file: LintedFile) -> Iterator[LintProblem]:
    """What is only reported says so, and every criterion says what would close it."""
    found = file.criteria_set
    proofs = {leaf.source.proof for leaf in found.criteria()}
    if "S" in proofs and not _REPORTED.search(found.notes):
        yield file.at_key(
            "notes",
            "reported-said",
            "Some rules are only reported (proof S), but the notes do not say so.",
            "Write in `notes` which rules are reported and must be confirmed.",
        )
    if proofs == {"S"} and not _REPORTED.search(found.title):
        yield file.at_key(
            "title",
            "reported-said",
            "Every rule is only reported (proof S), but the title does not say so.",
            "Add to the title: (reported; confirm against the current document).",
        )
    for leaf in found.criteria():
        if not leaf.closes_with:
            yield file.at_id(
                leaf.id,
                "closes-with",
                f"`{leaf.id}` does not say what would close it.",
                "Add `closes_with` and name the document.",
            )


def wording(file: LintedFile) -> Iterator[LintProblem]:
    """Texts read well in the tree and say what polarity and threshold say."""
    for leaf in file.criteria_set.criteria():
        for rule, message, instead in _wording_of(leaf):
            yield file.at_id(leaf.id, rule, f"`{leaf.id}`: {message}", instead, Severity.WARNING)


def _wording_of(leaf: Criterion) -> Iterator[tuple[str, str, str]]:
    text = leaf.text
    if text.endswith((".", ";", ",", ":")):
        yield "text-end", "the text ends with a stop.", "Leave the last character out."
    if len(text) > LONGEST_TEXT:
        yield (
            "text-length",
            f"the text has {len(text)} characters.",
            f"Keep to {LONGEST_TEXT}; move detail to `note`.",
        )
    if not text[0].isupper() and not text[0].isdigit():
        yield "text-start", "the text begins in lower case.", "Begin with a capital."
    if leaf.polarity is Polarity.ABSENT and _NEGATION.search(text):
        yield (
            "absent-wording",
            "it must be absent, and the text negates it as well.",
            "Name the thing that must not be there: `A ... is ...`.",
        )
    if leaf.within is not None and leaf.measure is not None and leaf.measure.kind in _WITHOUT_WINDOW:
        yield (
            "window-unused",
            f"`within` says nothing of `measure: {leaf.measure.caption}`.",
            "Leave `within` out: the threshold is the limit.",
        )
    threshold = leaf.threshold
    if threshold is not None and str(threshold.value) not in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", text):
        yield (
            "threshold-in-text",
            f"the text does not name the threshold {threshold.caption}.",
            "Say the number and the unit in the text as well.",
        )
