"""Keeps the pages beside the editor in step with the letter: the very bytes that would be issued, drawn off-thread."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter
from desktop.ui.context import UiContext
from desktop.ui.letter.block_words import anchor_of
from desktop.ui.letter.page_view import PageView
from desktop.ui.letter.pdf_pages import RenderedPdf, render
from desktop.ui.widgets.basics import label

_RENDER_AFTER_MS = 120
_SHARPEN_AFTER_MS = 180


@dataclass
class _Shown:
    """What the pages were made from."""

    pdf: bytes = b""
    anchors: dict[str, str] = field(default_factory=dict[str, str])
    rendered: RenderedPdf | None = None


class Preview(QWidget):
    """The pages, and in their place words when they cannot be made."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._letter: Letter | None = None
        self._shown = _Shown()
        self.block_id = ""
        """What the pages follow."""
        self.pages = PageView(context.theme)
        self.message = label("", "error", wraps=True)
        self.message.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.message)
        rows.addWidget(self.pages, 1)
        self._wait = _single_shot(self, _RENDER_AFTER_MS)
        self._wait.timeout.connect(self._make)
        self._sharpen = _single_shot(self, _SHARPEN_AFTER_MS)
        self._sharpen.timeout.connect(self._draw)
        self.pages.width_changed.connect(self._sharpen.start)

    @property
    def is_waiting(self) -> bool:
        """Whether pages are about to be made or drawn anew."""
        return self._wait.isActive() or self._sharpen.isActive()

    def show_letter(self, case_id: str, letter: Letter) -> None:
        """Make the pages of this letter soon; several calls in a row make them once."""
        if case_id == self._case_id and letter == self._letter:
            return
        self._case_id, self._letter = case_id, letter
        self._wait.start()

    def follow(self, block_id: str) -> None:
        """Bring the block into view, now or as soon as its page is there."""
        self.block_id = block_id
        rendered = self._shown.rendered
        if rendered is not None and block_id in rendered.places:
            self.pages.go_to(rendered.places[block_id])

    def _make(self) -> None:
        case_id, letters, letter = self._case_id, self._context.services.letters, self._letter
        if letter is None:
            return
        anchors = {block.id: anchor_of(block) for block in letter.content.blocks}

        def job() -> tuple[bytes, dict[str, str]]:
            return letters.render(case_id, letter.id), anchors

        self._context.runner.run(job, self._made, self._failed, key=f"letter-pdf-{id(self)}")

    def _made(self, made: tuple[bytes, dict[str, str]]) -> None:
        self.message.hide()
        if made[0] != self._shown.pdf:
            self._shown = _Shown(made[0], made[1], self._shown.rendered)
            self._draw()

    def _draw(self) -> None:
        pdf, anchors, width = self._shown.pdf, self._shown.anchors, self.pages.wanted_width_px()
        if not pdf or width < 100:
            return

        def job() -> RenderedPdf:
            return render(pdf, width, anchors)

        self._context.runner.run(job, self._drawn, self._failed, lane="cpu", key=f"letter-pages-{id(self)}")

    def _drawn(self, rendered: RenderedPdf) -> None:
        self._shown.rendered = rendered
        self.pages.show_pages(rendered)
        self.follow(self.block_id)

    def _failed(self, error: Exception) -> None:
        """The reason stands where the pages would be: it belongs to what is being typed, not to a notice."""
        if not isinstance(error, UserFacingError):
            self._context.notify.failure(error)
            return
        self.message.setText(f"{error.what} {error.safe} {error.todo}")
        self.message.show()


def _single_shot(owner: QObject, milliseconds: int) -> QTimer:
    return QTimer(owner, singleShot=True, interval=milliseconds)
