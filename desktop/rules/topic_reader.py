"""Reads one argument topic from YAML, with every mistake named by line; it must not judge how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from desktop.domain.letter import CITATION
from desktop.domain.topic import (
    ClaimSource,
    Counter,
    SpineRegion,
    Topic,
    TopicClaim,
    TopicKind,
    TopicSection,
)
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import CriteriaFileError, Problems
from desktop.rules.topic_conditions import ConditionReader
from desktop.rules.topic_known import Known
from desktop.rules.topic_schema import (
    CLAIM_FIELDS,
    COUNTER_FIELDS,
    REQUIRED_CLAIM_FIELDS,
    REQUIRED_COUNTER_FIELDS,
    REQUIRED_TOPIC_FIELDS,
    SOURCE_PATTERN,
    TOPIC_FIELDS,
)
from desktop.rules.yaml_nodes import ListNode, MapNode, parse_yaml

_SOURCE = re.compile(SOURCE_PATTERN)
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class ReadTopic:
    """A topic as read, with the line of each claim and of each key, and the file's name."""

    topic: Topic
    origin: str
    claim_lines: Mapping[str, int]
    key_lines: Mapping[str, int]


def read_topic(yaml_text: str, origin: str, known: Known) -> ReadTopic:
    """The topic in a YAML text. Raises CriteriaFileError with every mistake, each with its line."""
    node = parse_yaml(yaml_text, origin)
    problems = Problems()
    if not isinstance(node, MapNode):
        problems.add(
            node.line, "The file is not an argument topic.", "Begin with `id:`, `title:` and `claims:`."
        )
        raise CriteriaFileError(origin, problems.found)
    reader = _TopicReader(FieldReader(node, problems), known)
    topic = reader.topic()
    problems.raise_if_any(origin)
    return ReadTopic(topic, origin, reader.claim_lines, dict(node.key_lines))


