"""The one place that knows everything: it sends each command to the room that does it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from desktop.cli import arguments as cli
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UserFacingError
from desktop.settings.paths import crash_dir

FAILED = 1
INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl+C."""


def start(words: Sequence[str]) -> int:
    """Run one command, or the window when there is none. Returns the exit code.

    0 done, 1 failed, 2 misused, 3 only a draft came of it, 130 interrupted. Never raises what a user would see as a
    traceback: an error nobody foresaw becomes a sentence and a crash report without patient data.
    """
    if list(words[:1]) == ["pdf-worker"]:
        # A frozen program has no Python to run the worker module with: it starts itself instead.
        from desktop.intake.pdf_worker import main as read_pdf_in_this_process

        return read_pdf_in_this_process()
    options = cli.parse(words)
    from desktop.security.redact import harden_process

    harden_process()
    try:
        code = _carry_out(options)
        sys.stdout.flush()
    except UserFacingError as error:
        _say(error.what, error.safe, error.todo)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does. Python would complain once more when it ends.
        _send_output_nowhere()
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last place where it can become words
        _tell_of_crash(error)
        return FAILED
    return code


def _carry_out(options: argparse.Namespace) -> int:
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


def _say(*sentences: str) -> None:
    sys.stderr.write("".join(f"{sentence}\n" for sentence in sentences))


def _send_output_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
    finally:
        os.close(nowhere)


def _tell_of_crash(error: Exception) -> None:
    from desktop.security.redact import write_crash_report

    _say(
        f"The program met an error that it did not expect ({type(error).__name__}).",
        "What was saved before is on the disk; this command did not finish.",
    )
    try:
        report = write_crash_report(crash_dir(), error, SystemClock())
    except OSError as refused:
        _say(f"Try it once more. No report could be written ({refused.strerror}).")
        return
    _say(f"Try it once more. If it happens again, send this report, which holds no patient data: {report}")
