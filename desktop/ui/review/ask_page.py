"""A question asked in the place of the note, with all that should be known before it is answered; it does nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label


class AskPage(QWidget):
    """Title, words that scroll, at most one thing to tick, and two answers. Escape is the careful one."""

    agreed = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel("", "strong")
        self.words = label("", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tick = QCheckBox()
        self.tick_words = label("", "muted", wraps=True)
        self.yes = button("Yes", "primary")
        self.no = button("No")
        self._start = self.no
        # Below what scrolls: whoever presses Enter has the answer in sight.
        answers = ChipRow()
        answers.flow.addWidget(self.yes)
        answers.flow.addWidget(self.no)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(theme.px(10))
        for part in (self.words, self.tick, self.tick_words):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 6)
        head.addWidget(self.title)
        self._foot = foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 10)
        foot.addWidget(answers)
        whole.addLayout(head)
        whole.addWidget(hairline())
        whole.addWidget(self._scroll, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.yes.clicked.connect(self.agreed)
        self.no.clicked.connect(self.declined)

    def ask(self, title: str, words: str, yes: str, no: str, *, is_careful: bool, tick: str = "") -> None:
        """Ask. `is_careful`: the keyboard begins at the answer that does nothing. `tick`: what may be added, off."""
        self.title.setText(title)
        self.words.setText(words)
        for made, text in ((self.yes, yes), (self.no, no)):
            made.setText(text)
            made.setAccessibleName(text.replace("&", ""))
            made.setAccessibleDescription(words)
        self._make_room()
        self.tick.setChecked(False)
        self.tick.setVisible(bool(tick))
        self.tick_words.setVisible(bool(tick))
        name, _, rest = tick.partition("\n")
        self.tick.setText(name)
        self.tick.setAccessibleName(name)
        self.tick.setAccessibleDescription(rest)
        self.tick_words.setText(rest)
        self._start = self.no if is_careful else self.yes

    def _make_room(self) -> None:
        """An answer that is cut off cannot be chosen knowingly, and a row that wraps asks for no width itself."""
        foot = self._foot.contentsMargins()
        widest = max(made.sizeHint().width() for made in (self.yes, self.no))
        self.setMinimumWidth(widest + foot.left() + foot.right())

    @property
    def scrolled(self) -> int:
        """How far the words are scrolled, in pixels."""
        return self._scroll.verticalScrollBar().value()

    def begin(self) -> None:
        """Give the keyboard to the first answer, once the page is in sight."""
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape answers carefully, page keys scroll; a letter must not answer a criterion whose note is hidden."""
        if event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self._scroll.verticalScrollBar()
            by = bar.pageStep() if event.key() == Qt.Key.Key_PageDown else -bar.pageStep()
            bar.setValue(bar.value() + by)
        elif not event.text().isalnum():
            event.ignore()
