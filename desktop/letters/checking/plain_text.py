"""The tracing over letters written elsewhere: the words of a file held against a case, with the number of each line.

It knows no blocks, so it asks for none; what a letter must hold is for letters composed here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.tone import tone_of
from desktop.letters.checking.tracing import trace
from desktop.letters.checking.tracing_rules import problem_of
from desktop.letters.checking.wording_rules import strangers_in
from desktop.letters.inputs import LetterInputs

_FULL_LINE = 60
"""Characters from which a line is taken to go on in the next; shorter ones stand for themselves."""


def check_text(text: str, inputs: LetterInputs) -> tuple[LetterProblem, ...]:
    """Every finding about a plain text, errors first.

    `place.paragraph` is the line counted from 0, `start` and `end` are characters of that line; the message names the
    line counted from 1.
    """
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    starts = [0, *(index + 1 for index, character in enumerate(clean) if character == "\n")]
    found = dict.fromkeys(_problems(clean, inputs))
    placed = (_on_line(item, starts) for item in found)
    return tuple(sorted(placed, key=lambda item: (item.severity is not Severity.ERROR, _order(item))))


def problems_as_json(problems: Iterable[LetterProblem]) -> list[dict[str, object]]:
    """The findings as plain values: rule, severity, message, line from 1 where there is one, words and fix."""
    return [
        {
            "rule": item.rule,
            "severity": item.severity.value,
            "message": item.message,
            "block": item.block_id,
            "line": item.place.paragraph + 1
            if item.block_id is None and item.place and item.place.paragraph is not None
            else None,
            "place": item.place.model_dump(exclude_none=True) if item.place else None,
            "words": item.words,
            "fix": item.fix.model_dump(mode="json") if item.fix else None,
            "may_be_overridden": item.may_be_overridden,
            "key": item.key,
        }
        for item in problems
    ]


def _problems(text: str, inputs: LetterInputs) -> Iterator[LetterProblem]:
    flowing = _flowing(text)
    for item in trace(flowing, LetterFacts.of(inputs)):
        yield problem_of(item, None, 0)
    for start, end, name in strangers_in(flowing, inputs):
        yield LetterProblem(
            rule="other-member",
            severity=Severity.ERROR,
            message=f"“{flowing[start:end]}” is the name of the member of another case ({name}). Take it out.",
            place=Place(paragraph=0, start=start, end=end),
            words=flowing[start:end],
        )
    for found in tone_of(flowing):
        yield LetterProblem(
            rule="tone",
            severity=Severity.WARNING,
            message=f"“{found.words}”: {found.why}. Leave it out, or say it with a fact.",
            place=Place(paragraph=0, start=found.start, end=found.end),
            words=found.words,
            fix=Fix(kind=FixKind.REPLACE, label="Take it out"),
        )


def _flowing(text: str) -> str:
    """The text with the breaks inside sentences taken out, so that every character keeps its place."""
    lines = text.split("\n")
    parts: list[str] = []
    for number, line in enumerate(lines):
        parts.append(line)
        if number + 1 < len(lines):
            goes_on = len(line.rstrip()) >= _FULL_LINE and lines[number + 1].strip()
            parts.append(" " if goes_on else "\n")
    return "".join(parts)


def _on_line(item: LetterProblem, starts: list[int]) -> LetterProblem:
    place = item.place
    if place is None:
        return item
    line = bisect_right(starts, place.start) - 1
    moved = Place(paragraph=line, start=place.start - starts[line], end=place.end - starts[line])
    return item.model_copy(update={"place": moved, "message": f"Line {line + 1}: {item.message}"})


def _order(item: LetterProblem) -> tuple[int, int]:
    place = item.place
    return (place.paragraph or 0, place.start) if place else (0, 0)
