"""The conversation with the plan's physician: asked for, agreed, held, and what came of it; it stores nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.npi import npi_problem
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.domain.service_line import ServiceLine
from desktop.domain.value import new_id
from desktop.ui.chips import ChipsField
from desktop.ui.field_grid import FieldGrid
from desktop.ui.field_values import read_date, show_date
from desktop.ui.forms import ChoiceField, Field, LineField
from desktop.ui.stationery.kept_words import KeptLine, KeptWords
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, section_header

_SAVE_AFTER_MS = 700
_IN_PART = (PeerToPeerOutcome.OVERTURNED, PeerToPeerOutcome.OVERTURNED_IN_PART)


class CallPanel(QWidget):
    """The latest conversation, saved as it is typed; before there is one, an empty form begins it."""

    changed = Signal(object)
    """The `PeerToPeer` as it is typed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case_id = ""
        self._shown = PeerToPeer(id=new_id())
        self.requested_on = LineField("Asked for on", read_date, show_date, placeholder="YYYY-MM-DD")
        self.window_ends_on = LineField("Offered until", read_date, show_date, placeholder="YYYY-MM-DD")
        self.scheduled_for = KeptLine("Agreed for", placeholder="Day, hour and zone")
        self.our_speaker = KeptLine("Our speaker")
        self.physician_name = KeptLine("Plan's physician")
        self.physician_npi = KeptLine("NPI", problem=_npi_problem)
        self.physician_specialty = KeptLine("Specialty")
        self.reference = KeptLine("Reference number of the call")
        self.held_on = LineField("Held on", read_date, show_date, placeholder="YYYY-MM-DD")
        self.outcome = ChoiceField("What came of it", [(item, item.label) for item in PeerToPeerOutcome])
        self.overturned = ChipsField("Lines overturned")
        self.notes = KeptWords("Notes", least_lines=3)
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        self._lay_out(theme)

    def show_calls(self, case_id: str, calls: Sequence[PeerToPeer], lines: Sequence[ServiceLine]) -> None:
        """Show the latest conversation of a case; what is being typed is left alone."""
        if case_id == self._case_id and self._pause.isActive():
            return
        if calls:
            self._shown = calls[-1]
        elif case_id != self._case_id:
            self._shown = PeerToPeer(id=new_id())
        self._case_id = case_id
        self.overturned.set_choices([(line.id, line.label or line.code) for line in lines])
        for name, field in self._fields().items():
            field.show_value(getattr(self._shown, name))
        self._follow_outcome()

    def flush(self) -> None:
        """Say what is typed, when it is something else than what is shown and every field can be read."""
        self._pause.stop()
        fields = self._fields()
        if not all([field.check() for field in fields.values()]):  # noqa: C419 - every field says what is wrong
            return
        asked, held = self.requested_on.read(), self.held_on.read()
        if asked is not None and held is not None and held < asked:
            self.held_on.set_own_problem("It cannot have been held before it was asked for; it is not saved.")
            return
        typed = self._shown.model_copy(update={name: field.read() for name, field in fields.items()})
        if typed.outcome not in _IN_PART:
            typed = typed.model_copy(update={"overturned_line_ids": ()})
        if typed != self._shown:
            self._shown = typed
            self.changed.emit(typed)

    def _fields(self) -> dict[str, Field]:
        return {
            "requested_on": self.requested_on,
            "window_ends_on": self.window_ends_on,
            "scheduled_for": self.scheduled_for,
            "our_speaker": self.our_speaker,
            "physician_name": self.physician_name,
            "physician_npi": self.physician_npi,
            "physician_specialty": self.physician_specialty,
            "reference": self.reference,
            "held_on": self.held_on,
            "outcome": self.outcome,
            "overturned_line_ids": self.overturned,
            "notes": self.notes,
        }

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(section_header("The call"))
        column.addWidget(
            label("What is typed here is kept with the case and stands on the card.", "muted", wraps=True)
        )
        grid = FieldGrid()
        spans = {
            "scheduled_for": 2,
            "physician_name": 2,
            "reference": 2,
            "overturned_line_ids": 4,
            "notes": 4,
        }
        for name, field in self._fields().items():
            grid.add(field, spans.get(name, 1))
            field.edited.connect(self._edited)
        column.addWidget(grid)
        column.addStretch(1)

    def _edited(self, field: object) -> None:
        if field is self.outcome:
            self._follow_outcome()
        self._pause.start()

    def _follow_outcome(self) -> None:
        self.overturned.setVisible(self.outcome.read() in _IN_PART)


def _npi_problem(text: str) -> str | None:
    return npi_problem(text.strip()) if text.strip() else None
