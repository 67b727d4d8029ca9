"""The command that composes letters of stored cases and saves them; how they are checked stands in letter_check."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Final, Literal

from desktop.cli.letters_arguments import AUDIENCES, KINDS, STYLES
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterKind, LetterSettings, LetterState
from desktop.security.atomic_file import write_private
from desktop.services.letters import PaperForm
from desktop.services.workspace import Services

_FORMS: Final = {".pdf": PaperForm.PDF, ".docx": PaperForm.DOCX, ".txt": PaperForm.TEXT}
_Saved = Literal["saved_as_pdf", "saved_as_accessible_pdf", "saved_as_docx", "saved_as_text"]
_SAVED: Final[dict[PaperForm, _Saved]] = {
    PaperForm.PDF: "saved_as_pdf",
    PaperForm.ACCESSIBLE_PDF: "saved_as_accessible_pdf",
    PaperForm.DOCX: "saved_as_docx",
    PaperForm.TEXT: "saved_as_text",
}


def require_place(options: argparse.Namespace) -> None:
    """Raise UserFacingError for a file or folder that cannot be written as asked, before a password is asked for."""
    out: Path | None = options.out
    if out is not None and len(options.case) > 1:
        raise UserFacingError(
            f"--out names one file, and {len(options.case)} cases are given.",
            safe="Nothing was changed.",
            todo="Name a folder with --out-dir.",
        )
    suffix = f".{options.form}" if out is None else out.suffix.lower()
    if suffix not in _FORMS:
        raise UserFacingError(
            f"A letter can be written as .pdf, .docx or .txt, not as '{suffix}'.",
            safe="Nothing was changed.",
            todo="Name the file with one of these endings.",
        )
    if options.accessible and suffix != ".pdf":
        raise UserFacingError(
            f"--accessible makes a tagged PDF, and '{suffix}' was asked for.",
            safe="Nothing was changed.",
            todo="Ask for a .pdf, or leave --accessible out: .docx and .txt can be listened to as they are.",
        )
    if out is not None and not out.parent.is_dir():
        raise not_written(out, "its folder is not there")


def compose(services: Services, options: argparse.Namespace) -> int:
    """Compose and save the letters; one bad case never stops the others. Returns 1 when one could not be saved."""
    if options.out is not None:
        _save(services, options.case[0], options.out, options)
        return 0
    folder: Path = options.out_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error.strerror or "no reason given") from error
    failed = 0
    for number in dict.fromkeys(options.case):
        name = f"{_in_a_name(number)}-{options.kind}.{options.form}"
        try:
            _save(services, number, folder / name, options)
        except UserFacingError as error:
            failed += 1
            sys.stderr.write(f"{number}: {error.what}\n{error.safe} {error.todo}\n")
    if failed:
        sys.stdout.write(f"Not written: {failed} of {len(dict.fromkeys(options.case))}.\n")
    return 1 if failed else 0


def discard(services: Services, options: argparse.Namespace) -> int:
    """Throw a draft away. Raises UserFacingError for none, for an issued letter, and where several might be meant."""
    case_id = id_of(services, options.case)
    kind = KINDS[options.kind] if options.kind is not None else None
    found = [item for item in services.letters.all(case_id) if kind in (None, item.kind)]
    if kind is not None and not found:
        raise UserFacingError(
            f"Case {options.case} has no {kind.label.lower()}.",
            safe="Nothing was changed.",
            todo="Compose one with `letter compose`.",
        )
    drafts = [item for item in found if item.state is LetterState.DRAFT]
    if kind is None and len(drafts) > 1:
        named = "; ".join(f"{item.kind.label} (`{item.kind.slug}`)" for item in drafts)
        raise UserFacingError(
            f"Case {options.case} has {len(drafts)} drafts: {named}.",
            safe="Nothing was changed.",
            todo="Say which with --kind.",
        )
    # Without a draft the service tells why: nothing was composed, or the letter was issued.
    letter_id = drafts[-1].id if drafts else found[-1].id if found else None
    letter = services.letters.discard(case_id, letter_id).value
    sys.stdout.write(f"Thrown away: the draft of the {letter.kind.label.lower()} of case {options.case}.\n")
    return 0


def id_of(services: Services, number: str) -> str:
    """The id of the case with a number. Raises UserFacingError when there is none."""
    # Bytes of a command line that are no text come as lone surrogates: no case is called so, and no store takes them.
    is_text = not any("\ud800" <= character <= "\udfff" for character in number)
    case_id = services.cases.id_of(number) if is_text else None
    if case_id is None:
        raise UserFacingError(
            f"There is no case {number} in this store.",
            safe="Nothing was changed.",
            todo="List them with `cases`.",
        )
    return case_id


def not_written(out: Path, why: str) -> UserFacingError:
    """What is said when a file cannot be written."""
    return UserFacingError(
        f"The letter cannot be written to {out}: {why}.",
        safe="Your store is as it was, or holds the composed letter; no half file was left behind.",
        todo="Choose another place with --out or --out-dir.",
    )


def _save(services: Services, number: str, out: Path, options: argparse.Namespace) -> None:
    case_id = id_of(services, number)
    letter = _letter(services, case_id, KINDS[options.kind], options)
    form = PaperForm.ACCESSIBLE_PDF if options.accessible else _FORMS[out.suffix.lower()]
    content = services.letters.render(case_id, letter.id, form)
    try:
        write_private(out, content)
    except OSError as error:
        raise not_written(out, error.strerror or "no reason given") from error
    services.letters.note_copy(case_id, _SAVED[form])
    for problem in services.letters.problems(case_id, letter.id):
        sys.stdout.write(f"{problem.severity.value}: {problem.message}\n")
    sys.stdout.write(f"Written: {out}\n")


def _letter(services: Services, case_id: str, kind: LetterKind, options: argparse.Namespace) -> Letter:
    """The letter of a kind: as it was issued, or composed now; issued now when that is asked for."""
    letter = services.letters.current(case_id, kind)
    if letter is None or letter.state is not LetterState.ISSUED:
        letter = services.letters.compose(case_id, kind).value
    elif options.issue:
        sys.stdout.write(f"note: this letter was issued on {letter.issued_at:%Y-%m-%d} already.\n")
    settings = _asked_for(letter.settings, options)
    if settings != letter.settings:
        letter = services.letters.change_settings(case_id, letter.id, settings).value
    if options.issue and letter.state is not LetterState.ISSUED:
        letter = services.letters.issue(case_id, letter.id).value
    return letter


def _asked_for(settings: LetterSettings, options: argparse.Namespace) -> LetterSettings:
    """The settings of a letter with what the command line says of them."""
    wanted: dict[str, object] = {}
    if options.audience is not None:
        wanted["audience"] = AUDIENCES[options.audience]
    if options.style is not None:
        wanted["citation_style"] = STYLES[options.style]
    return settings.model_copy(update=wanted)


def _in_a_name(number: str) -> str:
    """A case number as part of a file's name, whatever it is made of."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", number).strip(".") or "case"
