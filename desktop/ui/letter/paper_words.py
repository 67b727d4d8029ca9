"""What the papers of a case are called and what each is for, in words and badges; pure, without a widget."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.letter import Letter, LetterKind, LetterState, ReviewStatus
from desktop.ui.letter.two_line_list import ListRow
from desktop.ui.widgets.state_badge import StateVisual

PURPOSES = {
    LetterKind.FIRST_LEVEL: "Answers the denial point by point and asks for it to be overturned.",
    LetterKind.SECOND_LEVEL: "After a first appeal: what it left unanswered, and what is new.",
    LetterKind.EXPEDITED: "The appeal where waiting would do harm; says why it cannot wait.",
    LetterKind.RECONSIDERATION: "Asks the plan to look again before an appeal is filed.",
    LetterKind.EXTERNAL_REVIEW: "For a reviewer outside the plan, who knows nothing of the case.",
    LetterKind.PEER_TO_PEER: "Asks for the conversation with the plan's physician.",
    LetterKind.CLAIM_FILE: "Asks for the claim file, the criteria and who decided.",
    LetterKind.MEDICAL_NECESSITY: "Why the service is needed, with no denial to answer.",
    LetterKind.WITHDRAWAL: "Takes back what was filed.",
    LetterKind.PATIENT: "Tells the patient in plain words what was decided and what comes next.",
    LetterKind.OPINION: "The determination as a document, for a reader of your choice.",
    LetterKind.PEER_TO_PEER_CARD: "One page for your own hand during the call; it is never sent.",
}
_GROUPS = (
    ("Appeals", tuple(kind for kind in LetterKind if kind.is_appeal)),
    (
        "To the plan",
        (
            LetterKind.PEER_TO_PEER,
            LetterKind.CLAIM_FILE,
            LetterKind.MEDICAL_NECESSITY,
            LetterKind.WITHDRAWAL,
        ),
    ),
    ("For others", (LetterKind.OPINION, LetterKind.PATIENT)),
    ("For your desk", (LetterKind.PEER_TO_PEER_CARD,)),
)
_STATUS = {
    ReviewStatus.DRAFT: StateVisual("Draft", "ring", "muted", "sunken"),
    ReviewStatus.SUBMITTED: StateVisual("Submitted", "right", "accent", "accent_soft"),
    ReviewStatus.UNDER_REVIEW: StateVisual("Under review", "eye", "accent", "accent_soft"),
    ReviewStatus.APPROVED: StateVisual("Approved", "check", "met", "met_soft"),
}
_ISSUED = StateVisual("Issued", "lock", "met", "met_soft")


def badge_of(letter: Letter) -> StateVisual:
    """Where a letter stands: issued, or its review status."""
    return _ISSUED if letter.state is LetterState.ISSUED else _STATUS[letter.status]


def status_badge(status: ReviewStatus) -> StateVisual:
    """How a review status looks."""
    return _STATUS[status]


def paper_rows(letters: Sequence[Letter]) -> tuple[ListRow, ...]:
    """The papers of a case, the latest first."""
    return tuple(
        ListRow(letter.id, letter.kind.label, paper_detail(letter), badge_of(letter))
        for letter in reversed(letters)
    )


def kind_rows(letters: Sequence[Letter]) -> tuple[ListRow, ...]:
    """Every kind of paper under its group, with what it is for, or where it was left off."""
    drafts = {letter.kind for letter in letters if letter.state is LetterState.DRAFT}
    rows: list[ListRow] = []
    for group, kinds in _GROUPS:
        rows.append(ListRow(f"group.{group}", group, is_heading=True))
        rows += [
            ListRow(
                kind.value,
                kind.label,
                "A draft is there; go on with it." if kind in drafts else PURPOSES[kind],
            )
            for kind in kinds
        ]
    return tuple(rows)


def paper_detail(letter: Letter) -> str:
    """For whom, and since when: the quieter line under a paper's name."""
    parts: list[str] = []
    if letter.kind is LetterKind.OPINION:
        parts.append(f"For: {letter.settings.audience.label.lower()}")
    if letter.state is LetterState.ISSUED and letter.issued_at is not None:
        parts.append(f"Issued {letter.issued_at.astimezone():%Y-%m-%d %H:%M}")
        parts.append(f"sealed {letter.pdf_sha256[:12]}…")
        return " · ".join(parts)
    if letter.status_history:
        last = letter.status_history[-1]
        who = ", ".join(part for part in (last.by, last.credential) if part)
        parts.append(f"{last.at.astimezone():%Y-%m-%d}, {who}")
    edited = sum(block.is_edited for block in letter.content.blocks)
    stale = sum(block.is_stale for block in letter.content.blocks)
    if edited:
        parts.append(f"{edited} {'block' if edited == 1 else 'blocks'} edited")
    if stale:
        parts.append(f"{stale} to compare with the record")
    return " · ".join(parts) or "As composed from the record"
