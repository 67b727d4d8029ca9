"""The text of a document, to look at while its details are filled in; it cannot be edited here."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.document import Document
from desktop.ui.widgets.basics import label

LINES = 12


class DocumentText(QWidget):
    """A read-only view of the exact text, with its length above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_hash = ""
        self._length = label("", "caption")
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.viewport().setAcceptDrops(False)
        self.view.setAccessibleName("Text of the document")
        self.view.setFixedHeight(self.view.fontMetrics().lineSpacing() * LINES)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self._length)
        rows.addWidget(self.view)

    def show_document(self, document: Document) -> None:
        """Show a document's text unless it is the one shown."""
        digest = document.sha256
        if digest == self._shown_hash:
            return
        self._shown_hash = digest
        pages = len(document.page_starts)
        length = f"{len(document.text):,} characters"
        self._length.setText(
            f"Text as read: {length}, {pages} pages" if pages > 1 else f"Text as read: {length}"
        )
        self.view.setPlainText(document.text)
