"""What the command line understands of `letter` and `packet`; it carries nothing out."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.domain.audience import Audience
from desktop.domain.letter import LetterKind
from desktop.domain.packet import PORTAL_CAP_BYTES
from desktop.domain.reference import CitationStyle

KINDS = {kind.slug: kind for kind in LetterKind}
AUDIENCES = {audience.value.replace("_", "-"): audience for audience in Audience}
STYLES = {style.value: style for style in CitationStyle}
FORMS = ("pdf", "docx", "txt")


def add_letter_commands(letter: argparse.ArgumentParser) -> None:
    """Give the `letter` command its actions."""
    actions = letter.add_subparsers(dest="action", metavar="ACTION", required=True)
    compose = actions.add_parser(
        "compose",
        help="compose letters of stored cases and save them; 1 when one of them could not be",
        description="A letter that was issued already is saved as it was issued; everything else follows the record.",
    )
    compose.add_argument("case", nargs="+", metavar="CASE", help="a case number, for example 26-0142")
    _add_kind(compose, default="first-level")
    place = compose.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", type=Path, help="a .pdf, .docx or .txt file, for one case")
    place.add_argument("--out-dir", type=Path, help="a folder, for any number of cases")
    compose.add_argument(
        "--as", dest="form", choices=FORMS, default="pdf", help="what to write into --out-dir (default: pdf)"
    )
    compose.add_argument("--accessible", action="store_true", help="a tagged PDF, for readers who listen")
    compose.add_argument("--audience", choices=sorted(AUDIENCES), default=None, help="for whom it is worded")
    compose.add_argument(
        "--style",
        choices=sorted(STYLES),
        default=None,
        help="how references are printed (default: as in the draft; ama in a new one)",
    )
    compose.add_argument(
        "--issue", action="store_true", help="issue it, if the letter check finds no error; this is final"
    )

    check = actions.add_parser(
        "check",
        help="check a letter against the record it speaks of; 1 when it has errors",
        description="CASE is a number in the store; its letter is checked as it stands. FILE is a case file (.json), "
        "from which the letter is composed and checked without the store, or a letter written elsewhere (.txt, .docx, "
        ".pdf), which --against says what to hold against.",
    )
    check.add_argument("subject", metavar="CASE|FILE")
    _add_kind(check, default=None)
    check.add_argument(
        "--against",
        metavar="CASE|FILE",
        default=None,
        help="the case that a letter written elsewhere is about",
    )
    check.add_argument("--json", action="store_true", help="print JSON and nothing else")
    discard = actions.add_parser(
        "discard",
        help="throw the draft of a letter away; an issued letter never is",
        description="Its kept versions and remarks go with it. In the window, undo brings it back.",
    )
    discard.add_argument("case", metavar="CASE", help="a case number, for example 26-0142")
    _add_kind(discard, default=None)
    sign = actions.add_parser(
        "sign",
        help="save a copy of an issued letter that is signed with your own certificate",
        description="The copy begins with the archived bytes; nothing is fetched from a network. The passphrase is "
        "asked for after the password of the store, or read from standard input in that order.",
    )
    _add_sign_arguments(sign)
    for action in (compose, check, discard, sign):
        add_password(action)


def _add_sign_arguments(sign: argparse.ArgumentParser) -> None:
    sign.add_argument("case", metavar="CASE", help="a case number, for example 26-0142")
    _add_kind(sign, default=None)
    sign.add_argument("--certificate", type=Path, required=True, metavar="FILE", help="a .p12 or .pfx file")
    sign.add_argument("--out", type=Path, required=True, help="the .pdf file to write")
    sign.add_argument(
        "--passphrase-file", type=Path, default=None, help="read the certificate's passphrase from a file"
    )
    sign.add_argument("--reason", default="", help="why it is signed, as PDF readers show it")


def add_packet_arguments(packet: argparse.ArgumentParser) -> None:
    """Give the `packet` command its arguments."""
    packet.add_argument("case", metavar="CASE", help="a case number, for example 26-0142")
    _add_kind(packet, default=None)
    packet.add_argument("--out", type=Path, required=True, help="a .pdf file; several where it must be split")
    packet.add_argument(
        "--cap-mb",
        type=_megabytes,
        default=PORTAL_CAP_BYTES / 1_000_000,
        help="the largest file that the plan takes (default: 10)",
    )
    packet.add_argument("--json", action="store_true", help="print JSON and nothing else")
    add_password(packet)


def add_password(command: argparse.ArgumentParser) -> None:
    """Let a command that opens the store take its password from a file."""
    command.add_argument(
        "--password-file", type=Path, default=None, help="read the password from a file instead of asking"
    )


def _add_kind(command: argparse.ArgumentParser, *, default: str | None) -> None:
    shown = default or "the latest letter; of a case file the first-level appeal"
    command.add_argument(
        "--kind", choices=sorted(KINDS), default=default, help=f"which letter (default: {shown})"
    )


def _megabytes(words: str) -> float:
    try:
        found = float(words)
    except ValueError:
        found = 0.0
    if not 0.5 <= found <= 10_000:
        raise argparse.ArgumentTypeError(f"'{words}' is no number of megabytes from 0.5 to 10000")
    return found
