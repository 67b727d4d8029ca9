"""What the desk shows and in which words: saved views, weeks, days left; plain functions without Qt or store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.case import CaseStatus
from desktop.domain.member import Sex
from desktop.domain.worklist import WorklistRow

OPEN = (CaseStatus.DRAFT, CaseStatus.UNDER_REVIEW, CaseStatus.DETERMINED)
"""Cases whose letter has not gone out: only they can be late."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named part of the worklist. `days` bounds the stated deadline relative to today: (first, last), None open."""

    id: str
    title: str
    statuses: tuple[CaseStatus, ...]
    days: tuple[int | None, int | None] | None
    empty: str
    """What an empty list says here."""
    is_waiting: bool = False
    """Cases with open tasks, by the day that the next of them is due."""

    def covers(self, row: WorklistRow, today: date) -> bool:
        """Whether a case of one of the statuses belongs here by its deadline."""
        if self.days is None:
            return True
        if row.deadline_stated_on is None:
            return False
        left = (row.deadline_stated_on - today).days
        first, last = self._bounds(today)
        return (first is None or left >= first) and (last is None or left <= last)

    def is_past(self, row: WorklistRow, today: date) -> bool:
        """Whether neither this row nor any with a later deadline belongs here, so that reading can stop."""
        if self.days is None:
            return False
        last = self._bounds(today)[1]
        if row.deadline_stated_on is None:
            return True
        return last is not None and (row.deadline_stated_on - today).days > last

    def _bounds(self, today: date) -> tuple[int | None, int | None]:
        if self.id == "this_week":
            return 0, 6 - today.weekday()
        return self.days or (None, None)


VIEWS = (
    SavedView("open", "Open cases", OPEN, None, "No open cases."),
    SavedView("this_week", "Due this week", OPEN, (0, 6), "Nothing is due this week."),
    SavedView("overdue", "Overdue", OPEN, (None, -1), "Nothing is overdue."),
    SavedView(
        "waiting",
        "Waiting for records",
        (*OPEN, CaseStatus.LETTER_ISSUED),
        None,
        "No case waits for records. In a review, K makes a task of what is missing.",
        is_waiting=True,
    ),
    SavedView("draft", "In intake", (CaseStatus.DRAFT,), None, "No case is in intake."),
    SavedView("review", "Under review", (CaseStatus.UNDER_REVIEW,), None, "No case is under review."),
    SavedView(
        "determined", "Letter to write", (CaseStatus.DETERMINED,), None, "No letter is waiting to be written."
    ),
    SavedView("issued", "Letter issued", (CaseStatus.LETTER_ISSUED,), None, "No letter has been issued yet."),
    SavedView("all", "All cases", (), None, "No cases yet."),
)


def week_title(row: WorklistRow, today: date, *, is_waiting: bool = False) -> str:
    """The heading of the group a row stands under: by its deadline, or by its next task."""
    due = row.next_due_on if is_waiting else row.deadline_stated_on
    if row.status not in OPEN and not is_waiting:
        return "Done"
    if due is None:
        return "No due date" if is_waiting else "No deadline recorded"
    if due < today:
        return "Overdue"
    weeks = (due - today + timedelta(days=today.weekday())).days // 7
    if weeks == 0:
        return "Due this week"
    if weeks == 1:
        return "Due next week"
    return f"Due in the week of {due - timedelta(days=due.weekday())}"


def days_left(row: WorklistRow, today: date, *, is_waiting: bool = False) -> str:
    """How long until the deadline that the notice states, or until the next task, short enough for a column."""
    due = row.next_due_on if is_waiting else row.deadline_stated_on
    if due is None or (row.status not in OPEN and not is_waiting):
        return ""
    left = (due - today).days
    if left < 0:
        return f"{-left} d overdue"
    return "today" if left == 0 else f"{left} d left"


def is_urgent(row: WorklistRow, today: date, *, is_waiting: bool = False) -> bool:
    """Whether a week or less is left."""
    due = row.next_due_on if is_waiting else row.deadline_stated_on
    return (row.status in OPEN or is_waiting) and due is not None and (due - today).days <= 7


def person(row: WorklistRow, today: date, *, is_private: bool) -> str:
    """Initials, sex and age; masked in privacy mode."""
    if is_private:
        return "••"
    sex = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "X"}.get(row.sex, "")
    born = row.date_of_birth
    age = ""
    if born is not None and born <= today:
        age = str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
    about = ", ".join(part for part in (sex, age) if part)
    return "  ".join(part for part in (row.initials, about) if part)


def service_text(row: WorklistRow) -> str:
    """The first service, and how many more there are."""
    more = f"  +{row.line_count - 1}" if row.line_count > 1 else ""
    return f"{row.service}{more}" if row.service else "No service recorded"


def open_text(row: WorklistRow, *, is_waiting: bool = False) -> str:
    """How many answers, or tasks, are open."""
    if is_waiting:
        return f"{row.open_task_count} task{'' if row.open_task_count == 1 else 's'}"
    return f"{row.open_count} open" if row.open_count else ""


def spoken(row: WorklistRow, today: date, *, is_private: bool, is_waiting: bool = False) -> str:
    """The row as one sentence for a screen reader."""
    parts = (
        row.number,
        "" if is_private else person(row, today, is_private=False),
        "" if is_private else row.payer,
        service_text(row),
        row.levels,
        row.status.label,
        open_text(row, is_waiting=is_waiting),
        days_left(row, today, is_waiting=is_waiting),
    )
    return ", ".join(part for part in parts if part)


def next_step(status: CaseStatus, open_count: int) -> str:
    """What to do next with a case, in one sentence."""
    match status:
        case CaseStatus.DRAFT:
            return "Finish the intake, then mark the criteria beside the record."
        case CaseStatus.UNDER_REVIEW if open_count:
            return (
                f"{open_count} criteria are unclear or not documented: find the words, or say who owes them."
            )
        case CaseStatus.UNDER_REVIEW:
            return "Decide each service line and sign."
        case CaseStatus.DETERMINED:
            return "Write the letter and issue it."
        case CaseStatus.LETTER_ISSUED:
            return "The letter was issued. Wait for the plan's answer."
        case CaseStatus.CLOSED:
            return "Closed."


def emptiness(view: SavedView, *, is_filtered: bool) -> tuple[str, str, bool]:
    """What an empty list says, in a heading and a sentence, and whether a first case is offered there."""
    if is_filtered:
        return "No case matches.", "Escape clears the filter.", False
    if view.id not in {"open", "all"}:
        return view.empty, "Choose another view on the left.", False
    return (
        "This is your desk.",
        (
            "Every case stands here by the week its answer is due. A case begins with a denial: "
            "open a new one and paste the notice, or look around in the sample case first."
        ),
        True,
    )
