"""Checks how criteria sets are written: every file, the cases beside it, and all files together.

It must not say whether a case comes out as expected: `conformance` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.domain.severity import Severity
from desktop.rules.lineage import lineage_problems
from desktop.rules.lint_cases import MIN_CASES, missing_cases
from desktop.rules.lint_rules import (
    LintedFile,
    LintProblem,
    dates,
    finding,
    honesty,
    identifiers,
    sources,
    wording,
)
from desktop.rules.loader import FILE_NAME, CriteriaFileError, criteria_files, read_criteria_file, read_set
from desktop.rules.set_cases import CASES_NAME, read_cases

__all__ = ["LintProblem", "lint_folder"]


def lint_folder(folder: Path) -> tuple[LintProblem, ...]:
    """Every problem of the criteria files under a folder, by file and line."""
    found: list[LintProblem] = []
    files: list[LintedFile] = []
    for path in criteria_files(folder):
        origin = path.relative_to(folder).as_posix()
        try:
            files.append(LintedFile(path, origin, read_set(read_criteria_file(path, origin), origin)))
        except CriteriaFileError as error:
            found.extend(_unreadable(error))
    for file in files:
        for rule in (identifiers, finding, sources, dates, honesty, wording, _cases):
            found.extend(rule(file))
    found.extend(_same_id_twice(files))
    found.extend(_lineage(files))
    return tuple(sorted(found, key=_place))


def _place(problem: LintProblem) -> tuple[str, int, str, str]:
    return problem.file, problem.line, problem.rule, problem.message


def _unreadable(error: CriteriaFileError) -> Iterator[LintProblem]:
    for item in error.problems:
        yield LintProblem(error.origin, item.line, "readable", Severity.ERROR, item.problem, item.fix)


def _cases(file: LintedFile) -> Iterator[LintProblem]:
    path = file.path.with_name(CASES_NAME)
    origin = file.origin.removesuffix(FILE_NAME) + CASES_NAME
    if not path.exists():
        yield LintProblem(
            origin,
            1,
            "cases",
            Severity.ERROR,
            "The set has no cases beside it.",
            f"Add {CASES_NAME} with {MIN_CASES}.",
        )
        return
    try:
        cases = read_cases(read_criteria_file(path, origin), origin, file.criteria_set)
    except CriteriaFileError as error:
        yield from _unreadable(error)
        return
    for found in missing_cases(file.criteria_set, cases):
        yield LintProblem(origin, 1, found.rule, Severity.ERROR, found.message, found.instead)


def _same_id_twice(files: list[LintedFile]) -> Iterator[LintProblem]:
    first: dict[str, str] = {}
    for file in files:
        set_id = file.criteria_set.id
        if set_id in first:
            yield file.at_key(
                "id",
                "set-id-unique",
                f"`{set_id}` is also the id of {first[set_id]}.",
                "Give each its own id.",
            )
        first.setdefault(set_id, file.origin)


def _lineage(files: list[LintedFile]) -> Iterator[LintProblem]:
    by_id = {file.criteria_set.id: file for file in reversed(files)}
    for found in lineage_problems(file.criteria_set for file in files):
        yield by_id[found.set_id].at_key(found.key, found.rule, found.problem, found.fix)
