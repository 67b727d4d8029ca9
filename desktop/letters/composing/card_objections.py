"""What a plan's physician is likely to raise, with the answers, from the record and the topics; it makes up neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.assessment import Stance
from desktop.domain.letter import CITATION, BlockKind, LetterBlock, LetterRow, LetterTable
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria_tree import leaves_at, levels_argued
from desktop.letters.composing.evidence_words import mark_of, place_of, quotation
from desktop.letters.composing.opinion_claims import counters_of, offered_claims
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import cited, form, quote, row, trace
from desktop.letters.wording import ended, one_line

MOST_OBJECTIONS = 3
LONGEST_PAIR = 480
"""Characters of an objection with its answer: a longer one is for the letter, and is never cut in the middle."""

ROOM_OF_SOURCE = 170
"""Characters that an entry of the reference list takes."""

_BACK = re.compile(
    r"\b(?:same|that|this) (?:series|review|study|guideline|update)\b|^Other series", re.IGNORECASE
)
"""Words that point back at a claim which a card does not tell."""

_IN_THE_SERIES = re.compile(r"^In the same series (\w)")


def objections(inputs: LetterInputs, room: int) -> LetterBlock | None:
    """At most three objections with answers, as many as have room in characters; None where there is none to tell."""
    fitting: list[LetterRow] = []
    for item in (*_of_record(inputs), *_of_topics(inputs)):
        length = sum(map(len, item.cells))
        needed = length + ROOM_OF_SOURCE * len(set(CITATION.findall(" ".join(item.cells))))
        if length > LONGEST_PAIR:
            continue
        if len(fitting) == MOST_OBJECTIONS or needed > room:
            break
        fitting.append(item)
        room -= needed
    if not fitting:
        return None
    return LetterBlock(
        id=block_id(BlockKind.OBJECTIONS),
        kind=BlockKind.OBJECTIONS,
        heading="What they may say",
        table=LetterTable(columns=("If they say", "Answer"), widths=(0.5, 0.5), rows=tuple(fitting)),
    )


def _of_record(inputs: LetterInputs) -> Iterator[LetterRow]:
    """Words of the record against what is held to hold, with the reviewer's note."""
    said: set[tuple[str, int, int]] = set()
    for line in inputs.granted_lines:
        for evaluation in inputs.traces_of(line):
            for node in leaves_at(levels_argued(inputs, line, evaluation)):
                for link in inputs.evidence(node.evidence_ids):
                    note = one_line(link.note) or one_line(node.note)
                    is_against = link.stance is Stance.CONTRADICTS and node.truth is Truth.TRUE
                    if is_against and note and place_of(link) not in said:
                        said.add(place_of(link))
                        document = inputs.case.document(link.span.document_id)
                        words = f"{quotation(link)} ({mark_of(inputs, link)})"
                        origins = (quote(link, document), trace(evaluation, node.id, node.subject))
                        yield row((words, ended(note)), *origins)


def _of_topics(inputs: LetterInputs) -> Iterator[LetterRow]:
    """The counters of the claims offered; a claim meant for letters comes before one for an opinion only."""
    offers = offered_claims(inputs)
    for_letters = tuple(offer for offer in offers if offer.claim.is_for_letter)
    for offer, counter in counters_of((*for_letters, *(item for item in offers if item not in for_letters))):
        text = _IN_THE_SERIES.sub(lambda match: match.group(1).upper(), counter.cited_text)
        if _BACK.search(text) or _BACK.search(counter.answer):
            continue
        origins = (cited(source.reference_id) for source in (*counter.sources, *counter.answer_sources))
        yield LetterRow(
            cells=(text, counter.cited_answer),
            provenance=(form(f"topics.{offer.topic_id}.{offer.claim.id}"), *dict.fromkeys(origins)),
        )
