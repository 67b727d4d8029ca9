"""The YAML form of an argument topic: its keys, what each means, and the JSON schema generated from both.

The reader takes its lists of known keys from here, so that schema and reader cannot drift apart. It reads no files.
"""

from __future__ import annotations

import json

from desktop.domain.clinical import Assertion, FactKind, FindingKind
from desktop.domain.denial import DenialCategory
from desktop.domain.member import LineOfBusiness
from desktop.domain.topic import SpineRegion, TopicKind, TopicSection
from desktop.domain.truth import Truth
from desktop.rules.schema import ID_PATTERN, Json, values_of

SOURCE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}/[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$"
USABLE_FINDINGS = tuple(word for word in values_of(FindingKind) if word != FindingKind.OTHER.value)
USABLE_FACTS = tuple(word for word in values_of(FactKind) if word != FactKind.OTHER.value)
"""`other` says nothing that a claim could rest on."""


def _text(description: str, **more: object) -> Json:
    return {"type": "string", "description": description, **more}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description, "minItems": 1}


def _words(words: tuple[str, ...]) -> Json:
    return {"enum": list(words)}


_SOURCES: Json = {"type": "string", "pattern": SOURCE_PATTERN}

CONDITION_FIELDS: dict[str, Json] = {
    "findings": _list(
        {
            "oneOf": [
                _words(USABLE_FINDINGS),
                {
                    "type": "object",
                    "properties": {word: _words(values_of(Assertion)) for word in USABLE_FINDINGS},
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ]
        },
        "A report affirms one of these where the service is asked for; `nonunion: negated` means it denies it.",
    ),
    "facts": _list(_words(USABLE_FACTS), "One of these facts is recorded."),
    "codes": _list(_text("A code of the topic."), "The line has one of these codes."),
    "families": _list(
        _text("A family of the topic.", pattern=ID_PATTERN), "The line is held against one of these families."
    ),
    "criteria": _list(
        {
            "type": "object",
            "additionalProperties": _words(values_of(Truth)),
            "minProperties": 1,
            "maxProperties": 1,
        },
        "A criterion about this topic came out so: `nonunion-on-imaging: true`.",
    ),
    "plans": _list(_words(values_of(LineOfBusiness)), "The plan is one of these lines of business."),
    "denials": _list(
        _words(values_of(DenialCategory)), "A stated reason of the denial is of one of these kinds."
    ),
}

COUNTER_FIELDS: dict[str, Json] = {
    "text": _text("What a plan will raise, in our own words.", minLength=1),
    "references": _list(_SOURCES, "The claims of the library that state it."),
    "answer": _text("The answer; it holds for every case that the claim is offered for.", minLength=1),
    "answer_references": _list(_SOURCES, "The claims of the library that the answer rests on, if any."),
}
REQUIRED_COUNTER_FIELDS = ("text", "references", "answer")

CLAIM_FIELDS: dict[str, Json] = {
    "id": _text("Unique in the topic; lower case words joined by hyphens.", pattern=ID_PATTERN),
    "section": {
        "enum": list(values_of(TopicSection)),
        "description": "The part of an opinion it belongs to.",
    },
    "text": _text("The claim in our own words; every figure stands in a claim it points at.", minLength=1),
    "references": _list(_SOURCES, "Claims of the library: reference id, slash, claim id."),
    "when": {
        "description": "Conditions on one service line. Every key must hold, one value of a key is enough; "
        "of a list of mappings every one must hold.",
        "oneOf": [
            {"$ref": "#/$defs/condition"},
            {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1},
        ],
    },
    "letter": {
        "enum": ["yes", "no", True, False],
        "description": "`no`: told in an opinion only, not in a letter; `yes` when left out.",
    },
    "counter": {
        "type": "object",
        "description": "What a plan will raise against it, and the answer.",
        "properties": COUNTER_FIELDS,
        "required": list(REQUIRED_COUNTER_FIELDS),
        "additionalProperties": False,
    },
}
REQUIRED_CLAIM_FIELDS = ("id", "section", "text", "references")

TOPIC_FIELDS: dict[str, Json] = {
    "id": _text("The topic's id; the file has the same name.", pattern=ID_PATTERN),
    "title": _text("The title a reviewer reads.", minLength=1),
    "kind": {"enum": list(values_of(TopicKind)), "description": "`clinical` when left out."},
    "families": _list(
        _text("A family.", pattern=ID_PATTERN), "Criteria families whose lines the topic is for."
    ),
    "codes": _list(
        _text("A code."), "Codes that it is for whatever the line is held against; no descriptors."
    ),
    "region": {
        "enum": list(values_of(SpineRegion)),
        "description": "Levels it is limited to, where the codes do not say it; a line without one is left out.",
    },
    "subjects": _list(
        _text("A subject."), "Subjects of the reference library whose literature the topic answers for."
    ),
    "notes": _text("What a reviewer must know: which sections are empty, and why."),
    "claims": _list({"$ref": "#/$defs/claim"}, "The claims, in the order to argue in."),
}
REQUIRED_TOPIC_FIELDS = ("id", "title", "claims")


def topic_json_schema() -> Json:
    """The JSON schema of a topic file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Argument topic",
        "type": "object",
        "properties": TOPIC_FIELDS,
        "required": list(REQUIRED_TOPIC_FIELDS),
        "anyOf": [{"required": ["families"]}, {"required": ["codes"]}],
        "additionalProperties": False,
        "$defs": {
            "claim": {
                "type": "object",
                "properties": CLAIM_FIELDS,
                "required": list(REQUIRED_CLAIM_FIELDS),
                "additionalProperties": False,
            },
            "condition": {
                "type": "object",
                "properties": CONDITION_FIELDS,
                "minProperties": 1,
                "additionalProperties": False,
            },
        },
    }


def topic_schema_text() -> str:
    """The schema as `resources/schema/topic.schema.json` holds it."""
    return json.dumps(topic_json_schema(), indent=2, ensure_ascii=False) + "\n"
