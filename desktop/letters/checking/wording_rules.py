"""Rules about the words themselves: other people's names, what nobody needs, licensed text, tone; never about facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.document import Document
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind, OriginKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.letters.checking.elements import Rule
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.licensed_words import LONGEST_QUOTATION, LicensedWords
from desktop.letters.checking.quotations import comparable
from desktop.letters.checking.strangers import strangers_of
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.checking.tone import tone_of
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import counted

SOON_DAYS = 7
"""Days before the stated deadline from which the letter check speaks of it."""
LONGEST_PASTE = 1200
"""Characters of one document, word for word, that a typed paragraph may hold."""
_SOCIAL = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b(?:SSN|social security (?:number|no\.?))\b", re.IGNORECASE)


def other_members(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """No name of a member of another case stands anywhere in the letter."""
    if not inputs.other_members:
        return
    for block, place, text in pieces_of(content):
        for start, end, name in strangers_in(text, inputs):
            yield LetterProblem(
                rule="other-member",
                severity=Severity.ERROR,
                message=f"“{text[start:end]}” is the name of the member of another case ({name}). Take it out.",
                block_id=block.id,
                place=place.model_copy(update={"start": start, "end": end}),
                words=text[start:end],
            )


def strangers_in(text: str, inputs: LetterInputs) -> Iterator[tuple[int, int, str]]:
    """Where names of other members stand in a text."""
    known = LetterFacts.of(inputs).names
    own = frozenset(word for name in known.names for word in name)
    for item in strangers_of(inputs.other_members, own, known.common).in_text(text):
        yield item.start, item.end, item.name


def needless(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Minimum necessary: no social security or chart number, no birth date again, no document pasted in."""
    for block, place, text in pieces_of(content):
        for match in _SOCIAL.finditer(text):
            yield _found(
                "social-security-number",
                Severity.ERROR,
                f"“{match.group()}” looks like a social security number; no plan needs it in a letter. Take it out.",
                block,
                place,
                match.start(),
                match.group(),
                may_be_overridden=True,
            )
    identity = _identity(inputs)
    texts = [comparable(item.text) for item in inputs.case.documents]
    for block, place, text in typed_of(content):
        yield from _typed_needless(block, place, text, inputs, identity)
        if len(text) > LONGEST_PASTE and any(comparable(text)[:LONGEST_PASTE] in other for other in texts):
            message = (
                f"This paragraph gives {len(text):,} characters of a document word for word. "
                "Quote what proves the point; the document is enclosed."
            )
            yield _found("pasted-document", Severity.WARNING, message, block, place, 0, text[:80])


def _typed_needless(
    block: LetterBlock, place: Place, text: str, inputs: LetterInputs, identity: frozenset[str]
) -> Iterator[LetterProblem]:
    born = inputs.case.member.date_of_birth
    for token in tokens_in(text):
        is_birth = token.kind is TokenKind.DATE and born is not None and token.value == born.isoformat()
        if is_birth and block.kind is not BlockKind.RE:
            message = (
                "The date of birth stands in the RE block already. Give the age instead, or leave it out."
            )
            yield _found("birth-date-again", Severity.WARNING, message, block, place, token.start, token.text)
        is_number = token.kind is TokenKind.IDENTIFIER and token.unit not in ("law", "phone")
        if is_number and token.value not in identity and _is_of_the_chart(token.value, inputs.case.documents):
            message = f"“{token.text}” is a number of the chart; the plan does not need it. Leave it out."
            yield _found("needless-number", Severity.WARNING, message, block, place, token.start, token.text)


def _identity(inputs: LetterInputs) -> frozenset[str]:
    """Every identifier that a letter may hold: all of the record but what stands in the documents only."""
    case = inputs.case.model_copy(update={"documents": ()})
    sources = [case.model_dump_json(), *(item.model_dump_json() for item in inputs.sets.values())]
    found = {
        token.value
        for text in sources
        for token in tokens_in(text.replace("\\n", " "))
        if token.kind is TokenKind.IDENTIFIER
    }
    return frozenset(found)


