"""Words in the place of a document on the packet tab: nothing chosen, or a document that is missing; pure."""

from __future__ import annotations

from desktop.domain.packet import MissingExhibit
from desktop.ui.library.page import Page, Tone, heading, text, title


def missing_page(missing: MissingExhibit) -> Page:
    """What is missing, why it is called for, and what to do."""
    return Page(
        f"Missing: {missing.kind.label}",
        (
            title(f"Missing: {missing.kind.label.lower()}"),
            text(missing.why),
            heading("What to do"),
            text(
                "Add it under Intake; it then stands here in its place, and in the letter's list of enclosures."
            ),
            text("The packet can be built without it: this reminds, and holds nothing back.", Tone.MUTED),
        ),
    )


def empty_page() -> Page:
    """What the place is for, while the case holds no document."""
    return Page(
        "Nothing to enclose yet",
        (
            title("Nothing to enclose yet"),
            text(
                "The packet is the letter with its exhibits: the denial, the criteria, reports and notes, each under "
                "the letter that your letter cites it by, stamped, indexed, and cut to the size a portal takes."
            ),
            text("Add the documents of the case under Intake.", Tone.MUTED),
        ),
    )
