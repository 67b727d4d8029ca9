"""The calls with the plan's physician: several, each with its form, and what to know before one; it stores nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.member import LineOfBusiness
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.domain.value import new_id
from desktop.letters.wording import listed, long_date
from desktop.ui.chips import ChipRow
from desktop.ui.letter.call_panel import CallPanel
from desktop.ui.letter.two_line_list import ListRow, TwoLineList
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.state_badge import StateVisual

_OUTCOMES = {
    PeerToPeerOutcome.PENDING: StateVisual("Pending", "ring", "muted", "sunken"),
    PeerToPeerOutcome.OVERTURNED: StateVisual("Overturned", "check", "met", "met_soft"),
    PeerToPeerOutcome.OVERTURNED_IN_PART: StateVisual("In part", "tilde", "unclear", "unclear_soft"),
    PeerToPeerOutcome.UPHELD: StateVisual("Upheld", "cross", "not_met", "not_met_soft"),
    PeerToPeerOutcome.NOT_HELD: StateVisual("Not held", "dash", "muted", "sunken"),
}
PRACTICE = (
    "Filing the appeal often closes the peer-to-peer: ask before filing. Do not count on the call to stop the time for "
    "the appeal. Both are practice, not a rule that was read for this plan; the notice controls."
)
"""In the words of the card, whose composer says where they come from."""


MEDICARE_ADVANTAGE = (
    "In Medicare Advantage a call does not stop the time for the appeal (CMS Parts C and D guidance, sections 10.6 and "
    "40.10; read in a file that quotes it, not in the guidance itself)."
)


class CallPage(QWidget):
    """The list of calls and the form of one. What is typed is saved as it is typed."""

    changed = Signal(object)
    """The `PeerToPeer` as it is typed."""
    removed = Signal(str)
    card_wanted = Signal()
    request_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: Case | None = None
        self._calls: tuple[PeerToPeer, ...] = ()
        self._shown = ""
        self._is_begun = False
        """Whether the empty form in front was asked for: else a call that is recorded elsewhere takes its place."""
        self.back_button = button("← Argument", "quiet")
        self.list = TwoLineList(theme, "Calls")
        self.new_button = button("Another call", "link")
        self.remove_button = button("Remove this call", "link")
        self.card_button = button("Compose the card", "primary")
        self.request_button = button("Compose the request letter")
        self.caution = label("", wraps=True)
        self.form = CallPanel(theme)
        self._lay_out()
        self.list.row_chosen.connect(self._choose)
        self.new_button.clicked.connect(self.begin)
        self.remove_button.clicked.connect(self._remove)
        self.back_button.clicked.connect(self.back_wanted)
        self.card_button.clicked.connect(self.card_wanted)
        self.request_button.clicked.connect(self.request_wanted)
        self.form.changed.connect(self._typed)

    def show_calls(self, case: Case, calls: Sequence[PeerToPeer]) -> None:
        """Show the calls of a case, with the one in front that was in front, else the latest."""
        if self._case is not None and case.id != self._case.id:
            self._shown, self._is_begun = "", False
        self._case, self._calls = case, tuple(calls)
        if not self._is_new:
            self._is_begun = False
        elif not self._is_begun:
            self._shown = calls[-1].id if calls else self._shown
        self._show()

    def begin(self) -> None:
        """Have another call typed."""
        self.flush()
        self._shown, self._is_begun = new_id(), True
        self._show()
        self.form.requested_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Say what is typed but not said yet."""
        self.form.flush()

    @property
    def _is_new(self) -> bool:
        return self._shown not in {call.id for call in self._calls}

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        if not self._shown:
            self._shown = new_id()
        call = next((item for item in self._calls if item.id == self._shown), PeerToPeer(id=self._shown))
        rows = [_row(item, case) for item in self._calls]
        if self._is_new:
            rows.append(ListRow(self._shown, "A new call", "Type what is known of it"))
        self.list.show_rows(rows, self._shown)
        self.list.setFixedHeight(self.list.wanted_height(5))
        self.new_button.setEnabled(not self._is_new)
        self.remove_button.setEnabled(not self._is_new)
        self.form.show_calls(case.id, (call,), case.service_lines)
        self.caution.setText(_caution(case, call))

    def _choose(self, call_id: str) -> None:
        self.flush()
        self._shown = call_id
        self._show()

    def _remove(self) -> None:
        if not self._is_new:
            self.removed.emit(self._shown)

    def _typed(self, call: object) -> None:
        self.changed.emit(call)

    def _lay_out(self) -> None:
        theme = self._theme
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(theme.px(8))
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list)
        deeds = ChipRow()
        deeds.flow.addWidget(self.new_button)
        deeds.flow.addWidget(self.remove_button)
        column.addWidget(deeds)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        inner.setSpacing(theme.px(6))
        inner.addWidget(label("Before you call", "strong"))
        inner.addWidget(self.caution)
        column.addWidget(card)
        papers = ChipRow()
        papers.flow.addWidget(self.card_button)
        papers.flow.addWidget(self.request_button)
        column.addWidget(papers)
        column.addStretch(1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        for widget in (left, self.form):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(widget)
            panes.addWidget(area)
        panes.setSizes([min(theme.px(420), 540), 780])
        panes.setStretchFactor(0, 2)
        panes.setStretchFactor(1, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(panes)


def _row(call: PeerToPeer, case: Case) -> ListRow:
    who = call.physician_name or "Physician not named"
    if call.held_on is not None:
        when = f"held {call.held_on.isoformat()}"
    elif call.requested_on is not None:
        when = f"asked for {call.requested_on.isoformat()}"
    else:
        when = "no day recorded"
    codes = [line.code or line.label for line in case.service_lines if line.id in call.overturned_line_ids]
    parts = [when, f"overturned for {listed(codes)}" if codes else ""]
    return ListRow(call.id, who, " · ".join(part for part in parts if part), _OUTCOMES[call.outcome])


def _caution(case: Case, call: PeerToPeer) -> str:
    """What the call and the appeal may close for one another, with what the record says of either."""
    parts: list[str] = []
    if call.window_ends_on is not None:
        parts.append(f"The plan offers the call until {long_date(call.window_ends_on)}, as recorded.")
    parts.append(PRACTICE)
    if case.coverage.line_of_business is LineOfBusiness.MEDICARE_ADVANTAGE:
        parts.append(MEDICARE_ADVANTAGE)
    denial = case.denial
    if denial.deadline_stated_on is not None:
        parts.append(f"The notice gives {long_date(denial.deadline_stated_on)} as the last day to appeal.")
    if denial.peer_to_peer_phone.strip():
        parts.append(f"The notice names {denial.peer_to_peer_phone.strip()} for the call.")
    return "\n\n".join(parts)
