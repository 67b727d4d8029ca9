"""Letters that are true to their records: all kinds, all sample cases, as composed and with typed sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.checking.mutation import Mutant, mutants
from tests.unit.letters.fixtures import inputs_for
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

TRACING = frozenset({"untraced", "does-not-fit", "differs-from-composed", "not-as-composed"})
_TYPED_INTO = (BlockKind.NECESSITY, BlockKind.HISTORY, BlockKind.OPENING, BlockKind.RELIEF, BlockKind.SECTION)
_NEVER_TYPED = frozenset({BlockKind.REFERENCES, BlockKind.MADE, BlockKind.DISCLAIMER})


@dataclass(frozen=True)
class CorrectLetter:
    """A letter with nothing wrong in it, its record, and the sentences that a reviewer typed into it."""

    name: str
    content: LetterContent
    inputs: LetterInputs
    typed: tuple[str, ...] = ()
    block_id: str = ""


@lru_cache(maxsize=1)
def records() -> dict[str, LetterInputs]:
    """Every sample case that a letter can be composed from, and the small made one."""
    cases = {path.stem: inputs_of(path) for path in (SAMPLE, *OTHERS) if path.stem != "minimal"}
    return {"made": inputs_for(), **cases}


def composed_letters() -> Iterator[CorrectLetter]:
    """Each kind of each case as the program composes it."""
    for stem, inputs in records().items():
        for kind in LetterKind:
            of_kind = _inputs(stem, kind)
            content = LetterFacts.of(of_kind).composed(kind)
            if content.blocks:
                yield CorrectLetter(f"{stem}, {kind.slug}", content, of_kind)
        del inputs


@lru_cache(maxsize=200)
def _inputs(stem: str, kind: LetterKind) -> LetterInputs:
    return replace(records()[stem], kind=kind)


def typed_letters(sentences: dict[str, tuple[str, ...]], chance: random.Random) -> Iterator[CorrectLetter]:
    """Letters of each case into which the sentences were typed, each sentence into one of them."""
    for stem, texts in sentences.items():
        kinds = [LetterKind.FIRST_LEVEL, LetterKind.EXTERNAL_REVIEW, LetterKind.MEDICAL_NECESSITY]
        for start in range(0, len(texts), 6):
            inputs = _inputs(stem, chance.choice(kinds))
            content = LetterFacts.of(inputs).composed(inputs.kind)
            block = next(block for kind in _TYPED_INTO for block in content.blocks if block.kind is kind)
            typed = texts[start : start + 6]
            changed = with_block(content, block.with_typed_text("\n\n".join((block.text, *typed))))
            yield CorrectLetter(f"{stem}, typed {start}", changed, inputs, typed, block.id)


def with_block(content: LetterContent, block: LetterBlock) -> LetterContent:
    """The letter with a block in the place of the one with its id."""
    blocks = tuple(block if item.id == block.id else item for item in content.blocks)
    return content.model_copy(update={"blocks": blocks})


def mutated_composed(
    letter: CorrectLetter, pool: list[str], chance: random.Random, most: int
) -> Iterator[tuple[Mutant, LetterContent]]:
    """The letter with one fact of a composed paragraph typed over, at random places."""
    places = [
        (block, number)
        for block in letter.content.blocks
        if block.kind not in _NEVER_TYPED
        for number, paragraph in enumerate(block.paragraphs)
        if any(character.isdigit() for character in paragraph.text)
    ]
    chance.shuffle(places)
    made = 0
    for block, number in places:
        found = list(mutants(block.paragraphs[number].text, letter.inputs.case, pool, chance))
        chance.shuffle(found)
        for mutant in found[:4]:
            texts = [paragraph.text for paragraph in block.paragraphs]
            texts[number] = mutant.text
            typed = block.with_typed_text("\n\n".join(texts))
            yield mutant, with_block(letter.content, typed)
            made += 1
            if made >= most:
                return


def mutated_typed(
    letter: CorrectLetter, pool: list[str], chance: random.Random
) -> Iterator[tuple[Mutant, LetterContent]]:
    """The letter with one fact changed in a sentence that the reviewer typed in own words."""
    block = next(item for item in letter.content.blocks if item.id == letter.block_id)
    for sentence in letter.typed:
        for mutant in mutants(sentence, letter.inputs.case, pool, chance):
            text = block.text.replace(sentence, mutant.text)
            yield mutant, with_block(letter.content, block.with_typed_text(text))
