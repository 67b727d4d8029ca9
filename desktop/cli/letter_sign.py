"""The command that saves a signed copy of an issued letter; the passphrase is read, used and forgotten."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from desktop.cli.letters import id_of, not_written
from desktop.cli.letters_arguments import KINDS
from desktop.cli.sent_line import sent_line
from desktop.domain.errors import UserFacingError
from desktop.security.atomic_file import write_private
from desktop.services.letter_signing import read_certificate
from desktop.services.workspace import Services


def require_place(options: argparse.Namespace) -> None:
    """Raise UserFacingError for files that cannot be read or written as asked, before a password is asked for."""
    out: Path = options.out
    if out.suffix.lower() != ".pdf":
        raise UserFacingError(
            f"A signed copy is a .pdf, and '{out.suffix}' was asked for.",
            safe="Nothing was changed.",
            todo="Name the file with .pdf at its end.",
        )
    if not out.parent.is_dir():
        raise not_written(out, "its folder is not there")
    read_certificate(options.certificate)


def run(services: Services, options: argparse.Namespace) -> int:
    """Sign and save. Raises UserFacingError for a draft, and for a certificate that cannot be used."""
    case_id = id_of(services, options.case)
    letter_id: str | None = None
    if options.kind is not None:
        kind = KINDS[options.kind]
        found = services.letters.current(case_id, kind)
        if found is None:
            raise UserFacingError(
                f"Case {options.case} has no {kind.label.lower()}.",
                safe="Nothing was changed.",
                todo="Compose and issue it with `letter compose --issue`.",
            )
        letter_id = found.id
    signed = services.letters.signed_copy(
        case_id,
        letter_id,
        read_certificate(options.certificate),
        _passphrase(options.passphrase_file),
        reason=options.reason,
    )
    try:
        write_private(options.out, signed)
    except OSError as error:
        raise not_written(options.out, error.strerror or "no reason given") from error
    sys.stdout.write(f"Written: {options.out}\n")
    return 0


def _passphrase(file: Path | None) -> str:
    """The passphrase as typed; a certificate may have none."""
    if file is None:
        if sys.stdin.isatty():
            return getpass.getpass("Passphrase of the certificate: ")
        return sent_line()
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UserFacingError(
            f"The passphrase file {file.name} cannot be read: {why or 'no reason given'}.",
            safe="Nothing was changed.",
            todo="Name a text file that holds the passphrase and nothing else.",
        ) from error
