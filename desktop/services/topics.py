"""The argument topics that come with the program, held against the libraries they point at.

It words and chooses nothing.
"""

from __future__ import annotations

from pathlib import Path

from desktop.domain.topic import Topic
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.lint_rules import LintProblem
from desktop.rules.loader import Library
from desktop.rules.topic_known import Known, known_of
from desktop.rules.topic_left_out import LeftOut, read_left_out
from desktop.rules.topics import TopicLibrary, load_topics


def known_in(references: ReferenceLibrary, criteria: Library) -> Known:
    """What topics may point at, in the libraries that come with the program."""
    return known_of(references.all(), references.all_claims(), criteria.sets)


class Topics:
    """The topics of a folder. Reading them costs a moment, so that nobody waits for it who writes no letter."""

    def __init__(self, folder: Path | None, references: ReferenceLibrary, criteria: Library) -> None:
        self._folder = folder
        self._references = references
        self._criteria = criteria
        self._library: TopicLibrary | None = None

    def library(self) -> TopicLibrary:
        """The topics and what is wrong with their files; without a folder there are none."""
        if self._library is None:
            if self._folder is None:
                self._library = TopicLibrary()
            else:
                self._library = load_topics(self._folder, known_in(self._references, self._criteria))
        return self._library

    def all(self) -> tuple[Topic, ...]:
        """Every topic that could be read, in order of the ids."""
        return self.library().topics

    def get(self, topic_id: str) -> Topic | None:
        """The topic with an id, or None."""
        return self.library().get(topic_id)

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

        return lint_topics(self._folder, known_in(self._references, self._criteria))
