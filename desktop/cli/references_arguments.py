"""What the command line understands of `references`; it carries nothing out."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.settings.paths import resources_dir

_FORMS = ("csl-json", "ris", "bibtex", "nbib")
_STANCES = ("for", "mixed", "against")


def add_reference_commands(references: argparse.ArgumentParser) -> None:
    """Give the `references` command its actions."""
    actions = references.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every reference with its standing")
    _add_narrowing(listing)
    show = actions.add_parser(
        "show", help="one reference with its claims and figures, in both citation styles"
    )
    show.add_argument("reference", metavar="ID")
    show.add_argument("--json", action="store_true", help="print JSON and nothing else")
    search = actions.add_parser("search", help="references that hold all of some words, best first")
    search.add_argument("words", nargs="+", metavar="WORD")
    _add_narrowing(search)

    lint = actions.add_parser(
        "lint", help="check how the library is written; file, line and entry of each problem"
    )
    lint.add_argument("folder", type=Path, nargs="?", default=resources_dir() / "references")

    taken = actions.add_parser("import", help="store the entries of a reference file as own, unverified ones")
    taken.add_argument("file", type=Path, metavar="FILE", help="a RIS, BibTeX, NBIB or CSL-JSON file")
    taken.add_argument("--check", action="store_true", help="only say what would be kept; stores nothing")
    taken.add_argument("--all", action="store_true", help="also entries that the library has already")
    export = actions.add_parser("export", help="references as a file")
    export.add_argument("reference", nargs="*", metavar="ID", help="which ones (default: all)")
    for action in (taken, export):
        action.add_argument("--as", dest="form", choices=_FORMS, default=None, help="the form of the file")
    export.add_argument(
        "--out", type=Path, default=None, metavar="FILE", help="write there (default: standard output)"
    )
    for action in (listing, show, search, export):
        action.add_argument(
            "--own", action="store_true", help="with your own entries and marks; opens the store"
        )
    for action in (listing, show, search, export, taken):
        action.add_argument(
            "--password-file", type=Path, default=None, help="read the password from a file instead of asking"
        )


def _add_narrowing(action: argparse.ArgumentParser) -> None:
    action.add_argument("--topic", default="", help="a topic of a claim, or a subject, whole")
    action.add_argument(
        "--stance", choices=_STANCES, default=None, help="whether it helps, does both, or hurts"
    )
    action.add_argument(
        "--from", dest="year_from", type=_year, default=None, metavar="YEAR", help="not older"
    )
    action.add_argument("--to", dest="year_to", type=_year, default=None, metavar="YEAR", help="not newer")
    action.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _year(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) == 4:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a year; write 2016")
