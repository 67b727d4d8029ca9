"""What the command line understands of `criteria`; it carries nothing out."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.settings.paths import criteria_dir

if TYPE_CHECKING:
    from desktop.domain.clinical import FindingKind

_SET_HELP = "a set's id, a family's id, or a criteria.yaml file"


def add_criteria_commands(criteria: argparse.ArgumentParser) -> None:
    """Give the `criteria` command its actions."""
    actions = criteria.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add(actions, "list", "the sets with publisher, edition, license and whether they must be read again")
    show = _add(actions, "show", "one set as an outline", has_json=False)
    show.add_argument("set", metavar="SET", help=_SET_HELP)
    for name, words in (
        ("lint", "check how the sets are written; file and line for each problem"),
        ("test", "run the cases beside each set"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("folder", type=Path, nargs="?", default=criteria_dir())

    diff = _add(actions, "diff", "what differs between two editions, or any two sets")
    diff.add_argument("old", metavar="OLD", help=_SET_HELP)
    diff.add_argument("new", metavar="NEW", help=_SET_HELP)

    match = _add(actions, "match", "which sets a request asks for, best first, and why")
    match.add_argument("--text", type=_words, default="", help="the request in its own words")
    match.add_argument(
        "--code", action="append", type=_words, default=[], help="a procedure code; may be given again"
    )
    match.add_argument(
        "--diagnosis",
        action="append",
        type=_words,
        default=[],
        help="an ICD-10-CM code; may be given again",
    )
    match.add_argument(
        "--payer", type=_words, default="", help="the plan, so that its own publisher comes first"
    )
    match.add_argument("--on", type=_day, default=None, metavar="DATE", help="day of the service: 2026-03-31")
    match.add_argument(
        "--finding",
        action="append",
        default=[],
        type=_finding,
        metavar="FINDING",
        help="a finding of the imaging, such as nonunion; may be given again",
    )

    for name, words in (
        ("evaluate", "hold a file of answers against a set"),
        ("gaps", "the smallest sets of open criteria whose closing would make it met"),
    ):
        action = _add(actions, name, words)
        action.add_argument("set", metavar="SET", help=_SET_HELP)
        action.add_argument("facts", metavar="FACTS.json", help="the answers; - reads standard input")
        if name == "gaps":
            action.add_argument(
                "--limit", type=_count, default=5, metavar="N", help="how many ways to show at most (5)"
            )
    _add_exchange(actions)


def _add_exchange(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],  # pyright: ignore[reportPrivateUsage]
) -> None:
    taken = _add(actions, "import", "a FHIR R4 Questionnaire as a criteria file", has_json=False)
    taken.add_argument("file", type=Path, metavar="FILE", help="the questionnaire, as JSON")
    export = _add(actions, "export", "a set as a file of its own", has_json=False)
    export.add_argument("set", metavar="SET", help=_SET_HELP)
    export.add_argument(
        "--as",
        dest="form",
        choices=("yaml", "questionnaire"),
        default="yaml",
        help="the form (default: yaml)",
    )
    response = _add(
        actions, "response", "a file of answers as a FHIR R4 QuestionnaireResponse", has_json=False
    )
    response.add_argument("set", metavar="SET", help=_SET_HELP)
    response.add_argument("facts", metavar="FACTS.json", help="the answers; - reads standard input")
    for action in (taken, export, response):
        action.add_argument(
            "--out", type=Path, default=None, metavar="FILE", help="write there (default: standard output)"
        )
    for action in (export, response):
        action.add_argument(
            "--with-user-text", action="store_true", help="also when the set is your own or licensed"
        )


def _add(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],  # pyright: ignore[reportPrivateUsage]
    name: str,
    words: str,
    *,
    has_json: bool = True,
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=words)
    action.add_argument(
        "--folder", type=Path, default=criteria_dir(), help="folder of the sets (default: the shipped ones)"
    )
    if has_json:
        action.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return action


def _words(text: str) -> str:
    # A shell may hand over bytes that are no text in its own encoding; Python then holds half characters.
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise argparse.ArgumentTypeError(
            "it holds bytes that are no text; type it again, or save it as UTF-8"
        )
    return text


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # Python also reads 20260331 and the weeks of 2026-W13-2.
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"'{text}' is not a possible date; write 2026-03-31")
    return found


def _finding(text: str) -> FindingKind:
    # Not at the top: it is slow to load, and the window waits for this module.
    from desktop.domain.clinical import FindingKind

    try:
        return FindingKind(text)
    except ValueError:
        known = ", ".join(kind.value for kind in FindingKind)
        raise argparse.ArgumentTypeError(f"'{text}' is not a finding; use one of {known}") from None


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= 100 and len(text) <= 3:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 1 to 100")
