"""What the topics shelf reads, as jobs for other threads: the topics, one of them, what is left out, their check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.domain.topic import Topic, TopicKind
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.lint_rules import LintProblem
from desktop.rules.loader import read_criteria_file
from desktop.rules.topics import TopicLibrary
from desktop.services.own_topics import BrokenTopic, CheckedTopic
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title
from desktop.ui.library.row_list import Row, RowMark
from desktop.ui.library.wording import counted
from desktop.ui.references.rows import OWN
from desktop.ui.references.wording import short_name
from desktop.ui.topics.topic_page import broken_page, left_out_page, topic_page
from desktop.ui.topics.wording import applies_to, kind_word

if TYPE_CHECKING:
    from desktop.services.workspace import Services

_UNREADABLE = "Cannot be read"


@dataclass(frozen=True, slots=True)
class ReadTopics:
    """The topics with the references they point at."""

    library: TopicLibrary
    references: ReferenceLibrary
    broken: tuple[BrokenTopic, ...] = ()
    """Own ones that cannot be read any more."""
    steps: tuple[str | None, str | None] = (None, None)
    """What undo and redo would do to own topics, in words."""


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic ready to be shown, with the references it rests on."""

    topic: Topic
    page: Page
    sources: tuple[tuple[str, str], ...]
    """Id and name of every reference, in order of first use."""


@dataclass(frozen=True, slots=True)
class ReadOwn:
    """A topic read from a file, with the page to look at before it is stored."""

    found: CheckedTopic
    page: Page


def read_topics(services: Services) -> ReadTopics:
    """The topics that came with the program, and the house's own."""
    own = services.own_topics
    return ReadTopics(services.topics.library(), services.shelf.library(), own.broken(), own.undo_labels())


def read_own(services: Services, path: Path) -> ReadOwn:
    """An own topic from a file; nothing is stored. Raises CriteriaFileError with every mistake, or UserFacingError."""
    found = services.own_topics.check(read_criteria_file(path, path.name), path.name)
    page = topic_page(found.topic, services.shelf.library())
    remarks = tuple(
        text(f"! Line {item.line}: {item.message} {item.instead}", Tone.WARNING) for item in found.warnings
    )
    return ReadOwn(found, Page(page.name, (*remarks, *page.parts)))


def read_shown(read: ReadTopics, topic_id: str) -> ShownTopic | None:
    """A topic with its page, or what is left of one that cannot be read; None when there is none with that id."""
    topic = read.library.get(topic_id)
    if topic is None:
        found_broken = next((item for item in read.broken if item.id == topic_id), None)
        return _what_is_left(found_broken) if found_broken is not None else None
    ids = dict.fromkeys(source.reference_id for claim in topic.claims for source in claim.all_sources)
    found = [(item, read.references.get(item)) for item in ids]
    sources = tuple(
        (item, f"{short_name(reference)} · {reference.bibliography.title}")
        for item, reference in found
        if reference is not None
    )
    return ShownTopic(topic, topic_page(topic, read.references), sources)


def rows_of(read: ReadTopics, kind: TopicKind | None, words: str, *, is_own: bool = False) -> tuple[Row, ...]:
    """The topics of a kind, or own ones, that hold every word: title, claims, objections, codes, families, sources."""
    wanted = words.casefold().split()
    readable = tuple(
        _row(topic)
        for topic in read.library.topics
        if (kind is None or topic.kind is kind)
        and (topic.is_own or not is_own)
        and (not wanted or all(word in _said(topic, read.references) for word in wanted))
    )
    if kind is not None:  # of what kind a broken one is, nobody can say
        return readable
    named = ((item, f"{item.id} {item.title} {_UNREADABLE}".casefold()) for item in read.broken)
    broken = (_broken_row(item) for item, said in named if all(word in said for word in wanted))
    return (*readable, *broken)


def read_left_out_page(services: Services) -> Page:
    """What is left out, and why. Raises UserFacingError when the file cannot be read."""
    try:
        return left_out_page(services.topics.left_out(), services.shelf.shipped)
    except CriteriaFileError as error:
        raise UserFacingError(
            f"{error.origin} cannot be read: {error.problem}",
            safe="The topics are not touched by this.",
            todo="Install the program again; the file is damaged.",
        ) from error


def read_check(services: Services) -> Page:
    """What the check of the topics finds."""
    return check_page(services.topics.problems(), services.topics.library())


def check_page(problems: tuple[LintProblem, ...], library: TopicLibrary) -> Page:
    """Says plainly when there is nothing."""
    errors = sum(item.severity is Severity.ERROR for item in problems)
    count = counted(len(library.topics), "topic", "topics")
    verdict = (
        text(f"× {counted(errors, 'error', 'errors')} in {count}.", Tone.BAD)
        if errors
        else text(f"✓ {count}: no error.", Tone.GOOD)
    )
    parts: list[Line | Table] = [
        title("Check of the topics"),
        text(
            "Every figure stands in a source that the sentence points at, every claim has a source, mixed and "
            "adverse evidence is raised, and every criteria family has a topic or a reason.",
            Tone.MUTED,
            is_joined=True,
        ),
        verdict,
    ]
    if problems:
        parts.append(heading("Findings"))
    for item in problems:
        is_error = item.severity is Severity.ERROR
        mark = Run("× " if is_error else "! ", Tone.BAD if is_error else Tone.WARNING)
        parts.append(Line((mark, Run(item.message))))
        parts.append(small(f"{item.file}, line {item.line} · {item.rule} · {item.instead}", depth=1))
    return Page("Check of the topics", tuple(parts))


def _row(topic: Topic) -> Row:
    counters = sum(claim.counter is not None for claim in topic.claims)
    marks = [RowMark(counted(len(topic.claims), "claim", "claims"))]
    if counters:
        marks.append(
            RowMark(f"{counted(counters, 'objection', 'objections')} answered", "shield", "exception")
        )
    if topic.kind is TopicKind.PROCESS:
        marks.insert(0, RowMark(kind_word(topic), "info", "accent"))
    return Row(topic.id, topic.title, applies_to(topic), tuple(marks), OWN if topic.is_own else None)


def _broken_row(item: BrokenTopic) -> Row:
    return Row(item.id, item.title, item.error.problem, (RowMark(_UNREADABLE, "warning", "not_met"),), OWN)


def _what_is_left(item: BrokenTopic) -> ShownTopic:
    # A topic that says nothing stands for it: it can be exported and removed like any other.
    return ShownTopic(Topic(id=item.id, title=item.title, is_own=True), broken_page(item), ())


def _said(topic: Topic, references: ReferenceLibrary) -> str:
    parts = [topic.id, topic.title, topic.notes, *topic.codes, *topic.families, *topic.subjects]
    for claim in topic.claims:
        parts += [claim.text, *(source.caption for source in claim.all_sources)]
        parts += [
            short_name(found) for item in claim.all_sources if (found := references.get(item.reference_id))
        ]
        if claim.counter is not None:
            parts += [claim.counter.text, claim.counter.answer]
    return " ".join(parts).casefold()
