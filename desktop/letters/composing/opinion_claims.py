"""The claims of the argument topics for a case, as far as their sources may be cited and nobody left them out."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import LetterParagraph
from desktop.domain.topic import ClaimSource, Counter, TopicKind, TopicSection, with_marks
from desktop.domain.topic_offer import Asked, OfferedClaim, topics_for
from desktop.letters.composing.exceptions_argument import is_chosen
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, record

LIMIT = "What limits this:"
ANSWER = "In answer:"
"""What leads to the objection, and to the answer, in the paragraph of a claim."""


def offered_claims(inputs: LetterInputs, kind: TopicKind = TopicKind.CLINICAL) -> tuple[OfferedClaim, ...]:
    """What the topics offer where lines are argued; a claim goes together with what can be held against it."""
    asked = [
        Asked(service_line_id=line.id, levels=inputs.levels_argued(line), sides=inputs.sides_argued(line))
        for line in inputs.argued_lines
    ]
    offers = topics_for(inputs.case, inputs.reasons, inputs.topics, sets=inputs.sets, asked=asked)
    return tuple(
        offer
        for offer in offers
        if offer.topic_kind is kind and is_chosen(inputs, offer.key) and _is_citable(inputs, offer)
    )


def claims_told(offers: tuple[OfferedClaim, ...], section: TopicSection) -> Iterator[LetterParagraph]:
    """A paragraph for each claim of a section: the claim, what limits it, and the answer."""
    yield from (claim_told(offer) for offer in offers if offer.claim.section is section)


def without_repeats(offers: tuple[OfferedClaim, ...]) -> tuple[OfferedClaim, ...]:
    """The claims in their order, without those whose sources are all told of already.

    Of two claims from the same sources the one stays that names what speaks against it, then the closer to the record.
    """
    told: set[ClaimSource] = set()
    kept: set[str] = set()
    for offer in sorted(offers, key=_weight, reverse=True):
        if not set(offer.claim.sources) <= told:
            told |= set(offer.claim.sources)
            kept.add(offer.key)
    return tuple(offer for offer in offers if offer.key in kept)


def _weight(offer: OfferedClaim) -> tuple[bool, int]:
    return offer.claim.counter is not None, len(offer.findings) + len(offer.facts)


def claim_told(offer: OfferedClaim) -> LetterParagraph:
    """One claim with its counter and answer, each with its citations and what of the record it was offered for."""
    counter = offer.claim.counter
    parts = [offer.claim.cited_text]
    if counter is not None:
        # An answer that states a figure has it from the objection, unless it has sources of its own.
        has_figure = any(character.isdigit() for character in counter.answer)
        sources = counter.answer_sources or (counter.sources if has_figure else ())
        answer = with_marks(counter.answer, sources)
        parts.extend((LIMIT, counter.cited_text, ANSWER, answer))
    return citing(
        " ".join(parts),
        form(f"topics.{offer.topic_id}.{offer.claim.id}"),
        *(cited(source.reference_id) for source in offer.claim.all_sources),
        *(
            record(path, ground.kind.label)
            for ground in (*offer.findings, *offer.facts)
            for path in ground.paths
        ),
    )


def counters_of(offers: tuple[OfferedClaim, ...]) -> Iterator[tuple[OfferedClaim, Counter]]:
    """What a plan will raise against the claims, each once."""
    said: set[str] = set()
    for offer in offers:
        counter = offer.claim.counter
        if counter is not None and counter.text not in said:
            said.add(counter.text)
            yield offer, counter


def _is_citable(inputs: LetterInputs, offer: OfferedClaim) -> bool:
    found = (inputs.references.get(source.reference_id) for source in offer.claim.all_sources)
    return all(reference is not None and reference.may_be_cited for reference in found)
