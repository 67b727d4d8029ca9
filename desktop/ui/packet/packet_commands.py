"""What can be done on the packet tab, under which name and key; it must not do any of it."""

from __future__ import annotations

from desktop.ui.actions import Command

_GROUP = "Packet"
_LIST = "Packet, in the list"
_PAGE = "Packet, on an exhibit"


def packet_commands() -> list[Command]:
    """Every command of the tab."""
    return [
        Command(
            "packet.toggle", "Enclose the document, or leave it out", "Space", "toggle", _LIST, is_bound=False
        ),
        Command("packet.up", "Move the exhibit up in its group", "Alt+Up", "move_up", _GROUP),
        Command("packet.down", "Move the exhibit down in its group", "Alt+Down", "move_down", _GROUP),
        Command("packet.by_date", "Put the exhibit back by its date", "", "place_by_date", _GROUP),
        Command("packet.next", "Next exhibit", "Ctrl+PgDown", "next_exhibit", _GROUP),
        Command("packet.previous", "Exhibit before", "Ctrl+PgUp", "previous_exhibit", _GROUP),
        Command("packet.pages", "Choose the pages that are enclosed", "Ctrl+E", "choose_pages", _GROUP),
        Command("packet.face", "Text, or pages of the file", "Ctrl+G", "flip", _GROUP),
        Command(
            "packet.black", "Black out: words, or an area of the page", "B", "blacken", _PAGE, is_bound=False
        ),
        Command(
            "packet.area",
            "Move the area; Shift: its size, Ctrl: finely",
            "Arrows",
            "",
            _PAGE,
            is_bound=False,
        ),
        Command(
            "packet.finish", "Black the area out; Escape gives it up", "Return", "", _PAGE, is_bound=False
        ),
        Command(
            "packet.zoom",
            "See the page larger; - smaller, 0 whole",
            "+",
            "",
            _PAGE,
            is_bound=False,
        ),
        Command("packet.step", "Next page, and the one before", "PgDown", "", _PAGE, is_bound=False),
        Command("packet.redactions", "Show what is blacked out", "Ctrl+J", "show_redactions", _GROUP),
        Command(
            "packet.look", "Show what to look at before sending", "Ctrl+Shift+J", "show_warnings", _GROUP
        ),
        Command("packet.build", "Build the packet", "Ctrl+Return", "build", _GROUP),
        Command("packet.stop", "Stop building", "Ctrl+.", "stop", _GROUP),
        Command("packet.save", "Save the packet to a folder", "Ctrl+Shift+S", "save", _GROUP),
        Command("packet.letter", "Go to the letter", "", "go_to_letter", _GROUP),
        Command("packet.intake", "Add a document in Intake", "", "go_to_intake", _GROUP),
    ]
