"""What can be done from anywhere in the window, under which name and key; it must not do any of it."""

from __future__ import annotations

from desktop.ui.actions import Command
from desktop.ui.case_tabs import CaseTab

COMMANDS = [
    Command("palette", "Search or jump to", "Ctrl+K", "open_palette"),
    Command("new_case", "New case", "Ctrl+N", "new_case"),
    Command("desk", "Go to the desk", "Ctrl+D", "show_desk"),
    Command("library", "Go to the library", "Ctrl+B", "show_library"),
    Command("references", "Go to the references", "", "show_references"),
    Command("topics", "Go to the argument topics", "", "show_topics"),
    Command("settings", "Settings", "Ctrl+,", "show_settings"),
    *(Command(tab.slug, tab.label, tab.key, f"show_{tab.slug}", "Case") for tab in CaseTab),
    Command("type_set", "Type a criteria set", "Ctrl+T", "type_criteria_set", "Case"),
    Command("undo", "Undo the last step", "Ctrl+Z", "undo", "Case"),
    Command("redo", "Redo the step taken back", "Ctrl+Shift+Z", "redo", "Case"),
    Command("print", "Print the letter", "Ctrl+P", "print_letter", "Case", is_bound=False),
    Command("next_pane", "Next pane", "F6", "focus_next_pane", is_bound=False),
    Command("previous_pane", "Previous pane", "Shift+F6", "focus_previous_pane", is_bound=False),
    Command("sample", "Open the sample case", "", "open_sample_case"),
    Command("keys", "Show the keys", "F1 / ?", "show_keys"),
    Command("lock", "Lock", "Ctrl+L", "lock", is_for_leaving=True),
]
