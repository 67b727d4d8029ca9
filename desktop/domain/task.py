"""Something to be done for a case by a day, most often getting the document that closes a gap."""

from __future__ import annotations

from datetime import date

from desktop.domain.assessment import AssessmentKey
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class Task(Value):
    """One task. `closes` names the question that it was made for; None for a task of its own."""

    id: Identifier
    text: Text
    owed_by: Text = ""
    due_on: date | None = None
    done_on: date | None = None
    service_line_id: Identifier | None = None
    closes: AssessmentKey | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has marked it done."""
        return self.done_on is None
