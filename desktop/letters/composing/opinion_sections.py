"""The nine sections of a clinical opinion, each from the record and from the claims that the topics offer for it.

A section with nothing verified to say is left out; it is never padded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.domain.argument import ExceptionKind
from desktop.domain.assessment import Stance
from desktop.domain.clinical import Assertion, FindingKind, ImagingStudy
from desktop.domain.letter import LetterBlock, LetterParagraph
from desktop.domain.topic import TopicSection
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria import set_name
from desktop.letters.composing.criteria_tree import leaves_at, levels_argued, standing
from desktop.letters.composing.evidence_words import Place, mark_of, place_of, quotation
from desktop.letters.composing.exceptions import offered_exceptions
from desktop.letters.composing.imaging import finding_phrase, study_name
from desktop.letters.composing.opinion_claims import claims_told, offered_claims, without_repeats
from desktop.letters.composing.opinion_record import section
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import (
    amount_text,
    ended,
    is_named_in,
    level_list,
    listed,
    long_date,
    lowered,
    one_line,
    paragraphs_of,
    service_name,
    service_phrase,
    short_date,
)

_Told = Iterator[LetterParagraph]


def opinion_sections(inputs: LetterInputs) -> dict[TopicSection, LetterBlock]:
    """Every section that has something to say, in the order of an opinion."""
    offers = without_repeats(offered_claims(inputs))
    found: dict[TopicSection, LetterBlock] = {}
    for name in TopicSection:
        of_record = _OF_RECORD.get(name)
        told = [*(of_record(inputs) if of_record is not None else ()), *claims_told(offers, name)]
        block = section(name.value, name.label, told)
        if block is not None:
            found[name] = block
    return found


def _rationale(inputs: LetterInputs) -> _Told:
    """The rationale of each line and why the service, as typed."""
    for line in inputs.case.service_lines:
        origin = record(f"determination.{line.id}.rationale", "Rationale of the determination")
        for index, part in enumerate(paragraphs_of(inputs.decision(line).rationale)):
            yield paragraph(f"{service_name(line)}: {part}" if index == 0 else part, origin)
    yield from _typed(inputs.case.history.why_this_service, "history.why_this_service")


def _imaging(inputs: LetterInputs) -> _Told:
    """Each study with what it reports, leaves open and measured, and where that stands."""
    for study in inputs.case.imaging:
        told = [
            f"{lead} {listed(names)}."
            for assertion, lead in _ASSERTED
            if (
                names := dict.fromkeys(
                    finding_phrase(it) for it in study.findings if it.assertion is assertion
                )
            )
        ]
        measured = _measured(study)
        if measured:
            told.append(f"Measured: {'; '.join(measured)}.")
        if told:
            name = study_name(study)
            origins = [record(f"imaging.{study.id}.findings.{item.id}", name) for item in study.findings]
            origins += [
                record(f"imaging.{study.id}.measurements.{item.id}", name) for item in study.measurements
            ]
            text = f"{name} ({inputs.short_mark(study.document_id)}). {' '.join(told)}"
            yield paragraph(text, *origins, form("opinion.imaging"))


_ASSERTED = (
    (Assertion.AFFIRMED, "The report affirms"),
    (Assertion.UNCERTAIN, "The report leaves open"),
    (Assertion.NEGATED, "The report states to be absent:"),
)


def _measured(study: ImagingStudy) -> list[str]:
    """`translation: 2.6 mm at L4-L5, 4.2 mm at L5-S1`, each label once."""
    by_label: dict[str, list[str]] = {}
    for item in study.measurements:
        if item.value is not None:
            label = one_line(item.label)
            at = f" at {item.level}" if item.level and not is_named_in(item.level, label) else ""
            by_label.setdefault(label, []).append(f"{amount_text(item.value, item.unit)}{at}")
    return [f"{label}: {', '.join(values)}" for label, values in by_label.items()]


def _criteria(inputs: LetterInputs) -> _Told:
    """How each set came out for each line, which is silent, and what is argued besides."""
    for line in inputs.argued_lines:
        for item in inputs.traces_of(line):
            edition = f" ({one_line(item.edition)})" if item.edition.strip() else ""
            came_out = standing(levels_argued(inputs, line, item))
            text = f"{service_name(line)}, by “{set_name(item)}”{edition}: {came_out}."
            if item.is_silent:
                text += f" The set is silent on what was found. {ended(one_line(item.silence_reason))}"
            yield paragraph(text, trace(item, "root"))
    offers = [item for item in offered_exceptions(inputs) if item.is_included and not item.needs]
    for offer in offers:
        line = inputs.case.service_line(offer.service_line_id)
        # A silent set was just named as such.
        if line is not None and offer.kind is not ExceptionKind.SILENT_SET:
            told = _TOLD_IN.get(offer.kind)
            where = f"see “{told.label}”" if told is not None else "; ".join(map(one_line, offer.grounds))
            text = ended(f"Argued besides, for {service_name(line)}: {lowered(offer.kind.label)}; {where}")
            origin = record(f"service_lines.{line.id}", "Service line")
            yield paragraph(text, form(f"opinion.{offer.key}"), origin)


_TOLD_IN = {
    ExceptionKind.CLINICAL_JUDGEMENT: TopicSection.IMAGING,
    ExceptionKind.CONFLICT_RESOLVED: TopicSection.PITFALLS,
}
"""Exception arguments whose grounds stand in another section."""


def _approach(inputs: LetterInputs) -> _Told:
    """What was found necessary, with device and place of service, and the operations it builds on."""
    for line in inputs.granted_lines:
        phrase = service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        parts = [f"Found necessary: {phrase}"]
        parts.extend(
            f"{label} {one_line(value)}"
            for label, value in (("device:", line.device), ("place of service:", line.place_of_service))
            if value.strip()
        )
        yield paragraph(f"{'; '.join(parts)}.", record(f"service_lines.{line.id}", "Service line"))
    for item in inputs.case.history.prior_surgeries:
        at = f" at {level_list(item.levels)}" if item.levels else ""
        text = f"It builds on: {one_line(item.label) or 'an earlier operation'}{at}, {long_date(item.performed_on)}"
        source = f" ({inputs.short_mark(item.document_id)})" if item.document_id else ""
        yield paragraph(f"{text}{source}.", record(f"history.prior_surgeries.{item.id}", "Earlier operation"))


def _optimisation(inputs: LetterInputs) -> _Told:
    """Dated facts that criteria ask about, with value and source."""
    for fact in inputs.case.history.facts:
        value = amount_text(fact.amount, fact.unit) if fact.amount is not None else ""
        said = one_line(fact.text)
        words = f"{value} ({lowered(said)})" if value and said else value or said
        if words:
            source = f"{short_date(fact.dated_on)}, {inputs.short_mark(fact.document_id)}"
            text = f"{fact.kind.label}: {words}. {source}."
            yield paragraph(text, record(f"history.facts.{fact.id}", fact.kind.label))


def _pitfalls(inputs: LetterInputs) -> _Told:
    """Words of the record that speak against what is argued, with the reviewer's note; healed levels."""
    said: set[Place] = set()
    for line in inputs.argued_lines:
        for item in inputs.traces_of(line):
            for node in leaves_at(levels_argued(inputs, line, item)):
                for link in inputs.evidence(node.evidence_ids) if node.truth is not Truth.FALSE else ():
                    note = one_line(link.note) or one_line(node.note)
                    if link.stance is Stance.CONTRADICTS and place_of(link) not in said:
                        said.add(place_of(link))
                        answer = f" {ended(note)}" if note else ""
                        text = f"Against the request: {quotation(link)} ({mark_of(inputs, link)}).{answer}"
                        document = inputs.case.document(link.span.document_id)
                        yield paragraph(text, quote(link, document), trace(item, node.id, node.subject))
    for study in inputs.case.imaging:
        healed = [
            item
            for item in study.findings
            if item.kind is FindingKind.SOLID_FUSION and item.assertion is Assertion.AFFIRMED
        ]
        if healed:
            text = f"{study_name(study)} also reports {listed(map(finding_phrase, healed))}."
            yield paragraph(
                text, *(record(f"imaging.{study.id}.findings.{it.id}", "Finding") for it in healed)
            )


