"""The one place that knows everything: it sends each command to the room that does it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop.cli import arguments as cli
from desktop.domain.errors import UserFacingError


def start(words: Sequence[str]) -> int:
    """Run one command, or the window when there is none. Returns the exit code: 0 done, 1 failed, 2 misused."""
    if list(words[:1]) == ["pdf-worker"]:
        # A frozen program has no Python to run the worker module with: it starts itself instead.
        from desktop.intake.pdf_worker import main as read_pdf_in_this_process

        return read_pdf_in_this_process()
    options = cli.parse(words)
    from desktop.security.redact import harden_process

    harden_process()
    try:
        match options.command:
            case None | "open":
                from desktop.ui.app import run

                return run(options.store)
            case "demo":
                from desktop.demo import run_demo

                return run_demo(options.case, options.out)
            case "selftest":
                from desktop.selftest import run_selftest

                return run_selftest()
            case _:
                return cli.run(options)
    except UserFacingError as error:
        sys.stderr.write(f"{error.what}\n{error.safe}\n{error.todo}\n")
        return 1
