"""The one place that knows everything: it sends each command to the room that does it."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Sequence

from desktop.cli import arguments as cli
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UserFacingError
from desktop.settings.paths import crash_dir

FAILED = 1
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_SUCH_PLACE = frozenset(
    {errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.EROFS}
)
"""What the system says of a place that cannot be used. The user named the place, and can name another."""
_LONGEST_PLACE = 80
INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl+C."""


def start(words: Sequence[str]) -> int:
    """Run one command, or the window when there is none. Returns the exit code.

    0 done, 1 failed, 2 misused, 3 only a draft came of it, 130 interrupted. Never raises what a user would see as a
    traceback: an error nobody foresaw becomes a sentence and a crash report without patient data.
    """
    if (code := _serve(words[0] if words else "")) is not None:
        return code
    _print_anywhere()
    options = cli.parse(words)
    from desktop.security.redact import harden_process

    harden_process()
    try:
        code = _carry_out(options)
        if sys.stdout is not None:  # a program with a window only has none on Windows
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
    except UnicodeEncodeError as error:
        _tell_of_no_text(error, words)
        return FAILED
    except OSError as error:
        _tell_of_system(error)
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last place where it can become words
        _tell_of_crash(error)
        return FAILED
    return code


def _serve(word: str) -> int | None:
    """Be the limited process that a word names, until it is done; None for any other word.

    A frozen program has no Python to run a worker module with: it starts itself instead.
    """
    match word:
        case "pdf-worker":
            from desktop.intake.pdf_worker import main as read_pdf

            return read_pdf()
        case "docx-worker":
            from desktop.intake.docx_worker import main as read_docx

            return read_docx()
        case "picture-worker":
            from desktop.intake.picture_worker import main as look_at_picture

            return look_at_picture()
        case "packet-worker":
            from desktop.letters.packet.file_worker import main as open_enclosures

            return open_enclosures()
        case _:
            return None


def _print_anywhere() -> None:
    """Where a console or a pipe knows fewer characters than a name has, show their code points instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


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


def _tell_of_no_text(error: UnicodeEncodeError, words: Sequence[str]) -> None:
    # A shell hands over the bytes of a word that is no text as half characters, which no store takes.
    if not any("\ud800" <= character <= "\udfff" for word in words for character in word):
        _tell_of_crash(error)
        return
    _say(
        "A word of the command holds bytes that are no text.",
        "Nothing was changed.",
        "Type the word again, in the encoding of your terminal.",
    )


def _tell_of_system(error: OSError) -> None:
    if error.errno in _NO_SUCH_PLACE:
        _say_place(error)
    elif error.errno in _NO_ROOM:
        _say(
            "There is no room left where the program was writing.",
            "What was saved before is on the disk; this command did not finish.",
            "Free some space, then run the command again.",
        )
        _send_output_nowhere()
    else:
        _tell_of_crash(error)


def _say_place(error: OSError) -> None:
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    shown = place if len(place) <= _LONGEST_PLACE else f"…{place[-_LONGEST_PLACE:]}"
    named = f"The file or folder {shown}" if shown else "A file or folder"
    _say(
        f"{named} cannot be used: {error.strerror}.",
        "What was saved before is on the disk; this command did not finish.",
        "Name another place, or allow your account to use this one.",
    )


def _send_output_nowhere() -> None:
    try:
        output = sys.stdout.fileno()
    except (AttributeError, OSError):
        return  # there is no file behind it that could fail once more
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, output)
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
