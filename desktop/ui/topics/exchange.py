"""Own topics on their way in, out and gone: checked and shown before anything is stored; asked before one goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.domain.topic import Topic
from desktop.rules.file_problem import CriteriaFileError
from desktop.security.atomic_file import write_whole
from desktop.services.own_topics import CheckedTopic
from desktop.ui.context import UiContext
from desktop.ui.library.ask_strip import Asker, AskStrip
from desktop.ui.library.report_pages import refused_page
from desktop.ui.topics.reading import ReadOwn, read_own

_NAMES = "Argument topic (*.yaml *.yml);;All files (*)"


class TopicExchange(QObject):
    """One thing at a time: a newer question takes the place of the one before."""

    page_made = Signal(object)
    """A page to be read before the question is answered."""
    stored = Signal(str)
    """The id of a topic that came in."""
    ended = Signal()
    """The question was answered."""

    def __init__(self, context: UiContext, ask: AskStrip) -> None:
        super().__init__(ask)
        self._context = context
        self._window = ask
        self._asker = Asker(ask)
        self._dialog: QFileDialog | None = None
        self._exported = ""
        self._asker.ended.connect(self.ended)

    def forget(self) -> None:
        """Drop a question that belongs to what is not in front any more."""
        self._asker.forget()

    def bring(self) -> None:
        """Ask which file to read."""
        dialog = QFileDialog(self._window.window(), "Import a topic")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_NAMES)
        dialog.fileSelected.connect(self.read_from)
        self._open(dialog)

    def read_from(self, path: str) -> None:
        """Read and check a file; nothing is stored."""
        job = partial(read_own, self._context.services, Path(path))
        self._context.runner.run(job, self._offer, self._refuse, key="topics.import")

    def export(self, topic: Topic) -> None:
        """Ask where the text of a topic goes."""
        self._exported = topic.id
        dialog = QFileDialog(self._window.window(), "Export the topic")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_NAMES)
        dialog.setDefaultSuffix("yaml")
        dialog.selectFile(f"{topic.id}.yaml")
        dialog.fileSelected.connect(self.write_to)
        self._open(dialog)

    def write_to(self, path: str) -> None:
        """Write what a place was asked for, exactly as it was stored."""
        job = partial(self._context.services.topics.text, self._exported)
        self._context.runner.run(job, partial(self._write, Path(path)), self._context.notify.failure)

    def remove(self, topic: Topic) -> None:
        """Take an own topic out, after a yes."""
        self._asker.ask(
            f"Remove “{topic.title}”? Drafts are composed without it from then on. "
            "Undo on this shelf brings it back.",
            ("Remove it", "Keep it"),
            partial(self._remove, topic),
            is_dangerous=True,
        )

    def undo(self) -> None:
        """Take the last step on own topics back."""
        self._context.commit(self._context.services.own_topics.undo, self._undone, initiator=self)

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._context.commit(self._context.services.own_topics.redo, self._redone, initiator=self)

    def _offer(self, read: ReadOwn) -> None:
        self.page_made.emit(read.page)
        found: CheckedTopic = read.found
        doubts = " Read first what the check remarks, at the top of the page." if found.warnings else ""
        words = (
            f"You have a topic {found.topic.id} already: this text takes its place."
            if found.replaces
            else f"“{found.topic.title}” is not stored yet. Once stored, it is offered like the others."
        )
        answers = ("Replace it" if found.replaces else "Store it", "Discard it")
        self._asker.ask(words + doubts, answers, partial(self._store, found.text))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, CriteriaFileError):
            self.page_made.emit(refused_page(error))
        else:
            self._context.notify.failure(error)

    def _store(self, text: str) -> None:
        job = partial(self._context.services.own_topics.store, text)
        self._context.commit(job, self._came_in, initiator=self)

    def _came_in(self, topic: Topic) -> None:
        self._context.notify.info(f"Stored: {topic.title}")
        self.stored.emit(topic.id)

    def _remove(self, topic: Topic) -> None:
        job = partial(self._context.services.own_topics.remove, topic.id)
        self._context.commit(job, partial(self._gone, topic.title), initiator=self)

    def _gone(self, title: str, _topic_id: str) -> None:
        self._context.notify.info(f"Removed: {title}. Undo on this shelf brings it back.")

    def _undone(self, label: str) -> None:
        self._context.notify.info(f"Taken back: {label}")

    def _redone(self, label: str) -> None:
        self._context.notify.info(f"Done again: {label}")

    def _write(self, path: Path, text: str) -> None:
        self._context.runner.run(
            partial(_write, path, text), self._context.notify.info, self._context.notify.failure, lane="cpu"
        )

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()


def _write(path: Path, text: str) -> str:
    return f"Saved {write_whole(path, text, 'The topic in the library is unchanged')}."
