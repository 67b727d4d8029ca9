"""A claim or an exception in full, as a page to read: why it is offered, its sources, what is said against it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.argument import OfferedException
from desktop.domain.letter import CITATION
from desktop.domain.reference import Claim, Reference, ReferenceStance, Standing
from desktop.domain.topic import ClaimSource
from desktop.domain.topic_offer import OfferedClaim
from desktop.letters.wording import listed
from desktop.ui.argument.argument_reading import ReadArgument
from desktop.ui.argument.condition_words import condition_words, ground_words
from desktop.ui.argument.offer_rows import TAKEN, codes_of, is_for_letter, state_of
from desktop.ui.library.page import Line, Page, Run, Tone, heading, small, text, title

_STANCES = {
    ReferenceStance.FOR: Run("for or neutral", Tone.GOOD),
    ReferenceStance.MIXED: Run("mixed", Tone.WARNING),
    ReferenceStance.AGAINST: Run("against", Tone.BAD),
}


def offer_page(
    read: ReadArgument, offered: OfferedClaim | OfferedException, changed: Sequence[Line] = ()
) -> Page:
    """Everything that is known of an offer; `changed` is what the last choice about it did to the papers."""
    if isinstance(offered, OfferedException):
        return Page(f"Exception: {offered.kind.label}", tuple(_exception(read, offered, changed)))
    return Page(f"Claim: {offered.key}", tuple(_claim(read, offered, changed)))


def nothing_page(*, is_filtered: bool) -> Page:
    """What the place is for, while nothing is chosen in it."""
    if is_filtered:
        return Page(
            "Nothing found", (title("Nothing matches"), text("Clear the search, or list all of them."))
        )
    return Page(
        "Nothing is offered yet",
        (
            title("Nothing to argue with yet"),
            text(
                "Claims from the verified library and exception arguments are offered here as soon as the record "
                "bears them out: a service line with its code, what imaging reports, and the criteria it is held "
                "against."
            ),
            text(
                "Add them under Intake and Review; nothing is offered that the record does not say.",
                Tone.MUTED,
            ),
        ),
    )


def _exception(read: ReadArgument, offered: OfferedException, changed: Sequence[Line]) -> Iterator[Line]:
    yield Line(
        (Run(f"Exception · for {codes_of(read.case, (offered.service_line_id,))}", Tone.MUTED),), "small"
    )
    yield title(offered.kind.label)
    yield from _state(read, offered)
    yield from changed
    if offered.needs:
        yield heading("What it still needs")
        yield from (text(f"! {need}", Tone.WARNING) for need in offered.needs)
    yield heading("What of the record it rests on")
    yield from (text(ground) for ground in offered.grounds)


def _claim(read: ReadArgument, offered: OfferedClaim, changed: Sequence[Line]) -> Iterator[Line]:
    claim, numbers = offered.claim, _numbers(offered.claim.all_sources)
    head = (
        f"{claim.section.label} · {offered.topic_title} · for {codes_of(read.case, offered.service_line_ids)}"
    )
    yield Line((Run(head, Tone.MUTED),), "small")
    # A claim may be three sentences long: the size of a title, and its weight left to the headings.
    yield Line((Run(_numbered(claim.cited_text, numbers)),), "title")
    yield from _state(read, offered)
    yield from changed
    yield heading("Why it is offered")
    conditions = condition_words(claim)
    for words in conditions or ("Wherever its topic applies: it names no condition of its own.",):
        yield text(words[:1].upper() + words[1:])
    for words in ground_words(offered, read.case):
        yield small(words, depth=1)
    yield heading("What it is backed by")
    yield from _sources(read, claim.sources, numbers)
    if claim.counter is not None:
        yield heading("What the plan may raise against it")
        yield text(_numbered(claim.counter.cited_text, numbers))
        yield from _sources(read, claim.counter.sources, numbers)
        yield heading("The answer")
        yield text(_numbered(claim.counter.cited_answer, numbers))
        yield from _sources(read, claim.counter.answer_sources, numbers)


def _state(read: ReadArgument, offered: OfferedClaim | OfferedException) -> Iterator[Line]:
    state = state_of(read, offered)
    if state is not TAKEN:
        needs = state.word == "Needs you"
        words = "! Taken in, but not printed yet: something is still needed" if needs else "– Left out"
        yield text(words, Tone.WARNING if needs else Tone.MUTED)
        return
    papers = read.papers_with(offered)
    if papers:
        yield text(f"✓ Taken: stands in the {listed(papers)}", Tone.GOOD)
        return
    yield text("✓ Taken", Tone.GOOD)
    if isinstance(offered, OfferedClaim):
        yield small(
            "A letter prints the two best of a kind; this one is told in a clinical opinion."
            if is_for_letter(offered)
            else "Told in a clinical opinion only."
        )


def _sources(read: ReadArgument, sources: Iterable[ClaimSource], numbers: dict[str, int]) -> Iterator[Line]:
    for source in sources:
        reference = read.library.get(source.reference_id)
        number = f"{numbers[source.reference_id]}. "
        if reference is None:
            yield text(f"{number}! {source.caption} is no longer in the library.", Tone.BAD)
            continue
        yield text(f"{number}{reference.citation}")
        yield _about(reference)
        found = next((c for c in read.library.claims_of(reference.id) if c.id == source.claim_id), None)
        if found is not None:
            yield from _stated(found)


def _about(reference: Reference) -> Line:
    year = reference.bibliography.year
    runs = [_STANCES[reference.stance], Run(f" · {reference.evidence.label}", Tone.MUTED)]
    if year is not None:
        runs.append(Run(f" · {year}", Tone.MUTED))
    runs.append(_verification(reference))
    return Line(tuple(runs), "small", 1, is_joined=True)


def _verification(reference: Reference) -> Run:
    if reference.standing is not Standing.CURRENT:
        return Run(f" · ! {reference.standing.value}", Tone.BAD)
    if not reference.is_verified:
        return Run(" · ! not verified", Tone.BAD)
    day = f" {reference.verified_on.isoformat()}" if reference.verified_on else ""
    return Run(f" · ✓ verified{day}", Tone.GOOD)


def _stated(claim: Claim) -> Iterator[Line]:
    place = f" ({claim.locator})" if claim.locator else ""
    yield small(f"{claim.text}{place}", Tone.PLAIN, depth=1)
    for item in claim.figures:
        parts = (
            item.what,
            item.comparator,
            f"n = {item.n}" if item.n else "",
            f"follow-up {item.follow_up}" if item.follow_up else "",
        )
        about = " · ".join(part for part in parts if part)
        value = f"{item.value} {item.unit}".strip().replace(" %", "%")
        yield Line((Run(f" {value} ", Tone.VALUE), Run(f"  {about}", Tone.MUTED)), "small", 1, is_joined=True)


def _numbers(sources: Iterable[ClaimSource]) -> dict[str, int]:
    """Numbers of the page, in the order in which its sources come."""
    found: dict[str, int] = {}
    for source in sources:
        found.setdefault(source.reference_id, len(found) + 1)
    return found


def _numbered(cited: str, numbers: dict[str, int]) -> str:
    """A text in which numbers stand in the place of citation marks."""
    parts = CITATION.split(cited)
    text_so_far, waiting = "", list[str]()
    for place, part in enumerate(parts):
        if place % 2:
            waiting.append(str(numbers.get(part, "?")))
            continue
        if waiting and part:
            text_so_far += f" [{', '.join(waiting)}]"
            waiting = []
        text_so_far += part
    return f"{text_so_far} [{', '.join(waiting)}]" if waiting else text_so_far
