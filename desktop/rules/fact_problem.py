"""What is wrong with a file of facts, by JSON path and in words, and the readers of its plainest values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.errors import UserFacingError
from desktop.domain.text import Text, TextRefusedError, accept_text
from desktop.domain.value import Value

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""A parsed JSON document."""

_LISTED = 20
_LONGEST_SHOWN = 60
EARLIEST_YEAR = 1900


class FactProblem(Value):
    """One mistake: where it stands (`time-since-fusion.unit`), what is wrong, and what to write instead."""

    path: Text
    problem: Text
    fix: Text


class FactsFileError(UserFacingError):
    """A file of facts could not be used. `problems` has every mistake; the sentence names the first twenty."""

    def __init__(self, origin: str, problems: tuple[FactProblem, ...]) -> None:
        self.problems = problems
        told = problems[:_LISTED]
        rest = len(problems) - len(told)
        where = [f"{origin}: {item.path}: " if item.path else f"{origin}: " for item in told]
        super().__init__(
            "\n".join(f"{place}{item.problem}" for place, item in zip(where, told, strict=True))
            + (f"\n{origin}: and {rest} more." if rest else ""),
            safe="Nothing was evaluated or changed.",
            todo=" ".join(dict.fromkeys(item.fix for item in told)),
        )


class FactProblems:
    """Collects mistakes while a file is read, so that its author sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[FactProblem] = []

    def add(self, path: str, problem: str, fix: str) -> None:
        """Note a mistake and go on reading; what is said of several levels at once is one mistake."""
        found = FactProblem(path=path, problem=problem, fix=fix)
        if not self._found or self._found[-1] != found:
            self._found.append(found)

    @property
    def found(self) -> tuple[FactProblem, ...]:
        """All mistakes in the order of the file."""
        return tuple(self._found)


def joined(path: str, key: str) -> str:
    """The path of a value under another."""
    return f"{path}.{shown(key)}" if path else shown(key)


def shown(text: str) -> str:
    """A text of the file as a message can hold it: short, and on one line."""
    plain = " ".join(
        text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00").split()
    )
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def refuse_unstorable(value: Json, path: str, problems: FactProblems) -> None:
    """Note every text under a value, keys included, that holds a character which cannot be stored."""
    if isinstance(value, str):
        try:
            accept_text(value)
        except TextRefusedError as error:
            problems.add(path, f"{error}.", "Remove the character.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            refuse_unstorable(item, f"{path}[{index}]", problems)
    elif isinstance(value, dict):
        for key, item in value.items():
            refuse_unstorable(key, joined(path, key), problems)
            refuse_unstorable(item, joined(path, key), problems)


def words_of(value: Json, path: str, problems: FactProblems) -> Iterator[tuple[str, str]]:
    """The words of a text or of a list of texts with the path of each; None has none."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            here = f"{path}[{index}]"
            if isinstance(item, str):
                yield item, here
            else:
                problems.add(here, "This is not a text.", "Write it in quotation marks.")
    elif value is not None:
        problems.add(
            path, "This is neither a text nor a list of texts.", 'Write for example `["one", "another"]`.'
        )


def day_of(path: str, value: Json, problems: FactProblems) -> date | None:
    """A calendar day written `2026-01-31`; None has none."""
    if value is None:
        return None
    found = None
    if isinstance(value, str):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
    # Python also reads 20260131 and the weeks of 2026-W05-6.
    if found is None or found.isoformat() != value or found.year < EARLIEST_YEAR:
        problems.add(path, "This is not a possible date.", "Write year-month-day: 2026-01-31.")
        return None
    return found
