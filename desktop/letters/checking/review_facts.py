"""The documents, the criteria, the review and what is kept beside them, as facts; it judges no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from desktop.domain.criteria import CriteriaSet
from desktop.letters.checking.fact_making import day_words, field_fact, joined_facts, text_facts, writer_of
from desktop.letters.checking.facts import Fact
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import amount_text


def review_facts(inputs: LetterInputs) -> Iterator[Fact]:
    """Every fact of the documents, of the criteria in use and of the review."""
    yield from _documents(inputs)
    used = set(inputs.case.criteria_set_ids)
    for item in inputs.sets.values():
        if item.id in used:
            yield from _criteria(item)
    yield from _answers(inputs)
    yield from _decisions(inputs)
    yield from _setting(inputs)


def _documents(inputs: LetterInputs) -> Iterator[Fact]:
    for item in inputs.enclosures:
        document = item.document
        label = f"Enclosure {item.letter}"
        day = f"date:{document.dated_on.isoformat()}" if document.dated_on else f"encl:{item.letter}"
        what = f"{document.title} {document.kind.label} {day_words(document.dated_on)}"
        yield field_fact(label, f"{what} {document.author} {document.facility}", f"encl:{item.letter}")
        for fact in text_facts(document.text, label, f"encl:{item.letter}", day):
            yield replace(fact, writer=writer_of(document.author))


def _criteria(item: CriteriaSet) -> Iterator[Fact]:
    name = f"“{item.title}”"
    days = (item.effective_from, item.effective_to, item.retrieved_on, item.review_by)
    when = " ".join(day_words(day) for day in days if day)
    words = f"{item.title} {item.publisher} {item.document_number} {item.edition} {when} effective compiled"
    yield field_fact(name, words)
    for criterion in item.criteria():
        limit = criterion.threshold.caption if criterion.threshold else ""
        yield from text_facts(f"{criterion.text} {limit}", f"a criterion of {name}", weight=0.9)
        yield from text_facts(criterion.closes_with, f"a criterion of {name}", weight=0.7)
        yield from text_facts(criterion.source.caption, f"a source of {name}", weight=0.7)
    for text in (*item.codes, *item.indications, item.notes):
        yield from text_facts(text, name, weight=0.7)


def _answers(inputs: LetterInputs) -> Iterator[Fact]:
    for key, answer in inputs.assessments.items():
        found = inputs.sets.get(key.set_id)
        criterion = found.criterion(key.criterion_id) if found is not None else None
        if answer.amount is not None:
            amount = amount_text(answer.amount.value, answer.amount.unit)
            yield field_fact("an answer of the review", f"{amount} {criterion.text if criterion else ''}")
        where = (f"level:{key.subject}",) if "-" in key.subject else ()
        for text in (answer.note, answer.exception_source):
            yield from text_facts(text, "an answer of the review", *where)
        yield from joined_facts(answer.arithmetic, "an answer of the review", *where)
    for offer in inputs.offers.values():
        yield from joined_facts(offer.arithmetic, "a value worked out from the record")
    for links in inputs.links.values():
        for link in links:
            yield from text_facts(link.note, "a note on linked words")


def _decisions(inputs: LetterInputs) -> Iterator[Fact]:
    decided = inputs.determination
    if decided is not None:
        for line in decided.lines:
            yield from text_facts(line.rationale, "the rationale of the determination")
        if decided.sign_off is not None:
            signed = decided.sign_off
            words = f"determination signed by {signed.name}, {signed.credential}"
            yield field_fact("the sign-off", f"{words} {day_words(signed.signed_at.date())}")
    for doubt in inputs.doubts:
        yield from text_facts(doubt.sentence, "a doubt about a criteria set")
    for choice in inputs.choices.values():
        yield from text_facts(choice.note, "the reviewer’s own words")


def _setting(inputs: LetterInputs) -> Iterator[Fact]:
    yield field_fact("the date of the letter", f"{day_words(inputs.today)} today letter dated")
    for value in (inputs.letterhead, *inputs.peer_to_peers, *inputs.status_history):
        if value is not None:
            yield from text_facts(" ".join(_plain(value.model_dump())), "what is kept with the letter")
    if inputs.template is not None:
        yield from text_facts(" ".join(_plain(inputs.template.model_dump())), "the template")
    for copy in inputs.settings.carbon_copies:
        yield from text_facts(copy, "the carbon copies")
    for letter in inputs.earlier:
        if letter.issued_at is not None:
            yield field_fact(
                "an earlier letter",
                f"{letter.kind.label} issued {day_words(letter.issued_at.date())} earlier letter appeal",
            )


def _plain(value: object) -> Iterator[str]:
    """Every text, day and number of a dumped value, a full stop behind each."""
    match value:
        case dict():
            for key, item in cast("dict[str, object]", value).items():
                if not key.endswith(("id", "sha256")):
                    yield from _plain(item)
        case list() | tuple():
            for item in cast("list[object]", value):
                yield from _plain(item)
        case datetime():
            yield f"{day_words(value.date())}."
        case date():
            yield f"{day_words(value)}."
        case str() | int() | Decimal():
            yield f"{value}."
        case _:
            return
