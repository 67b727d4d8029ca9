"""What is wrong with a criteria file, by line and in words; it must not know how files are read."""

from __future__ import annotations

import re

from desktop.domain.errors import UserFacingError
from desktop.domain.text import Text
from desktop.domain.value import Value

_LONG = re.compile(r"`([^`]{120})[^`]+`")


class FileProblem(Value):
    """One mistake: the line it stands on (from 1), what is wrong, and what to write instead."""

    line: int
    problem: Text
    fix: Text


class CriteriaFileError(UserFacingError):
    """A criteria file could not be read, or contradicts another. Holds every problem; the attributes name the first.

    `is_left_out` is False for a file that could be read: its set is there and is used, whatever it contradicts.
    """

    def __init__(self, origin: str, problems: tuple[FileProblem, ...], *, is_left_out: bool = True) -> None:
        self.origin = origin
        self.is_left_out = is_left_out
        self.problems = problems
        first = problems[0]
        self.line = first.line
        self.problem = first.problem
        self.fix = first.fix
        listed = " ".join(f"{origin}:{item.line}: {item.problem}" for item in problems)
        super().__init__(
            listed,
            safe="The file was not used; nothing else changed."
            if is_left_out
            else "The set is there and can be used; nothing was changed.",
            todo=" ".join(f"Line {item.line}: {item.fix}" for item in problems),
        )


class Problems:
    """Collects mistakes while a file is read, so that the author sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[FileProblem] = []

    def add(self, line: int, problem: str, fix: str) -> None:
        """Note a mistake and go on reading. What it quotes from the file is shortened where it is long."""
        self._found.append(FileProblem(line=line, problem=_LONG.sub(r"`\1…`", problem), fix=fix))

    @property
    def found(self) -> tuple[FileProblem, ...]:
        """All mistakes in line order."""
        return tuple(sorted(self._found, key=_line_of))

    def raise_if_any(self, origin: str) -> None:
        """Raise CriteriaFileError with all mistakes, if there are any."""
        if self._found:
            raise CriteriaFileError(origin, self.found)


def _line_of(item: FileProblem) -> int:
    return item.line
