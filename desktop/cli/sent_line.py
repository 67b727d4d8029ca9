"""A secret that is sent to a command on standard input; it is never printed, and nothing of it is in a message."""

from __future__ import annotations

import sys

from desktop.domain.errors import UserFacingError


def sent_line() -> str:
    """The next line of standard input without its end. Raises UserFacingError for bytes that are no text."""
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        # Without the cause: it holds the bytes, and they are a password.
        raise UserFacingError(
            "What was sent on standard input is not UTF-8 text.",
            safe="Nothing was changed.",
            todo="Send the password as UTF-8, or type it when asked.",
        ) from None
