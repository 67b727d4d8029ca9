"""What the command line understands, and which room carries it out."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.cli.criteria_arguments import add_criteria_commands
from desktop.cli.letters_arguments import add_letter_commands, add_packet_arguments, add_password
from desktop.cli.references_arguments import add_reference_commands
from desktop.cli.sent_line import sent_line
from desktop.cli.topic_arguments import add_topic_commands
from desktop.domain.errors import UserFacingError
from desktop.settings.paths import store_dir

if TYPE_CHECKING:
    from desktop.services.workspace import Services


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; prints help or what is wrong and exits with 0 or 2 like any argparse program."""
    parser = argparse.ArgumentParser(
        prog="indicated",
        description="Review medical necessity beside the record and print appeal letters that can be traced. "
        "Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"Indicated {__version__}")
    parser.add_argument(
        "--store", type=Path, default=store_dir(), help="folder of the store (default: your own)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("open", help="open the window (the same as no command)")

    demo = commands.add_parser("demo", help="take a case from denial to letter, with pictures of the windows")
    demo.add_argument(
        "--out", type=Path, required=True, help="folder for the letter, the trace and the pictures"
    )
    demo.add_argument(
        "--case", type=Path, default=None, help="another case file (default: the shipped sample)"
    )

    commands.add_parser("selftest", help="check this installation from end to end")

    criteria = commands.add_parser("criteria", help="choose, look at, check and evaluate criteria sets")
    add_criteria_commands(criteria)

    topics = commands.add_parser("topics", help="list, read and check the argument topics, and keep your own")
    add_topic_commands(topics)

    references = commands.add_parser("references", help="look at, check, import and export references")
    add_reference_commands(references)

    case_check = commands.add_parser(
        "check", help="check a case file without storing it; 1 when it has errors"
    )
    case_check.add_argument("file", type=Path)

    import_case = commands.add_parser("import", help="store a case file")
    import_case.add_argument("file", type=Path)

    cases = commands.add_parser("cases", help="list the cases in the store")
    letter = commands.add_parser(
        "letter", help="compose letters of stored cases, or check a letter against its record"
    )
    add_letter_commands(letter)
    packet = commands.add_parser(
        "packet", help="write a case's letter with its exhibits; 1 when a required document is missing"
    )
    add_packet_arguments(packet)
    again = commands.add_parser(
        "reevaluate",
        help="evaluate a signed case again with the editions of that day; 1 when anything comes out otherwise",
    )
    again.add_argument("number", help="the case number, for example 26-0001")
    audit = commands.add_parser("audit", help="verify the audit chain and list the newest events")
    for command in (import_case, cases, again, audit):
        add_password(command)
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Carry out a parsed command that needs no window."""
    if options.command == "criteria":
        from desktop.cli import criteria

        return criteria.run(options)
    if options.command == "references":
        from desktop.cli import references

        return references.run(options, _password)
    if options.command == "topics" and options.action in {"import", "export", "remove"}:
        from desktop.cli import own_topics

        return own_topics.run(options, _password)
    if options.command == "topics":
        from desktop.cli import topics

        return topics.run(options)
    from desktop.cli import cases

    if options.command == "check":
        return cases.check(options.file)
    if options.command == "letter" and options.action == "check":
        from desktop.cli import letter_check

        return letter_check.run(options, partial(_opened, options))
    cases.require_place(options)
    cases.require_store(options.store)
    return cases.run(options, password=_password(options.password_file))


def _opened(options: argparse.Namespace) -> Services:
    from desktop.cli import cases

    cases.require_store(options.store)
    return cases.opened(options.store, _password(options.password_file))


def _password(file: Path | None) -> str:
    if file is not None:
        password = _first_line_of(file)
    elif not sys.stdin.isatty():
        password = sent_line()
    else:
        password = getpass.getpass("Password: ")
    if not password:
        # Handed on, it would count as a wrong try and slow the next one down.
        raise UserFacingError(
            "No password was given.",
            safe="Nothing was changed.",
            todo="Type it when asked, send it on standard input, or name a file with --password-file.",
        )
    return password


def _first_line_of(file: Path) -> str:
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except OSError as error:
        why = error.strerror or "no reason given"
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    raise UserFacingError(
        f"The password file {file.name} cannot be read: {why}.",
        safe="Nothing was changed.",
        todo="Name a text file that holds the password and nothing else.",
    )
