"""Where every sentence of a block comes from: the sentence, its source, the words of it; read-only."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.forms import CheckField
from desktop.ui.library.page import Page
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.theme import Theme


class SourcesPanel(QWidget):
    """The block in front, or the whole paper with how it was made."""

    scope_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole = CheckField("The whole paper")
        self.page = ReadingPage(theme)
        self.page.setMinimumHeight(theme.px(160))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.whole)
        column.addWidget(self.page, 1)
        self.whole.edited.connect(self._changed)

    @property
    def is_whole(self) -> bool:
        """Whether the whole paper is asked for."""
        return self.whole.read()

    def show_sources(self, page: Page) -> None:
        """Show a map; the same one again keeps its place."""
        self.page.show_page(page)

    def _changed(self, _field: object) -> None:
        self.scope_changed.emit()
