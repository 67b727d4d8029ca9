"""What can be chosen for a criterion or a group, in a reviewer's words; it knows no widget and keeps no value."""

from __future__ import annotations

from desktop.domain.clinical import FactKind, FindingKind, TreatmentKind
from desktop.domain.criteria import LicenceClass, MeasureKind, Polarity, Scope
from desktop.domain.window import TimeUnit
from desktop.services.criteria_draft import Rule
from desktop.services.criteria_draft_edition import LICENCE_WORDS

RULES: tuple[tuple[Rule, str], ...] = (
    ("all", "All of these must hold"),
    ("any", "Any one of these is enough"),
    ("at_least", "At least this many must hold:"),
    ("not", "This must not hold"),
    ("unless", "The first must hold, unless an exception waives it"),
)
RULE_TAGS: dict[Rule, str] = {
    "all": "ALL OF THESE",
    "any": "ANY ONE OF THESE",
    "at_least": "AT LEAST {} OF THESE",
    "not": "MUST NOT HOLD",
    "unless": "MUST HOLD, UNLESS WAIVED",
}
"""As the outline shows them."""
RULE_HINTS: dict[Rule, str] = {
    "all": "Met when every entry under it is met.",
    "any": "Met as soon as one entry under it is met.",
    "at_least": "Met when so many of the entries under it are met.",
    "not": "Met when the one entry under it is shown not to hold. What is not documented never counts as absent.",
    "unless": "The first entry is the rule. Every other entry is an exception, such as a red flag, that waives it.",
}
POLARITIES = ((Polarity.PRESENT, "It must be there"), (Polarity.ABSENT, "It must not be there"))
SCOPES = (
    (Scope.CASE, "Once for the case"),
    (Scope.SERVICE_LINE, "For each service line"),
    (Scope.LEVEL, "For each spinal level"),
    (Scope.SIDE, "For each side"),
)
SCOPE_TAGS = {Scope.SERVICE_LINE: "per line", Scope.LEVEL: "per level", Scope.SIDE: "per side"}
COMPARISONS = (
    ("", "No value is asked for"),
    (">=", "At least (≥)"),
    (">", "More than (>)"),
    ("<=", "At most (≤)"),
    ("<", "Less than (<)"),
)
SIGNS = {">=": "≥", "<=": "≤"}
TIME_UNITS = tuple((unit, unit.value) for unit in TimeUnit)
LICENCES = tuple(
    (kind, words) for kind, (words, _) in LICENCE_WORDS.items() if kind is not LicenceClass.PUBLIC
)
PUBLIC_LICENCE = (LicenceClass.PUBLIC, LICENCE_WORDS[LicenceClass.PUBLIC][0])
PROOFS = (
    ("", "Typed from the document (U)"),
    ("T", "The text was read (T)"),
    ("O", "An older text was read (O)"),
    ("S", "Reported by somebody else (S)"),
    ("H", "Only its heading was read (H)"),
)
FREE_MEASURES = {
    MeasureKind.SCORE: "A score by its name…",
    MeasureKind.MEASUREMENT: "A measurement from imaging by its name…",
    MeasureKind.IMAGING_AGE: "Age of the newest study of a kind…",
}
"""Measures whose name is typed: the instrument, the words of the label, the modality."""


def measures() -> tuple[tuple[str, str], ...]:
    """Every recorded value that can answer a criterion, as a code and in words."""
    found: list[tuple[str, str]] = [("", "No: the reviewer answers"), ("age", "Age of the member")]
    found.append(("treatment.any", "All conservative treatment: how long, or visits"))
    found += [
        (f"treatment.{kind.value}", f"{kind.label}: how long, or visits")
        for kind in TreatmentKind
        if kind is not TreatmentKind.OTHER
    ]
    found.append(("since_surgery", "Time since the last operation"))
    found.append(("imaging_age", "Age of the newest imaging study"))
    found += [(f"fact.{kind.value}", kind.label) for kind in FactKind if kind is not FactKind.OTHER]
    found += [(f"{kind.value}.", words) for kind, words in FREE_MEASURES.items()]
    return tuple(found)


def measure_words(caption: str) -> str:
    """A measure in words: `Physical therapy`, `Score ODI`."""
    kind, _, name = caption.partition(".")
    if f"{kind}." in {f"{free.value}." for free in FREE_MEASURES} and name:
        return {"score": "Score ", "measurement": "Measured ", "imaging_age": "Age of "}[kind] + name
    words = dict(measures()).get(caption, caption)
    return words.partition(":")[0]


def subjects() -> tuple[tuple[str, str], ...]:
    """The findings and facts that a criterion may speak of, as codes and in words."""
    facts = [(kind.value, kind.label) for kind in FactKind if kind is not FactKind.OTHER]
    findings = [(kind.value, kind.label) for kind in FindingKind if kind is not FindingKind.OTHER]
    return (("", "Nothing that has a name here"), *findings, *facts, ("other", "Another finding"))
