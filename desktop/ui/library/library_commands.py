"""What can be done in the criteria library, as data for palette and key sheet; it does none of it."""

from __future__ import annotations

from desktop.ui.actions import Command

GROUP = "Criteria"
COMMANDS = [
    Command("library.find", "Find a criteria set", "Ctrl+F", "focus_search", GROUP),
    Command("library.open", "Open the set in the editor", "Ctrl+E", "open_set", GROUP),
    Command("library.new", "Type a set of your own", "Ctrl+Shift+N", "new_set", GROUP),
    Command(
        "library.customise", "Make a payer's customization of the set", "Ctrl+Shift+C", "customise", GROUP
    ),
    Command("library.edition", "Begin a new edition of the set", "Ctrl+Shift+E", "new_edition", GROUP),
    Command("library.compare", "Compare the set with another", "Ctrl+Shift+D", "compare", GROUP),
    Command("library.run", "Run the set's cases", "Ctrl+R", "run_cases", GROUP),
    Command("library.export", "Export the set as a file", "Ctrl+S", "export", GROUP),
    Command("library.import", "Import a set from a file", "Ctrl+O", "bring", GROUP),
    Command("library.delete", "Delete the set, if it is your own and unused", "Ctrl+Delete", "delete", GROUP),
    Command("library.back", "Back to the set, or clear the search", "Esc", "go_back", GROUP, is_bound=False),
    Command("library.enter", "Open the selected set", "Return", "", GROUP, is_bound=False),
]
