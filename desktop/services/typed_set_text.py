"""A typed criteria set as YAML text and back, losing nothing: what the form cannot show is left to the text view."""

from __future__ import annotations

import re
from collections.abc import Collection

import yaml

from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass, Source
from desktop.rules.loader import load_set
from desktop.services.typed_sets import Rule, TypedGroup, TypedRow, TypedSet, with_ids

ORIGIN = "typed set"

_BREAKS_UNLIKE_OURS = re.compile("[\x85\u2028\u2029]")
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")

Plain = dict[str, object]


class _Dumper(yaml.SafeDumper):
    """Quotes with escapes what another YAML reader would take for a line feed."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (the base class names it)
        """Never write an alias: the loader refuses them."""
        return True


def _text_node(_dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKS_UNLIKE_OURS.search(text) else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text_node)


def to_yaml(typed: TypedSet, taken: Collection[str] = ()) -> str:
    """The text that is stored. Missing ids are made up, `taken` being the ids of other sets."""
    whole = with_ids(typed, taken)
    plain = _head(whole)
    plain["criteria"] = _group(whole.rule, whole.count, whole.root_id, whole.root_text, _entries(whole))
    text = yaml.dump(
        plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10**9
    )
    return whole.preamble + text


def from_yaml(text: str) -> TypedSet | None:
    """The set in a text as the form shows it; None when the form would lose some of it. Raises CriteriaFileError."""
    criteria_set = load_set(text, ORIGIN)
    found = _PREAMBLE.match(text)
    preamble = found.group() if found and "#" in found.group() else ""
    typed = _typed(criteria_set, preamble)
    if typed is None:
        return None
    again = to_yaml(typed)
    if again == text:
        return typed
    if _has_comment(text[len(preamble) :]) or _bare(load_set(again, ORIGIN)) != _bare(criteria_set):
        return None
    return typed


def _has_comment(text: str) -> bool:
    """Whether a comment stands in the text: a `#` outside the words, or behind the mark that begins a block of them."""
    outside: list[str] = []
    at = 0
    try:
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return (
            True  # the loader's own parser takes a character or two that this one does not: nothing is risked
        )
    for token in tokens:
        if isinstance(token, yaml.ScalarToken):
            outside.append(text[at : token.start_mark.index])
            at = token.end_mark.index
            if token.style in {"|", ">"}:
                outside.append(text[token.start_mark.index : at].partition("\n")[0])
    return "#" in "".join((*outside, text[at:]))


def _bare(criteria_set: CriteriaSet) -> CriteriaSet:
    return criteria_set.model_copy(update={"content_hash": ""})


# ------------------------------------------------------------------------------------------------- to text


def _head(typed: TypedSet) -> Plain:
    fields: Plain = {
        "id": typed.id,
        "family": typed.family,
        "title": typed.title,
        "publisher": typed.publisher,
        "document_number": typed.document_number,
        "edition": typed.edition,
        "effective_from": typed.effective_from and typed.effective_from.isoformat(),
        "effective_to": typed.effective_to and typed.effective_to.isoformat(),
        "retrieved_on": typed.retrieved_on and typed.retrieved_on.isoformat(),
        "review_by": typed.review_by and typed.review_by.isoformat(),
        "address": typed.address,
        "licence": typed.licence.value,
        "codes": [code.strip() for code in typed.codes],
        "diagnoses": [code.strip() for code in typed.diagnoses],
        "indications": [text.strip() for text in typed.indications],
        "covers": [finding.value for finding in typed.covers],
        "notes": typed.notes,
    }
    # What is required stands there even when it is empty, so that a message about it has its line.
    kept = _filled(fields, always=("title", "publisher", "edition"))
    if typed.licence is not LicenceClass.USER:
        # Only a user's own set may leave its source out; here the typed document is named once for all rows.
        kept["sources"] = {"typed": {"document": typed.title.strip(), "proof": "U"}}
    return kept


def _filled(fields: Plain, always: Collection[str] = ()) -> Plain:
    """What is there, trimmed as the loader trims it: a text that was written so reads back as the same text."""
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in trimmed.items() if value or name in always}


def _entries(typed: TypedSet) -> list[Plain]:
    made: list[Plain] = []
    for entry in typed.entries:
        if isinstance(entry, TypedGroup):
            rows = [_row(row, typed) for row in entry.rows]
            made.append(_group(entry.rule, entry.count, entry.id, entry.text, rows))
        else:
            made.append(_row(entry, typed))
    return made


def _group(rule: Rule, count: int, group_id: str, text: str, children: list[Plain]) -> Plain:
    head = _filled({"id": group_id, "text": text})
    if rule == "at_least":
        return head | {"at_least": count, "of": children}
    return head | {rule: children}


def _row(row: TypedRow, typed: TypedSet) -> Plain:
    fields: Plain = {
        "polarity": "" if row.polarity.value == "present" else row.polarity.value,
        "per": "" if row.per.value == "case" else row.per.value,
        "threshold": row.threshold.replace("≥", ">=").replace("≤", "<=").strip(),
        "evidence_types": [kind.value for kind in row.evidence_types],
        "within": row.within,
        "concerns": row.concerns,
        "topic": row.topic,
        "source": _source(row, typed),
        "closes_with": row.closes_with,
        "note": row.note,
    }
    return {"id": row.id, "text": row.text.strip()} | _filled(fields)


def _source(row: TypedRow, typed: TypedSet) -> Plain | None:
    if row.source is None and not row.locator.strip():
        return None
    source = row.source or Source(document=typed.title.strip(), proof="U")
    return _filled(
        {
            "document": source.document,
            "locator": row.locator,
            "proof": source.proof,
            "address": source.address,
        }
    )


# ----------------------------------------------------------------------------------------------- from text


def _typed(found: CriteriaSet, preamble: str) -> TypedSet | None:
    rule = _rule(found.root)
    entries = [_entry(child, found.title) for child in found.root.children]
    kept = [entry for entry in entries if entry is not None]
    if rule is None or len(kept) != len(entries):
        return None
    return TypedSet(
        title=found.title,
        publisher=found.publisher,
        document_number=found.document_number,
        edition=found.edition,
        licence=found.licence,
        codes=found.codes,
        indications=found.indications,
        covers=found.covers,
        notes=found.notes,
        rule=rule,
        count=found.root.count or 1,
        entries=tuple(kept),
        id=found.id,
        family=found.family,
        root_id=found.root.id,
        root_text=found.root.text,
        diagnoses=found.diagnoses,
        effective_from=found.effective_from,
        effective_to=found.effective_to,
        retrieved_on=found.retrieved_on,
        review_by=found.review_by,
        address=found.address,
        preamble=preamble,
    )


def _rule(group: Group) -> Rule | None:
    return None if group.kind == "not" or group.kind == "unless" else group.kind  # noqa: PLR1714 (narrows the type)


def _entry(node: Criterion | Group, title: str) -> TypedRow | TypedGroup | None:
    if isinstance(node, Criterion):
        return _typed_row(node, title)
    rule = _rule(node)
    rows = [_typed_row(child, title) for child in node.children if isinstance(child, Criterion)]
    if rule is None or len(rows) != len(node.children):
        return None
    return TypedGroup(text=node.text, rule=rule, count=node.count or 1, rows=tuple(rows), id=node.id)


def _typed_row(leaf: Criterion, title: str) -> TypedRow:
    source = leaf.source.model_copy(update={"locator": ""})
    return TypedRow(
        text=leaf.text,
        polarity=leaf.polarity,
        per=leaf.per,
        threshold=leaf.threshold.caption if leaf.threshold else "",
        evidence_types=leaf.evidence_types,
        within=leaf.within.caption if leaf.within else "",
        closes_with=leaf.closes_with,
        note=leaf.note,
        locator=leaf.source.locator,
        id=leaf.id,
        concerns=str(leaf.concerns.value) if leaf.concerns else "",
        topic=leaf.topic or "",
        source=None if source == Source(document=title, proof="U") else source,
    )
