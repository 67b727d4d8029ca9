"""The letter check: what keeps a letter from being issued, and what to look at again; it changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from desktop.domain.assessment import Stance
from desktop.domain.document import SpanState, check_span
from desktop.domain.letter import CITATION, BlockKind, LetterBlock, LetterContent, LetterParagraph, OriginKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.domain.text import name_of
from desktop.letters import readability
from desktop.letters.checking.answer_rules import ANSWER_RULES
from desktop.letters.checking.record_rules import RECORD_RULES, field_holding
from desktop.letters.checking.required import RULES, Rule, problem, warning
from desktop.letters.checking.review_rules import REVIEW_RULES
from desktop.letters.checking.tracing_rules import TRACING_RULES
from desktop.letters.checking.wording_rules import WORDING_RULES
from desktop.letters.composing.criteria_tree import leaves_of
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.fonts import missing_characters
from desktop.letters.paper.markup import unified_lines
from desktop.letters.paper.pdf import MAX_CHARACTERS, block_texts, printed_length, printed_texts
from desktop.letters.references.doubts import doubts_about
from desktop.letters.references.numbering import Numbering
from desktop.letters.titles import title_of

_PLACEHOLDER = re.compile(
    r"\[\[|\]\]|\{\{[^}]*\}?\}?|_{4,}|\bTBD\b|\bTODO\b|\bXXX+\b|\[(?:insert|name|date)\b[^\]]*\]",
    re.IGNORECASE,
)
_TAKE_OUT = Fix(kind=FixKind.REPLACE, label="Take it out")
_LOOSE_MARK = re.compile(r"(?<!\\)\[@[^\]]*\]?")


def check_letter(content: LetterContent, inputs: LetterInputs) -> tuple[LetterProblem, ...]:
    """Every finding, errors first; each is named once."""
    found = dict.fromkeys(
        item
        for rule in (
            *RULES,
            *REVIEW_RULES,
            *RECORD_RULES,
            *_OWN_RULES,
            *ANSWER_RULES,
            *WORDING_RULES,
            *TRACING_RULES,
        )
        for item in rule(content, inputs)
    )
    return tuple(sorted(found, key=lambda item: item.severity is not Severity.ERROR))


def _citations(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Every citation leads to a verified reference of the library."""
    for block in content.blocks:
        for number, paragraph in enumerate(block.paragraphs):
            for found in _LOOSE_MARK.finditer(paragraph.text):
                match = CITATION.fullmatch(found.group())
                reference = inputs.references.get(match[1]) if match else None
                if reference is None:
                    message = (
                        f"The citation {found.group()} leads to no reference of the library. "
                        "Choose one from the library."
                    )
                    yield _placed(problem("unknown-citation", message, block), number, found, _TAKE_OUT)
                else:
                    yield from doubts_about(reference, inputs, block)


def _placed(
    found: LetterProblem, paragraph: int, match: re.Match[str], fix: Fix | None = None
) -> LetterProblem:
    """A finding with the place and the words of a match in a paragraph."""
    place = Place(paragraph=paragraph, start=match.start(), end=match.end())
    return found.model_copy(update={"place": place, "words": match.group(), "fix": fix})


def _is_foreign(paragraph: LetterParagraph) -> bool:
    """Whether a paragraph is wholly words of the record, where a look-alike of a placeholder is just text."""
    kinds = {origin.kind for origin in paragraph.provenance}
    return bool(kinds) and kinds <= {OriginKind.RECORD, OriginKind.QUOTE}