def _is_of_the_chart(value: str, documents: tuple[Document, ...]) -> bool:
    return any(value in item.text.upper() for item in documents)


def licensed(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """No licensed criterion is copied into typed words, and none is quoted at length."""
    words = LicensedWords(
        tuple(inputs.sets[item] for item in inputs.case.criteria_set_ids if item in inputs.sets)
    )
    for block, place, text in typed_of(content):
        for run in words.in_text(text):
            shown = text[run.start : run.end]
            if not run.is_quoted:
                message = (
                    f"{run.count} words in a row are those of “{run.title}”, which is licensed. "
                    "Say it in your own words, or quote a few of them in quotation marks."
                )
                yield _found(
                    "licensed-text",
                    Severity.ERROR,
                    message,
                    block,
                    place,
                    run.start,
                    shown,
                    may_be_overridden=True,
                )
            elif run.count > LONGEST_QUOTATION:
                message = f"{run.count} words of “{run.title}” are quoted; only short quotation is allowed. Shorten it."
                yield _found("long-quotation", Severity.WARNING, message, block, place, run.start, shown)


def tone(content: LetterContent, _inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Facts, no adjectives, no threats, in what was typed."""
    for block, place, text in typed_of(content):
        for item in tone_of(text):
            message = f"“{item.words}”: {item.why}. Leave it out, or say it with a fact."
            yield _found("tone", Severity.WARNING, message, block, place, item.start, item.words)


def deadline(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The stated deadline of the appeal is not past and not only days away without a word."""
    stated = inputs.case.denial.deadline_stated_on
    if stated is None or not (content.kind.is_appeal or content.kind is LetterKind.RECONSIDERATION):
        return
    left = (stated - inputs.today).days
    if left < 0:
        message = (
            f"The deadline stated in the notice, {stated.isoformat()}, is past by {counted(-left, 'day')}. "
            "Say why the appeal is timely, or ask for an extension for good cause."
        )
        yield LetterProblem(rule="deadline-passed", severity=Severity.WARNING, message=message)
    elif left <= SOON_DAYS:
        when = "today" if left == 0 else f"in {counted(left, 'day')}"
        message = f"The deadline stated in the notice is {when} ({stated.isoformat()}). Send it with proof of delivery."
        yield LetterProblem(rule="deadline-near", severity=Severity.WARNING, message=message)


def pieces_of(content: LetterContent) -> Iterator[tuple[LetterBlock, Place, str]]:
    """Every paragraph and every cell with its place."""
    for block in content.blocks:
        for number, paragraph in enumerate(block.paragraphs):
            yield block, Place(paragraph=number), paragraph.text
        for row_number, row in enumerate(block.table.rows if block.table is not None else ()):
            for column, cell in enumerate(row.cells):
                yield block, Place(row=row_number, column=column), cell


def typed_of(content: LetterContent) -> Iterator[tuple[LetterBlock, Place, str]]:
    """Every paragraph that somebody typed, with its place."""
    for block in content.blocks:
        for number, paragraph in enumerate(block.paragraphs):
            if any(origin.kind is OriginKind.TYPED for origin in paragraph.provenance):
                yield block, Place(paragraph=number), paragraph.text


def _found(
    rule: str,
    severity: Severity,
    message: str,
    block: LetterBlock,
    place: Place,
    start: int,
    words: str,
    *,
    may_be_overridden: bool = False,
) -> LetterProblem:
    return LetterProblem(
        rule=rule,
        severity=severity,
        message=message,
        block_id=block.id,
        place=place.model_copy(update={"start": start, "end": start + len(words)}),
        words=words[:200],
        fix=Fix(kind=FixKind.REPLACE, label="Take it out", text="") if rule in _MAY_GO else None,
        may_be_overridden=may_be_overridden,
    )


_MAY_GO = frozenset({"tone", "needless-number"})

WORDING_RULES: tuple[Rule, ...] = (other_members, needless, licensed, tone, deadline)
__all__ = ["WORDING_RULES", "pieces_of", "strangers_in", "typed_of"]
