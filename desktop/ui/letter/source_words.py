"""The evidence map of a paper as a page: each sentence, its source, and the words of the record it rests on; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.assessment import EvidenceLink
from desktop.domain.case import Case
from desktop.domain.letter import Letter, LetterBlock, LetterState, OriginKind, Provenance
from desktop.ui.letter.block_words import ORIGIN_WORDS, title_of
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title

_TONES = {
    OriginKind.RECORD: Tone.ACCENT,
    OriginKind.QUOTE: Tone.GOOD,
    OriginKind.TRACE: Tone.WARNING,
    OriginKind.REFERENCE: Tone.EXCEPTION,
    OriginKind.TYPED: Tone.STRONG,
    OriginKind.FORM: Tone.MUTED,
}
_LONGEST_WORDS = 240
_MOST_ORIGINS = 12

Links = Mapping[str, EvidenceLink]
"""Evidence links by id: a quotation's origin names one."""


def block_page(block: LetterBlock, links: Links) -> Page:
    """Where the sentences of one block come from."""
    name = f"Where {title_of(block)} comes from"
    return Page(name, (title(title_of(block)), *_of_block(block, links)))


def whole_page(letter: Letter, case: Case, links: Links) -> Page:
    """Where every sentence of a paper comes from, and how the paper was made."""
    parts: list[Line | Table] = [title(f"{letter.kind.label}, sentence by sentence")]
    for block in letter.content.blocks:
        parts.append(heading(title_of(block)))
        parts += _of_block(block, links)
    parts.append(heading("How this paper was made"))
    parts += _made(letter, case)
    return Page("Where every sentence comes from", tuple(parts))


def _of_block(block: LetterBlock, links: Links) -> Iterator[Line]:
    for paragraph in block.paragraphs:
        yield text(_short(paragraph.text))
        yield from _origins(paragraph.provenance, links)
    for row in block.table.rows if block.table else ():
        yield text(_short(" | ".join(cell for cell in row.cells if cell)))
        yield from _origins(row.provenance, links)
    if block.figure is not None:
        yield text(block.figure.alternative)
        yield small("Drawn from the record; the figure holds nothing of its own.", depth=1)


def _origins(origins: Sequence[Provenance], links: Links) -> Iterator[Line]:
    for origin in origins[:_MOST_ORIGINS]:
        kind = Run(f"{ORIGIN_WORDS[origin.kind]}  ", _TONES[origin.kind])
        yield Line((kind, Run(_short(origin.label), Tone.MUTED)), "small", 1, is_joined=True)
        link = links.get(origin.ref)
        if link is not None:
            yield small(f"“{_short(link.span.quote)}”", Tone.PLAIN, depth=2)
    if len(origins) > _MOST_ORIGINS:
        yield small(f"and {len(origins) - _MOST_ORIGINS} more", depth=1)


def _made(letter: Letter, case: Case) -> Iterator[Line]:
    typed = [block for block in letter.content.blocks if block.is_edited]
    yield text(
        f"Composed by fixed rules from the record of case {case.number} and a library of verified references, on this "
        "computer and without a network. No sentence was generated."
    )
    names = ", ".join(title_of(block) for block in typed)
    yield text(f"Typed by a reviewer: {names}." if typed else "No block was rewritten by a reviewer.")
    for override in letter.overrides:
        yield text(f"Reason recorded by {override.given_by}: {override.reason}")
        yield small(f"against “{_short(override.words)}” ({override.rule})", depth=1)
    if letter.state is LetterState.ISSUED:
        yield text(f"Sealed as SHA-256 {letter.pdf_sha256}")
        if letter.evidence_map_sha256:
            yield small(f"evidence map {letter.evidence_map_sha256}")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[:_LONGEST_WORDS].rsplit(' ', 1)[0]} …"
