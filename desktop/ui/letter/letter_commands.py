"""The commands of the letter screen, as data for the palette and the key sheet."""

from __future__ import annotations

from desktop.ui.actions import Command

_GROUP = "Letter"


def letter_commands() -> list[Command]:
    """Every command of the letter screen; each handler is a method of `LetterScreen`."""
    rows = (
        ("compose", "Compose the letter from the record", "F5", "compose"),
        ("issue", "Issue the letter", "Ctrl+Shift+I", "issue"),
        ("save_pdf", "Save the letter as PDF", "Ctrl+Shift+S", "save_pdf"),
        ("save_text", "Save the letter as text", "", "save_text"),
        ("print", "Print the letter", "Ctrl+P", "print_letter"),
        ("next_block", "Go to the next block", "Ctrl+PgDown", "next_block"),
        ("previous_block", "Go to the block before", "Ctrl+PgUp", "previous_block"),
        ("move_up", "Move the block up", "Alt+Up", "move_up"),
        ("move_down", "Move the block down", "Alt+Down", "move_down"),
        ("restore", "Restore the composed text of the block", "Ctrl+Shift+R", "restore_block"),
        ("next_problem", "Go to the next finding of the letter check", "F8", "next_problem"),
        ("save", "Save now", "Ctrl+S", "flush"),
    )
    return [Command(f"letter.{name}", text, key, handler, _GROUP) for name, text, key, handler in rows]
