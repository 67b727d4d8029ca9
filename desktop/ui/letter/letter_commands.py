"""The commands of the letter screen, as data for the palette and the key sheet."""

from __future__ import annotations

from desktop.ui.actions import Command

_PAPER = "Letter"
_BLOCK = "Letter: the block"
_CHECK = "Letter: check and review"


def letter_commands() -> list[Command]:
    """Every command of the letter screen; each handler is a method of `LetterScreen`."""
    paper = (
        ("papers", "Show the papers of this case, or begin another", "Ctrl+Shift+P", "show_papers"),
        ("compose", "Compose the paper from the record", "F5", "compose"),
        ("pages", "Show the pages", "Alt+1", "show_pages"),
        ("settings", "Show how the paper is composed", "Alt+2", "show_settings"),
        ("review", "Show review status and comments", "Alt+3", "show_review"),
        ("versions", "Show versions and compare them", "Alt+4", "show_versions"),
        ("sources", "Show where the sentences come from", "Alt+5", "show_sources"),
        ("delivery", "Show how it was sent", "Alt+6", "show_delivery"),
        ("call", "Show the peer-to-peer call", "Alt+7", "show_call"),
        ("issue", "Issue the letter", "Ctrl+Shift+I", "issue"),
        ("save_pdf", "Save the letter as PDF", "Ctrl+Shift+S", "save_pdf"),
        ("save_accessible", "Save the letter as PDF for screen readers", "", "save_accessible_pdf"),
        ("save_docx", "Save the letter as Word document", "", "save_docx"),
        ("save_text", "Save the letter as text", "", "save_text"),
        ("save_signed", "Save a signed copy of the issued letter", "", "save_signed_copy"),
        ("print", "Print the letter", "Ctrl+P", "print_letter"),
        ("discard", "Throw the draft away", "Ctrl+Shift+Backspace", "discard"),
        ("stationery", "Letterheads, snippets and templates", "", "show_stationery"),
        ("print_many", "Print letters of many cases", "", "print_many"),
        ("save", "Save now", "Ctrl+S", "flush"),
    )
    block = (
        ("next_block", "Go to the next block", "Ctrl+PgDown", "next_block"),
        ("previous_block", "Go to the block before", "Ctrl+PgUp", "previous_block"),
        ("move_up", "Move the block up", "Alt+Up", "move_up"),
        ("move_down", "Move the block down", "Alt+Down", "move_down"),
        ("remove", "Leave the block out, or bring it back", "Ctrl+Shift+Del", "remove_block"),
        ("lock", "Keep the block as it is, or let it follow the record", "Ctrl+Shift+L", "lock_block"),
        ("restore", "Take the composed text of the block", "Ctrl+Shift+R", "restore_block"),
        ("keep_mine", "Record changed: keep what I wrote", "Alt+K", "keep_mine"),
        ("take_theirs", "Record changed: take what it composes now", "Alt+T", "take_theirs"),
        ("snippet", "Insert a snippet (or type ; and its name)", "Ctrl+Space", "insert_snippet"),
        ("spelling", "Suggest a spelling", "F7", "suggest_spelling"),
    )
    check = (
        ("next_problem", "Go to the next finding of the letter check", "F8", "next_problem"),
        ("fix", "Fix the finding", "Alt+Return", "fix_problem"),
        ("reason", "Give a reason against the finding", "Alt+R", "give_reason"),
        ("comment", "Comment on the block or the chosen words", "Ctrl+M", "comment"),
        ("keep_version", "Keep this version", "Ctrl+Shift+K", "keep_version"),
    )
    return [
        Command(f"letter.{name}", text, key, handler, group)
        for group, rows in ((_PAPER, paper), (_BLOCK, block), (_CHECK, check))
        for name, text, key, handler in rows
    ]
