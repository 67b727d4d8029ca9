"""The rules that keep a letter to the record: every token traced, every edit held against what it replaced."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import LetterBlock, LetterContent, LetterParagraph, OriginKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.letters.checking.alignment import COUNT, ComposedSentences, Drift, drifts
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.reading import read
from desktop.letters.checking.required import Rule
from desktop.letters.checking.tokens import Token, TokenKind
from desktop.letters.checking.tracing import DOES_NOT_FIT, IDENTITY, UNTRACED, Trace, trace, weigh
from desktop.letters.inputs import LetterInputs

DIFFERS = "differs-from-composed"
NOT_COMPOSED = "not-as-composed"


def traced(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Everything typed is borne out by the record, and everything else is as the record composes it."""
    facts = LetterFacts.of(inputs)
    composed = facts.composed(content.kind)
    by_id = {block.id: block for block in composed.blocks}
    for block in content.blocks:
        fresh = by_id.get(block.id)
        if block == fresh:
            continue
        yield from _changed(block, fresh, facts)
    for name, mine, theirs in (
        ("title", content.title, composed.title),
        ("running head", content.running_head, composed.running_head),
    ):
        if mine != theirs:
            message = f"The {name} of the letter is not what the record gives: “{theirs}”. Compose the letter again."
            yield LetterProblem(
                rule=NOT_COMPOSED,
                severity=Severity.ERROR,
                message=message,
                words=mine,
                fix=Fix(kind=FixKind.COMPOSE, label="Compose the letter again"),
            )


def _changed(block: LetterBlock, fresh: LetterBlock | None, facts: LetterFacts) -> Iterator[LetterProblem]:
    known = {paragraph.text for paragraph in fresh.paragraphs} if fresh is not None else set[str]()
    composed = ComposedSentences(
        [paragraph.text for paragraph in fresh.paragraphs] if fresh is not None else (),
        [paragraph.text for paragraph in block.base],
    )
    may_differ = block.is_edited or block.is_locked or fresh is None
    for number, paragraph in enumerate(block.paragraphs):
        if paragraph.text in known:
            continue
        if may_differ:
            yield from _typed(block, number, paragraph, composed, facts)
        else:
            yield _not_composed(block, Place(paragraph=number, end=len(paragraph.text)), paragraph.text)
    if fresh is None or block.is_locked:
        yield from _cells(block, facts)
    elif block.table != fresh.table or block.heading != fresh.heading:
        yield _table_differs(block, fresh)


def _typed(
    block: LetterBlock,
    number: int,
    paragraph: LetterParagraph,
    composed: ComposedSentences,
    facts: LetterFacts,
) -> Iterator[LetterProblem]:
    told: set[int] = set()
    # What was true when it was composed and is locked or stale is told as stale; it is no edit of anybody's.
    is_own = any(origin.kind is OriginKind.TYPED for origin in paragraph.provenance)
    for item in trace(paragraph.text, facts):
        at = item.start + item.token.start
        told.add(at)
        yield problem_of(item, block, number)
    if not is_own:
        return
    for drift in drifts(paragraph.text, composed, facts.names.parts):
        at = drift.start + drift.token.start
        is_current = drift.composed.strip() in composed.current
        if at not in told and not _is_right(drift, facts, is_current=is_current):
            yield _drifted(drift, block, number)


def _is_right(drift: Drift, facts: LetterFacts, *, is_current: bool) -> bool:
    """Whether what was changed is borne out where it stands, and better than what it took the place of."""
    if drift.is_alone and is_current:
        # Nothing else was changed: it could only be right if the record were wrong.
        return False
    if drift.token.kind is TokenKind.NAME or drift.token.unit == COUNT:
        # Nothing but the composed sentence speaks of these, and that was reworded.
        return True
    reading = read(drift.sentence)
    clause = next((clause for token, clause in reading.tokens if token == drift.token), 0)
    mine, _ = weigh(drift.token, clause, reading, facts)
    was, _ = weigh(_in_place(drift.was, drift.token), clause, reading, facts)
    return mine.score >= 0 and mine.score > was.score


