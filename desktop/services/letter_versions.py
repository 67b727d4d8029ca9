"""Keeping a version of a letter inside an operation that is under way; what is kept is never changed."""

from __future__ import annotations

from desktop.domain.letter import Letter
from desktop.domain.letter_history import LetterVersion, VersionReason
from desktop.domain.value import new_id
from desktop.services.letter_desk import LetterDesk
from desktop.store.engine import UnitOfWork


def add_version(
    desk: LetterDesk, work: UnitOfWork, case_id: str, letter: Letter, why: VersionReason
) -> LetterVersion:
    """Keep the content of a letter as its next version. The same words kept for the same reason are kept once."""
    kept = work.letters.versions(case_id, letter.id)
    if kept and (kept[-1].content, kept[-1].why) == (letter.content, why):
        return kept[-1]
    version = LetterVersion(
        id=new_id(),
        letter_id=letter.id,
        number=kept[-1].number + 1 if kept else 1,
        why=why,
        made_at=desk.clock.now(),
        made_by=desk.store.actor.name,
        content=letter.content,
    )
    work.letters.add_version(case_id, version)
    return version
