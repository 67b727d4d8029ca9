"""The facts to have at hand in a call, each with the document, date and page it stands on; it judges none of them."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.clinical import ConservativeTreatment, ImagingStudy, affirmed_findings
from desktop.domain.document import Document
from desktop.domain.letter import LetterRow
from desktop.letters.composing.imaging import finding_phrase, is_on_side
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import record, row
from desktop.letters.wording import (
    amount_text,
    counted,
    date_span,
    level_list,
    listed,
    lowered,
    one_line,
    opened,
    short_date,
    shortened,
)

MOST_FACTS = 5
LONGEST_TITLE = 42
"""Characters of a document's title: the enclosure's letter leads to the whole of it."""

MOST_FINDINGS = 5
"""Findings of one study in one line."""

LONGEST_FACT = 200
"""Characters of the findings of one study."""


def facts(inputs: LetterInputs) -> tuple[LetterRow, ...]:
    """At most five facts: what imaging affirms, the earlier operation, treatment, function, and a laboratory value."""
    levels = tuple(
        dict.fromkeys(level for line in inputs.granted_lines for level in inputs.granted_levels(line))
    )
    found = [
        *list(_studies(inputs, levels))[:2],
        *list(_operations(inputs))[:1],
        *_treatment(inputs),
        *_scores(inputs),
        *_values(inputs),
    ]
    return tuple(found[:MOST_FACTS])


def page_of(document: Document | None, words: str) -> int | None:
    """The page on which a document holds these words; None where it does not hold them as they stand."""
    at = document.text.find(words.strip()) if document is not None and words.strip() else -1
    return document.page_at(at) if document is not None and at >= 0 else None


def _studies(inputs: LetterInputs, levels: tuple[str, ...]) -> Iterator[LetterRow]:
    # What is found on the other side is no fact for a request on this one.
    sides = {side for line in inputs.granted_lines for side in inputs.granted_sides(line) if not line.levels}
    asked = sides if all(not line.levels for line in inputs.granted_lines) else set[str]()
    for study in inputs.case.imaging:
        found = [item for item in affirmed_findings((study,), levels) if is_on_side(item, asked)]
        found = found[:MOST_FINDINGS]
        if found:
            text = f"{_name(study)}: {_fitting(list(dict.fromkeys(map(finding_phrase, found))))}"
            origins = [record(f"imaging.{study.id}.findings.{item.id}", _name(study)) for item in found]
            yield row((text, _source(inputs, study.document_id, found[0].quote)), *origins)


def _fitting(names: list[str]) -> str:
    """As many findings as fit a line or two of the card, never cut inside unless one alone is too long."""
    fitting = list(names)
    while len(fitting) > 1 and len(listed(fitting)) > LONGEST_FACT:
        fitting.pop()
    rest = f"; and {len(names) - len(fitting)} more" if len(fitting) < len(names) else ""
    return f"{shortened(listed(fitting), LONGEST_FACT)}{rest}"


def _name(study: ImagingStudy) -> str:
    return one_line(study.modality) or "Imaging study"


def _operations(inputs: LetterInputs) -> Iterator[LetterRow]:
    dated = [item for item in inputs.case.history.prior_surgeries if item.performed_on is not None]
    for item in sorted(dated, key=lambda it: it.performed_on or inputs.today, reverse=True):
        where = f" at {level_list(item.levels)}" if item.levels else ""
        name = shortened(lowered(one_line(item.label)), LONGEST_FACT)
        text = f"Earlier operation: {name}{where}, {short_date(item.performed_on)}"
        origin = record(f"history.prior_surgeries.{item.id}", "Earlier operation")
        yield row((text, _source(inputs, item.document_id)), origin)


def _treatment(inputs: LetterInputs) -> Iterator[LetterRow]:
    """The two dated treatments with the most visits, then the longest, with the number of the others."""
    dated = [item for item in inputs.case.treatments if item.started_on and item.ended_on]
    longest = sorted(dated, key=_extent, reverse=True)[:2]
    if not longest:
        return
    named = "; ".join(_told(item) for item in sorted(longest, key=lambda it: it.started_on or inputs.today))
    rest = len(inputs.case.treatments) - len(longest)
    more = f"; and {counted(rest, 'other treatment')} in the record" if rest else ""
    sources = dict.fromkeys(_source(inputs, item.document_id) for item in longest)
    origins = (record(f"treatments.{item.id}", item.label) for item in longest)
    yield row((f"Tried before: {named}{more}", "; ".join(sources)), *origins)


def _extent(item: ConservativeTreatment) -> tuple[int, int]:
    days = (item.ended_on - item.started_on).days if item.ended_on and item.started_on else 0
    return item.visits or 0, days


def _told(item: ConservativeTreatment) -> str:
    visits = f", {counted(item.visits, 'visit')}" if item.visits else ""
    name = shortened(lowered(one_line(item.label) or item.kind.label), LONGEST_FACT // 2)
    return f"{name}, {date_span(item.started_on, item.ended_on)}{visits}"


def _scores(inputs: LetterInputs) -> Iterator[LetterRow]:
    """The newest value of the first instrument recorded."""
    scored = [item for item in inputs.case.scores if item.value is not None and item.scored_on is not None]
    if not scored:
        return
    newest = max(scored, key=lambda item: item.scored_on or inputs.today)
    value = amount_text(newest.value, newest.unit) if newest.value is not None else ""
    text = f"Function: {one_line(newest.instrument)} {value}, {short_date(newest.scored_on)}"
    yield row((text, _source(inputs, newest.document_id)), record(f"scores.{newest.id}", newest.instrument))


def _values(inputs: LetterInputs) -> Iterator[LetterRow]:
    for fact in inputs.case.history.facts:
        if fact.amount is not None and fact.dated_on is not None:
            value = amount_text(fact.amount, fact.unit)
            text = f"{opened(fact.kind.label)}: {value}, {short_date(fact.dated_on)}"
            yield row(
                (text, _source(inputs, fact.document_id)),
                record(f"history.facts.{fact.id}", fact.kind.label),
            )


def _source(inputs: LetterInputs, document_id: str | None, words: str = "") -> str:
    """`CT lumbar spine, Sep 14, 2026, p. 1 (Encl. C)`; words that say so where there is no document."""
    document = inputs.case.document(document_id)
    if document is None:
        return "source not recorded"
    page = page_of(document, words)
    if page is None and len(document.page_starts) == 1:
        page = 1
    title = shortened(document.title, LONGEST_TITLE) or document.kind.label
    parts = [title, short_date(document.dated_on), *([f"p. {page}"] if page is not None else [])]
    return f"{', '.join(parts)} ({inputs.short_mark(document_id)})"
