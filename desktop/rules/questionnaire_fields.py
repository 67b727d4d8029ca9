"""What a set, a group and a criterion say beyond FHIR, as extensions of ours, and those extensions read back.

It must not judge: what was read goes through the readers of criteria files, which know what may be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.criteria import CriteriaSet, Criterion, Group, Polarity, Scope, Source, Threshold
from desktop.rules.questionnaire_json import Json, Object, exact, inner, objects, words
from desktop.rules.questionnaire_terms import FORMAT, PREFIX, extension
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, YamlNode

_SOURCE = ("document", "locator", "proof", "address")
_ONE = ("polarity", "per", "threshold", "within", "measure", "concerns", "topic", "closes-with", "note")
"""Extensions of a criterion that stand once."""


def set_extensions(criteria_set: CriteriaSet) -> list[Json]:
    """The extensions of a questionnaire."""
    once = {
        "format": FORMAT,
        "id": criteria_set.id,
        "family": criteria_set.family,
        "document-number": criteria_set.document_number,
        "edition": criteria_set.edition,
        "licence": criteria_set.licence.value,
        "address": criteria_set.address,
        "review-by": str(criteria_set.review_by or ""),
        "customises": criteria_set.customises or "",
        "supersedes": criteria_set.supersedes or "",
        "content-hash": criteria_set.content_hash,
    }
    return [
        *_strings(once.items()),
        *_strings(("term", term) for term in criteria_set.terms),
        *_strings(("indication", indication) for indication in criteria_set.indications),
        *_strings(("covers", finding.value) for finding in criteria_set.covers),
    ]


def group_extensions(group: Group) -> list[Json]:
    """The extensions of a group's item: its rule, its number, and its name apart from the rule in words."""
    rule = extension("rule", "Code", group.kind)
    count = [extension("count", "PositiveInt", group.count)] if group.count is not None else []
    return [rule, *count, *_strings([("name", group.text)])]


def criterion_extensions(node: Criterion) -> list[Json]:
    """The extensions of a criterion's item."""
    once = {
        "polarity": "" if node.polarity is Polarity.PRESENT else node.polarity.value,
        "per": "" if node.per is Scope.CASE else node.per.value,
        "threshold": threshold_text(node.threshold) if node.threshold else "",
        "within": node.within.caption if node.within else "",
        "measure": node.measure.caption if node.measure else "",
        "concerns": str(node.concerns.value) if node.concerns else "",
        "topic": node.topic or "",
        "closes-with": node.closes_with,
        "note": node.note,
    }
    return [
        *_strings(once.items()),
        *_strings(("evidence-type", kind.value) for kind in node.evidence_types),
        _source(node.source),
    ]


def threshold_text(threshold: Threshold) -> str:
    """A threshold as criteria files write it, its number in plain digits."""
    return f"{threshold.comparison.value} {threshold.value:f} {threshold.unit}"


def _strings(pairs: Iterable[tuple[str, str]]) -> list[Json]:
    return [extension(name, "String", text) for name, text in pairs if text]


def _source(source: Source) -> Object:
    said = {
        "document": source.document,
        "locator": source.locator,
        "proof": source.proof,
        "address": source.address,
    }
    return {
        "url": f"{PREFIX}source",
        "extension": [{"url": name, "valueString": text} for name, text in said.items() if text],
    }


# ------------------------------------------------------------------------------------------------- reading


def own_values(item: Object, name: str) -> tuple[str, ...]:
    """What the extensions of ours with a name say, as texts."""
    found = (_value(entry) for entry in _own(item, name))
    return tuple(text for text in found if text)


def own_value(item: Object, name: str) -> str:
    """The first of them; empty when there is none."""
    return next(iter(own_values(item, name)), "")


def is_criterion_of_ours(item: Object) -> bool:
    """Whether this program wrote the item as a criterion."""
    return bool(_own(item, "source"))


def criterion_node(item: Object, identifier: str, text: str) -> MapNode:
    """The item as the mapping of a criteria file; nothing of it has been judged yet."""
    fields: dict[str, YamlNode] = {"id": text_node(identifier), "text": text_node(text)}
    for name in _ONE:
        said = own_value(item, name)
        if said:
            fields[name.replace("-", "_")] = text_node(said)
    kinds = own_values(item, "evidence-type")
    if kinds:
        fields["evidence_types"] = ListNode(1, [text_node(kind) for kind in kinds])
    for entry in _own(item, "source")[:1]:
        parts = {words(part.get("url")): _value(part) for part in objects(entry.get("extension"))}
        fields["source"] = map_node({name: text_node(parts[name]) for name in _SOURCE if parts.get(name)})
    return map_node(fields)


def text_node(text: str) -> TextNode:
    """A text as the reader of criteria files takes it."""
    return TextNode(1, text, is_empty=not text)


def map_node(fields: Mapping[str, YamlNode]) -> MapNode:
    """A mapping as the reader of criteria files takes it."""
    return MapNode(1, dict(fields), dict.fromkeys(fields, 1))


def _own(item: Object, name: str) -> list[Object]:
    return [entry for entry in objects(item.get("extension")) if entry.get("url") == f"{PREFIX}{name}"]


def _value(entry: Object) -> str:
    for key, value in entry.items():
        if key.startswith("value"):
            return exact(value) or words(value) or words(inner(value).get("code"))
    return ""
