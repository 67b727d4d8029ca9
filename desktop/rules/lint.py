"""Checks how criteria sets are written: every file, the cases beside it, and all files together; it runs no cases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop.domain.severity import Severity
from desktop.rules.lint_rules import (
    LintedFile,
    LintProblem,
    dates,
    honesty,
    identifiers,
    sources,
    wording,
)
from desktop.rules.loader import FILE_NAME, CriteriaFileError, criteria_files, read_criteria_file, read_set
from desktop.rules.set_cases import CASES_NAME, read_cases

__all__ = ["LintProblem", "lint_folder"]

MIN_CASES = 6


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
        for rule in (identifiers, sources, dates, honesty, wording, _cases):
            found.extend(rule(file))
    found.extend(_same_id_twice(files))
    found.extend(_overlapping_editions(files))
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
    if len(cases) < MIN_CASES:
        yield LintProblem(
            origin,
            1,
            "cases",
            Severity.ERROR,
            f"There are {len(cases)} cases.",
            f"Write at least {MIN_CASES}.",
        )
    answered = {key.criterion_id for case in cases for key in case.assessments}
    for leaf in file.criteria_set.criteria():
        if leaf.id not in answered:
            yield LintProblem(
                origin,
                1,
                "every-criterion-has-a-case",
                Severity.ERROR,
                f"No case answers `{leaf.id}`.",
                "Add a case that does.",
            )


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


def _overlapping_editions(files: list[LintedFile]) -> Iterator[LintProblem]:
    editions: dict[tuple[str, str, str], list[LintedFile]] = {}
    for file in files:
        found = file.criteria_set
        if found.effective_from is not None:
            editions.setdefault((found.family, found.publisher, found.document_number), []).append(file)
    for same in editions.values():
        ordered = sorted(same, key=_begins)
        for earlier, later in itertools.pairwise(ordered):
            last = earlier.criteria_set.effective_to
            if last is None or last >= _begins(later):
                yield later.at_key(
                    "effective_from",
                    "editions-overlap",
                    f"This edition begins while `{earlier.criteria_set.id}` is still in force.",
                    "Give the earlier edition an `effective_to` before this day.",
                )


def _begins(file: LintedFile) -> date:
    return file.criteria_set.effective_from or date.min
