"""What the record has to say to one question, as a sentence and what can be done about it; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey
from desktop.domain.criteria import Criterion
from desktop.domain.truth import Truth
from desktop.ui.review.answer_fields import signs

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

_VERBS = {Truth.TRUE: "meets", Truth.FALSE: "does not meet", Truth.UNKNOWN: "does not settle"}


@dataclass(frozen=True, slots=True)
class RecordSays:
    """A sentence about the recorded value, and the words of the button that acts on it (empty: nothing to do)."""

    words: str
    action: str = ""
    is_stale: bool = False
    """The value that was taken is not what the record gives now."""


def record_says(view: ReviewView, key: AssessmentKey | None) -> RecordSays | None:
    """What to show of the record at a question; None where it has nothing to say."""
    if key is None:
        return None
    offer = view.offers.get(key)
    answer = view.assessments.get(key)
    taken = answer.arithmetic if answer else ""
    now = f"{offer.arithmetic}: {_comes_to(view, key, offer.truth)}" if offer else ""
    if key in view.stale_offers:
        if not offer:
            return RecordSays(
                f"The record no longer gives this value: {taken}.", "Take the value out", is_stale=True
            )
        return RecordSays(
            f"The record has changed. It now says: {now}. Taken before: {taken}.",
            "Take the new value",
            is_stale=True,
        )
    if taken:
        return RecordSays(f"Taken from the record: {now or taken}.")
    return RecordSays(f"The record says: {now}.", "Take it") if offer else None


def _comes_to(view: ReviewView, key: AssessmentKey, truth: Truth) -> str:
    criterion = criterion_of(view, key)
    threshold = criterion.threshold if criterion else None
    return f"{_VERBS[truth]} {signs(threshold)}" if threshold else _VERBS[truth]


def criterion_of(view: ReviewView, key: AssessmentKey) -> Criterion | None:
    """The criterion that a question asks, from the sets of the review."""
    criteria_set = next((item for item in view.sets if item.id == key.set_id), None)
    return criteria_set.criterion(key.criterion_id) if criteria_set else None
