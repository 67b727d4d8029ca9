"""The documents of the case beside the criteria: which one, where in it, and what is being linked; links nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.document import Document, DocumentKind
from desktop.ui.review.find_bar import FindBar
from desktop.ui.review.highlights import Highlight
from desktop.ui.review.note_view import NoteView
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, WholeText, button, hairline, label

EMPTY = (
    "The notes of this case stand here, beside the criteria.\n\n"
    "There are none yet. Add a report or a clinic note under Intake (Ctrl+1), then link its words to the criteria."
)


class NotePane(QWidget):
    """A picker, the find bar, the banner of the link mode and the note itself."""

    document_changed = Signal(str)
    """Another document is shown; its id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: tuple[Document, ...] = ()
        self._is_told = False
        self._shown: Document | None = None
        self._places: dict[str, int] = {}
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.picker = QComboBox()
        self.picker.setAccessibleName("Document")
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.previous = button("[", "quiet")
        self.previous.setAccessibleName("Previous document")
        self.next = button("]", "quiet")
        self.next.setAccessibleName("Next document")
        for arrow in (self.previous, self.next):
            arrow.setProperty("size", "narrow")
            arrow.setMaximumWidth(theme.px(36))
        self.place = label("", "caption")
        self.details = ElidedLabel("", "caption")
        self.banner_words = ElidedLabel("", "strong")
        self.banner_how = label("", "caption", wraps=True)
        self.banner = _banner(self.banner_words, self.banner_how)
        self.find_bar = FindBar()
        self.view = NoteView(theme)
        self.empty = WholeText(EMPTY, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(32, 32, 32, 32)
        self._build()
        self.picker.activated.connect(self._picked)
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.find_bar.found.connect(self._show_found)
        self.find_bar.closed.connect(self.close_find)

    @property
    def document(self) -> Document | None:
        """The document shown."""
        return self._shown

    def show_documents(self, documents: tuple[Document, ...]) -> None:
        """Show the case's documents; the one that was open stays open when it is still there."""
        if documents == self._documents and self._is_told:
            return
        self._is_told = True
        self._documents = documents
        self.picker.clear()
        for document in documents:
            self.picker.addItem(document.citation or document.kind.label, document.id)
        kept = self._shown.id if self._shown else ""
        self._shown = None
        self.empty.setVisible(not documents)
        self.view.setVisible(bool(documents))
        for widget in (self.picker, self.previous, self.next):
            widget.setEnabled(bool(documents))
        if documents:
            self.open(kept if any(item.id == kept for item in documents) else _first_to_read(documents).id)
        else:
            self._clear()

    def _clear(self) -> None:
        """Nothing of the case before may stand beside another one, nor be found in it."""
        self.place.setText("")
        self.details.setText("")
        self.view.show_text("")
        self.view.setAccessibleName("Note")
        self.find_bar.set_text("")
        self.find_bar.hide()

    def open(self, document_id: str) -> None:
        """Show a document where it was last scrolled to."""
        at = next((at for at, item in enumerate(self._documents) if item.id == document_id), None)
        if at is None or (self._shown is not None and self._shown.id == document_id):
            return
        self._keep_place()
        document = self._documents[at]
        self._shown = document
        self.picker.setCurrentIndex(at)
        self.place.setText(f"{at + 1}/{len(self._documents)}")
        details = (document.kind.label, document.author, document.facility)
        self.details.setText(" · ".join(part for part in details if part))
        self.view.show_text(document.text, document.page_starts)
        self.view.setAccessibleName(f"Note: {document.citation or document.kind.label}")
        self.find_bar.set_text(document.text)
        self.view.scroll_to(self._places.get(document_id, 0))
        self.document_changed.emit(document_id)

    def reveal(self, document_id: str, start: int, end: int) -> None:
        """Show words of a document."""
        self.open(document_id)
        self.view.reveal(start, end)

    def show_highlights(self, highlights: tuple[Highlight, ...]) -> None:
        """The links into the document shown."""
        self.view.show_highlights(highlights)

    def announce(self, words: str, how: str = "") -> None:
        """Say over the note what a selection will do; empty takes the banner away."""
        self.banner_words.setText(words)
        self.banner_how.setText(how)
        self.banner.setVisible(bool(words))

    def go_on(self) -> None:
        """The next document, round the end."""
        self._step(1)

    def go_back(self) -> None:
        """The document before, round the beginning."""
        self._step(-1)

    def open_find(self) -> None:
        """Open the find bar."""
        if self._shown is not None:
            self.find_bar.open(self._shown.text, self.view.caret_offset())

    def close_find(self) -> None:
        """Close the find bar; what was found stays selected, ready to be linked."""
        self.find_bar.hide()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def places(self) -> dict[str, int]:
        """The first visible character of each document that was opened, by document id."""
        self._keep_place()
        return dict(self._places)

    def restore_places(self, places: dict[str, int]) -> None:
        """Scroll documents to where they were left."""
        self._places = dict(places)
        if self._shown is not None:
            self.view.scroll_to(self._places.get(self._shown.id, 0))

    def _keep_place(self) -> None:
        if self._shown is not None:
            self._places[self._shown.id] = self.view.top_offset()

    def _step(self, by: int) -> None:
        if self._shown is not None:
            at = self._documents.index(self._shown)
            self.open(self._documents[(at + by) % len(self._documents)].id)

    def _picked(self, at: int) -> None:
        self.open(self._documents[at].id)

    def _show_found(self, start: int, end: int) -> None:
        self.view.reveal(start, end, is_selected=True)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 2)
        head.setSpacing(4)
        head.addWidget(self.picker, 1)
        head.addWidget(self.place)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 12, 6)
        below.addWidget(self.details, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(hairline())
        column.addWidget(self.find_bar)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.banner.hide()
        self.empty.hide()


def _banner(words: QWidget, how: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("role", "banner")
    column = QVBoxLayout(made)
    column.setContentsMargins(12, 6, 12, 6)
    column.setSpacing(2)
    column.addWidget(words)
    column.addWidget(how)
    return made


def _first_to_read(documents: tuple[Document, ...]) -> Document:
    """The first imaging report, because that is what the criteria are read against; else the first document."""
    reports = (item for item in documents if item.kind is DocumentKind.IMAGING_REPORT)
    return next(reports, documents[0])
