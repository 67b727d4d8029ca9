"""Everything that a letter's words may lean on, made once for the same inputs; it must not judge the letter."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.domain.letter import CITATION, LetterContent, LetterKind
from desktop.letters.checking.cited import CitedFigures, figures_of
from desktop.letters.checking.facts import FactIndex, Support
from desktop.letters.checking.names import KnownNames
from desktop.letters.checking.owners import Owned
from desktop.letters.checking.quotations import comparable
from desktop.letters.checking.record_facts import record_facts
from desktop.letters.checking.texts import texts_in
from desktop.letters.checking.tokens import Token, TokenKind, tokens_in
from desktop.letters.checking.unmet import UnmetCriteria
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs

_KEPT: dict[int, tuple[weakref.ref[LetterInputs], LetterFacts]] = {}


@dataclass(frozen=True, slots=True)
class Trace:
    """A token that could not be traced, where in the text, and what the record has for the place."""

    rule: str
    token: Token
    start: int
    instead: Support


class LetterFacts:
    """The facts of the inputs, and the letter that the program would compose from them now."""

    def __init__(self, inputs: LetterInputs) -> None:
        self._inputs = inputs
        self.remembered: dict[str, tuple[Trace, ...]] = {}
        """Sentences that were traced already."""

    @classmethod
    def of(cls, inputs: LetterInputs) -> LetterFacts:
        """The facts of these inputs; the same object for the same inputs, so that checking while typing is quick."""
        kept = _KEPT.get(id(inputs))
        if kept is not None and kept[0]() is inputs:
            return kept[1]
        number = id(inputs)
        made = cls(replace(inputs))

        def forget(_: weakref.ref[LetterInputs]) -> None:
            _KEPT.pop(number, None)

        _KEPT[number] = (weakref.ref(inputs, forget), made)
        return made

    @property
    def inputs(self) -> LetterInputs:
        """What the facts are made from."""
        return self._inputs

    @cached_property
    def index(self) -> FactIndex:
        """The record as facts."""
        index = FactIndex()
        index.add(record_facts(self._inputs))
        return index

    def composed(self, kind: LetterKind) -> LetterContent:
        """What the program composes from these inputs for a kind of letter."""
        if kind not in self._composed:
            self._composed[kind] = compose_letter(replace(self._inputs, kind=kind))
        return self._composed[kind]

    @cached_property
    def _composed(self) -> dict[LetterKind, LetterContent]:
        return {}

    @cached_property
    def _words(self) -> str:
        case = self._inputs.case
        texts = [document.text for document in case.documents]
        texts.extend(texts_in(case.model_dump(mode="json", exclude={"documents"})))
        for item in self._inputs.sets.values():
            texts.append(item.title)
            texts.extend(criterion.text for criterion in item.criteria())
        for answer in self._inputs.assessments.values():
            texts.extend((answer.note, answer.exception_source))
        if self._inputs.determination is not None:
            texts.extend(line.rationale for line in self._inputs.determination.lines)
        return "\n".join(map(comparable, texts))

    def has_words(self, quotation: str) -> bool:
        """Whether the record holds these words as quoted."""
        words = comparable(quotation).strip(" .,;")
        return bool(words) and words in self._words

    def cited(self, sentence: str) -> CitedFigures | None:
        """The figures of the sources that a sentence cites; None when it cites nothing."""
        if CITATION.search(sentence) is None:
            return None
        return CitedFigures(sentence, self._inputs.references)

    @cached_property
    def names(self) -> KnownNames:
        """The names of people and places that the letter may name."""
        return KnownNames.of(self._inputs)

    def has_mark(self, token: Token) -> bool:
        """Whether an enclosure, a table or a row that the letter points at exists."""
        if token.unit == "page":
            return True
        if token.unit == "encl":
            letters = {item.letter for item in self._inputs.enclosures}
            return all(value in letters for value in token.values)
        return all(f"{token.unit}:{value}" in self._marks for value in token.values)

    @cached_property
    def _marks(self) -> frozenset[str]:
        """Tables and rows of the composed letter."""
        found: set[str] = set()
        for block in self.composed(self._inputs.kind).blocks:
            texts = [block.heading, *(paragraph.text for paragraph in block.paragraphs)]
            if block.table is not None:
                texts.extend(cell for row in block.table.rows for cell in row.cells)
                for row in block.table.rows:
                    first = row.cells[0].split(maxsplit=1)[:1]
                    found.update(f"row:{part.strip(',')}" for part in first)
            for text in texts:
                for token in tokens_in(text):
                    if token.kind is TokenKind.MARK:
                        found.update(f"{token.unit}:{value}" for value in token.values)
        return frozenset(found)

    @cached_property
    def owned(self) -> Owned:
        """What of the record has one owner."""
        return Owned.of(self._inputs)

    @cached_property
    def unmet(self) -> UnmetCriteria:
        """The criteria that are not established where the letter argues."""
        return UnmetCriteria.of(self._inputs)

    def day_of(self, letter: str) -> str | None:
        """The day of an enclosure as `2026-09-14`; None without one."""
        found = next(
            (item.document.dated_on for item in self._inputs.enclosures if item.letter == letter), None
        )
        return found.isoformat() if found else None

    def code_named(self, words: str) -> str | None:
        """The code of the service whose label stands at the end of some words; None when none does."""
        said = words.casefold()
        for line in self._inputs.case.service_lines:
            label = line.label.strip().casefold()
            if label and line.code.strip() and said.endswith(label):
                return line.code.strip()
        return None

    def has_law(self, citation: str) -> bool:
        """Whether a rule of law is one that the verified library or the composed letter names."""
        return any(known.startswith(citation) or citation.startswith(known) for known in self._laws)

    @cached_property
    def _laws(self) -> frozenset[str]:
        found: set[str] = set()
        library = self._inputs.references
        for reference in library.all():
            found.update(
                item
                for item in figures_of(library, reference.id)
                if "cfr" in item or "usc" in item or "§" in item
            )
        for topic in self._inputs.topics:
            for claim in topic.claims:
                found.update(token.value for token in tokens_in(claim.text) if token.unit == "law")
        for block in self.composed(self._inputs.kind).blocks:
            for paragraph in block.paragraphs:
                found.update(token.value for token in tokens_in(paragraph.text) if token.unit == "law")
        return frozenset(found)
