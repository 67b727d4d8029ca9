"""Checks how topics are written: figures against sources, counter-evidence, what has no topic. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.domain.reference import Claim, ReferenceStance
from desktop.domain.severity import Severity
from desktop.domain.topic import ClaimSource, Topic, TopicClaim
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.lint_rules import LintProblem
from desktop.rules.stated_numbers import numbers_in, unstated
from desktop.rules.topic_known import Known
from desktop.rules.topic_left_out import LeftOut, read_left_out
from desktop.rules.topic_reader import ReadTopic
from desktop.rules.topics import LEFT_OUT_FILE, load_topics

UNPROVEN_RANGES = ((83, 95), (31, 40), (14, 25))
"""Per cent of fusion, complications and reoperation that are passed on for revision without a primary source."""

_LEGAL = "law-"
_WEAK = frozenset({ReferenceStance.MIXED, ReferenceStance.AGAINST})
_PROMISE = re.compile(
    r"\b(clearly|obviously|undoubtedly|always|never|guarantee[sd]?|proves?|proven)\b", re.IGNORECASE
)


def lint_topics(folder: Path, known: Known) -> tuple[LintProblem, ...]:
    """Every problem of the topics in a folder, by file and line."""
    library = load_topics(folder, known)
    found = [problem for error in library.problems for problem in _unreadable(error)]
    left_out = LeftOut()
    try:
        left_out = read_left_out(folder, known)
    except CriteriaFileError as error:
        found.extend(_unreadable(error))
    for read in library.read:
        found.extend(_written(read, known, left_out))
    found.extend(_families(library.topics, known, left_out))
    found.extend(_unused(library.topics, known, left_out))
    return tuple(sorted(found, key=_place))


def lint_topic(read: ReadTopic, known: Known) -> tuple[LintProblem, ...]:
    """Every problem of one topic of the house's own, by line; a source in doubt is a warning."""
    return tuple(sorted((*_written(read, known, LeftOut()), *_doubtful(read, known)), key=_place))


def _written(read: ReadTopic, known: Known, left_out: LeftOut) -> Iterator[LintProblem]:
    yield from (*_sourced(read), *_figures(read, known), *_unproven(read, known), *_tone(read))
    yield from _counters(read, known, left_out)


def _doubtful(read: ReadTopic, known: Known) -> Iterator[LintProblem]:
    for claim in read.topic.claims:
        for item in dict.fromkeys(source.reference_id for source in claim.all_sources):
            if not known.references[item].may_be_cited:
                yield LintProblem(
                    read.origin,
                    read.claim_lines.get(claim.id, 1),
                    "doubtful",
                    Severity.WARNING,
                    f"The claim `{claim.id}` rests on `{item}`, which is not verified or no longer stands.",
                    "It is told in no letter until the source is verified, or another one is named.",
                )


def _place(problem: LintProblem) -> tuple[str, int, str, str]:
    return problem.file, problem.line, problem.rule, problem.message


def _unreadable(error: CriteriaFileError) -> Iterator[LintProblem]:
    for item in error.problems:
        yield LintProblem(error.origin, item.line, "readable", Severity.ERROR, item.problem, item.fix)


def _at(read: ReadTopic, claim: TopicClaim, rule: str, message: str, instead: str) -> LintProblem:
    return LintProblem(read.origin, read.claim_lines.get(claim.id, 1), rule, Severity.ERROR, message, instead)


def _sourced(read: ReadTopic) -> Iterator[LintProblem]:
    """No claim without a source: `references` may be there and hold nothing that can be cited."""
    for claim in read.topic.claims:
        if not claim.sources:
            yield _at(
                read,
                claim,
                "orphan",
                f"The claim `{claim.id}` names no source.",
                "Point it at a claim of the library.",
            )
        if claim.counter is not None and not claim.counter.sources:
            yield _at(
                read, claim, "orphan", f"The counter of `{claim.id}` names no source.", "Point it at one."
            )


def _figures(read: ReadTopic, known: Known) -> Iterator[LintProblem]:
    """Every figure of a sentence stands in a claim that the sentence itself points at."""
    for claim in read.topic.claims:
        for name, text, sources in _sentences(claim):
            for figure in unstated(text, _claims(sources, known)):
                yield _at(
                    read,
                    claim,
                    "figure",
                    f"The {name} of `{claim.id}` says {figure}, which its sources do not state.",
                    "Take the figure from the source, or point at the source that states it.",
                )


def _sentences(claim: TopicClaim) -> Iterator[tuple[str, str, tuple[ClaimSource, ...]]]:
    yield "text", claim.text, claim.sources
    if claim.counter is not None:
        yield "counter", claim.counter.text, claim.counter.sources
        # The answer speaks of what was just said on both sides.
        sources = (*claim.sources, *claim.counter.sources, *claim.counter.answer_sources)
        yield "answer", claim.counter.answer, sources


