"""What is blacked out in the document in front, each with its reason; it stores nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.document import Document
from desktop.domain.packet import Redaction
from desktop.domain.text import shortened
from desktop.ui.chips import ChipRow
from desktop.ui.forms import LineField
from desktop.ui.letter.two_line_list import ListRow, Mark, TwoLineList
from desktop.ui.packet.packet_reading import ReadPacket
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_SAVE_AFTER_MS = 700
_LONGEST = 80
_EVIDENCE = Mark("warning", "unclear", "the review rests on these words, or on words of that page")
_MOST_ROWS = 7


class RedactionList(TwoLineList):
    """Delete takes the chosen one back."""

    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key more than any list has."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class RedactionPanel(QWidget):
    """The list, and reason and undo of the chosen one."""

    chosen = Signal(str)
    take_back_wanted = Signal(str)
    reason_typed = Signal(object)
    """A `Redaction` with its new reason."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Redaction] = {}
        self._typed_for = ""
        self.intro = label("", "muted", wraps=True)
        self.list = RedactionList(theme, "Redactions of this document")
        self.warning = label("", "warning", wraps=True)
        self.reason = LineField("Reason", placeholder="Another person's name, not part of this request")
        self.take_back_button = button("Take back   Delete")
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(self.intro)
        column.addWidget(self.list)
        column.addWidget(self.warning)
        column.addWidget(self.reason)
        deeds = ChipRow()
        deeds.flow.addWidget(self.take_back_button)
        column.addWidget(deeds)
        column.addStretch(1)
        self.list.row_chosen.connect(self._choose)
        self.list.delete_wanted.connect(self._take_back)
        self.take_back_button.clicked.connect(self._take_back)
        self.reason.edited.connect(self._reason_edited)
        self.reason.left.connect(self._reason_left)

    def show_redactions(self, read: ReadPacket, document: Document | None, chosen: str = "") -> None:
        """Show what is blacked out in a document, with one chosen."""
        found = read.redactions_of(document.id) if document is not None else ()
        self._shown = {item.id: item for item in found}
        self._hiding = {item.id for item in found if read.hides_evidence(item)}
        rows = (
            [_row(item, document, item.id in self._hiding) for item in found] if document is not None else []
        )
        self.list.show_rows(rows, chosen)
        has_any = bool(found)
        self.list.setVisible(has_any)
        self.list.setFixedHeight(self.list.wanted_height(_MOST_ROWS) if has_any else 0)
        self.intro.setText(_intro(read, document, has_any=has_any))
        self._show_chosen()

    def flush(self) -> None:
        """Say the reason that is typed but not said yet."""
        self._pause.stop()
        item = self._shown.get(self._typed_for)
        self._typed_for = ""
        if item is not None and self.reason.check() and self.reason.read() != item.reason:
            self.reason_typed.emit(item.model_copy(update={"reason": self.reason.read()}))

    def _choose(self, redaction_id: str) -> None:
        self.flush()
        self._show_chosen()
        self.chosen.emit(redaction_id)

    def _show_chosen(self) -> None:
        item = self._shown.get(self.list.current_id) if self.list.rows else None
        self.reason.setVisible(item is not None)
        self.take_back_button.setVisible(item is not None)
        is_hiding = item is not None and item.id in self._hiding
        self.warning.setVisible(is_hiding)
        if is_hiding:
            self.warning.setText(
                "! The review rests on words here: the plan will not be able to read what the letter quotes."
            )
        if item is not None and not (self._typed_for == item.id and self._pause.isActive()):
            self.reason.show_value(item.reason)

    def _take_back(self) -> None:
        if self.list.current_id in self._shown:
            self.take_back_wanted.emit(self.list.current_id)

    def _reason_edited(self, _field: object) -> None:
        self._typed_for = self.list.current_id
        self._pause.start()

    def _reason_left(self, _field: object) -> None:
        self.flush()


def redaction_words(item: Redaction, document: Document) -> str:
    """What is blacked out: the words, or where the area is."""
    if item.start is not None and item.end is not None:
        words = " ".join(document.text[item.start : item.end].split())
        return f"“{shortened(words, _LONGEST)}”"
    if item.box is None:
        return "Nothing"
    left, top, _, _ = (value / 10 for value in item.box)
    return f"Area on page {item.page}, {left:g} % across and {top:g} % down"


def _row(item: Redaction, document: Document, is_hiding: bool) -> ListRow:
    page = f"page {document.page_at(item.start)} · " if item.start is not None else ""
    marks = (_EVIDENCE,) if is_hiding else ()
    return ListRow(
        item.id, redaction_words(item, document), f"{page}{item.reason or 'no reason given'}", marks=marks
    )


def _intro(read: ReadPacket, document: Document | None, *, has_any: bool) -> str:
    if document is None:
        return "Choose an exhibit to black something out in it."
    if read.exhibit(document.id) is None:
        return "This document is left out: nothing of it leaves the house."
    if has_any:
        return (
            "What is blacked out is taken out of the packet, not covered. The record itself keeps every word."
        )
    way = (
        "Select words in the text, or draw an area on a page, and press B."
        if read.has_pages(document.id)
        else "Select words in the text and press B."
    )
    return f"Nothing is blacked out here. {way} It is taken out of the packet, not covered."
