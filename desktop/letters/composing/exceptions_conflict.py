"""Where the record disagrees with itself and the reviewer says which words they follow, and why; it takes no side."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.argument import ExceptionKind
from desktop.domain.assessment import EvidenceLink, Stance
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.criteria_tree import criterion_text, leaves_at, levels_argued
from desktop.letters.composing.evidence_words import Place, mark_of, place_of, quotation
from desktop.letters.composing.exceptions_argument import ExceptionArgument, exception_key, is_chosen
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, trace
from desktop.letters.wording import ended, listed, one_line, row_list, service_name

MOST_FOLLOWED = 2
"""Documents whose words are quoted as followed: one passage of each, the rest stands in the rows named."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A criterion that is held to hold although words speak against it, and why."""

    line: ServiceLine
    evaluation: EvaluationTrace
    node: NodeTrace
    against: EvidenceLink
    supports: tuple[EvidenceLink, ...]
    why: str


def conflict_resolved(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine
) -> ExceptionArgument | None:
    """Both quotations, the note and the criteria concerned, once for each passage that speaks against; else None.

    A passage is told with the first line that it concerns, for all of them. Left out while nobody takes it in, because
    the letter answers words against the request in a block of their own.
    """
    groups = [items for items in _passages(inputs).values() if items[0].line is line]
    if not groups:
        return None
    return ExceptionArgument(
        kind=ExceptionKind.CONFLICT_RESOLVED,
        line=line,
        grounds=tuple(
            f"{quotation(items[0].against)} ({mark_of(inputs, items[0].against)}), answered by a note"
            for items in groups
        ),
        paragraphs=tuple(_told(inputs, tables, items) for items in groups),
        is_included=False,
    )


def conflicts_told(inputs: LetterInputs) -> frozenset[Place]:
    """The passages against the request that the letter answers as resolved conflicts, so that it does so once."""
    return frozenset(
        place
        for place, items in _passages(inputs).items()
        if is_chosen(inputs, exception_key(ExceptionKind.CONFLICT_RESOLVED, items[0].line), default=False)
    )


def _passages(inputs: LetterInputs) -> dict[Place, list[_Answered]]:
    found: dict[Place, list[_Answered]] = {}
    for line in inputs.argued_lines:
        for item in _answered(inputs, line):
            found.setdefault(place_of(item.against), []).append(item)
    return found


def _answered(inputs: LetterInputs, line: ServiceLine) -> list[_Answered]:
    found: list[_Answered] = []
    for evaluation in inputs.traces_of(line):
        for node in leaves_at(levels_argued(inputs, line, evaluation)):
            links = inputs.evidence(node.evidence_ids)
            supports = tuple(link for link in links if link.stance is Stance.SUPPORTS)
            for link in links:
                why = one_line(link.note) or one_line(node.note)
                is_against = link.stance is Stance.CONTRADICTS and node.truth is Truth.TRUE
                if is_against and supports and why:
                    found.append(_Answered(line, evaluation, node, link, supports, why))
    return found


def _told(inputs: LetterInputs, tables: CriteriaTables, items: list[_Answered]) -> LetterParagraph:
    against = items[0].against
    supports = {place_of(link): link for item in items for link in item.supports}
    by_document = {link.span.document_id: link for link in reversed(supports.values())}
    first = [link for link in supports.values() if by_document[link.span.document_id] is link][:MOST_FOLLOWED]
    followed = [f"{quotation(link)} ({mark_of(inputs, link)})" for link in first]
    services = listed(dict.fromkeys(service_name(item.line) for item in items))
    whys = dict.fromkeys(ended(item.why) for item in items)
    text = (
        f"{quotation(against)} ({mark_of(inputs, against)}) speaks against {_concerned(inputs, tables, items)} for "
        f"{services}. Followed instead: {listed(followed)}. Why: {' '.join(whys)}"
    )
    origins = [trace(item.evaluation, item.node.id, item.node.subject) for item in items]
    links = (against, *first)
    origins.extend(quote(link, inputs.case.document(link.span.document_id)) for link in links)
    return paragraph(text, *origins, form("exception.conflict_resolved"))


def _concerned(inputs: LetterInputs, tables: CriteriaTables, items: list[_Answered]) -> str:
    """The rows spoken against, or the criteria in their words where they have no row."""
    rows: dict[str, None] = {}
    words: dict[str, None] = {}
    for item in items:
        number = tables.row_of(item.evaluation, item.node.id)
        if number:
            rows.setdefault(number)
        else:
            words.setdefault(f"“{criterion_text(inputs, item.evaluation, item.node).removesuffix('.')}”")
    named = row_list(rows) if rows else ""
    return listed(part for part in (named, *words) if part)
