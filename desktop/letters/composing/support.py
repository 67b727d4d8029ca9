"""The literature that bears on what the imaging shows, chosen by conditions on the record.

Every sentence of the literature comes from the argument topics, whose figures are those of the verified library; what
limits the argument is stated beside it, with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.clinical import Assertion, FactKind
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.topic import ClaimSource, TopicKind, TopicSection
from desktop.domain.topic_offer import Asked, OfferedClaim, topics_for
from desktop.domain.vertebra import level_order
from desktop.letters.composing.exceptions_argument import is_chosen
from desktop.letters.composing.exceptions_coding import coding_paragraphs, is_coding_told
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, citing, form, record
from desktop.letters.wording import lowered, where

__all__ = ["LETTER_SECTIONS", "MOST_CLAIMS", "coding_paragraphs", "has_support", "support"]

MOST_CLAIMS = 2
"""Claims of one paragraph: a reader weighs two sources and skips five."""

LETTER_SECTIONS = tuple(section for section in TopicSection if section is not TopicSection.PITFALLS)
"""Pitfalls are for the reviewer: the clinical opinion tells them."""

_LEADS = {
    TopicSection.RATIONALE: "On the grounds for this service",
    TopicSection.IMAGING: "On what imaging can show",
    TopicSection.CRITERIA_AND_JUDGEMENT: "On published criteria",
    TopicSection.APPROACH: "On the approach",
    TopicSection.OPTIMISATION: "On preparing for the operation",
    TopicSection.OUTCOMES: "On what can be expected",
    TopicSection.DELAY: "On waiting",
    TopicSection.ALTERNATIVES: "On the alternatives",
}

_SAID = {
    Assertion.AFFIRMED: "is reported",
    Assertion.NEGATED: "is reported to be absent",
    Assertion.UNCERTAIN: "is left open",
}


def has_support(inputs: LetterInputs) -> bool:
    """Whether the library holds anything that bears on this case."""
    return support(inputs) is not None


def support(inputs: LetterInputs) -> LetterBlock | None:
    """Guideline and literature sentences, each cited; None when no condition on the record is fulfilled."""
    paragraphs = list(_literature(inputs))
    if not is_coding_told(inputs):
        paragraphs.extend(coding_paragraphs(inputs))
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.SUPPORT),
        kind=BlockKind.SUPPORT,
        heading="Guidelines and literature",
        paragraphs=tuple(paragraphs),
    )


def _literature(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """A paragraph for each section and what of the record it rests on; the sections as in an opinion."""
    paragraphs: dict[tuple[TopicSection, str], list[OfferedClaim]] = {}
    for offer in _offered(inputs):
        paragraphs.setdefault((offer.claim.section, _ground(offer)), []).append(offer)
    said: set[ClaimSource] = set()
    for section in LETTER_SECTIONS:
        for (of, ground), offers in paragraphs.items():
            told = _worth_telling(inputs, offers, said) if of is section else []
            if told:
                yield _told(f"{_LEADS[section]}{ground}:", told)


def _offered(inputs: LetterInputs) -> Iterator[OfferedClaim]:
    """What the topics offer for the lines asked for, as far as every source may still be cited."""
    asked = [
        Asked(
            service_line_id=line.id,
            levels=inputs.granted_levels(line),
            sides=inputs.granted_sides(line),
        )
        for line in inputs.granted_lines
    ]
    offers = topics_for(inputs.case, inputs.reasons, inputs.topics, sets=inputs.sets, asked=asked)
    for offer in offers:
        is_meant = offer.topic_kind is TopicKind.CLINICAL and is_chosen(
            inputs, offer.key, default=offer.claim.is_for_letter
        )
        # Without what can be held against it, a claim would say more than the evidence does.
        if is_meant and _is_citable(inputs, offer.claim.all_sources):
            yield offer


def _is_citable(inputs: LetterInputs, sources: Iterable[ClaimSource]) -> bool:
    found = (inputs.references.get(source.reference_id) for source in sources)
    return all(reference is not None and reference.may_be_cited for reference in found)


def _worth_telling(
    inputs: LetterInputs, offers: list[OfferedClaim], said: set[ClaimSource]
) -> list[OfferedClaim]:
    """What the reviewer chose, then the first claims of which no source was told before: others would say it again."""
    told = [offer for offer in offers if offer.key in inputs.choices]
    for offer in told:
        said |= set(offer.claim.sources)
    for offer in sorted(offers, key=_closeness, reverse=True):
        most = 1 if offer.claim.section is TopicSection.OPTIMISATION else MOST_CLAIMS
        if len(told) < most and not said & set(offer.claim.sources):
            told.append(offer)
            said |= set(offer.claim.sources)
    return told


def _closeness(offer: OfferedClaim) -> int:
    """How much of the record a claim asks for: one that asks more is closer to the case."""
    return len(offer.findings) + len(offer.facts)


def _ground(offer: OfferedClaim) -> str:
    """`, since nonunion is reported at L5-S1`: the first thing of the record that the claim rests on, if any."""
    if offer.facts:
        return f", {_fact_name(offer.facts[0].kind)} being recorded under “Clinical history”"
    if not offer.findings:
        return ""
    first = offer.findings[0]
    place = where(sorted(first.levels, key=level_order), first.sides)
    return f", since {lowered(first.kind.label)} {_SAID[first.condition.assertion]} {place}".rstrip()


def _fact_name(kind: FactKind) -> str:
    label = kind.label
    return label if label[1:2].isupper() or label.startswith("Hb") else lowered(label)


def _told(lead: str, offers: list[OfferedClaim]) -> LetterParagraph:
    """The claims, what can be held against them with the answers, and where all of it comes from."""
    counters = [offer.claim.counter for offer in offers if offer.claim.counter is not None]
    parts = [lead, *(offer.claim.cited_text for offer in offers)]
    if counters:
        parts.extend(("What limits this:", *dict.fromkeys(counter.cited_text for counter in counters)))
        parts.extend(("In answer:", *dict.fromkeys(counter.cited_answer for counter in counters)))
    sources = [source for offer in offers for source in offer.claim.sources]
    sources += [source for item in counters for source in (*item.sources, *item.answer_sources)]
    grounds = [
        record(path, ground.kind.label)
        for offer in offers
        for ground in (*offer.findings, *offer.facts)
        for path in ground.paths
    ]
    topics = (form(f"topics.{offer.topic_id}.{offer.claim.id}") for offer in offers)
    return citing(" ".join(parts), *topics, *(cited(source.reference_id) for source in sources), *grounds)
