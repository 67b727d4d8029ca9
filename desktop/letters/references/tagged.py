"""Reads the lines of tagged bibliographic files (RIS, NBIB) into records; it drops no line without a word.

Own code rather than rispy or nbib, on evidence: rispy 0.10 answers a record without its end or its type with an empty
list and passes over lines it does not know; nbib is no longer maintained. An import has to say what it left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_PROBLEMS = 200


@dataclass
class TaggedRecord:
    """The tags of one record in the order of the file."""

    line: int
    tags: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def all(self, *names: str) -> list[str]:
        """Every value of the tags, in the order of the names, empty ones left out."""
        return [value for name in names for tag, value in self.tags if tag == name and value]

    def first(self, *names: str) -> str:
        """The first value of the tags, in the order of the names."""
        return next(iter(self.all(*names)), "")


@dataclass
class TaggedFile:
    """The records of a file, and what of it is in none."""

    records: list[TaggedRecord] = field(default_factory=list[TaggedRecord])
    problems: list[str] = field(default_factory=list[str])

    def say(self, words: str) -> None:
        """Keep a remark, as long as there are not too many to read."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(words)
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append("There is more of this kind; it is not listed.")


def read_tagged(text: str, *, tag: re.Pattern[str], opens: str, closes: str | None) -> TaggedFile:
    """Records that open with the tag `opens`; `tag` matches a tagged line as groups 1 (tag) and 2 (value).

    Without `closes`, the next opening tag ends a record. A line without a tag continues the one before it.
    """
    reading = _Reading(opens, closes)
    for number, line in enumerate(text.splitlines(), start=1):
        if match := tag.match(line):
            reading.tagged(number, match[1], match[2].strip())
        elif line.strip():
            reading.continued(number, line.strip())
    reading.end("")
    return reading.found


class _Reading:
    """The record that is being read, and those that are done."""

    def __init__(self, opens: str, closes: str | None) -> None:
        self.found = TaggedFile()
        self._opens, self._closes = opens, closes
        self._record: TaggedRecord | None = None
        self._parts: list[str] = []

    def tagged(self, number: int, name: str, value: str) -> None:
        """A line with a tag."""
        self._end_value()
        if name == self._opens:
            self.end(f"Line {number}: ")
            self._record = TaggedRecord(number)
        if self._record is None:
            what = (
                "an end without a beginning"
                if name == self._closes
                else f"{name} stands outside every record"
            )
            self.found.say(f"Line {number}: {what}; it was not kept.")
        elif name == self._closes:
            self.found.records.append(self._record)
            self._record = None
        else:
            self._record.tags.append((name, ""))
            self._parts = [value]

    def continued(self, number: int, words: str) -> None:
        """A line that goes on with the value before it."""
        if self._record is None:
            self.found.say(f"Line {number}: not a tagged line; it was not kept.")
        else:
            self._parts.append(words)

    def end(self, where: str) -> None:
        """The file, or the next record, begins where this one has not ended."""
        self._end_value()
        if self._record is None:
            return
        self.found.records.append(self._record)
        if self._closes is not None:
            self.found.say(f"{where}the record from line {self._record.line} has no end; it was kept.")

    def _end_value(self) -> None:
        # Joined once, when the value is whole: adding line to line would take the square of a long value's lines.
        if self._record is not None and self._record.tags and self._parts:
            name, _ = self._record.tags[-1]
            self._record.tags[-1] = (name, " ".join(self._parts))
        self._parts = []


def dropped_tags(record: TaggedRecord, known: Iterable[str]) -> tuple[str, ...]:
    """The tags of a record that are not among the known ones, each once."""
    names = set(known)
    return tuple(dict.fromkeys(tag for tag, value in record.tags if value and tag not in names))
