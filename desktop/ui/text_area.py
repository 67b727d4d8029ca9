"""A plain text editor that grows with its text and gives it back exactly; it must never see markup."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

MOST_LINES = 14


class TextArea(QPlainTextEdit):
    """Tab leaves it, the height follows the lines, and non-breaking spaces survive."""

    def __init__(self, *, least_lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self.setTabChangesFocus(True)
        self.viewport().setAcceptDrops(False)  # a file dropped here is meant for the page
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def exact_text(self) -> str:
        """The text with line feeds between lines; `toPlainText` would turn non-breaking spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only, whatever else the clipboard holds."""
        self.insertPlainText(source.text())

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Lines wrap anew when the width changes."""
        super().resizeEvent(e)
        self._fit()

    def _fit(self) -> None:
        lines = int(self.document().size().height())
        shown = max(self._least_lines, min(MOST_LINES, lines))
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin()) + 8
        wanted = self.fontMetrics().lineSpacing() * shown + around
        if wanted != self.height():
            self.setFixedHeight(wanted)
