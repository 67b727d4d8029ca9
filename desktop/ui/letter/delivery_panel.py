"""How an issued letter left the house and what proves that it arrived; it stores nothing and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.letter_history import Delivery, DeliveryChannel
from desktop.domain.value import new_id
from desktop.ui.field_grid import FieldGrid
from desktop.ui.field_values import read_date, show_date
from desktop.ui.forms import ChoiceField, Field, LineField
from desktop.ui.letter.two_line_list import ListRow, TwoLineList
from desktop.ui.stationery.kept_words import KeptLine
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header
from desktop.ui.widgets.state_badge import StateVisual

_SENT = StateVisual("Sent", "right", "accent", "accent_soft")
_RECEIVED = StateVisual("Received", "check", "met", "met_soft")
_MOST_ROWS = 5


class DeliveryPanel(QWidget):
    """The sendings so far, and the form of one; a chosen one can be completed when the proof has come."""

    delivery_recorded = Signal(object)
    """A `Delivery`, new or completed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter_id = ""
        self._editing: Delivery | None = None
        self._deliveries: tuple[Delivery, ...] = ()
        self.list = TwoLineList(theme, "Deliveries")
        self._nothing = label(
            "Nothing is recorded yet. The day the plan received the letter starts its clock: "
            "keep how it went and what proves it.",
            "muted",
            wraps=True,
        )
        self._heading = section_header("Record a sending")
        self.channel = ChoiceField("Channel", [(item, item.label) for item in DeliveryChannel])
        self.recipient = KeptLine("To")
        self.sent_on = LineField("Sent on", read_date, show_date, placeholder="YYYY-MM-DD")
        self.reference = KeptLine("Tracking or confirmation number")
        self.received_on = LineField("Received on", read_date, show_date, placeholder="YYYY-MM-DD")
        self.proof = KeptLine("Proof", placeholder="Return receipt, fax report of 9 pages")
        self.proof_document = ChoiceField("Proof, as a document of the case", [(None, "None")])
        self.note = KeptLine("Note")
        self.record_button = button("Record the sending", "primary")
        self.new_button = button("Record another", "link")
        self._lay_out(theme)
        self.list.row_chosen.connect(self._choose)
        self.record_button.clicked.connect(self._record)
        self.new_button.clicked.connect(self.begin)

    def show_deliveries(
        self,
        letter_id: str,
        deliveries: Sequence[Delivery],
        recipient: str,
        today: date,
        documents: Sequence[tuple[str, str]],
    ) -> None:
        """Show the sendings of a letter; `recipient` and `today` are what a new one begins with.

        `documents` are ids and names of what may prove a receipt.
        """
        self.proof_document.set_choices([(None, "None"), *documents])
        is_other = letter_id != self._letter_id
        is_changed = tuple(deliveries) != self._deliveries
        self._letter_id, self._deliveries = letter_id, tuple(deliveries)
        self._recipient, self._today = recipient, today
        self.list.show_rows([_row(item) for item in deliveries])
        has_any = bool(deliveries)
        self.list.setVisible(has_any)
        self.list.setFixedHeight(self.list.wanted_height(_MOST_ROWS) if has_any else 0)
        self._nothing.setVisible(not has_any)
        if is_other or is_changed:
            self.begin()

    def begin(self) -> None:
        """Have a new sending typed."""
        self._editing = None
        self._fill(
            Delivery(
                id=new_id(),
                letter_id=self._letter_id or "none",
                channel=DeliveryChannel.CERTIFIED_MAIL,
                recipient=self._recipient,
                sent_on=self._today,
            )
        )

    def _fill(self, delivery: Delivery) -> None:
        self._heading.setText("Complete this sending" if self._editing else "Record a sending")
        self.record_button.setText("Save" if self._editing else "Record the sending")
        self.new_button.setVisible(self._editing is not None)
        for name, field in self._fields().items():
            field.show_value(getattr(delivery, name))

    def _choose(self, row_id: str) -> None:
        self._editing = next((item for item in self._deliveries if item.id == row_id), None)
        if self._editing is not None:
            self._fill(self._editing)

    def _record(self) -> None:
        fields = self._fields()
        wrong = [field for field in fields.values() if not field.check()]
        if not wrong and self.sent_on.read() is None:
            self.sent_on.set_own_problem("Say on which day it was sent.")
            wrong = [self.sent_on]
        if not wrong and self.received_on.read() and self.received_on.read() < self.sent_on.read():
            self.received_on.set_own_problem("It cannot have come before it was sent.")
            wrong = [self.received_on]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        kept = {"id": self._editing.id if self._editing else new_id(), "letter_id": self._letter_id}
        values = {name: field.read() for name, field in fields.items()}
        self.delivery_recorded.emit(Delivery.model_validate({**kept, **values}))

    def _fields(self) -> dict[str, Field]:
        return {
            "channel": self.channel,
            "recipient": self.recipient,
            "sent_on": self.sent_on,
            "reference": self.reference,
            "received_on": self.received_on,
            "proof": self.proof,
            "proof_document_id": self.proof_document,
            "note": self.note,
        }

    def _lay_out(self, theme: Theme) -> None:
        self._recipient, self._today = "", date(2000, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(section_header("Sent and received"))
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        column.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._heading)
        grid = FieldGrid()
        spans = {"recipient": 2, "reference": 2, "proof": 2, "proof_document_id": 2, "note": 4}
        for name, field in self._fields().items():
            grid.add(field, spans.get(name, 1))
        column.addWidget(grid)
        column.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.new_button.hide()


def _row(delivery: Delivery) -> ListRow:
    received = delivery.received_on
    parts = [f"sent {delivery.sent_on}"]
    if received is not None:
        parts.append(f"received {received}")
    parts += [part for part in (delivery.reference, delivery.proof) if part]
    title = (
        f"{delivery.channel.label}, {delivery.recipient}" if delivery.recipient else delivery.channel.label
    )
    return ListRow(delivery.id, title, " · ".join(parts), _RECEIVED if received else _SENT)
