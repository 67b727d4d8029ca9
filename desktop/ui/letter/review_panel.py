"""Where a paper stands in the house: Draft, Submitted, Under review, Approved, by whom; and the remarks about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.audit import Actor
from desktop.domain.letter import ReviewStatus, StatusEntry
from desktop.ui.chips import ChipRow
from desktop.ui.forms import ChoiceField, LineField
from desktop.ui.letter.comments_panel import CommentsPanel
from desktop.ui.letter.paper_words import status_badge
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label, section_header
from desktop.ui.widgets.state_badge import StateBadge

_DEEDS = {
    ReviewStatus.SUBMITTED: "Submit for review",
    ReviewStatus.UNDER_REVIEW: "Take under review",
    ReviewStatus.APPROVED: "Approve",
    ReviewStatus.DRAFT: "Back to draft",
}
_NEXT = {
    ReviewStatus.DRAFT: (ReviewStatus.SUBMITTED,),
    ReviewStatus.SUBMITTED: (ReviewStatus.UNDER_REVIEW, ReviewStatus.DRAFT),
    ReviewStatus.UNDER_REVIEW: (ReviewStatus.APPROVED, ReviewStatus.DRAFT),
    ReviewStatus.APPROVED: (ReviewStatus.DRAFT,),
}


class ReviewPanel(QWidget):
    """The steps with who took them, the next step, and the comments below."""

    status_wanted = Signal(object, str, str, str)
    """(`ReviewStatus`, name, credential, note)."""

    def __init__(self, theme: Theme, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = ReviewStatus.DRAFT
        self.comments = CommentsPanel(theme)
        self._badges = {status: StateBadge(theme, status_badge(status)) for status in ReviewStatus}
        self._history = label("", "muted", wraps=True)
        self.next_status = ChoiceField("Next step", [])
        self.who = LineField("By")
        self.credential = LineField("Credential")
        self.note = LineField("Note", placeholder="Needed to go back to draft")
        self.record_button = button("Record the step")
        self._form = self._make_form(theme)
        self._lay_out(theme)
        self.who.show_value(actor.name)
        self.credential.show_value(actor.credential)
        self.record_button.clicked.connect(self._record)
        self.note.line.returnPressed.connect(self._record)

    def show_status(self, now: ReviewStatus, history: Sequence[StatusEntry], *, is_read_only: bool) -> None:
        """Show where the paper stands and how it came there."""
        self._now = now
        for status, badge in self._badges.items():
            badge.setVisible(status is now)
        self._history.setText("\n".join(_entry(item) for item in history) or "Nobody has looked at it yet.")
        if not is_read_only:
            self.next_status.set_choices([(status, _DEEDS[status]) for status in _DEEDS if status is not now])
        self._form.setVisible(not is_read_only)

    def _make_form(self, theme: Theme) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for field in (self.next_status, self.who, self.credential, self.note):
            column.addWidget(field)
        column.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(self.comments)
        column.addSpacing(theme.px(6))
        column.addWidget(hairline())
        column.addWidget(section_header("Review in the house"))
        steps = ChipRow()
        for badge in self._badges.values():
            steps.flow.addWidget(badge)
        column.addWidget(steps)
        column.addWidget(self._history)
        column.addWidget(self._form)
        column.addStretch(1)

    def _record(self) -> None:
        fields = (self.who, self.credential, self.note)
        if not all(field.check() for field in fields):
            return
        who, credential, note = (str(field.read()).strip() for field in fields)
        wanted: ReviewStatus = self.next_status.read()
        if not who:
            self.who.set_own_problem("Say who.")
            self.who.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if wanted is ReviewStatus.DRAFT and not note:
            self.note.set_own_problem("Say why it goes back.")
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.status_wanted.emit(wanted, who, credential, note)
        self.note.show_value("")


def _entry(entry: StatusEntry) -> str:
    who = ", ".join(part for part in (entry.by, entry.credential) if part)
    note = f": {entry.note}" if entry.note else ""
    return f"{entry.at.astimezone():%Y-%m-%d %H:%M}  {entry.status.label}, {who}{note}"
