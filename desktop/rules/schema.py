"""The YAML form of a criteria set: its keys, what each means, and the JSON schema generated from both.

The loader takes its list of known keys from here, so that schema and loader cannot drift apart. It must not read files.
"""

from __future__ import annotations

import json
from enum import Enum

from desktop.domain.clinical import FactKind, FindingKind, TreatmentKind
from desktop.domain.criteria import Comparison, LicenceClass, MeasureKind, Polarity, Scope
from desktop.domain.document import DocumentKind
from desktop.rules.units import REST_OF_A_NUMBER

Json = dict[str, object]

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WINDOW_PATTERN = r"^([0-9]{1,4}) (day|week|month|year)s?$"
THRESHOLD_PATTERN = rf"^(>=|>|<=|<) *-?[0-9]+(\.[0-9]+)? *(?!{REST_OF_A_NUMBER})\S.*$"
PROOF_TAGS: dict[str, str] = {
    "T": "the document's own text was read",
    "O": "an old text was read; it says how that year's text read",
    "S": "reported: a third party's summary was read",
    "H": "only number, title and dates were read",
    "U": "typed in by the user",
}
GROUP_KEYS = ("all", "any", "at_least", "not")
UNLESS = "unless"
ANY_TREATMENT = "any"
MAX_CRITERIA = 2_000


def values_of(kind: type[Enum]) -> tuple[str, ...]:
    """The words of an enumeration as they stand in YAML."""
    return tuple(str(member.value) for member in kind)


MEASURE_NAMES: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.AGE: (),
    MeasureKind.TREATMENT: (ANY_TREATMENT, *values_of(TreatmentKind)),
    MeasureKind.SCORE: (),
    MeasureKind.FACT: tuple(word for word in values_of(FactKind) if word != FactKind.OTHER.value),
    MeasureKind.MEASUREMENT: (),
    MeasureKind.SINCE_SURGERY: (),
    MeasureKind.IMAGING_AGE: (),
}
"""The names that a measure may have, where the list is closed."""
NAMED_MEASURES = (MeasureKind.TREATMENT, MeasureKind.SCORE, MeasureKind.FACT, MeasureKind.MEASUREMENT)
"""The measures that say nothing without a name."""
UNNAMED_MEASURES = (MeasureKind.AGE, MeasureKind.SINCE_SURGERY)
"""The measures that take none."""
MEASURE_PATTERN = (
    r"^(age|since_surgery|imaging_age(\..+)?|(score|measurement)\..+"
    rf"|treatment\.({'|'.join(MEASURE_NAMES[MeasureKind.TREATMENT])})"
    rf"|fact\.({'|'.join(MEASURE_NAMES[MeasureKind.FACT])}))$"
)


def _text(description: str, **more: object) -> Json:
    return {"type": "string", "description": description, **more}


def _identifier(description: str) -> Json:
    return _text(description, pattern=ID_PATTERN)


def _date(description: str) -> Json:
    return _text(description, pattern=DATE_PATTERN)


def _one_of(words: tuple[str, ...], description: str) -> Json:
    return {"enum": list(words), "description": description}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description}


SOURCE_FIELDS: dict[str, Json] = {
    "use": _identifier("Key of an entry under `sources` that fills what is not given here."),
    "document": _text("The document the rule was read in."),
    "locator": _text("The place in it: section, limb, page."),
    "proof": _one_of(tuple(PROOF_TAGS), "; ".join(f"{tag}: {words}" for tag, words in PROOF_TAGS.items())),
    "address": _text("Where it can be found."),
}

THRESHOLD_FIELDS: dict[str, Json] = {
    "comparison": _one_of(values_of(Comparison), "How the value is held against the number."),
    "value": {"type": ["number", "string"], "description": "The number."},
    "unit": _text("Its unit; a value in another unit is never converted."),
}

UNLESS_FIELD: Json = _list(
    {"$ref": "#/$defs/node"},
    "Exceptions: criteria or groups, each with its source. One that holds waives the rule beside it.",
)