def _claims(sources: Iterable[ClaimSource], known: Known) -> tuple[Claim, ...]:
    return tuple(known.claims[source.reference_id, source.claim_id] for source in sources)


def _unproven(read: ReadTopic, known: Known) -> Iterator[LintProblem]:
    """The ranges without a primary source stand nowhere, unless a source that is pointed at states them."""
    for claim in read.topic.claims:
        for name, text, sources in _sentences(claim):
            stated = " ".join(item.text for item in _claims(sources, known))
            for low, high in _ranges(text):
                if (low, high) not in _ranges(stated):
                    message = f"The {name} of `{claim.id}` says {low}-{high} %, for which there is no primary source."
                    yield _at(
                        read, claim, "unproven-range", message, "Use a figure of the reference library."
                    )
    for key, text in (("title", read.topic.title), ("notes", read.topic.notes)):
        for low, high in _ranges(text):
            yield LintProblem(
                read.origin,
                read.key_lines.get(key, 1),
                "unproven-range",
                Severity.ERROR,
                f"`{key}` says {low}-{high} %, for which there is no primary source.",
                "Take it out.",
            )


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    values = {item.value for item in numbers_in(text)}
    return tuple(pair for pair in UNPROVEN_RANGES if values.issuperset(pair))


def _tone(read: ReadTopic) -> Iterator[LintProblem]:
    """Facts, no assurances: a word that promises is one that no source bears out."""
    for claim in read.topic.claims:
        for name, text, _ in _sentences(claim):
            for word in dict.fromkeys(item.lower() for item in _PROMISE.findall(text)):
                yield _at(
                    read, claim, "tone", f"The {name} of `{claim.id}` says “{word}”.", "Say what was found."
                )


def _counters(read: ReadTopic, known: Known, left_out: LeftOut) -> Iterator[LintProblem]:
    """A topic on whose subjects the library holds mixed or adverse evidence raises it and answers it."""
    topic = read.topic
    against = [
        f"{claim.reference_id}/{claim.id}"
        for claim in known.claims.values()
        if claim.stance in _WEAK
        and known.references[claim.reference_id].may_be_cited
        and set(topic.subjects) & set(known.references[claim.reference_id].subjects)
    ]
    raised = {source.caption for claim in topic.claims for source in claim.all_sources}
    has_counter = any(claim.counter is not None for claim in topic.claims)
    if against and topic.id not in left_out.counters and not (has_counter and raised & set(against)):
        yield LintProblem(
            read.origin,
            read.key_lines.get("subjects", 1),
            "counter",
            Severity.ERROR,
            f"The library holds evidence against this topic ({', '.join(against[:5])}), and no counter raises it.",
            "Give a claim a `counter` with its answer.",
        )


def _families(topics: Iterable[Topic], known: Known, left_out: LeftOut) -> Iterator[LintProblem]:
    covered = {family for topic in topics for family in topic.families}
    for family in sorted(known.codes_of):
        if family not in covered and family not in left_out.families:
            yield LintProblem(
                LEFT_OUT_FILE,
                1,
                "family",
                Severity.ERROR,
                f"The criteria family `{family}` has no topic.",
                "Write one, or say under `families` why there is none.",
            )
        elif family in covered and family in left_out.families:
            yield _needless(family, left_out, "has a topic")


def _unused(topics: Iterable[Topic], known: Known, left_out: LeftOut) -> Iterator[LintProblem]:
    """Every claim that may be cited is argued with somewhere, or it is said why not; of law this is not asked."""
    used = {source.caption for topic in topics for claim in topic.claims for source in claim.all_sources}
    for claim in known.claims.values():
        name = f"{claim.reference_id}/{claim.id}"
        reference = known.references[claim.reference_id]
        if name in used and name in left_out.claims:
            yield _needless(name, left_out, "is argued with")
        if name in used or name in left_out.claims or not reference.may_be_cited or reference.is_own:
            continue
        if not claim.topic.startswith(_LEGAL):
            yield LintProblem(
                LEFT_OUT_FILE,
                1,
                "unused",
                Severity.WARNING,
                f"No topic argues with the library's claim {name} ({claim.topic}).",
                "Use it, or say under `claims` why not.",
            )


def _needless(name: str, left_out: LeftOut, why: str) -> LintProblem:
    line = left_out.lines.get(name, 1)
    return LintProblem(
        LEFT_OUT_FILE, line, "left-out", Severity.ERROR, f"`{name}` {why}.", "Take the entry out."
    )
