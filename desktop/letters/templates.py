"""Puts a composed letter into the order and the words of a house's template; it composes no block of its own.

A template names blocks and fields only. What it leaves out is left out, and the letter check says so; the list of
references is always kept, because the numbers in the text lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterParagraph,
    OriginKind,
    Provenance,
)
from desktop.domain.stationery import LetterTemplate, TemplatePart
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.placeholders import fill
from desktop.letters.references.numbering import spoken
from desktop.letters.wording import paragraphs_of

NEVER_LEFT_OUT = frozenset({BlockKind.REFERENCES})


def apply_template(content: LetterContent, template: LetterTemplate, inputs: LetterInputs) -> LetterContent:
    """The content in the template's order, with its headings and words. Each block is printed once."""
    placed: list[LetterBlock] = []
    used: set[BlockKind] = set()
    for part in template.parts:
        if part.block is None:
            placed.extend(_own(template, part, inputs))
        elif part.block not in used:
            used.add(part.block)
            blocks = [block for block in content.blocks if block.kind is part.block]
            placed.extend(_worded(blocks, template, part, inputs))
    placed.extend(block for block in content.blocks if block.kind in NEVER_LEFT_OUT - used)
    if template.closing.strip():
        placed = [_closed(block, template, inputs) for block in placed]
    return content.model_copy(update={"blocks": tuple(placed)})


def words_in(template: LetterTemplate) -> Iterator[str]:
    """Every text of a template that may hold placeholders."""
    for part in template.parts:
        yield part.heading
        yield part.text
    yield template.closing


def _own(template: LetterTemplate, part: TemplatePart, inputs: LetterInputs) -> Iterator[LetterBlock]:
    """Text of the template's own as a block; its id follows its place among the template's texts."""
    paragraphs = _paragraphs(part.text, template, inputs)
    heading = _heading(part, inputs)
    if paragraphs or heading.strip():
        texts = [item for item in template.parts if item.block is None]
        number = next(index for index, item in enumerate(texts, start=1) if item is part)
        yield LetterBlock(
            id=block_id(BlockKind.OWN, str(number)),
            kind=BlockKind.OWN,
            heading=heading,
            paragraphs=paragraphs,
        )


def _worded(
    blocks: list[LetterBlock], template: LetterTemplate, part: TemplatePart, inputs: LetterInputs
) -> Iterator[LetterBlock]:
    """The blocks of a kind; the first of them with the template's heading, and its words before its own."""
    for index, block in enumerate(blocks):
        if index > 0:
            yield block
            continue
        heading = _heading(part, inputs) if part.heading.strip() else block.heading
        paragraphs = (*_paragraphs(part.text, template, inputs), *block.paragraphs)
        yield block.model_copy(update={"heading": heading, "paragraphs": paragraphs})


def _heading(part: TemplatePart, inputs: LetterInputs) -> str:
    """The heading with its fields; a heading cites nothing, so nothing in it is marked as literal."""
    return spoken(fill(part.heading, inputs).text)


def _closed(block: LetterBlock, template: LetterTemplate, inputs: LetterInputs) -> LetterBlock:
    """The signature with the template's closing words in the place of the letter form's."""
    if block.kind is not BlockKind.SIGNATURE:
        return block
    closing = _paragraphs(template.closing, template, inputs)
    rest = [
        item
        for item in block.paragraphs
        if not any(origin.ref == "signature.closing" for origin in item.provenance)
    ]
    return block.model_copy(update={"paragraphs": (*closing, *rest)})


def _paragraphs(text: str, template: LetterTemplate, inputs: LetterInputs) -> tuple[LetterParagraph, ...]:
    """The paragraphs of a template's text, each with the fields that were put into it as origins."""
    return tuple(
        LetterParagraph(text=filled.text, provenance=(_typed(template), *filled.provenance))
        for part in paragraphs_of(text)
        if (filled := fill(part, inputs)).text.strip()
    )


def _typed(template: LetterTemplate) -> Provenance:
    return Provenance(
        kind=OriginKind.TYPED, ref=f"template.{template.id}", label=f"Words of the template {template.name}"
    )
