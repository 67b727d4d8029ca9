"""The place of the desk: the cases, or the letters of many of them to print or save; it chooses no case itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.worklist import WorklistRow
from desktop.ui.context import UiContext

if TYPE_CHECKING:
    from desktop.ui.letter.batch_desk import BatchDesk
    from desktop.ui.letter.batch_page import BatchPage

MOST_LETTERS = 500
"""Cases of which the letters are offered in one go."""


class LettersPlace(QStackedWidget):
    """The page of the letters is made when first asked for, so that the desk is there sooner."""

    left = Signal()
    """The cases are in front again."""

    def __init__(self, context: UiContext, cases: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.page: BatchPage | None = None
        self.batch: BatchDesk | None = None
        self.addWidget(cases)

    @property
    def front(self) -> BatchPage | None:
        """The page of the letters while it is in front."""
        return self.page if self.currentIndex() else None

    def show_letters(self, rows: Sequence[WorklistRow], *, are_chosen: bool = False) -> None:
        """Show the letters of cases; ticked are those issued, or all where the cases were chosen one by one."""
        if self.page is None or self.batch is None:
            from desktop.ui.letter.batch_desk import BatchDesk
            from desktop.ui.letter.batch_page import BatchPage

            self.page = BatchPage(self._context.theme)
            self.batch = BatchDesk(self._context, self.page, self)
            self.page.back_wanted.connect(self.leave)
            self.addWidget(self.page)
        self.batch.show_rows(rows, are_chosen=are_chosen)
        self.setCurrentWidget(self.page)
        self.page.cases.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go back to the cases; letters on their way go on."""
        self.setCurrentIndex(0)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back from the letters."""
        if event.key() == Qt.Key.Key_Escape and self.front is not None:
            self.leave()
            return
        super().keyPressEvent(event)
