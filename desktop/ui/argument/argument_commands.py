"""What can be done on the argument tab, under which name and key; it must not do any of it."""

from __future__ import annotations

from desktop.ui.actions import Command

_GROUP = "Argument"
_LIST = "Argument, in the list"


def argument_commands() -> list[Command]:
    """Every command of the tab."""
    return [
        Command(
            "argument.toggle", "Take into the papers, or leave out", "Space", "toggle", _LIST, is_bound=False
        ),
        Command("argument.words", "Add your own words to an exception", "Ctrl+E", "write_note", _GROUP),
        Command("argument.search", "Search what is offered", "Ctrl+F", "search", _GROUP),
        Command(
            "argument.filter",
            "List the next kind: taken, left out, needing you",
            "Ctrl+G",
            "next_filter",
            _GROUP,
        ),
        Command(
            "argument.forget", "Take the choice back: as the program offers it", "Ctrl+R", "forget", _GROUP
        ),
        Command("argument.calls", "Peer-to-peer calls, and back", "Ctrl+J", "toggle_calls", _GROUP),
        Command("argument.new_call", "Record another call", "Ctrl+Shift+J", "new_call", _GROUP),
        Command("argument.card", "Compose the peer-to-peer card", "", "compose_card", _GROUP),
        Command("argument.request", "Compose the peer-to-peer request", "", "compose_request", _GROUP),
        Command("argument.letter", "Go to the letter", "", "go_to_letter", _GROUP),
        Command("argument.save", "Save now", "Ctrl+S", "flush", _GROUP),
    ]