CRITERION_FIELDS: dict[str, Json] = {
    "id": _identifier("Unique in the set; lower case words joined by hyphens."),
    "text": _text(
        "The criterion as the reviewer reads it: one sentence, no full stop at the end.", minLength=1
    ),
    "polarity": _one_of(values_of(Polarity), "`absent`: the thing that the text names must not be there."),
    "per": _one_of(values_of(Scope), "How often it is asked; `case` when left out."),
    "threshold": {
        "description": "The values that meet the criterion as written: `>= 4 mm`, or as a mapping.",
        "oneOf": [
            {"type": "string", "pattern": THRESHOLD_PATTERN},
            {
                "type": "object",
                "properties": THRESHOLD_FIELDS,
                "required": ["comparison", "value", "unit"],
                "additionalProperties": False,
            },
        ],
    },
    "evidence_types": _list(
        _one_of(values_of(DocumentKind), "A kind of document."), "Only these kinds prove it; left out: any."
    ),
    "within": _text(
        "How old what proves it may be on the day of the service: `6 weeks`, `12 months`.",
        pattern=WINDOW_PATTERN,
    ),
    "within_months": {
        "type": "integer",
        "minimum": 1,
        "maximum": 600,
        "description": "The older spelling of `within` in months.",
    },
    "measure": _text(
        "The recorded value that can answer it, only beside a threshold: `age`, `treatment.physical_therapy`, "
        "`score.odi`, `fact.bmi`, `measurement.translation`, `since_surgery`, `imaging_age.ct`.",
        pattern=MEASURE_PATTERN,
    ),
    "concerns": _one_of(
        (*values_of(FindingKind), *(word for word in values_of(FactKind) if word != "other")),
        "The finding or fact it speaks of.",
    ),
    "topic": _identifier("A name shared by criteria of several sets about the same question."),
    "source": {
        "description": "Where it was read: a key of `sources`, or a mapping. The set's first source when left out.",
        "oneOf": [
            {"type": "string", "pattern": ID_PATTERN},
            {"type": "object", "properties": SOURCE_FIELDS, "additionalProperties": False},
        ],
    },
    "closes_with": _text("The document that would close it when it is open."),
    "note": _text("Anything else that a reviewer should know."),
    UNLESS: UNLESS_FIELD,
}

GROUP_FIELDS: dict[str, Json] = {
    "id": _identifier("Unique in the set; made from the kind and a number when left out."),
    "text": _text("What the group stands for, for example the name of a limb."),
    "all": _list({"$ref": "#/$defs/node"}, "Every child must be true."),
    "any": _list({"$ref": "#/$defs/node"}, "One true child is enough."),
    "at_least": {
        "type": "integer",
        "minimum": 1,
        "description": "How many children under `of` must be true.",
    },
    "of": _list({"$ref": "#/$defs/node"}, "The children that `at_least` counts."),
    "not": {"$ref": "#/$defs/node", "description": "The child must be false."},
    UNLESS: UNLESS_FIELD,
}

SET_FIELDS: dict[str, Json] = {
    "id": _identifier("The set's id; the folder has the same name."),
    "family": _identifier("What editions and publishers of the same subject share."),
    "title": _text("The title a reviewer reads.", minLength=1),
    "publisher": _text("Who publishes the rules.", minLength=1),
    "document_number": _text("The publisher's number."),
    "edition": _text("Edition or revision, in words.", minLength=1),
    "effective_from": _date("First day on which the edition applies."),
    "effective_to": _date("Last day on which it applies."),
    "retrieved_on": _date("When the facts were compiled from the source."),
    "review_by": _date("When the set must be compared with its source again."),
    "address": _text("Where the source can be found."),
    "licence": _one_of(values_of(LicenceClass), "Whether the words may leave the workstation."),
    "customises": _identifier("The id of the set of which this is a payer's customization."),
    "supersedes": _identifier("The id of the earlier edition that this one takes the place of."),
    "terms": _list(
        _text("A word or phrase."), "Words by which a request names the service, abbreviations included."
    ),
    "codes": _list(_text("A procedure code."), "Codes the set may be reviewed for; no descriptors."),
    "diagnoses": _list(_text("An ICD-10-CM code."), "Diagnoses the source names."),
    "indications": _list(_text("An indication."), "What the set says it covers, in words."),
    "covers": _list(
        _one_of(values_of(FindingKind), "A finding."),
        "The findings its indications speak of; a case that has only others is one the set is silent on.",
    ),
    "notes": _text("What a reviewer must know before using the set."),
    "sources": {
        "type": "object",
        "description": "Sources by a short key, so that criteria can name them.",
        "additionalProperties": {
            "type": "object",
            "properties": {name: shape for name, shape in SOURCE_FIELDS.items() if name != "use"},
            "additionalProperties": False,
        },
    },
    "criteria": {"$ref": "#/$defs/group", "description": "The tree."},
}

REQUIRED_SET_FIELDS = ("id", "family", "title", "publisher", "edition", "licence", "criteria")


def json_schema() -> Json:
    """The JSON schema of a criteria file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Criteria set",
        "type": "object",
        "properties": SET_FIELDS,
        "required": list(REQUIRED_SET_FIELDS),
        "additionalProperties": False,
        "$defs": {
            "node": {"oneOf": [{"$ref": "#/$defs/criterion"}, {"$ref": "#/$defs/group"}]},
            "criterion": {
                "type": "object",
                "properties": CRITERION_FIELDS,
                "required": ["id", "text"],
                "additionalProperties": False,
            },
            "group": {
                "type": "object",
                "properties": GROUP_FIELDS,
                "oneOf": [{"required": [key]} for key in GROUP_KEYS],
                "dependentRequired": {"at_least": ["of"], "of": ["at_least"]},
                "additionalProperties": False,
            },
        },
    }


def schema_text() -> str:
    """The schema as the file under `criteria/schema` holds it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
