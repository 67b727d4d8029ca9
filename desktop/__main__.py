"""The entry point of `python -m desktop` and of the `indicated` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; returns the exit code."""
    from desktop.bootstrap import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