def _outcomes(inputs: LetterInputs) -> _Told:
    """The newest score of each instrument, as the state from which an outcome is counted."""
    newest = {
        item.instrument: item
        for item in sorted(inputs.case.scores, key=lambda it: it.scored_on or inputs.today)
        if item.value is not None and item.scored_on is not None
    }
    told = [
        f"{one_line(item.instrument)} {amount_text(item.value, item.unit)} ({short_date(item.scored_on)})"
        for item in newest.values()
        if item.value is not None
    ]
    if told:
        origins = (record(f"scores.{item.id}", item.instrument) for item in newest.values())
        yield paragraph(f"State now, from which an outcome is counted: {'; '.join(told)}.", *origins)


def _delay(inputs: LetterInputs) -> _Told:
    yield from _typed(inputs.case.history.risk_of_delay, "history.risk_of_delay")


def _alternatives(inputs: LetterInputs) -> _Told:
    """Why the alternatives do not serve, as typed, and what was tried."""
    yield from _typed(inputs.case.history.why_not_alternatives, "history.why_not_alternatives")
    dated = [item for item in inputs.case.treatments if item.started_on or item.ended_on]
    if dated:
        named = listed(dict.fromkeys(item.kind.label.lower() for item in dated))
        text = f"Treatment that came before the request, with dates in the record: {named}."
        yield paragraph(text, *(record(f"treatments.{item.id}", item.label) for item in dated))


def _typed(text: str, path: str) -> _Told:
    origin = record(path, "As typed by the reviewer")
    yield from (paragraph(part, origin) for part in paragraphs_of(text))


_OF_RECORD: dict[TopicSection, Callable[[LetterInputs], _Told]] = {
    TopicSection.RATIONALE: _rationale,
    TopicSection.IMAGING: _imaging,
    TopicSection.CRITERIA_AND_JUDGEMENT: _criteria,
    TopicSection.APPROACH: _approach,
    TopicSection.OPTIMISATION: _optimisation,
    TopicSection.PITFALLS: _pitfalls,
    TopicSection.OUTCOMES: _outcomes,
    TopicSection.DELAY: _delay,
    TopicSection.ALTERNATIVES: _alternatives,
}
