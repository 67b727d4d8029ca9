"""One criteria set as a page to read: where it comes from, what it asks, and how each part of it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass, Polarity
from desktop.rules.editions import ReviewState, review_state
from desktop.ui.library.page import Line, Page, Run, Table, Tone, fields, heading, small, text, title
from desktop.ui.library.wording import (
    LICENCE_SENTENCES,
    LICENCES,
    PROOFS,
    counted,
    limits_of,
    measure_words,
    not_in_force,
    period,
    proof_sentence,
    proof_word,
    proofs_of,
    rule_words,
)

MOST_CASES = 12
"""How many case numbers are named; the rest is counted."""


def set_page(
    criteria_set: CriteriaSet,
    today: date,
    sets: tuple[CriteriaSet, ...] = (),
    cases: tuple[str, ...] = (),
) -> Page:
    """The whole set. `sets`: all of the library, for its editions; `cases`: numbers of the open cases that use it."""
    asked = counted(sum(1 for _ in criteria_set.criteria()), "criterion", "criteria")
    number = " ".join(part for part in (criteria_set.publisher, criteria_set.document_number) if part)
    parts: list[Line | Table] = [
        title(criteria_set.title),
        text(number, Tone.MUTED, is_joined=True),
        _marks(criteria_set, today, sets),
        _facts(criteria_set, today, cases),
    ]
    if criteria_set.notes:
        parts += [heading("Read this first"), text(criteria_set.notes)]
    if criteria_set.indications:
        parts.append(heading("For"))
        parts += [text(f"• {words}", is_joined=at > 0) for at, words in enumerate(criteria_set.indications)]
    parts += [
        heading(f"What it asks: {asked}"),
        *outline(criteria_set),
        heading("How it is found"),
        _finding(criteria_set),
    ]
    return Page(f"Criteria set {criteria_set.title}", tuple(parts))


def outline(criteria_set: CriteriaSet) -> tuple[Line, ...]:
    """The tree in reading order, each criterion with what bounds, proves and closes it."""
    return tuple(_node(criteria_set.root, 0, main_document(criteria_set)))


def main_document(criteria_set: CriteriaSet) -> str:
    """The document that most of the criteria were read in: it is named once, not beside every criterion."""
    documents = Counter(criterion.source.document for criterion in criteria_set.criteria())
    return documents.most_common(1)[0][0]


def _facts(criteria_set: CriteriaSet, today: date, cases: tuple[str, ...]) -> Table:
    shown = ", ".join(cases[:MOST_CASES]) + (
        f" and {len(cases) - MOST_CASES} more" if len(cases) > MOST_CASES else ""
    )
    return fields(
        (
            ("Source", main_document(criteria_set)),
            ("Edition", criteria_set.edition),
            ("In force", period(criteria_set)),
            ("Read how", proof_sentence(criteria_set)),
            ("Retrieved", criteria_set.retrieved_on.isoformat() if criteria_set.retrieved_on else ""),
            ("To be checked", review_state(criteria_set, today).sentence),
            ("Address", criteria_set.address),
            ("License", LICENCE_SENTENCES[criteria_set.licence]),
            ("Customizes", criteria_set.customises or ""),
            ("Supersedes", criteria_set.supersedes or ""),
            ("Open cases", shown or "none uses it"),
        )
    )


def _marks(criteria_set: CriteriaSet, today: date, sets: tuple[CriteriaSet, ...]) -> Line:
    """What there is to know before relying on it, each as a sign, words and a colour."""
    is_weak = bool(proofs_of(criteria_set).keys() & {"O", "S", "H"})
    is_public = criteria_set.licence is LicenceClass.PUBLIC
    runs = [
        Run(LICENCES[criteria_set.licence], Tone.MUTED if is_public else Tone.ACCENT),
        Run(f"~ {proof_word(criteria_set)}", Tone.WARNING)
        if is_weak
        else Run(f"✓ {proof_word(criteria_set)}", Tone.GOOD),
    ]
    if force := not_in_force(criteria_set, today, (*sets, criteria_set)):
        runs.append(Run(f"– {force}", Tone.MUTED))
    match review_state(criteria_set, today).state:
        case ReviewState.DUE:
            runs.append(Run(f"! Check by {criteria_set.review_by} is past", Tone.WARNING))
        case ReviewState.OVERDUE:
            runs.append(Run(f"! Long overdue: check by {criteria_set.review_by}", Tone.BAD))
        case _:
            pass
    return Line(tuple(part for run in runs for part in (run, Run("     ")))[:-1])


def _finding(criteria_set: CriteriaSet) -> Table:
    return fields(
        (
            ("Codes", ", ".join(criteria_set.codes)),
            ("Diagnoses", ", ".join(criteria_set.diagnoses)),
            ("Words", ", ".join(criteria_set.terms)),
            ("Findings covered", ", ".join(kind.label for kind in criteria_set.covers)),
            ("Id", criteria_set.id),
            ("SHA-256 of the text", criteria_set.content_hash),
        )
    )


def _node(node: Criterion | Group, depth: int, document: str) -> Iterator[Line]:
    if isinstance(node, Criterion):
        yield from _criterion(node, depth, document)
    elif node.kind == "unless":
        rule, *exceptions = node.children
        yield from _node(rule, depth, document)
        waives = "UNLESS THIS HOLDS" if len(exceptions) == 1 else "UNLESS ONE OF THESE HOLDS"
        named = [Run(f"  {node.text}", Tone.STRONG)] if node.text else []
        yield Line((Run(waives, Tone.EXCEPTION), *named), depth=depth + 1)
        for exception in exceptions:
            yield from _node(exception, depth + 2, document)
    else:
        named = [Run(f"  {node.text}", Tone.STRONG)] if node.text else []
        yield Line((Run(rule_words(node), Tone.RULE), *named), depth=depth)
        for child in node.children:
            yield from _node(child, depth + 1, document)


def limits_line(criterion: Criterion, depth: int = 0) -> Iterator[Line]:
    """What bounds a criterion, and what of the record answers it, on one line; none where there is nothing."""
    runs = [Run(f" {part} ", Tone.VALUE) for part in limits_of(criterion)]
    if criterion.measure:
        runs.append(Run(f"offered from the record: {measure_words(criterion.measure)}", Tone.MUTED))
    if runs:
        spaced = [item for run in runs for item in (Run("  "), run)][1:]
        yield Line(tuple(spaced), "small", depth, is_joined=True)


def _criterion(criterion: Criterion, depth: int, document: str) -> Iterator[Line]:
    absent = [Run("  must be absent", Tone.BAD)] if criterion.polarity is Polarity.ABSENT else []
    yield Line((Run(criterion.text), *absent), depth=depth)
    yield from limits_line(criterion, depth)
    kinds = ", ".join(
        kind.label.lower() if kind.value != "pt_record" else kind.label for kind in criterion.evidence_types
    )
    closing = "; ".join(
        part for part in (criterion.closes_with, f"proved by: {kinds}" if kinds else "") if part
    )
    if closing:
        yield small(f"Closes with: {closing}" if criterion.closes_with else f"P{closing[1:]}", depth=depth)
    if criterion.note:
        yield small(f"Note: {criterion.note}", depth=depth)
    source = criterion.source
    parts = (source.document if source.document != document else "", source.locator)
    if place := ", ".join(part for part in parts if part):
        tone = Tone.WARNING if source.proof in "OSH" else Tone.MUTED
        yield small(f"{PROOFS[source.proof]}: {place}", tone, depth=depth)
