"""How hard a paper for a patient is to read, as a grade of school; it must not change a word.

The measure is Flesch and Kincaid's. Syllables are counted by the hyphenation of pyphen and by groups of vowels, and the
higher count is taken, so that the grade is not flattered. The package textstat is no choice: it fetches words from
the network. Paragraphs that quote the notice are left out, because their words are not ours; so are names and
addresses at the head, and the cells of tables, which hold names, codes and dates of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.domain.audience import Audience
from desktop.domain.letter import CITATION, BlockKind, LetterContent, LetterKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity

if TYPE_CHECKING:
    from pyphen import Pyphen

MAX_GRADE = 8.0
"""The eighth grade of school: the most that a paper for a patient should ask for."""

_NOT_PROSE = frozenset(
    {
        BlockKind.LETTERHEAD,
        BlockKind.DATE,
        BlockKind.ADDRESSEE,
        BlockKind.RE,
        BlockKind.SIGNATURE,
        BlockKind.ENCLOSURES,
        BlockKind.REFERENCES,
        BlockKind.CARBON_COPY,
    }
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\s”)]+(?=[A-Z0-9“(])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_NUMBER = re.compile(r"\d[\d.,/:-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_APART = re.compile(r"(?<![cgst])ia|iu|eo(?!u)|[aeiou]ing|io(?!n|us)|uou|rea$|dea")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycgsxz])es$")


@dataclass(frozen=True, slots=True)
class ReadingGrade:
    """A Flesch-Kincaid grade with what it was counted from."""

    grade: float
    words: int
    sentences: int

    @property
    def caption(self) -> str:
        """`grade 6.4 (312 words in 38 sentences)`."""
        return f"grade {self.grade:.1f} ({self.words} words in {self.sentences} sentences)"


def is_for_patient(content: LetterContent) -> bool:
    """Whether a paper is written to be read by the patient."""
    return content.kind is LetterKind.PATIENT or content.audience is Audience.PATIENT


def prose_of(content: LetterContent) -> str:
    """What of a paper is measured: its own sentences, one paragraph a line."""
    return "\n".join(
        CITATION.sub("", item.text)
        for block in content.blocks
        if block.kind not in _NOT_PROSE
        for item in block.paragraphs
        if not item.is_quote
    )


def grade_of(content: LetterContent) -> ReadingGrade | None:
    """The grade of a paper's own sentences; None where it has none."""
    return grade_of_text(prose_of(content))


def grade_of_text(text: str) -> ReadingGrade | None:
    """The grade of a text. A number is a word with a syllable for each digit; an abbreviation has one a letter."""
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    words = [word for part in sentences for word in _WORD.findall(part)]
    numbers = [number for part in sentences for number in _NUMBER.findall(part)]
    if not words:
        return None
    count = len(words) + len(numbers)
    digits = sum(character.isdigit() for number in numbers for character in number)
    syllables = sum(map(syllables_in, words)) + digits
    grade = 0.39 * count / len(sentences) + 11.8 * syllables / count - 15.59
    return ReadingGrade(grade, count, len(sentences))


def problems(content: LetterContent) -> Iterator[LetterProblem]:
    """A warning where a paper for a patient asks for more than the eighth grade; nothing for other papers."""
    found = grade_of(content) if is_for_patient(content) else None
    if found is not None and found.grade > MAX_GRADE:
        yield LetterProblem(
            rule="reading-grade",
            severity=Severity.WARNING,
            message=f"The paper reads at {found.caption}, quotations not counted; at most grade {MAX_GRADE:.0f} is "
            "meant for a patient. Use shorter sentences and plainer words.",
        )


@lru_cache(maxsize=4096)
def syllables_in(word: str) -> int:
    """The syllables of a word: the higher of two counts; each letter of an abbreviation counts as one."""
    if word.isupper():
        return len(word)
    plain = word.casefold().replace("’", "'")
    return max(1, len(_hyphens().positions(plain)) + 1, _vowel_groups(plain))


def _vowel_groups(word: str) -> int:
    """Groups of vowels, without a silent `e` at the end; vowels that are spoken apart count apart."""
    groups = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    return groups - bool(_SILENT.search(word))


@lru_cache(maxsize=1)
def _hyphens() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="en_US")
