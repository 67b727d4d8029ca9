"""The evidence map of a paper as a page: each sentence, its source, and the words of the record it rests on; pure."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import OriginKind
from desktop.letters.evidence_map import EvidenceMap, MappedBlock, MappedSentence, MappedSource
from desktop.services.letter_issue import IssuedState
from desktop.ui.letter.block_words import ORIGIN_WORDS
from desktop.ui.library.page import Line, Page, Run, Table, Tone, fields, heading, small, text, title

_TONES = {
    OriginKind.RECORD: Tone.ACCENT,
    OriginKind.QUOTE: Tone.GOOD,
    OriginKind.TRACE: Tone.WARNING,
    OriginKind.REFERENCE: Tone.EXCEPTION,
    OriginKind.TYPED: Tone.STRONG,
    OriginKind.FORM: Tone.MUTED,
}
_LONGEST_WORDS = 240
_MOST_SOURCES = 12
_SHORTEST_SEAL = 16


def block_page(evidence: EvidenceMap, block_id: str) -> Page:
    """Where the sentences of one block come from."""
    block = next((item for item in evidence.blocks if item.id == block_id), None)
    if block is None:
        return Page("No block", (text("This block is not part of the paper.", Tone.MUTED),))
    name = _name(block)
    return Page(f"Where {name} comes from", (title(name), *_of_block(block, evidence)))


def whole_page(evidence: EvidenceMap, issued: IssuedState | None = None) -> Page:
    """Where every sentence of a paper comes from, how it was made, and whether the archive still holds it."""
    parts: list[Line | Table] = [title(f"{evidence.kind.label}, sentence by sentence")]
    if issued is not None:
        parts += _held(issued)
    parts += [heading("How it was made"), text(evidence.made)]
    parts += _made(evidence)
    for block in evidence.blocks:
        parts.append(heading(_name(block)))
        parts += _of_block(block, evidence)
    return Page("Where every sentence comes from", tuple(parts))


def _held(issued: IssuedState) -> Iterator[Line]:
    if issued.is_sound:
        yield text("✓ The archive holds what was issued, byte by byte.", Tone.GOOD)
    for problem in issued.problems:
        yield text(f"× {problem}", Tone.BAD)
    for change in issued.since:
        yield small(f"Since then: {change}", Tone.WARNING)


def _made(evidence: EvidenceMap) -> Iterator[Line | Table]:
    typed = ", ".join(_name(block) for block in evidence.blocks if block.is_edited)
    signed = evidence.determination
    who = ", ".join(part for part in (signed.signed_by, signed.credential) if part) if signed else ""
    yield fields(
        (
            ("Typed by a reviewer", typed or "no block"),
            ("Determination", f"version {signed.version}, {who or 'not signed'}" if signed else ""),
            ("Criteria", "; ".join(f"{item.title} {item.edition}".strip() for item in evidence.sets)),
            ("Composed by", evidence.program),
            ("PDF, SHA-256", evidence.pdf_sha256),
        )
    )
    for override in evidence.overrides:
        yield text(f"Reason recorded by {override.given_by}: {override.reason}")
        yield small(f"against “{_short(override.words)}” ({override.rule})", depth=1)


def _of_block(block: MappedBlock, evidence: EvidenceMap) -> Iterator[Line]:
    before: tuple[int, ...] = ()
    waiting: list[MappedSentence] = []
    # Sentences that share their sources stand together over them: a table row is one thing, not four.
    for sentence in block.sentences:
        if waiting and sentence.sources != before:
            yield from _told(waiting, evidence)
            waiting = []
        before = sentence.sources
        waiting.append(sentence)
    yield from _told(waiting, evidence)


def _told(sentences: list[MappedSentence], evidence: EvidenceMap) -> Iterator[Line]:
    if not sentences:
        return
    for at, sentence in enumerate(sentences):
        yield text(_short(sentence.text), is_joined=at > 0)
    for place in sentences[0].sources[:_MOST_SOURCES]:
        yield from _source(evidence.sources[place])
    if len(sentences[0].sources) > _MOST_SOURCES:
        yield small(f"and {len(sentences[0].sources) - _MOST_SOURCES} more", depth=1)
    claims = [claim for sentence in sentences for claim in sentence.claims]
    if claims:
        yield small(f"States the claim {', '.join(dict.fromkeys(claims))}", depth=1)


def _source(source: MappedSource) -> Iterator[Line]:
    label = "" if source.label.strip().lower() == ORIGIN_WORDS[source.kind].lower() else source.label
    words = source.citation or label
    kind = Run(f"{ORIGIN_WORDS[source.kind]}  ", _TONES[source.kind])
    yield Line((kind, Run(_short(words), Tone.MUTED)), "small", 1, is_joined=True)
    if source.quote:
        yield small(f"“{_short(source.quote)}”", Tone.PLAIN, depth=2)
        place = f"characters {source.start} to {source.end}, sealed {source.seal[:_SHORTEST_SEAL]}…"
        yield small(place, depth=2)
        if not source.is_intact:
            yield small(
                "! These words no longer stand in the document as they were linked.", Tone.BAD, depth=2
            )


def _name(block: MappedBlock) -> str:
    return block.heading or block.kind.replace("_", " ").capitalize()


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[:_LONGEST_WORDS].rsplit(' ', 1)[0]} …"
