"""Commands on case files and on the cases of a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop.cli import letter_sign, letters, packets
from desktop.cli.letters import id_of
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.domain.worklist import WorklistQuery
from desktop.intake.case_json import read_case_file
from desktop.intake.validation import validate_case
from desktop.rules.loader import load_library
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


def require_place(options: argparse.Namespace) -> None:
    """Raise UserFacingError when what a command would write has no place, before anyone is asked for a password."""
    if options.command == "letter" and options.action == "sign":
        letter_sign.require_place(options)
    elif options.command == "letter" and options.action == "compose":
        letters.require_place(options)
    elif options.command == "packet":
        packets.require_place(options.out)


def opened(folder: Path, password: str) -> Services:
    """The store in a folder, open."""
    services = open_with_password(folder, password)
    _tell_of_library(services)
    return services


def run(options: argparse.Namespace, password: str) -> int:
    """Carry out a command on the store."""
    services = opened(options.store, password)
    try:
        match options.command:
            case "import":
                return _import(services, options.file)
            case "cases":
                return _list(services)
            case "letter" if options.action == "sign":
                return letter_sign.run(services, options)
            case "letter" if options.action == "discard":
                return letters.discard(services, options)
            case "letter":
                return letters.compose(services, options)
            case "packet":
                return packets.run(services, options)
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


def _reevaluate(services: Services, number: str) -> int:
    found = services.determinations.held_against_signed(id_of(services, number))
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


def _audit(services: Services) -> int:
    for event in reversed(services.audit()):
        sys.stdout.write(
            f"{event.sequence}\t{event.at:%Y-%m-%d %H:%M:%S}Z\t{event.actor}\t{event.operation}\n"
        )
    problem = services.audit_problem()
    sys.stdout.write(f"{problem}\n" if problem else "The audit chain is whole.\n")
    return 1 if problem else 0