def _glyphs(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Every character can be printed."""
    numbering = Numbering(content, inputs.references)
    heads = (content.title, content.running_head, *numbering.printed)
    for character in missing_characters(unified_lines("".join(heads))):
        yield problem("missing-glyph", _unprintable(character))
    for block in content.blocks:
        for character in missing_characters(unified_lines("".join(block_texts(block)))):
            yield _at_first(problem("missing-glyph", _unprintable(character), block), block, character)
    length = printed_length(printed_texts(content, numbering))
    if length > MAX_CHARACTERS:
        message = (
            f"The letter has {length:,} characters; at most {MAX_CHARACTERS:,} can be printed. Shorten it."
        )
        yield problem("too-long", message)


def _at_first(found: LetterProblem, block: LetterBlock, character: str) -> LetterProblem:
    """A finding at the first paragraph that holds a character; without a place when only a table does."""
    for number, paragraph in enumerate(block.paragraphs):
        at = paragraph.text.find(character)
        if at >= 0:
            place = Place(paragraph=number, start=at, end=at + 1)
            return found.model_copy(update={"place": place, "words": character, "fix": _TAKE_OUT})
    return found


def _unprintable(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Zl", "Zp"):
        return f"{name_of(character)} cannot be printed, and cannot be seen in the text. Take it out."
    return f"{name_of(character)} cannot be printed. Write it another way."


def _seals(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Every quotation still stands where it was linked."""
    quoted = {
        origin.ref: block
        for block in content.blocks
        for piece in (*block.paragraphs, *(block.table.rows if block.table else ()))
        for origin in piece.provenance
        if origin.kind is OriginKind.QUOTE
    }
    known = {link.id: link for links in inputs.links.values() for link in links}
    for link_id, block in quoted.items():
        link = known.get(link_id)
        if link is None:
            message = "A quotation’s link was removed from the review. Compose the letter again."
            yield problem("quote-unlinked", message, block)
            continue
        document = inputs.case.document(link.span.document_id)
        state = check_span(link.span, document)
        if state is SpanState.INTACT:
            continue
        where = (
            f"in {document.citation}, page {link.span.page}"
            if document
            else "in a document no longer in the case"
        )
        what = "has changed since it was linked" if state is SpanState.CHANGED else "is gone"
        yield problem("quote-seal", f"A quotation {where} {what}. Link the words again in the review.", block)


def _contents(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """No empty block and no placeholder left standing."""
    for block in content.blocks:
        if block.kind is not BlockKind.REFERENCES and not _has_words(block):
            name = title_of(block)
            empty = problem(
                "empty-block", f"The block “{name}” is empty. Fill it, restore it or take it out.", block
            )
            restored = Fix(kind=FixKind.RESTORE_BLOCK, label="Take the composed text of this block")
            yield empty.model_copy(update={"fix": restored if block.is_edited else None})
        for number, paragraph in enumerate(block.paragraphs):
            # Words of the record may look like a placeholder; what we or the reviewer wrote may not.
            if _is_foreign(paragraph) or not (match := _PLACEHOLDER.search(paragraph.text)):
                continue
            field = "" if block.is_edited else field_holding(inputs, match.group())
            if field:
                message = (
                    f"{field[0].upper()}{field[1:]}: {match.group()} reads like a placeholder left standing."
                )
                yield problem("placeholder", f"{message} Correct it in the intake.")
            else:
                message = (
                    f"A placeholder is left standing: {match.group()}. Replace it with what belongs there."
                )
                yield _placed(problem("placeholder", message, block), number, match)


def _has_words(block: LetterBlock) -> bool:
    if any(paragraph.text.strip() for paragraph in block.paragraphs):
        return True
    return block.table is not None and any(cell.strip() for row in block.table.rows for cell in row.cells)


def _contradictions(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Words against a criterion that was marked met are explained in a note."""
    for evaluation in inputs.reasons:
        for node in leaves_of(evaluation):
            links = [item for item in inputs.evidence(node.evidence_ids) if item.stance is Stance.CONTRADICTS]
            is_met = node.state is not None and node.state.truth.value == "true"
            if is_met and any(not item.note.strip() for item in links) and not node.note.strip():
                message = (
                    f"Words against the criterion “{node.text}” are linked, but no note says why it is met."
                )
                yield warning("contradiction-unexplained", f"{message} Write one, under Review.")


def _reading_grade(content: LetterContent, _inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A paper for a patient can be read by one."""
    yield from readability.problems(content)


_OWN_RULES: tuple[Rule, ...] = (_citations, _reading_grade, _glyphs, _seals, _contents, _contradictions)
