"""A draft as the YAML text that is stored, and a text as a draft again with what the form could not keep of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.loader import load_set
from desktop.rules.made_ids import slug, unique
from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, NodeDraft, filled, walk
from desktop.services.criteria_draft_ids import with_ids
from desktop.services.criteria_draft_reading import draft_of, settled

ORIGIN = "typed set"
OWN = "own"
"""The key of the set itself among its sources."""

_BREAKS_UNLIKE_OURS = re.compile("[\x85\u2028\u2029]")
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")

Plain = dict[str, object]
SourceWords = tuple[str, str, str]
"""Document, proof and address of a criterion's source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a draft. `losses` names in words what stands in the text and would not be in the form's."""

    draft: CriteriaDraft
    losses: tuple[str, ...] = ()


class _Dumper(yaml.SafeDumper):
    """Quotes with escapes what another YAML reader would take for a line feed."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (the base class names it)
        """Never write an alias: the loader refuses them."""
        return True


def _text_node(_dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKS_UNLIKE_OURS.search(text) else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text_node)


def to_yaml(draft: CriteriaDraft, taken: Collection[str] = ()) -> str:
    """The text that is stored. Missing ids are made up (`taken`: ids of other sets), blank nodes are left out."""
    whole = settled(with_ids(draft, taken))
    sources = _Sources(whole)
    plain = _head(whole) | sources.block
    plain["criteria"] = _node(whole.root, sources)
    return whole.preamble + dump(plain)


def dump(plain: object) -> str:
    """Plain values as YAML, one line a value, in the order given."""
    return yaml.dump(
        plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10**9
    )


def from_yaml(text: str) -> Reading:
    """The set in a text as a draft. Raises CriteriaFileError with every mistake by line."""
    criteria_set = load_set(text, ORIGIN)
    found = _PREAMBLE.match(text)
    preamble = found.group() if found and "#" in found.group() else ""
    draft = draft_of(criteria_set, preamble)
    losses = [f"Line {line}: the comment “{words}”" for line, words in comments(text, len(preamble))]
    again = to_yaml(draft)
    if again != text and _bare(load_set(again, ORIGIN)) != _bare(criteria_set):
        losses.append("Something of this set has no place in the form")
    return Reading(draft, tuple(losses))


def comments(text: str, after: int = 0) -> tuple[tuple[int, str], ...]:
    """Every comment behind a place in a text, with its line from 1: a `#` outside the words of the text."""
    found: list[tuple[int, str]] = []
    for start, end in _outside_words(text):
        for piece in re.finditer(r"#[^\n]*", text[start:end]):
            at = start + piece.start()
            if at >= after:
                whole = text[at:].partition("\n")[0]
                found.append((text.count("\n", 0, at) + 1, whole.strip()))
    return tuple(found)


def _outside_words(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if not isinstance(token, yaml.ScalarToken):
                continue
            yield at, token.start_mark.index
            at = token.end_mark.index
            if token.style in {"|", ">"}:
                # A comment may stand behind the mark that begins a block of words.
                begin = token.start_mark.index
                yield begin, begin + len(text[begin:at].partition("\n")[0])
        yield at, len(text)
    except yaml.YAMLError:
        # The loader's own parser takes a character or two that this one does not: what follows may hold a comment.
        yield at, len(text)


def _bare(criteria_set: CriteriaSet) -> CriteriaSet:
    return criteria_set.model_copy(update={"content_hash": ""})


# ------------------------------------------------------------------------------------------------- to text


def _head(draft: CriteriaDraft) -> Plain:
    fields: Plain = {
        "id": draft.id,
        "family": draft.family,
        "title": draft.title,
        "publisher": draft.publisher,
        "document_number": draft.document_number,
        "edition": draft.edition,
        "effective_from": draft.effective_from,
        "effective_to": draft.effective_to,
        "retrieved_on": draft.retrieved_on,
        "review_by": draft.review_by,
        "address": draft.address,
        "licence": draft.licence.value,
        "customises": draft.customises,
        "supersedes": draft.supersedes,
        "terms": list(filled(draft.terms)),
        "codes": list(filled(draft.codes)),
        "diagnoses": list(filled(draft.diagnoses)),
        "indications": list(filled(draft.indications)),
        "covers": [finding.value for finding in draft.covers],
        "notes": draft.notes,
    }
    # What is required stands there even when it is empty, so that a message about it has its line.
    return _filled(fields, always=("title", "publisher", "edition"))


def _filled(fields: Plain, always: Collection[str] = ()) -> Plain:
    """What is there, trimmed as the loader trims it: a text that was written so reads back as the same text."""
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in trimmed.items() if value or name in always}


def _node(node: NodeDraft, sources: _Sources) -> Plain:
    if isinstance(node, CriterionDraft):
        return _criterion(node, sources)
    children = [_node(child, sources) for child in node.children]
    if node.rule == "unless":
        return children[0] | {"unless": children[1:]}
    head = _filled({"id": node.id, "text": node.text})
    if node.rule == "at_least":
        return head | {"at_least": node.count, "of": children}
    if node.rule == "not" and len(children) == 1:
        return head | {"not": children[0]}
    return head | {node.rule: children}


def _criterion(node: CriterionDraft, sources: _Sources) -> Plain:
    fields: Plain = {
        "polarity": "" if node.polarity.value == "present" else node.polarity.value,
        "per": "" if node.per.value == "case" else node.per.value,
        "threshold": node.threshold.replace("≥", ">=").replace("≤", "<="),
        "measure": node.measure,
        "evidence_types": [kind.value for kind in node.evidence_types],
        "within": node.within,
        "concerns": node.concerns,
        "topic": node.topic,
        "source": sources.of(node),
        "closes_with": node.closes_with,
        "note": node.note,
    }
    return {"id": node.id, "text": node.text.strip()} | _filled(fields)


class _Sources:
    """Where the criteria were read, each document that several rest on written once."""

    def __init__(self, draft: CriteriaDraft) -> None:
        self._title = draft.title.strip()
        leaves = [node for node in walk(draft.root) if isinstance(node, CriterionDraft)]
        used = Counter(self._words(node) for node in leaves)
        own = (self._title, "U", "")
        shared = [words for words, times in used.items() if times > 1 and words != own]
        self._keys: dict[SourceWords, str] = {}
        # Only a user's own set may leave its source out, and only while no other stands at the head of the list.
        if own in used and (shared or draft.licence is not LicenceClass.USER):
            self._keys[own] = OWN
        taken = {OWN}
        for words in shared:
            self._keys[words] = unique(slug(words[0], "source", 32), taken)
        self.block: Plain = {}
        if self._keys:
            self.block["sources"] = {
                key: _filled({"document": document, "proof": proof, "address": address})
                for (document, proof, address), key in self._keys.items()
            }

    def of(self, node: CriterionDraft) -> object:
        """How a criterion says where it was read; nothing where that is understood."""
        words, locator = self._words(node), node.locator.strip()
        key = self._keys.get(words)
        if key is not None:
            if key == OWN and not locator:
                return None
            return {"use": key, "locator": locator} if locator else key
        document, proof, address = words
        if words == (self._title, "U", "") and not locator:
            return None
        return _filled({"document": document, "locator": locator, "proof": proof, "address": address})

    def _words(self, node: CriterionDraft) -> SourceWords:
        return node.document.strip() or self._title, node.proof or "U", node.address.strip()
