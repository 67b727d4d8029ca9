"""What can be done in the criteria editor, as data for palette and key sheet; it does none of it."""

from __future__ import annotations

from desktop.ui.actions import Command

GROUP = "Criteria set"


def _key(name: str, text: str, shortcut: str) -> Command:
    """A key that the editor handles itself: it is only to be read about."""
    return Command(f"criteria.{name}", text, shortcut, "", GROUP, is_bound=False)


COMMANDS = [
    Command("criteria.save", "Save the criteria set", "Ctrl+Return / Ctrl+Enter", "save", GROUP),
    Command("criteria.text", "Show the set as text or as outline", "Ctrl+Shift+T", "toggle_text", GROUP),
    Command("criteria.edition", "Begin a new edition of the set", "", "new_edition", GROUP),
    Command("criteria.customise", "Make a payer's customization of the set", "", "make_customisation", GROUP),
    Command("criteria.case", "Keep this case's answers as a test case", "", "keep_case", GROUP),
    Command("criteria.close", "Close and keep a draft", "Esc", "close_panel", GROUP, is_bound=False),
    _key("next", "Next criterion", "Return"),
    _key("indent", "Into the group above, or into a new one", "Alt+Right"),
    _key("outdent", "Out of the group", "Alt+Left"),
    _key("up", "Up among its neighbors", "Alt+Up"),
    _key("down", "Down among its neighbors", "Alt+Down"),
    _key("group", "Put into a group", "Ctrl+G"),
    _key("exception", "Add an exception that waives it", "Ctrl+U"),
    _key("copy", "Copy the row", "Ctrl+Shift+D"),
    _key("remove", "Remove the row (in the outline)", "Del"),
    _key("walk_down", "Next row, from anywhere", "Ctrl+Down"),
    _key("walk_up", "Row before, from anywhere", "Ctrl+Up"),
]