class _TopicReader:
    """One file being read."""

    def __init__(self, fields: FieldReader, known: Known) -> None:
        self._fields = fields
        self._problems = fields.problems
        self._known = known
        self.claim_lines: dict[str, int] = {}

    def topic(self) -> Topic:
        fields = self._fields
        fields.refuse_unknown(TOPIC_FIELDS, "a topic")
        fields.require(REQUIRED_TOPIC_FIELDS, "the topic")
        families, codes = self._families(), self._codes()
        conditions = ConditionReader(self._problems, self._known.scope(families, codes))
        region = fields.text("region")
        return Topic(
            id=fields.identifier("id", "unnamed"),
            title=fields.text("title"),
            kind=fields.word("kind", TopicKind, TopicKind.CLINICAL),
            families=families,
            codes=codes,
            region=fields.as_word("region", region, SpineRegion, fields.line("region")) if region else None,
            subjects=self._subjects(),
            notes=fields.text("notes"),
            claims=self._claims(conditions),
        )

    def _families(self) -> tuple[str, ...]:
        named = self._fields.texts("families")
        for text, line in named:
            if text not in self._known.codes_of:
                self._unknown(
                    line, f"`{text}` is no family of the criteria library.", text, self._known.codes_of
                )
        is_process = self._fields.text("kind") == TopicKind.PROCESS.value
        if not named and not self._fields.texts("codes") and not is_process:
            self._problems.add(
                self._fields.node.line,
                "The topic names neither families nor codes, so it would never be offered.",
                "Add `families: [...]`, or `codes: [...]`.",
            )
        return tuple(text for text, _ in named)

    def _codes(self) -> tuple[str, ...]:
        return self._fields.plain_texts("codes")

    def _subjects(self) -> tuple[str, ...]:
        subjects = {subject for item in self._known.references.values() for subject in item.subjects}
        for text, line in self._fields.texts("subjects"):
            if text not in subjects:
                self._unknown(line, f"`{text}` is no subject of the reference library.", text, subjects)
        return self._fields.plain_texts("subjects")

    def _claims(self, conditions: ConditionReader) -> tuple[TopicClaim, ...]:
        node = self._fields.value("claims")
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self._problems.add(node.line, "`claims` must be a list.", "Write each claim as `- id: ...`.")
            return ()
        claims: list[TopicClaim] = []
        for item in node.items:
            if not isinstance(item, MapNode):
                self._problems.add(
                    item.line, "A claim is a mapping.", "Write `- id: ...` and its other keys."
                )
                continue
            claim = self._claim(FieldReader(item, self._problems), conditions)
            if claim is None:
                continue
            if (first := self.claim_lines.get(claim.id)) is not None:
                self._problems.add(
                    item.line,
                    f"The claim id `{claim.id}` stands twice; the first is on line {first}.",
                    "Give each claim an id of its own.",
                )
            self.claim_lines.setdefault(claim.id, item.line)
            claims.append(claim)
        return tuple(claims)

    def _claim(self, fields: FieldReader, conditions: ConditionReader) -> TopicClaim | None:
        fields.refuse_unknown(CLAIM_FIELDS, "a claim")
        fields.require(REQUIRED_CLAIM_FIELDS, "the claim")
        text, sources = self._words(fields, "text"), self._sources(fields, "references")
        self._refuse_wrong_marks(fields, "text", sources)
        section = fields.word("section", TopicSection, TopicSection.RATIONALE)
        when, counter = conditions.read(fields), self._counter(fields)
        if not text:
            return None
        return TopicClaim(
            id=fields.identifier("id", "unnamed"),
            section=section,
            text=text,
            sources=sources,
            when=when,
            counter=counter,
            is_for_letter=self._is_for_letter(fields),
        )

    def _is_for_letter(self, fields: FieldReader) -> bool:
        said = fields.text("letter") or "yes"
        if said not in _YES_OR_NO:
            self._problems.add(fields.line("letter"), f"`letter` is `{said}`.", "Write `yes` or `no`.")
        return _YES_OR_NO.get(said, True)

    def _counter(self, fields: FieldReader) -> Counter | None:
        node = fields.value("counter")
        if node is None:
            return None
        if not isinstance(node, MapNode):
            self._problems.add(
                node.line, "`counter` must be a mapping.", "Write `text:`, `references:`, `answer:`."
            )
            return None
        inner = FieldReader(node, self._problems)
        inner.refuse_unknown(COUNTER_FIELDS, "a counter")
        inner.require(REQUIRED_COUNTER_FIELDS, "the counter")
        text, answer = self._words(inner, "text"), self._words(inner, "answer")
        sources = self._sources(inner, "references")
        answer_sources = self._sources(inner, "answer_references")
        self._refuse_wrong_marks(inner, "text", sources)
        self._refuse_wrong_marks(inner, "answer", answer_sources)
        if not text or not answer:
            return None
        return Counter(text=text, sources=sources, answer=answer, answer_sources=answer_sources)

    def _words(self, fields: FieldReader, key: str) -> str:
        return " ".join(fields.text(key).split()).replace(" [@", "[@")

    def _refuse_wrong_marks(self, fields: FieldReader, key: str, sources: tuple[ClaimSource, ...]) -> None:
        """A text marks none of its sources (the marks then follow it), or each of them and no other."""
        marked = set(CITATION.findall(fields.text(key)))
        named = {source.reference_id for source in sources}
        for item in sorted(marked - named):
            self._problems.add(
                fields.line(key),
                f"`{key}` cites `{item}`, which is not among its references.",
                "Name it there.",
            )
        for item in sorted(named - marked) if marked else ():
            self._problems.add(
                fields.line(key),
                f"`{key}` cites other references, but not `{item}`.",
                f"Write [@{item}] as well.",
            )

    def _sources(self, fields: FieldReader, key: str) -> tuple[ClaimSource, ...]:
        found: dict[ClaimSource, None] = {}
        for text, line in fields.texts(key):
            source = self._source(text, line)
            if source is None:
                continue
            if source in found:
                self._problems.add(line, f"`{text}` is named twice.", "Name it once.")
            found[source] = None
        return tuple(found)

    def _source(self, text: str, line: int) -> ClaimSource | None:
        if not _SOURCE.match(text):
            self._problems.add(
                line,
                f"`{text}` does not name a claim.",
                "Write the reference's id, a slash and the claim's id.",
            )
            return None
        reference_id, claim_id = text.split("/")
        reference = self._known.references.get(reference_id)
        if reference is None:
            what = f"There is no reference `{reference_id}` in the library."
            self._unknown(line, what, reference_id, self._known.references)
            return None
        if not reference.may_be_cited and not self._known.takes_doubtful:
            why = reference.standing.value if reference.is_verified else "not verified"
            self._problems.add(
                line, f"The reference `{reference_id}` is {why} and may not be cited.", "Name another source."
            )
            return None
        if (reference_id, claim_id) not in self._known.claims:
            there = [claim for owner, claim in self._known.claims if owner == reference_id]
            what = f"The reference `{reference_id}` has no claim `{claim_id}`."
            self._unknown(line, what, claim_id, there)
            return None
        return ClaimSource(reference_id=reference_id, claim_id=claim_id)

    def _unknown(self, line: int, what: str, text: str, names: Iterable[str]) -> None:
        known = sorted(names)
        near = get_close_matches(text, known, n=1)
        fix = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(known[:20])}."
        self._problems.add(line, what, fix)
