"""What the command line understands of `topics`; it carries nothing out."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.settings.paths import resources_dir


def add_topic_commands(topics: argparse.ArgumentParser) -> None:
    """Give the `topics` command its actions."""
    actions = topics.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = actions.add_parser("list", help="the topics with their claims, counters and sections")
    show = actions.add_parser(
        "show", help="one topic: its claims with sources, conditions, counters and answers"
    )
    show.add_argument("topic", metavar="TOPIC", help="a topic's id")
    for action in (shown, show):
        action.add_argument("--folder", type=Path, default=_shipped(), help="folder of the topics")
        action.add_argument("--json", action="store_true", help="print JSON and nothing else")
    lint = actions.add_parser("lint", help="check how the topics are written; file and line for each problem")
    lint.add_argument("folder", type=Path, nargs="?", default=_shipped())

    taken = actions.add_parser("import", help="store a topic of your own, once it passes the check")
    taken.add_argument("file", type=Path, metavar="FILE", help="a topic file (YAML); its id begins with own-")
    taken.add_argument("--check", action="store_true", help="only check it; stores nothing")
    export = actions.add_parser("export", help="the text of a topic, your own or one to begin from")
    export.add_argument(
        "--out", type=Path, default=None, metavar="FILE", help="write there (default: standard output)"
    )
    remove = actions.add_parser("remove", help="take a topic of your own out of the store")
    for action in (export, remove):
        action.add_argument("topic", metavar="TOPIC", help="its id")
    for action in (taken, export, remove):
        action.add_argument(
            "--password-file", type=Path, default=None, help="read the password from a file instead of asking"
        )


def _shipped() -> Path:
    return resources_dir() / "topics"
