"""Commands on the criteria library: list, show, lint, test."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop.domain.criteria import Criterion, Group
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.rules.conformance import run_cases
from desktop.rules.lint import lint_folder
from desktop.rules.loader import criteria_files, load_library
from desktop.settings.paths import criteria_dir


def run(options: argparse.Namespace) -> int:
    """Carry out a `criteria` command; 1 when a check found errors."""
    match options.action:
        case "list":
            return _list()
        case "show":
            return _show(options.set_id)
        case "lint":
            return _lint(options.folder)
        case _:
            return _test(options.folder)


def _list() -> int:
    for criteria_set in load_library(criteria_dir()).sets:
        sys.stdout.write(f"{criteria_set.id}\t{criteria_set.caption}\t{criteria_set.licence.value}\n")
    return 0


def _show(set_id: str) -> int:
    criteria_set = load_library(criteria_dir()).get(set_id)
    if criteria_set is None:
        raise UserFacingError(
            f"There is no criteria set called {set_id}.",
            safe="Nothing was changed.",
            todo="See `criteria list`.",
        )
    sys.stdout.write(f"{criteria_set.title}\n{criteria_set.caption}\n{criteria_set.notes}\n\n")
    _outline(criteria_set.root, depth=0)
    return 0


def _outline(node: Criterion | Group, depth: int) -> None:
    indent = "  " * depth
    if isinstance(node, Criterion):
        source = f"{node.source.document} {node.source.locator}".strip()
        sys.stdout.write(f"{indent}- {node.text} [{node.id}; {source}; proof {node.source.proof}]\n")
        return
    name = f"at least {node.count} of" if node.kind == "at_least" else node.kind
    sys.stdout.write(f"{indent}{name}: {node.text}\n")
    for child in node.children:
        _outline(child, depth + 1)


def _require_criteria(folder: Path) -> None:
    if not folder.is_dir():
        what = f"There is no folder {folder}."
    elif not criteria_files(folder):
        what = f"There is no criteria file (criteria.yaml) in {folder} or under it."
    else:
        return
    raise UserFacingError(
        what, safe="Nothing was checked or changed.", todo="Name a folder with criteria sets."
    )


def _lint(folder: Path) -> int:
    _require_criteria(folder)
    problems = lint_folder(folder)
    for problem in problems:
        sys.stdout.write(
            f"{problem.file}:{problem.line}: {problem.severity.value} [{problem.rule}] "
            f"{problem.message} {problem.instead}\n"
        )
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    sys.stdout.write(f"criteria lint: {errors} error(s), {len(problems) - errors} warning(s).\n")
    return 1 if errors else 0


def _test(folder: Path) -> int:
    _require_criteria(folder)
    report = run_cases(folder)
    for problem in report.problems:
        sys.stdout.write(f"{problem.what} {problem.todo}\n")
    for case in report.failed:
        sys.stdout.write(
            f"{case.origin}:{case.line}: {case.set_id}: {case.name}: {'; '.join(case.differences)}\n"
        )
    bad = len(report.failed) + len(report.problems)
    sys.stdout.write(f"criteria test: {len(report.results) - len(report.failed)} passed, {bad} failed.\n")
    return 0 if report.results and report.has_passed else 1
