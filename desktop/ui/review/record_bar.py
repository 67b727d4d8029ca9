"""The sentence of the record at the current question with the one button that takes it; it takes nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.review.record_says import RecordSays
from desktop.ui.widgets.basics import button, label, set_role

KEY = "R"


class RecordBar(QFrame):
    """Hidden where the record has nothing to say."""

    take_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.words = label("", "", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.take = button("", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self.take.clicked.connect(self.take_asked)
        self.hide()

    def show_record(self, says: RecordSays | None, *, is_editable: bool) -> None:
        """Show the sentence, and the button where there is something to do."""
        self.setVisible(says is not None)
        if says is None:
            return
        self.words.setText(says.words)
        set_role(self.words, "warning" if says.is_stale else "")
        self.take.setText(f"{says.action} ({KEY})")
        self.take.setAccessibleName(f"{says.action}: {says.words}")
        self.take.setVisible(bool(says.action) and is_editable)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the sentence anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A layout short of room takes it from wrapped text first, which cuts its last line through.
        self.words.setMinimumHeight(max(0, self.words.heightForWidth(self.words.width())))
