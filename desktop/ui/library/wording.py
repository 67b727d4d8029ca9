"""What the library says of a set and of its parts, in a reviewer's words; plain functions, no widget and no store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from desktop.domain.clinical import FactKind, TreatmentKind
from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass, Measure, MeasureKind, Scope
from desktop.rules.editions import editions_of, in_force

LICENCES = {
    LicenceClass.PUBLIC: "Public",
    LicenceClass.LICENSED_REFERENCE: "Licensed",
    LicenceClass.USER: "Own",
}
LICENCE_SENTENCES = {
    LicenceClass.PUBLIC: "Public: it may leave this computer with an export.",
    LicenceClass.LICENSED_REFERENCE: "A publisher's licensed criteria: they leave this computer only when you say so.",
    LicenceClass.USER: "Your own words: they leave this computer only when you say so.",
}
PROOFS = {
    "T": "Text read",
    "O": "Old text",
    "S": "Reported",
    "H": "Heading only",
    "U": "Typed",
}
PROOF_SENTENCES = {
    "T": "The text was read",
    "O": "An old text was read; a later one may say otherwise",
    "S": "Reported by a third party; confirm against the document",
    "H": "Only the heading was read",
    "U": "Typed by you",
}
MIXED = "Partly reported"
_PER = {
    Scope.CASE: "",
    Scope.SERVICE_LINE: "for each service line",
    Scope.LEVEL: "for each level",
    Scope.SIDE: "for each side",
}
_SIGNS = {">=": "≥", "<=": "≤"}
_REPORTED = " (reported)"
_MOST_OF_A_NUMBER = 24


def family_title(family: str) -> str:
    """`lumbar-fusion-revision` as a heading: `Lumbar fusion revision`."""
    words = family.replace("-", " ").replace("_", " ").replace(".", " ")
    return words[:1].upper() + words[1:]


def short_name(criteria_set: CriteriaSet) -> str:
    """Publisher and number, short enough for a list: `Aetna CPB 0743`, `Medicare (CMS) L39741 +4`."""
    publisher = criteria_set.publisher.removesuffix(_REPORTED).partition(",")[0].strip()
    first, _, more = criteria_set.document_number.partition(", ")
    number = criteria_set.document_number
    if more and len(number) > _MOST_OF_A_NUMBER:
        number = f"{first} +{more.count(', ') + 1}"
    return " ".join(part for part in (publisher, number) if part) or criteria_set.id


def proofs_of(criteria_set: CriteriaSet) -> dict[str, int]:
    """How many criteria rest on each kind of proof, the best first."""
    counted = Counter(criterion.source.proof for criterion in criteria_set.criteria())
    return {tag: counted[tag] for tag in PROOFS if tag in counted}


def proof_word(criteria_set: CriteriaSet) -> str:
    """How the set was read, in two words; where its parts differ, whether any of it is only reported."""
    tags = proofs_of(criteria_set)
    if len(tags) == 1:
        return PROOFS[next(iter(tags))]
    return MIXED if "S" in tags else "Partly old text" if "O" in tags else "Partly typed"


def proof_sentence(criteria_set: CriteriaSet) -> str:
    """How the set was read, with the number of criteria where that differs from one to another."""
    tags = proofs_of(criteria_set)
    if len(tags) == 1:
        return f"{PROOF_SENTENCES[next(iter(tags))]}."
    told = "; ".join(f"{count}: {PROOF_SENTENCES[tag].lower()}" for tag, count in tags.items())
    return f"Differs by criterion. {told}."


def not_in_force(criteria_set: CriteriaSet, today: date, sets: Sequence[CriteriaSet]) -> str:
    """Why a set is not the edition of its document for today, in a few words; empty when it is."""
    if any(item.id == criteria_set.id for item in in_force(editions_of(criteria_set, sets), today)):
        return ""
    begins, ends = criteria_set.effective_from, criteria_set.effective_to
    if begins is not None and begins > today:
        return f"In force from {begins}"
    if ends is not None and ends < today:
        return f"Ended {ends}"
    later = next((item for item in sets if item.supersedes == criteria_set.id), None)
    if later is not None and later.effective_from is not None:
        return f"Superseded on {later.effective_from}"
    return "Superseded" if later is not None else "A later edition is in force"


def period(criteria_set: CriteriaSet) -> str:
    """From when to when an edition is in force, as it says itself."""
    begins, ends = criteria_set.effective_from, criteria_set.effective_to
    if begins and ends:
        return f"{begins} to {ends}"
    if begins:
        return f"from {begins}"
    return f"until {ends}" if ends else "the document states no dates"


def rule_words(group: Group) -> str:
    """How a group combines what stands under it."""
    match group.kind:
        case "all":
            return "ALL OF THESE"
        case "any":
            return "ANY ONE OF THESE"
        case "at_least":
            return f"AT LEAST {group.count} OF THESE"
        case "not":
            return "THIS MUST NOT HOLD"
        case "unless":
            return "UNLESS"


def threshold_words(criterion: Criterion) -> str:
    """The value asked for in typographic signs, empty without one: `≥ 12 months`."""
    threshold = criterion.threshold
    if threshold is None:
        return ""
    sign = _SIGNS.get(threshold.comparison.value, threshold.comparison.value)
    return f"{sign} {threshold.value} {threshold.unit}"


def limits_of(criterion: Criterion) -> tuple[str, ...]:
    """What bounds a criterion: its value, its time window, and how often it is asked."""
    window = f"within {criterion.within.caption} of the service" if criterion.within else ""
    found = (threshold_words(criterion), window, _PER[criterion.per])
    return tuple(words for words in found if words)


def measure_words(measure: Measure) -> str:
    """The recorded value that can answer a criterion: `duration or visits of physical therapy`, `BMI`."""
    name = measure.name
    match measure.kind:
        case MeasureKind.AGE:
            return "age of the member"
        case MeasureKind.TREATMENT:
            kinds = {kind.value: kind.label for kind in TreatmentKind}
            return "all conservative treatment" if name == "any" else _lower(kinds.get(name, name))
        case MeasureKind.SCORE:
            return f"score {name.upper()}"
        case MeasureKind.FACT:
            return next((kind.label for kind in FactKind if kind.value == name), name)
        case MeasureKind.MEASUREMENT:
            return f"measured {name}"
        case MeasureKind.SINCE_SURGERY:
            return "time since the last operation"
        case MeasureKind.IMAGING_AGE:
            return f"age of the newest {name.upper()}" if name else "age of the newest imaging study"


def counted(number: int, one: str, many: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{number} {one if number == 1 else many}"


def _lower(words: str) -> str:
    """With a small letter first, save for abbreviations."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
