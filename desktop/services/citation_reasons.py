"""Reasons for citing a source in doubt, kept with the letter: only for a rule that speaks, and while it is cited."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import CitationReason, Letter
from desktop.letters.references.doubts import doubts_of
from desktop.letters.references.library import ReferenceLibrary

LONGEST = 2000


def with_reason(
    letter: Letter,
    library: ReferenceLibrary,
    reference_id: str,
    rule: str,
    reason: str,
    *,
    at: datetime,
    by: str,
) -> Letter:
    """The letter with a reason, in place of an earlier one for the same source and rule; empty takes it back."""
    reference = library.get(reference_id)
    if reference is None or reference_id not in letter.content.cited():
        raise _refused(f"The letter does not cite {reference_id}.", "Cite it first, or reload the letter.")
    if rule not in {found for found, _ in doubts_of(reference)}:
        raise _refused(f"Nothing of the kind speaks against citing {reference_id}.", "It needs no reason.")
    text = reason.strip()
    if len(text) > LONGEST:
        raise _refused(f"The reason is longer than {LONGEST:,} characters.", "Say it in a few sentences.")
    others = tuple(
        item for item in letter.citation_reasons if (item.reference_id, item.rule) != (reference_id, rule)
    )
    given = CitationReason(reference_id=reference_id, rule=rule, reason=text, given_at=at, given_by=by)
    return letter.model_copy(update={"citation_reasons": (*others, given) if text else others})


def kept_reasons(letter: Letter) -> tuple[CitationReason, ...]:
    """The reasons for sources that the letter still cites: what is issued explains nothing that is not in it."""
    cited = set(letter.content.cited())
    return tuple(item for item in letter.citation_reasons if item.reference_id in cited)


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
