"""The gaps of a case: what would make each service line met under each of its sets, from the review as it stands.

Nothing is stored: whatever closes a gap, wherever it is done, the next reading no longer has it.
"""

from __future__ import annotations

from desktop.domain.gap import LineGaps
from desktop.rules.gaps import line_gaps
from desktop.services.review_view import ReviewView

WAYS = 5
"""Ways shown for a line and for each of its levels."""


def gaps_of(view: ReviewView, limit: int = WAYS) -> tuple[LineGaps, ...]:
    """The gaps of every trace of a review, in their order; at most `limit` ways for a line and for each level.

    A trace whose edition is not at hand any more (signed before editions were archived) has none: its tree is unknown.
    """
    by_hash = {criteria_set.content_hash: criteria_set for criteria_set in view.sets}
    found: list[LineGaps] = []
    for trace in view.traces:
        criteria_set = by_hash.get(trace.set_hash)
        line = view.case.service_line(trace.service_line_id)
        if criteria_set is not None and line is not None:
            found.append(line_gaps(criteria_set, trace, line, view.case, limit))
    return tuple(found)
