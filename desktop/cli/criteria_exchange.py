"""Commands that take a criteria set in or out as a file: import, export, response. No store and no password."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop.cli.criteria_answers import facts_in
from desktop.cli.criteria_choice import choose_set
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.licence import require_may_leave
from desktop.rules.loader import criteria_files, file_of, load_library
from desktop.rules.questionnaire_json import write_json
from desktop.rules.questionnaire_response import response_of
from desktop.security.atomic_file import write_private
from desktop.services.questionnaire_file import import_questionnaire, questionnaire_text


def run(options: argparse.Namespace) -> int:
    """Carry out one of the three commands."""
    match options.action:
        case "import":
            return _import(options)
        case "export":
            return _export(options)
        case _:
            return _response(options)


def _import(options: argparse.Namespace) -> int:
    # The report goes where the file does not.
    taken = [item.id for item in load_library(options.folder).sets]
    found = import_questionnaire(options.file, taken)
    if options.out is None:
        sys.stdout.write(found.yaml_text)
        sys.stderr.write(found.report.text)
    else:
        _write(options.out, found.yaml_text)
        sys.stdout.write(f"{found.report.text}\nWritten: {options.out}\n")
    return 0


def _export(options: argparse.Namespace) -> int:
    criteria_set = choose_set(options.set, options.folder)
    require_may_leave(criteria_set, options.with_user_text)
    if options.form == "yaml":
        text = _text_of(criteria_set, options)
    else:
        text = questionnaire_text(criteria_set, with_user_text=options.with_user_text)
    return _deliver(options.out, text)


def _response(options: argparse.Namespace) -> int:
    criteria_set = choose_set(options.set, options.folder)
    require_may_leave(criteria_set, options.with_user_text)
    facts = facts_in(options.facts, criteria_set)
    response = response_of(
        criteria_set, facts.line, facts.assessments, facts.links, documents=facts.documents
    )
    for remark in response.remarks:
        sys.stderr.write(f"note: {remark}\n")
    return _deliver(options.out, write_json(response.document))


def _text_of(criteria_set: CriteriaSet, options: argparse.Namespace) -> str:
    """The text that a set was read from: the file that was named, or the one in the folder with its hash."""
    named = Path(options.set)
    paths = (named,) if named.is_file() else criteria_files(options.folder)
    found = file_of(criteria_set, paths)
    if found is None:
        raise UserFacingError(
            f"The file of the set {criteria_set.id} was changed while it was being read.",
            safe="Nothing was written.",
            todo="Run the command again.",
        )
    return found[1]


def _deliver(out: Path | None, text: str) -> int:
    if out is None:
        sys.stdout.write(text)
    else:
        _write(out, text)
        sys.stdout.write(f"Written: {out}\n")
    return 0


def _write(out: Path, text: str) -> None:
    try:
        write_private(out, text.encode("utf-8"))
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        why = (error.strerror if isinstance(error, OSError) else None) or "no reason given"
        raise UserFacingError(
            f"The file cannot be written to {out}: {why}.",
            safe="What stood there is as it was; no half file was left behind.",
            todo="Choose another place with --out.",
        ) from error
