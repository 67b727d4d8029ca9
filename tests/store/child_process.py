"""What the tests run in a process of its own: holding a store open, writing until killed, filling a disk.

Called as `python -m tests.store.child_process MODE FOLDER`; it prints one line for each thing that happened.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.domain.case import Case
from desktop.domain.errors import UserFacingError
from desktop.store.engine import Store, create_store
from tests.store.conftest import ADA, TickingClock, new_key, opened


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - the parent reads it


def hold(folder: Path) -> None:
    """Keep the store open until a line comes in."""
    store = opened(folder)
    say("open")
    sys.stdin.readline()
    store.close()


def write_on(folder: Path) -> None:
    """Write case after case, each with its number in two tables, saying each number only once it is committed."""
    store = opened(folder)
    number = _count(store)
    say("open")
    while True:
        number += 1
        _add(store, number)
        say(number)


def look(folder: Path) -> None:
    """Open, read, try to write, and say how that went."""
    try:
        store = opened(folder)
    except UserFacingError as error:
        say(type(error).__name__)
        return
    say("read-only" if store.is_read_only else "writable", _count(store))
    store.remember("screen", "{}")
    say("recalled", store.recall("screen"))
    try:
        _add(store, 1000)
        say("written")
    except UserFacingError as error:
        say(type(error).__name__)
    store.check_pages()
    store.close()


def fill(folder: Path) -> None:
    """On a small disk: write until it is full, free some room, and write again."""
    ballast = folder.parent / "ballast"
    ballast.write_bytes(bytes(256 * 1024))
    store = create_store(folder, new_key(), actor=ADA, clock=TickingClock())
    number = 0
    try:
        while True:
            _add(store, number + 1, text="x" * 20_000)
            number += 1
    except UserFacingError as error:
        say(type(error).__name__)
    say("kept" if _count(store) == number and store.verify_audit() is None else "lost")
    ballast.unlink()
    _add(store, number + 1)
    store.close()
    again = opened(folder)
    say("again", _count(again) - number, again.verify_audit())
    again.close()


def strain(folder: Path) -> None:
    """Write until the disk fails, and say how far that went and what the user would be told."""
    store = opened(folder)
    number = _count(store)
    try:
        while True:
            _add(store, number + 1)
            number += 1
    except UserFacingError as error:
        say(type(error).__name__, number)


def create(folder: Path) -> None:
    """Try to make a store."""
    try:
        create_store(folder, new_key(), actor=ADA, clock=TickingClock()).close()
        say("created")
    except UserFacingError as error:
        say(type(error).__name__)


def _add(store: Store, number: int, text: str = "") -> None:
    member = {"family_name": f"Doe {number}", "subscriber_name": text}
    with store.write("case_opened", "New", case_id=f"case-{number}") as work:
        work.cases.add(
            Case.model_validate({"id": f"case-{number}", "number": f"26-{number:04d}", "member": member})
        )


def _count(store: Store) -> int:
    from desktop.domain.worklist import WorklistQuery

    with store.read() as reader:
        return reader.cases.count(WorklistQuery())


if __name__ == "__main__":
    {"hold": hold, "write": write_on, "look": look, "fill": fill, "create": create, "strain": strain}[
        sys.argv[1]
    ](Path(sys.argv[2]))
