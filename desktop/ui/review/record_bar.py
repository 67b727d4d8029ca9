"""The sentence of the record at the current question with the one button that takes it; it takes nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop.ui.review.record_says import RecordSays
from desktop.ui.widgets.basics import button, label, set_role

KEY = "R"
MOST_LINES = 4
"""A longer sentence scrolls: the criterion and its evidence need the room."""
LEAST_LINES = 2


class _Sentence(QScrollArea):
    """Wrapped words that take the height they need up to a limit, and give way where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What the record says")
        # Not by height for width: a layout would take the wanted height for the least one, and cut its neighbours.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as the words are at the present width, up to the limit."""
        return QSize(0, min(self.words.heightForWidth(max(self.width(), 80)) + 2, self._lines(MOST_LINES)))

    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        """Another width wraps the words anew."""
        super().resizeEvent(arg__1)
        if arg__1.oldSize().width() != arg__1.size().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Fewer lines where there is little room."""
        return QSize(0, min(self.sizeHint().height(), self._lines(LEAST_LINES)))

    def _lines(self, count: int) -> int:
        return count * self.words.fontMetrics().lineSpacing() + 4


class RecordBar(QFrame):
    """Hidden where the record has nothing to say."""

    take_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.sentence = _Sentence()
        self.words = self.sentence.words
        self.take = button("", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self.sentence, 1)
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
        self.sentence.updateGeometry()
