"""Has pages of exhibits' files drawn in a limited process and shows them; what comes late is dropped."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.letters.packet.page_picture import PagePicture, page_picture
from desktop.letters.packet.redacting import HiddenWords, hidden_words
from desktop.letters.wording import one_line
from desktop.ui.context import UiContext
from desktop.ui.packet.exhibit_view import ExhibitView
from desktop.ui.packet.packet_reading import ReadPacket

_LEAST_WIDTH, _MOST_WIDTH, _WIDTH_STEP = 600, 2400, 300
_KEPT = 12
"""Pages kept as pictures, so that turning back does not draw again."""


class PageDesk(QObject):
    """The page in front of the document in front."""

    def __init__(self, context: UiContext, view: ExhibitView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._read: ReadPacket | None = None
        self._document: Document | None = None
        self._content: tuple[str, bytes] = ("", b"")
        self._pictures: dict[tuple[str, int, int, tuple[HiddenWords, ...]], PagePicture] = {}
        self._key = f"packet-page-{id(self)}"
        self._shown = ("", 0)
        """The file and the page of it that stand in the view."""
        self.page = 1
        self.count = 0
        view.canvas.zoomed.connect(self.show_again)

    def show_document(self, read: ReadPacket, document: Document) -> None:
        """Show a document's file; the same one again keeps its page."""
        if self._document is None or self._document.id != document.id:
            self.page, self.count = 1, 0
            self._view.show_remark("")
        self._read, self._document = read, document
        if self._view.is_page:
            self._show()

    def step(self, offset: int) -> None:
        """Turn the page."""
        wanted = self.page + offset
        if self._document is not None and wanted >= 1 and (not self.count or wanted <= self.count):
            self.page = wanted
            self._view.paper.verticalScrollBar().setValue(0)
            self._show()

    def go_to(self, page: int) -> None:
        """Show a page."""
        if page != self.page:
            self.step(page - self.page)

    def show_again(self) -> None:
        """Show what is to be shown now: the pages came to the front."""
        if self._document is not None and self._view.is_page:
            self._show()

    def _show(self) -> None:
        read, document = self._read, self._document
        file = read.files.get(document.id) if read is not None and document is not None else None
        if read is None or document is None or file is None:
            return
        known = self._pictures.get((file.sha256, self.page, self._width, self._hidden(document.id)))
        if known is not None:
            self._context.runner.forget(self._key)
            self._drawn(document.id, known)
            return
        if self._shown != (file.sha256, self.page):
            # The same page with other words blacked out is simply drawn again, without a blink between.
            name = f"Page {self.page} of {one_line(document.title) or document.kind.label}"
            self._view.canvas.show_message(name, "Drawing the page…")
            self._shown = ("", 0)
        self._tell_page()
        kept, content = self._content
        if kept == file.sha256:
            self._draw(document.id, file.sha256, content)
            return
        job = partial(self._context.services.files.bytes_of, file.sha256)
        self._context.runner.run(
            job, partial(self._draw, document.id, file.sha256), self._failed, key=self._key
        )

    def _draw(self, document_id: str, sha256: str, content: bytes) -> None:
        self._content = (sha256, content)
        read = self._read
        if read is None or self._document is None or self._document.id != document_id:
            return
        words, width = self._hidden(document_id), self._width
        job = partial(
            page_picture,
            content,
            self.page,
            width,
            is_picture=read.is_picture(document_id),
            words=words,
        )
        self._context.runner.run(
            job,
            partial(self._keep, document_id, sha256, width, words),
            self._failed,
            lane="cpu",
            key=self._key,
        )

    def _keep(
        self, document_id: str, sha256: str, width: int, words: tuple[HiddenWords, ...], picture: PagePicture
    ) -> None:
        self._pictures[sha256, picture.page, width, words] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        self._drawn(document_id, picture)

    def _drawn(self, document_id: str, picture: PagePicture) -> None:
        read, document = self._read, self._document
        if read is None or document is None or document.id != document_id or picture.page != self.page:
            return
        self.count = picture.count
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
        )
        boxes = [
            item.box
            for item in read.redactions_of(document_id)
            if item.box is not None and item.page == self.page
        ]
        boxes += picture.areas
        file = read.files.get(document_id)
        self._shown = (file.sha256 if file else "", self.page)
        name = f"Page {self.page} of {self.count} of {one_line(document.title) or document.kind.label}"
        # The copy owns its pixels: the bytes go away with the picture.
        self._view.canvas.show_page(name, image.copy(), boxes)
        self._tell_page()
        self._view.show_remark(
            f"! {picture.unfound} of the words to be blacked out are not found on this page of the file: the packet "
            "cannot be built so. Take that redaction back, and draw an area over them here."
            if picture.unfound
            else ""
        )

    @property
    def _width(self) -> int:
        """How wide a page is drawn, in steps, so that a small change of size draws nothing anew."""
        view = self._view
        seen = view.paper.viewport().width() * view.canvas.zoom * view.devicePixelRatioF()
        steps = -(-round(seen) // _WIDTH_STEP)
        return max(_LEAST_WIDTH, min(_MOST_WIDTH, steps * _WIDTH_STEP))

    def _hidden(self, document_id: str) -> tuple[HiddenWords, ...]:
        """The words blacked out on the page in front, to be found on it."""
        read, document = self._read, self._document
        if read is None or document is None or document.id != document_id:
            return ()
        words = hidden_words(document, read.redactions_of(document_id))
        return tuple(item for item in words if item.page == self.page)

    def _failed(self, error: Exception) -> None:
        self._shown = ("", 0)
        if isinstance(error, UserFacingError):
            self._view.canvas.show_message(f"Page {self.page}", f"{error.what}\n\n{error.todo}")
        else:
            self._view.canvas.show_message(f"Page {self.page}", "The page cannot be shown.")
            self._context.notify.failure(error)

    def _tell_page(self) -> None:
        view = self._view
        view.page_label.setText(f"Page {self.page} of {self.count}" if self.count else f"Page {self.page}")
        view.previous_button.setEnabled(self.page > 1)
        view.next_button.setEnabled(self.page < self.count)
