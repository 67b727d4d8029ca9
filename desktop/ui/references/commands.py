"""What can be done on the references shelf, as data for palette and key sheet; it does none of it."""

from __future__ import annotations

from desktop.ui.actions import Command

_GROUP = "References"
COMMANDS = [
    Command("references.find", "Find a reference", "Ctrl+F", "focus_search", _GROUP),
    Command("references.add", "Add a reference of your own", "Ctrl+Shift+N", "add", _GROUP),
    Command("references.import", "Import references from a file", "Ctrl+O", "bring", _GROUP),
    Command("references.edit", "Edit your own reference", "Ctrl+E", "edit", _GROUP),
    Command("references.verify", "Record where the reference was checked", "Ctrl+Shift+V", "verify", _GROUP),
    Command("references.mark", "Mark the reference as retracted or superseded", "Ctrl+M", "mark", _GROUP),
    Command("references.ama", "Copy the citation in AMA style", "Ctrl+Shift+A", "copy_ama", _GROUP),
    Command("references.vancouver", "Copy the citation in Vancouver style", "", "copy_vancouver", _GROUP),
    Command("references.export", "Export the selected references", "Ctrl+S", "export", _GROUP),
    Command("references.check", "Check the references", "Ctrl+R", "check", _GROUP),
    Command("references.remove", "Remove your own reference", "Ctrl+Delete", "remove", _GROUP),
    Command("references.undo", "Undo the last step on references", "Ctrl+Z", "undo", _GROUP, is_bound=False),
    Command(
        "references.redo",
        "Redo the last step on references",
        "Ctrl+Shift+Z",
        "redo",
        _GROUP,
        is_bound=False,
    ),
    Command(
        "references.back",
        "Back to the reference, or clear the search",
        "Esc",
        "go_back",
        _GROUP,
        is_bound=False,
    ),
    Command("references.save", "Save what is typed", "Ctrl+Return", "", _GROUP, is_bound=False),
]
