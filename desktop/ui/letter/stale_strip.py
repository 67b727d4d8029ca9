"""What the record says now against what it said when the reviewer wrote: mine or its; it changes nothing by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.services.letter_difference import word_runs
from desktop.ui.chips import ChipRow
from desktop.ui.letter.word_difference import lines_of
from desktop.ui.library.page import Page, Tone, text
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_LOWEST, _HIGHEST = 64, 190


class StaleStrip(QFrame):
    """Stands over the text while its block is stale; the text under it is the third of the three."""

    kept = Signal()
    taken = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("The record has changed")
        self.page = ReadingPage(theme)
        self.keep_button = button("Keep mine  Alt+K")
        self.take_button = button("Take the record's  Alt+T")
        self.keep_button.clicked.connect(self.kept)
        self.take_button.clicked.connect(self.taken)
        self._locked = label(
            "Kept as it is: unlock the block to take the record's, Ctrl+Shift+L.", "muted", wraps=True
        )
        self._locked.hide()
        answers = ChipRow()
        answers.flow.addWidget(self.keep_button)
        answers.flow.addWidget(self.take_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        rows.setSpacing(theme.px(6))
        rows.addWidget(
            label(
                "The record has changed. What it composes now against then; yours stands below:",
                "warning",
                wraps=True,
            )
        )
        rows.addWidget(self.page, 1)
        rows.addWidget(self._locked)
        rows.addWidget(answers)
        self.hide()

    def show_locked(self, is_locked: bool) -> None:
        """A locked block takes nothing from the record; it is said why."""
        self._locked.setVisible(is_locked)
        self.take_button.setEnabled(not is_locked)

    def show_difference(self, was: str, is_now: str) -> None:
        """Show what was composed then against what is composed now."""
        told = list(lines_of(word_runs(was, is_now))) if was else [text(is_now)]
        changed = [line for line in told if any(run.tone is not Tone.PLAIN for run in line.runs)]
        lines = changed or told
        if not is_now:
            lines.append(text("The record no longer gives this block anything to say.", Tone.WARNING))
        self.page.show_page(Page("The record then and now", tuple(lines)))
        letters = sum(len(line.text) for line in lines)
        height = min(_HIGHEST, _LOWEST + letters // 3)
        self.page.setMinimumHeight(self._theme.px(_LOWEST))
        self.page.setMaximumHeight(self._theme.px(height))
        self.show()
