"""Small facts made by hand, and a sentence with the token that a rule is asked about: for tests of single rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from desktop.letters.checking.facts import FactIndex, fact_from
from desktop.letters.checking.frames import Frame, frames_of
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.owners import Owned
from desktop.letters.checking.reading import Reading, read
from desktop.letters.checking.tokens import Token


@dataclass(frozen=True)
class Asked:
    """A sentence as read, and the place of one token in it."""

    reading: Reading
    place: int

    @property
    def token(self) -> Token:
        """The token."""
        return self.reading.tokens[self.place][0]

    @property
    def frames(self) -> tuple[Frame, ...]:
        """What the sentence says of the place that the token is."""
        return tuple(frame for token, frame in frames_of(self.reading, is_letter=True) if token == self.token)


def asked(sentence: str) -> Asked:
    """A sentence in which the token asked about stands in stars: `The ODI was *58%*.`"""
    before, words, _ = sentence.split("*")
    reading = read(sentence.replace("*", ""))
    place = next(
        number
        for number, (token, _) in enumerate(reading.tokens)
        if token.start == len(before) and token.text == words
    )
    return Asked(reading, place)


def stated(*sentences: str, fields: tuple[str, ...] = ()) -> FactIndex:
    """A record that states these sentences, and these fields (which weigh more, and tie all that they hold)."""
    index = FactIndex()
    index.add(fact_from(text, "Note") for text in sentences)
    index.add(fact_from(text, "Field", weight=1.5) for text in fields)
    return index


@dataclass
class MadeFacts:
    """As much of the facts of a letter as the rules of this folder ask for."""

    index: FactIndex
    owned: Owned = field(default_factory=Owned)
    labels: dict[str, str] = field(default_factory=dict[str, str])
    """Codes by the label of their service."""
    days: dict[str, str] = field(default_factory=dict[str, str])
    """Days by the letter of their enclosure."""

    def code_named(self, words: str) -> str | None:
        """The code of the service whose label ends the words."""
        return next((code for label, code in self.labels.items() if words.casefold().endswith(label)), None)

    def day_of(self, letter: str) -> str | None:
        """The day of an enclosure."""
        return self.days.get(letter)


def letter_facts(*sentences: str, fields: tuple[str, ...] = (), **more: object) -> LetterFacts:
    """Facts of a letter made by hand."""
    return cast("LetterFacts", MadeFacts(stated(*sentences, fields=fields), **more))  # type: ignore[arg-type]
