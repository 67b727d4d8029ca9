"""One argument topic as a page: its claims by section, when each is offered, what it rests on, what speaks against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.letter import CITATION
from desktop.domain.reference import Claim
from desktop.domain.topic import ClaimSource, Topic, TopicClaim, TopicSection
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.topic_left_out import LeftOut
from desktop.services.own_topics import BrokenTopic
from desktop.ui.library.page import Line, Page, Run, Table, Tone, fields, heading, small, text, title
from desktop.ui.library.report_pages import problem_lines
from desktop.ui.library.wording import counted, family_title
from desktop.ui.references.entry_page import figure_runs
from desktop.ui.references.wording import short_name
from desktop.ui.topics.wording import applies_to, condition_sentence, kind_word


def broken_page(topic: BrokenTopic) -> Page:
    """An own topic that cannot be read any more: why, line by line, and what can be done with it."""
    parts: list[Line | Table] = [
        title(topic.title),
        text(f"× {topic.id} cannot be read, and is offered to no letter.", Tone.BAD),
        text(
            "Export it, put these lines right in the file and import it again, or remove it. Where it points at a "
            "source that you removed, undo on the references brings it back."
        ),
        *problem_lines(topic.error),
    ]
    return Page(f"{topic.title}: cannot be read", tuple(parts))


def topic_page(topic: Topic, references: ReferenceLibrary) -> Page:
    """The whole topic; a section without a verified claim is named as empty."""
    known = {(claim.reference_id, claim.id): claim for claim in references.all_claims()}
    counters = sum(claim.counter is not None for claim in topic.claims)
    told = f"{counted(len(topic.claims), 'claim', 'claims')}, {counted(counters, 'objection', 'objections')} answered"
    parts: list[Line | Table] = [
        title(topic.title),
        text(f"{kind_word(topic)} · {told}", Tone.MUTED, is_joined=True),
        *(
            (text("Written by your house; it did not come with the program.", Tone.ACCENT),)
            if topic.is_own
            else ()
        ),
        fields(
            (
                ("Applies to", applies_to(topic)),
                ("Subjects", ", ".join(topic.subjects)),
                ("Notes", topic.notes),
                ("Id", topic.id),
            )
        ),
    ]
    for section in topic.sections:
        parts.append(heading(section.label))
        for claim in topic.claims:
            if claim.section is section:
                parts += _claim(claim, references, known)
    empty = [section.label for section in TopicSection if section not in topic.sections]
    if empty:
        parts.append(heading("Sections without a verified source"))
        parts.append(text(", ".join(empty), Tone.MUTED))
    return Page(f"Topic {topic.title}", tuple(parts))


def left_out_page(left_out: LeftOut, references: ReferenceLibrary) -> Page:
    """What no topic argues with, each with its reason."""
    parts: list[Line | Table] = [
        title("Left out, and why"),
        text(
            "What the topics do not argue with, although a criteria family or a verified source is there.",
            Tone.MUTED,
            is_joined=True,
        ),
        heading(f"Criteria families without a topic: {len(left_out.families)}"),
    ]
    for name, why in left_out.families.items():
        parts += [text(family_title(name)), small(why, depth=1)]
    parts.append(heading(f"Claims of the library that are not argued with: {len(left_out.claims)}"))
    for name, why in left_out.claims.items():
        reference_id, _, claim_id = name.partition("/")
        found = next((item for item in references.claims_of(reference_id) if item.id == claim_id), None)
        parts += [text(found.text if found is not None else name), small(f"{name}: {why}", depth=1)]
    if left_out.counters:
        parts.append(heading(f"Topics that need no objection: {len(left_out.counters)}"))
        for name, why in left_out.counters.items():
            parts += [text(name), small(why, depth=1)]
    return Page("Left out of the topics", tuple(parts))


def cited_words(words: str, references: ReferenceLibrary) -> str:
    """A sentence with its marks as short names: `[@spirig-2019]` is `[Spirig et al. 2019]`."""
    written = words
    for reference_id in dict.fromkeys(CITATION.findall(words)):
        found = references.get(reference_id)
        named = short_name(found) if found is not None else reference_id
        written = written.replace(f"[@{reference_id}]", f" [{named}]")
    return written.replace("  [", " [")


def _claim(
    claim: TopicClaim, references: ReferenceLibrary, known: Mapping[tuple[str, str], Claim]
) -> Iterator[Line]:
    yield text(cited_words(claim.cited_text, references))
    yield from _offered(claim)
    for source in claim.sources:
        yield from _source(source, references, known, 1)
    if claim.counter is not None:
        yield Line(
            (Run("AGAINST IT  ", Tone.EXCEPTION), Run(cited_words(claim.counter.cited_text, references))),
            depth=1,
        )
        for source in claim.counter.sources:
            yield from _source(source, references, known, 2)
        yield Line(
            (Run("ANSWER  ", Tone.RULE), Run(cited_words(claim.counter.cited_answer, references))), depth=1
        )
        for source in claim.counter.answer_sources:
            yield from _source(source, references, known, 2)


def _offered(claim: TopicClaim) -> Iterator[Line]:
    told = [sentence for item in claim.when if (sentence := condition_sentence(item))]
    when = " And: ".join(told) if told else "wherever the topic applies."
    place = "" if claim.is_for_letter else " In a clinical opinion only."
    yield small(f"Offered when {when}{place}" if told else f"Offered {when}{place}", depth=1)


def _source(
    source: ClaimSource,
    references: ReferenceLibrary,
    known: Mapping[tuple[str, str], Claim],
    depth: int,
) -> Iterator[Line]:
    """The claim that a sentence points at, with the figures that its source states."""
    reference = references.get(source.reference_id)
    claim = known.get((source.reference_id, source.claim_id))
    name = short_name(reference) if reference is not None else source.reference_id
    place = f", {claim.locator}" if claim is not None and claim.locator else ""
    lead = (Run(f"{name}{place}  ", Tone.ACCENT), Run(source.caption, Tone.MUTED))
    if reference is not None and not reference.may_be_cited:
        lead = (*lead, Run("  ~ not verified, or no longer stands: the claim is not told", Tone.WARNING))
    yield Line(lead, "small", depth, is_joined=True)
    for figure in claim.figures if claim is not None else ():
        yield Line(figure_runs(figure), "small", depth + 1, is_joined=True)
