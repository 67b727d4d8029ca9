"""Argument topics of the house's own: YAML text in the store, held to the same form and the same check as the others.

Nothing of a text is carried out: conditions are a closed list, and a figure must stand in a source of the library.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.domain.stationery import HouseTopic
from desktop.domain.topic import Topic, TopicClaim
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.file_problem import CriteriaFileError, FileProblem
from desktop.rules.lint_rules import LintProblem
from desktop.rules.topic_known import Known, known_of
from desktop.rules.topic_lint import lint_topic
from desktop.rules.topic_reader import ReadTopic, read_topic
from desktop.rules.topics import TopicLibrary
from desktop.rules.yaml_nodes import MapNode, TextNode, parse_yaml
from desktop.services.catalogue import Catalogue
from desktop.services.operation import OperationResult
from desktop.services.reference_library import ReferenceShelf
from desktop.store.engine import Store
from desktop.store.row_changes import STATIONERY

PREFIX = "own-"
"""What the id of every own topic begins with: it tells them apart wherever an id is kept, and no later topic of the
program can take the id of one."""
LONGEST = 400_000
_STORE, _REMOVE = "Store topic", "Remove topic"
_TOUCHED = frozenset({ChangeFlag.STATIONERY, ChangeFlag.ARGUMENT, ChangeFlag.LETTER, ChangeFlag.UNDO})


@dataclass(frozen=True, slots=True)
class CheckedTopic:
    """A topic that may be stored: its text, what it says, and what its author should know."""

    text: str
    topic: Topic
    warnings: tuple[LintProblem, ...] = ()
    replaces: bool = False
    """Whether the house has one with its id."""


@dataclass(frozen=True, slots=True)
class BrokenTopic:
    """An own topic that cannot be read any more: what it points at is gone, or is called otherwise."""

    id: str
    title: str
    """Its id where not even the title can be read."""
    error: CriteriaFileError


class OwnTopics:
    """Reading, storing and handing out. They share the undo of letterheads and templates."""

    def __init__(self, store: Store, references: ReferenceShelf, catalogue: Catalogue) -> None:
        self._store = store
        self._references = references
        self._catalogue = catalogue
        self._read: tuple[object, TopicLibrary, tuple[BrokenTopic, ...]] = ((), TopicLibrary(), ())

    def library(self) -> TopicLibrary:
        """The own topics as they stand now, and those that cannot be read any more; read anew only after a change."""
        return self._read_now()[0]

    def broken(self) -> tuple[BrokenTopic, ...]:
        """Those of them that cannot be read any more; their texts can be had, and they can be removed."""
        return self._read_now()[1]

    def _read_now(self) -> tuple[TopicLibrary, tuple[BrokenTopic, ...]]:
        stored = self.texts()
        if not stored:
            return TopicLibrary(), ()
        references, sets = self._references.library(), self._catalogue.library().sets
        basis = (stored, references, sets)
        if self._read[0] != basis:
            self._read = (basis, *_library_of(stored, _known(references, sets)))
        return self._read[1:]

    def told(self, topic: Topic) -> Topic:
        """An own topic with the claims only whose sources may all be cited now: the others are offered to nobody."""
        references = self._references.library()
        claims = tuple(claim for claim in topic.claims if _may_be_told(claim, references))
        return topic if len(claims) == len(topic.claims) else topic.model_copy(update={"claims": claims})

    def texts(self) -> tuple[HouseTopic, ...]:
        """The texts as they were stored, in that order."""
        with self._store.read() as reader:
            return reader.house.all(HouseTopic)

    def check(self, text: str, name: str) -> CheckedTopic:
        """Read a text and hold it against the check; nothing is stored.

        Raises CriteriaFileError with the line of every mistake, of the form or of the check.
        """
        _require_short(text, name)
        known = _known(self._references.library(), self._catalogue.library().sets)
        read = read_topic(text, name, known)
        found = lint_topic(read, known)
        wrong = [_as_problem(item) for item in found if item.severity is Severity.ERROR]
        if not read.topic.id.startswith(PREFIX):
            what = f"The id `{read.topic.id}` is not that of a topic of your own."
            fix = f"Write `id: {PREFIX}{read.topic.id}`."
            wrong.append(FileProblem(line=read.key_lines.get("id", 1), problem=what, fix=fix))
        if not read.topic.claims:
            line = read.key_lines.get("claims", 1)
            wrong.append(FileProblem(line=line, problem="The topic has no claim.", fix="Write one."))
        if wrong:
            raise CriteriaFileError(name, tuple(sorted(wrong, key=_line_of)))
        replaces = any(item.id == read.topic.id for item in self.texts())
        return CheckedTopic(text, read.topic.model_copy(update={"is_own": True}), found, replaces)

    def store(self, text: str) -> OperationResult[Topic]:
        """Store a topic, in the place of the one with its id. Raises CriteriaFileError as `check` does."""
        topic = self.check(text, "the topic").topic
        with self._store.write("topic_stored", f"{_STORE} {topic.id}", case_id=STATIONERY) as work:
            work.house.put(HouseTopic(id=topic.id, text=text))
        return OperationResult(topic, Changes(_TOUCHED, frozenset()))

    def text(self, topic_id: str) -> str:
        """The text of an own topic exactly as it was stored. Raises UserFacingError when there is none."""
        with self._store.read() as reader:
            found = reader.house.get(HouseTopic, topic_id)
        if found is None:
            raise no_such_topic(topic_id)
        return found.text

    def remove(self, topic_id: str) -> OperationResult[str]:
        """Take an own topic out; drafts are composed without it from then on. Raises UserFacingError."""
        self.text(topic_id)
        with self._store.write("topic_removed", f"{_REMOVE} {topic_id}", case_id=STATIONERY) as work:
            work.house.remove(HouseTopic, topic_id)
        return OperationResult(topic_id, Changes(_TOUCHED, frozenset()))

    def undo_labels(self) -> tuple[str | None, str | None]:
        """What undo and redo would do here, in words; None where the next step of that kind is none on topics."""
        undo, redo = self._store.undo_labels(STATIONERY)
        return _of_topics(undo), _of_topics(redo)

    def undo(self) -> OperationResult[str]:
        """Take the latest step back if it was one on topics; the value is its label. Raises UserFacingError."""
        if self.undo_labels()[0] is None:
            raise _no_step("undo")
        undone = self._store.undo(STATIONERY)
        return OperationResult(undone.label if undone else "", Changes(_TOUCHED, frozenset()))

    def redo(self) -> OperationResult[str]:
        """Do a step on topics that was taken back again; the value is its label. Raises UserFacingError."""
        if self.undo_labels()[1] is None:
            raise _no_step("redo")
        redone = self._store.redo(STATIONERY)
        return OperationResult(redone.label if redone else "", Changes(_TOUCHED, frozenset()))

    def problems(self) -> tuple[LintProblem, ...]:
        """What the check finds in the stored topics that can be read."""
        library = self.library()
        if not library.read:
            return ()
        known = _known(self._references.library(), self._catalogue.library().sets)
        return tuple(problem for read in library.read for problem in lint_topic(read, known))


def no_such_topic(topic_id: str) -> UserFacingError:
    """What is said when a topic is named that is not there, or not the house's own."""
    return UserFacingError(
        f"There is no topic of your own called {topic_id}.",
        safe="Nothing was changed.",
        todo="Choose one of your own; those of the program stay as they are.",
    )


