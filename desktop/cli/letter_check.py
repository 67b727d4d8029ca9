"""The command that checks letters: of a stored case, of a case file, or written elsewhere. It changes nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop.cli.criteria_answers import print_json
from desktop.cli.letters import id_of
from desktop.cli.letters_arguments import KINDS
from desktop.cli.throwaway import opened_case_file
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MAX_FILE_BYTES
from desktop.domain.letter import LetterKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.services.workspace import Services

CASE_FILES = frozenset({".json"})
LETTERS = frozenset({".txt", ".docx", ".pdf"})
LONGEST_LETTER = 400_000
"""Characters of a letter that is checked: eight times those of the longest composed for the sample case."""

OpenStore = Callable[[], Services]


def run(options: argparse.Namespace, open_store: OpenStore) -> int:
    """Carry out `letter check`; the store is opened only where a case number is named. 1 when there are errors."""
    subject: str = options.subject
    if is_file(subject, LETTERS):
        return _check_foreign(options, Path(subject), open_store)
    if options.against is not None:
        raise _misused(
            "--against is for a letter written elsewhere.",
            "Name a .txt, .docx or .pdf file, or leave it out.",
        )
    if is_file(subject, CASE_FILES):
        kind = KINDS[options.kind] if options.kind else LetterKind.FIRST_LEVEL
        with opened_case_file(Path(subject)) as opened:
            letter = opened.services.letters.compose(opened.case_id, kind).value
            problems = opened.services.letters.problems(opened.case_id, letter.id)
            return _tell(options, subject, kind, problems, opened.notes)
    services = open_store()
    try:
        case_id = id_of(services, subject)
        letter = services.letters.current(case_id, KINDS[options.kind] if options.kind else None)
        if letter is None:
            raise UserFacingError(
                f"Case {subject} has no {'such ' if options.kind else ''}letter yet.",
                safe="Nothing was changed.",
                todo="Compose one with `letter compose`.",
            )
        problems = services.letters.problems(case_id, letter.id)
        return _tell(options, subject, letter.kind, problems, ())
    finally:
        services.close()


def is_file(word: str, suffixes: frozenset[str]) -> bool:
    """Whether a word names a file of some kinds; a case number has none of their endings."""
    return Path(word).suffix.lower() in suffixes


def text_of_letter(path: Path) -> tuple[str, tuple[str, ...]]:
    """The words of a letter written elsewhere, and what is to be known of how they were read.

    Raises UserFacingError when they cannot be taken.
    """
    from desktop.intake.docx_text import read_docx
    from desktop.intake.pdf_text import read_pdf
    from desktop.intake.text_file import read_text_file

    match path.suffix.lower():
        case ".pdf":
            read = read_pdf(path)
        case ".docx":
            read = read_docx(_bytes_of(path), name=path.name)
        case _:
            read = read_text_file(path)
    return read.text, read.notices


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)  # never more: a device such as /dev/zero has no end
    except OSError as error:
        raise UserFacingError(
            f"The file {path.name} cannot be read: {error.strerror or 'no reason given'}.",
            safe="Nothing was changed.",
            todo="Check the name and that you may read it.",
        ) from error


def _check_foreign(options: argparse.Namespace, path: Path, open_store: OpenStore) -> int:
    against: str | None = options.against
    if against is None:
        raise _misused(
            f"What {path.name} is to be held against is not said.",
            "Name the case with --against: a number in the store, or a case file.",
        )
    text, notices = text_of_letter(path)
    if len(text) > LONGEST_LETTER:
        raise _misused(
            f"{path.name} has {len(text):,} characters; no letter of more than {LONGEST_LETTER:,} is checked.",
            "Save the letter without its enclosures, and check that.",
        )
    kind = KINDS[options.kind] if options.kind else LetterKind.FIRST_LEVEL
    if is_file(against, CASE_FILES):
        with opened_case_file(Path(against)) as opened:
            problems = opened.services.foreign_letters.problems(opened.case_id, text, kind)
            return _tell(options, path.name, kind, problems, (*notices, *opened.notes))
    services = open_store()
    try:
        problems = services.foreign_letters.problems(id_of(services, against), text, kind)
        return _tell(options, path.name, kind, problems, notices)
    finally:
        services.close()


def _tell(
    options: argparse.Namespace,
    subject: str,
    kind: LetterKind,
    problems: Sequence[LetterProblem],
    notes: Sequence[str],
) -> int:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if options.json:
        print_json(
            {
                "checked": subject,
                "kind": kind.slug,
                "errors": errors,
                "warnings": len(problems) - errors,
                "notes": list(notes),
                "problems": [_as_json(problem) for problem in problems],
            }
        )
        return 1 if errors else 0
    for note in notes:
        sys.stdout.write(f"note: {note}\n")
    for problem in problems:
        sys.stdout.write(f"{problem.severity.value}: {problem.message} [{problem.rule}]\n")
    sys.stdout.write(f"{subject}: {kind.label}; {errors} error(s), {len(problems) - errors} warning(s).\n")
    return 1 if errors else 0


def _as_json(problem: LetterProblem) -> dict[str, Any]:
    return {"key": problem.key, **problem.model_dump(mode="json")}


def _misused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
