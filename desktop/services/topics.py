"""The argument topics that come with the program, and the house's own, held against the libraries they point at.

It words and chooses nothing.
"""

from __future__ import annotations

from pathlib import Path

from desktop.domain.topic import Topic
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.lint_rules import LintProblem
from desktop.rules.loader import Library, read_criteria_file
from desktop.rules.topic_known import Known, known_of
from desktop.rules.topic_left_out import LeftOut, read_left_out
from desktop.rules.topics import TopicLibrary, load_topics
from desktop.services.own_topics import OwnTopics, no_such_topic


def known_in(references: ReferenceLibrary, criteria: Library) -> Known:
    """What topics may point at, in the libraries that come with the program."""
    return known_of(references.all(), references.all_claims(), criteria.sets)


class Topics:
    """The topics of a folder, and own ones. Reading costs a moment: nobody waits for it who writes no letter."""

    def __init__(
        self,
        folder: Path | None,
        references: ReferenceLibrary,
        criteria: Library,
        own: OwnTopics | None = None,
    ) -> None:
        self._folder = folder
        self._references = references
        self._criteria = criteria
        self._own = own
        self._library: TopicLibrary | None = None

    def library(self) -> TopicLibrary:
        """The topics, own ones last, and what is wrong with their files."""
        shipped = self.shipped()
        own = self._own.library() if self._own is not None else TopicLibrary()
        if not own.read and not own.problems:
            return shipped
        return TopicLibrary((*shipped.read, *own.read), (*shipped.problems, *own.problems))

    def shipped(self) -> TopicLibrary:
        """Those that came with the program; without a folder there are none."""
        if self._library is None:
            if self._folder is None:
                self._library = TopicLibrary()
            else:
                self._library = load_topics(self._folder, known_in(self._references, self._criteria))
        return self._library

    def all(self) -> tuple[Topic, ...]:
        """Every topic that may be argued with, in order of the ids, own ones last."""
        own = self._own
        return tuple(
            own.told(topic) if own is not None and topic.is_own else topic for topic in self.library().topics
        )

    def get(self, topic_id: str) -> Topic | None:
        """The topic with an id, or None."""
        return self.library().get(topic_id)

    def text(self, topic_id: str) -> str:
        """The YAML text of a topic, as it came with the program or as the house stored it. Raises UserFacingError."""
        if self._folder is not None and self.shipped().get(topic_id) is not None:
            path = self._folder / f"{topic_id}.yaml"
            return read_criteria_file(path, path.name)
        if self._own is not None:
            return self._own.text(topic_id)
        raise no_such_topic(topic_id)

    def left_out(self) -> LeftOut:
        """What no topic argues with, each with its reason. Raises CriteriaFileError with every mistake of the file."""
        if self._folder is None:
            return LeftOut()
        return read_left_out(self._folder, known_in(self._references, self._criteria))

    def problems(self) -> tuple[LintProblem, ...]:
        """What the check of the topics finds, by file and line."""
        if self._folder is None:
            return ()
        from desktop.rules.topic_lint import lint_topics

        own = self._own.problems() if self._own is not None else ()
        return (*lint_topics(self._folder, known_in(self._references, self._criteria)), *own)