def _drifted(drift: Drift, block: LetterBlock, number: int) -> LetterProblem:
    at = drift.start + drift.token.start
    return LetterProblem(
        rule=DIFFERS,
        severity=Severity.ERROR,
        message=(
            f"“{drift.token.text}” stands where the record gives “{drift.was.text}”. "
            "Put the recorded words back, or correct the record."
        ),
        block_id=block.id,
        place=Place(paragraph=number, start=at, end=at + len(drift.token.text)),
        words=drift.token.text,
        fix=replacement(drift.was.text),
        may_be_overridden=drift.token.kind not in IDENTITY,
    )


def _in_place(token: Token, place: Token) -> Token:
    return Token(token.kind, token.values, place.start, place.end, token.text, token.unit)


def _cells(block: LetterBlock, facts: LetterFacts) -> Iterator[LetterProblem]:
    for row_number, row in enumerate(block.table.rows if block.table else ()):
        for column, cell in enumerate(row.cells):
            for item in trace(cell, facts):
                yield problem_of(item, block, None, row=row_number, column=column)


def _not_composed(block: LetterBlock, place: Place, words: str) -> LetterProblem:
    return LetterProblem(
        rule=NOT_COMPOSED,
        severity=Severity.ERROR,
        message="These words were not typed, and the record no longer gives them. Take the composed text again.",
        block_id=block.id,
        place=place,
        words=words[:200],
        fix=Fix(kind=FixKind.RESTORE_BLOCK, label="Take the composed text of this block"),
    )


def _table_differs(block: LetterBlock, fresh: LetterBlock) -> LetterProblem:
    mine, theirs = block.table, fresh.table
    if mine is not None and theirs is not None:
        for number, row in enumerate(mine.rows):
            other = theirs.rows[number] if number < len(theirs.rows) else None
            for column, cell in enumerate(row.cells):
                if other is None or column >= len(other.cells) or cell != other.cells[column]:
                    return _not_composed(block, Place(row=number, column=column, end=len(cell)), cell)
    return _not_composed(block, Place(), block.heading)


def replacement(text: str) -> Fix:
    """A fix that puts recorded words in the place of what stands there."""
    return Fix(kind=FixKind.REPLACE, label=f"Replace with “{text}”", text=text)


def problem_of(
    item: Trace,
    block: LetterBlock | None,
    paragraph: int | None,
    *,
    row: int | None = None,
    column: int | None = None,
) -> LetterProblem:
    """A trace as a finding of the letter check, with its place, its words and what one key can do."""
    token = item.token
    start = item.start + token.start
    return LetterProblem(
        rule=item.rule,
        severity=Severity.ERROR,
        message=_message(item),
        block_id=block.id if block is not None else None,
        place=Place(paragraph=paragraph, row=row, column=column, start=start, end=start + len(token.text)),
        words=token.text,
        fix=replacement(item.instead.words) if item.instead.words and row is None else None,
        may_be_overridden=token.kind not in IDENTITY,
    )


def _message(item: Trace) -> str:
    token, instead = item.token, item.instead
    if item.rule == DOES_NOT_FIT:
        source = f" ({instead.fact.label})" if instead.fact is not None else ""
        there = f"; there the record has “{instead.words}”{source}" if instead.words else ""
        return (
            f"“{token.text}” is in the record, but not together with the words around it{there}. Correct it."
        )
    if token.kind is TokenKind.NAME:
        near = f" The record names {instead.words}." if instead.words else ""
        return f"“{token.text}” is a name that the record does not hold.{near} Correct it, or record it in the intake."
    if token.kind is TokenKind.MARK:
        return f"“{token.text}” points at something that this letter does not have. Correct it."
    near = f" Of such a {token.kind.value} the record has here: “{instead.words}”." if instead.words else ""
    return (
        f"“{token.text}” stands neither in the record nor in a source cited beside it.{near} "
        "Correct it, or enter it in the record."
    )


def trace_everything(content: LetterContent, facts: LetterFacts) -> Iterator[LetterProblem]:
    """The tracing of every paragraph and cell, composed or typed: how the composing itself is proven, not a rule."""
    for block in content.blocks:
        for number, paragraph in enumerate(block.paragraphs):
            for item in trace(paragraph.text, facts):
                yield problem_of(item, block, number)
        yield from _cells(block, facts)


TRACING_RULES: tuple[Rule, ...] = (traced,)
__all__ = ["DOES_NOT_FIT", "TRACING_RULES", "UNTRACED", "trace_everything", "traced"]
