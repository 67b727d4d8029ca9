"""The fields of sets, groups and criteria as words, in the spelling of criteria files; it must not compare them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from desktop.domain.criteria import CriteriaSet, Criterion, Group, Source


def head_fields(found: CriteriaSet) -> dict[str, str]:
    """What a set says of itself, by the keys of a criteria file, apart from its id and its criteria."""
    return {
        "family": found.family,
        "title": found.title,
        "publisher": found.publisher,
        "document_number": found.document_number,
        "edition": found.edition,
        "effective_from": _day(found.effective_from),
        "effective_to": _day(found.effective_to),
        "retrieved_on": _day(found.retrieved_on),
        "review_by": _day(found.review_by),
        "address": found.address,
        "licence": found.licence.value,
        "customises": found.customises or "",
        "supersedes": found.supersedes or "",
        "terms": _listed(found.terms),
        "codes": _listed(found.codes),
        "diagnoses": _listed(found.diagnoses),
        "indications": "; ".join(found.indications),
        "covers": _words(found.covers),
        "notes": found.notes,
    }


def node_fields(node: Criterion | Group) -> dict[str, str]:
    """What a node says, by the keys of a criteria file, apart from its id; a group's rule is `rule`."""
    if isinstance(node, Group):
        return {"text": node.text, "rule": rule_words(node)}
    return {
        "text": node.text,
        "polarity": node.polarity.value,
        "per": node.per.value,
        "threshold": node.threshold.caption if node.threshold else "",
        "within": node.within.caption if node.within else "",
        "measure": node.measure.caption if node.measure else "",
        "evidence_types": _words(node.evidence_types),
        "concerns": node.concerns.value if node.concerns else "",
        "topic": node.topic or "",
        "source": _source(node.source),
        "closes_with": node.closes_with,
        "note": node.note,
    }


def rule_words(group: Group) -> str:
    """How a group combines what is under it: `all`, `at least 2`."""
    return f"at least {group.count}" if group.kind == "at_least" else group.kind


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _words(members: Iterable[Enum]) -> str:
    return _listed(str(member.value) for member in members)


def _source(source: Source) -> str:
    proof = f"proof {source.proof}"
    return "; ".join(part for part in (source.document, source.locator, proof, source.address) if part)