def _known(references: ReferenceLibrary, sets: tuple[CriteriaSet, ...]) -> Known:
    return known_of(references.all(), references.all_claims(), sets, takes_doubtful=True)


def _may_be_told(claim: TopicClaim, references: ReferenceLibrary) -> bool:
    found = (references.get(source.reference_id) for source in claim.all_sources)
    return all(reference is not None and reference.may_be_cited for reference in found)


def _of_topics(label: str | None) -> str | None:
    return label if label is not None and label.startswith((_STORE, _REMOVE)) else None


def _no_step(direction: str) -> UserFacingError:
    return UserFacingError(
        f"There is nothing to {direction} on topics.",
        safe="Nothing was changed.",
        todo="If a letterhead or template was changed since, undo that first, on its page.",
    )


def _library_of(stored: tuple[HouseTopic, ...], known: Known) -> tuple[TopicLibrary, tuple[BrokenTopic, ...]]:
    read: list[ReadTopic] = []
    broken: list[BrokenTopic] = []
    for item in sorted(stored, key=_id_of):
        try:
            found = read_topic(item.text, f"own topic {item.id}", known)
        except CriteriaFileError as error:
            broken.append(BrokenTopic(item.id, _title_in(item), error))
        else:
            topic = found.topic.model_copy(update={"is_own": True})
            read.append(ReadTopic(topic, found.origin, found.claim_lines, found.key_lines))
    return TopicLibrary(tuple(read), tuple(item.error for item in broken)), tuple(broken)


def _title_in(item: HouseTopic) -> str:
    """The title of a topic that cannot be read; its id where the text has none."""
    try:
        node = parse_yaml(item.text, item.id)
    except CriteriaFileError:
        return item.id
    found = node.values.get("title") if isinstance(node, MapNode) else None
    return (found.text.strip() if isinstance(found, TextNode) else "") or item.id


def _require_short(text: str, name: str) -> None:
    if len(text) > LONGEST:
        raise UserFacingError(
            f"{name} is too long for a topic ({len(text):,} characters; at most {LONGEST:,}).",
            safe="Nothing was stored.",
            todo="Divide it into several topics.",
        )


def _as_problem(item: LintProblem) -> FileProblem:
    return FileProblem(line=item.line, problem=item.message, fix=item.instead)


def _line_of(item: FileProblem) -> int:
    return item.line


def _id_of(item: HouseTopic) -> str:
    return item.id
