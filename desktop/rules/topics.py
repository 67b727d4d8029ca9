"""Loads the argument topics of a folder; a broken file never keeps the others from loading.

It stands among the rules because it reads the same YAML with the same words for mistakes, and holds topics against the
criteria library; what the reference library knows is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.topic import Topic
from desktop.rules.file_problem import CriteriaFileError, FileProblem
from desktop.rules.loader import read_criteria_file
from desktop.rules.topic_known import Known
from desktop.rules.topic_reader import ReadTopic, read_topic

LEFT_OUT_FILE = "left-out.yaml"
"""What has no topic or is not argued with, and why; it is no topic itself."""


@dataclass(frozen=True, slots=True)
class TopicLibrary:
    """Topics in order of their ids, and the files that could not be read."""

    read: tuple[ReadTopic, ...] = ()
    problems: tuple[CriteriaFileError, ...] = ()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics."""
        return tuple(item.topic for item in self.read)

    def get(self, topic_id: str) -> Topic | None:
        """The topic with an id, or None."""
        return next((item for item in self.topics if item.id == topic_id), None)


def load_topics(folder: Path, known: Known) -> TopicLibrary:
    """Every topic file of a folder. What is wrong with a file, or between files, is among the problems."""
    found: dict[str, ReadTopic] = {}
    problems: list[CriteriaFileError] = []
    for path in topic_files(folder):
        origin = path.name
        try:
            read = read_topic(read_criteria_file(path, origin), origin, known)
        except CriteriaFileError as error:
            problems.append(error)
            continue
        clash = _clash(read, path, found)
        if clash is not None:
            problems.append(CriteriaFileError(origin, (clash,)))
        else:
            found[read.topic.id] = read
    return TopicLibrary(tuple(found[key] for key in sorted(found)), tuple(problems))


def topic_files(folder: Path) -> tuple[Path, ...]:
    """The topic files of a folder, in a fixed order."""
    return tuple(sorted(path for path in folder.glob("*.yaml") if path.name != LEFT_OUT_FILE))


def _clash(read: ReadTopic, path: Path, found: Mapping[str, ReadTopic]) -> FileProblem | None:
    topic_id, line = read.topic.id, read.key_lines.get("id", 1)
    if topic_id in found:
        what = f"The topic id `{topic_id}` is used by {found[topic_id].origin}."
        return FileProblem(line=line, problem=what, fix="Give the topic an id of its own.")
    if topic_id != path.stem:
        what = f"The topic `{topic_id}` stands in a file called {path.name}."
        return FileProblem(line=line, problem=what, fix=f"Call the file {topic_id}.yaml.")
    return None
