"""Commands on case files and on the cases of a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop.domain.clock import SystemClock
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.domain.worklist import WorklistQuery
from desktop.intake.case_json import read_case_file
from desktop.intake.validation import validate_case
from desktop.rules.loader import load_library
from desktop.security.atomic_file import write_private
from desktop.services.case_criteria import require_known_criteria
from desktop.services.opening import has_store, open_with_password
from desktop.services.workspace import Services
from desktop.settings.paths import criteria_dir


def check(file: Path) -> int:
    """Read a case file and say what is missing or wrong in it; stores nothing. Returns 1 when it has errors."""
    loaded = read_case_file(file)
    require_known_criteria(loaded.case_file, load_library(criteria_dir()), {}, file.name)
    problems = validate_case(loaded.case_file.case, SystemClock().today())
    for point in loaded.problems:
        sys.stdout.write(f"note: {point}\n")
    for problem in problems:
        sys.stdout.write(f"{problem.severity.value}: {problem.path}: {problem.message}\n")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    remarks = len(loaded.problems) + len(problems) - errors
    sys.stdout.write(f"{file.name}: readable; {errors} error(s), {remarks} remark(s).\n")
    return 1 if errors else 0


def require_store(folder: Path) -> None:
    """Raise UserFacingError when a folder holds no store, before anyone is asked for its password."""
    if not has_store(folder):
        raise UserFacingError(
            "There is no store in this folder.",
            safe="Nothing was changed.",
            todo="Start the program once without a command to make one, or name another folder with --store.",
        )


def run(options: argparse.Namespace, password: str) -> int:
    """Carry out a command on the store."""
    services = open_with_password(options.store, password)
    try:
        _tell_of_library(services)
        match options.command:
            case "import":
                return _import(services, options.file)
            case "cases":
                return _list(services)
            case "letter":
                return _letter(services, options.number, options.out, issue=options.issue)
            case "reevaluate":
                return _reevaluate(services, options.number)
            case _:
                return _audit(services)
    finally:
        services.close()


def _tell_of_library(services: Services) -> None:
    """Name on standard error what is wrong with the criteria library; the cases can be used all the same."""
    for problem in services.catalogue.library().problems:
        what = (
            "a criteria file was left out" if problem.is_left_out else "criteria sets contradict each other"
        )
        sys.stderr.write(f"note: {what}: {problem.what} {problem.todo}\n")


def _import(services: Services, file: Path) -> int:
    loaded = read_case_file(file)
    case = services.cases.import_case(loaded.case_file, name=file.name, files=loaded.files).value
    for point in loaded.problems:
        sys.stdout.write(f"note: {point}\n")
    sys.stdout.write(f"Stored as {case.number}.\n")
    return 0


def _list(services: Services) -> int:
    for row in services.cases.worklist(WorklistQuery(limit=10_000)):
        sys.stdout.write(f"{row.number}\t{row.status.label}\t{row.initials}\t{row.payer}\n")
    return 0


def _letter(services: Services, number: str, out: Path, *, issue: bool) -> int:
    kind = out.suffix.lower()
    if kind not in {".pdf", ".txt"}:
        raise UserFacingError(
            f"A letter can be written as .pdf or .txt, not as '{out.suffix}'.",
            safe="Nothing was changed.",
            todo="Name the file with one of these endings.",
        )
    if not out.parent.is_dir():
        raise _not_written(out, "its folder is not there")
    case_id = _id_of(services, number)
    if services.letters.issued_pdf(case_id) is None:
        services.letters.compose(case_id)
        if issue:
            services.letters.issue(case_id)
    content = (
        services.letters.preview_pdf(case_id)
        if kind == ".pdf"
        else services.letters.text(case_id).encode("utf-8")
    )
    try:
        write_private(out, content)
    except OSError as error:
        raise _not_written(out, error.strerror or "no reason given") from error
    for problem in services.letters.problems(case_id):
        sys.stdout.write(f"{problem.severity.value}: {problem.message}\n")
    sys.stdout.write(f"Written: {out}\n")
    return 0


def _reevaluate(services: Services, number: str) -> int:
    found = services.determinations.held_against_signed(_id_of(services, number))
    for item in found:
        edition = f" ({item.edition})" if item.edition else ""
        word = "different" if item.differences else "the same result"
        sys.stdout.write(f"{item.line}\t{item.set_title}{edition}\t{item.result}\t{word}\n")
        for sentence in item.differences:
            sys.stdout.write(f"  {sentence}\n")
    different = sum(bool(item.differences) for item in found)
    sys.stdout.write(
        f"Different: {different} of {len(found)}.\n" if different else "The same result as was signed.\n"
    )
    return 1 if different else 0


def _id_of(services: Services, number: str) -> str:
    case_id = services.cases.id_of(number)
    if case_id is None:
        raise UserFacingError(
            f"There is no case {number} in this store.",
            safe="Nothing was changed.",
            todo="List them with `cases`.",
        )
    return case_id


def _not_written(out: Path, why: str) -> UserFacingError:
    return UserFacingError(
        f"The letter cannot be written to {out}: {why}.",
        safe="Your store is as it was, or holds the composed letter; no half file was left behind.",
        todo="Choose another place with --out.",
    )


def _audit(services: Services) -> int:
    for event in reversed(services.audit()):
        sys.stdout.write(
            f"{event.sequence}\t{event.at:%Y-%m-%d %H:%M:%S}Z\t{event.actor}\t{event.operation}\n"
        )
    problem = services.audit_problem()
    sys.stdout.write(f"{problem}\n" if problem else "The audit chain is whole.\n")
    return 1 if problem else 0
