"""How the letter screen is laid out: its bar, its three panes, the check below, and the empty state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.context import UiContext
from desktop.ui.letter.block_editor import BlockEditor
from desktop.ui.letter.block_outline import BlockOutline
from desktop.ui.letter.check_list import CheckList
from desktop.ui.letter.issue_strip import IssueStrip
from desktop.ui.letter.preview import Preview
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label


class LetterFrame(QWidget):
    """Holds the parts; the screen wires them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self.state = label("", "strong")
        self.hint = label("", "warning", wraps=True)
        self.compose_button = button("Compose again")
        self.issue_button = button("Issue letter", "primary")
        self.pdf_button = button("Save as PDF…")
        self.print_button = button("Print…")
        self.text_button = button("Save text…")
        self.issue_strip = IssueStrip()
        self.outline = BlockOutline(theme)
        self.editor = BlockEditor(theme)
        self.preview = Preview(context)
        self.check = CheckList(theme)
        self.first_button = button("Compose letter", "primary")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_state(theme))
        self._pages.addWidget(self._workplace(theme))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._pages)

    def show_workplace(self, has_letter: bool) -> None:
        """Show the letter, or what to do when there is none."""
        self._pages.setCurrentIndex(1 if has_letter else 0)

    @property
    def has_workplace(self) -> bool:
        """Whether a letter is shown, not the empty state."""
        return self._pages.currentIndex() == 1

    def buttons(self) -> Sequence[QWidget]:
        """The buttons of the bar, in order."""
        return (self.compose_button, self.pdf_button, self.text_button, self.print_button, self.issue_button)

    def _empty_state(self, theme: Theme) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(32, 32, 32, 32)
        rows.addStretch(2)
        words = (
            label("No letter yet", "title"),
            label(
                "The letter is composed from the determination, the criteria and the words you linked. "
                "Every sentence keeps its source, and every block can be rewritten.",
                "muted",
                wraps=True,
            ),
        )
        middle = QWidget()
        middle.setFixedWidth(min(theme.px(520), 900))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for item in words:
            item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(item)
        column.addWidget(self.first_button, 0, Qt.AlignmentFlag.AlignHCenter)
        # Between stretches, not aligned: an aligned item is given the height of its text at the page's full width.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle)
        across.addStretch(1)
        rows.addLayout(across)
        rows.addStretch(3)
        return page

    def _workplace(self, theme: Theme) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.state)
        words.addWidget(self.hint)
        bar.addLayout(words, 2)
        buttons = ChipRow(is_right_aligned=True)
        for item in self.buttons():
            buttons.flow.addWidget(item)
        bar.addWidget(buttons, 3)
        rows.addLayout(bar)
        rows.addWidget(self.issue_strip)
        rows.addWidget(hairline())
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 0, 8)
        column.addWidget(self.outline)
        for pane in (left, self.editor, self.preview):
            panes.addWidget(pane)
        panes.setSizes([min(theme.px(250), 330), 470, 560])
        for place, stretch in enumerate((0, 4, 5)):
            panes.setStretchFactor(place, stretch)
        rows.addWidget(panes, 1)
        rows.addWidget(hairline())
        rows.addWidget(self.check)
        return page
