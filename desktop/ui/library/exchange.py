"""Sets on their way out of and into the library, and out of it for good: asked first, then done in other threads."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.file_problem import CriteriaFileError
from desktop.security.atomic_file import write_whole
from desktop.ui.context import UiContext
from desktop.ui.library.ask_strip import Asker, AskStrip
from desktop.ui.library.library_files import LibraryFiles
from desktop.ui.library.library_reading import Imported, export_text, read_import
from desktop.ui.library.report_pages import import_page, refused_page
from desktop.ui.library.wording import short_name

_CONSENT = {
    LicenceClass.USER: "“{}” is your own (license class user).",
    LicenceClass.LICENSED_REFERENCE: "“{}” holds a publisher's licensed criteria (license class licensed-reference).",
}


class Exchange(QObject):
    """One thing at a time: a newer question takes the place of the one before."""

    page_made = Signal(object)
    """A page to be read before the question is answered."""
    stored = Signal(str)
    """The id of a set that came in."""
    ended = Signal()
    """The question was answered, or there is nothing to ask any more."""

    def __init__(self, context: UiContext, ask: AskStrip) -> None:
        super().__init__(ask)
        self._context = context
        self._asker = Asker(ask)
        self._files = LibraryFiles(ask)
        self._export = ("", "")
        """Id and form of the set that a place is being asked for."""
        self._is_agreed = False
        self._asker.ended.connect(self.ended)
        self._files.place_chosen.connect(self.write_to)
        self._files.file_chosen.connect(self.read_from)

    def forget(self) -> None:
        """Drop a question that belongs to what is not in front any more."""
        self._asker.forget()

    # Out

    def export(self, kind: str, criteria_set: CriteriaSet) -> None:
        """Save a set as a file; one whose words are not public only after an explicit yes."""
        self._export, self._is_agreed = (criteria_set.id, kind), False
        if criteria_set.licence is LicenceClass.PUBLIC:
            self._files.ask_place(kind, criteria_set.id)
            return
        whose = _CONSENT[criteria_set.licence].format(criteria_set.title)
        self._asker.ask(
            f"{whose} Whoever gets the file gets its words. Export it only if its license allows that.",
            ("Yes, export this set", "Keep it here"),
            self._choose_place,
        )

    def write_to(self, path: str) -> None:
        """Write what was asked for to a file."""
        set_id, kind = self._export
        services, notify = self._context.services, self._context.notify
        is_agreed = self._is_agreed

        def job() -> str:
            return export_text(services, set_id, kind, with_user_text=is_agreed)

        self._context.runner.run(job, partial(self._write, Path(path)), notify.failure)

    def _choose_place(self) -> None:
        self._is_agreed = True
        self._files.ask_place(self._export[1], self._export[0])

    def _write(self, path: Path, text: str) -> None:
        self._context.runner.run(
            partial(write_whole, path, text, "The set in the library is unchanged"),
            self._written,
            self._context.notify.failure,
            lane="cpu",
        )

    def _written(self, name: str) -> None:
        self._context.notify.info(f"Saved {name}.")

    # In

    def bring(self) -> None:
        """Ask for a file to import."""
        self._files.ask_file()

    def read_from(self, path: str) -> None:
        """Read a file; nothing is stored before the reader has seen what is in it."""
        self._context.runner.run(
            partial(read_import, self._context.services, Path(path)),
            self._offer,
            self._unreadable,
            key="library.import",
        )

    def _offer(self, imported: Imported) -> None:
        self.page_made.emit(import_page(imported.name, imported.criteria_set, imported.report))
        self._asker.ask(
            f"“{imported.criteria_set.title}” is not in the library yet. Once stored it is a set of your own.",
            ("Store it", "Discard it"),
            partial(self._store, imported.text),
        )

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, CriteriaFileError):
            self.page_made.emit(refused_page(error))
        else:
            self._context.notify.failure(error)

    def _store(self, text: str) -> None:
        job = partial(self._context.services.set_files.import_set, text)
        self._context.commit(job, self._came_in, initiator=self)

    def _came_in(self, criteria_set: CriteriaSet) -> None:
        self._context.notify.info(f"Stored: {criteria_set.title}")
        self.stored.emit(criteria_set.id)

    # Gone

    def delete(self, criteria_set: CriteriaSet) -> None:
        """Delete an own set that no case uses, after a yes."""
        self._asker.ask(
            f"Delete “{short_name(criteria_set)}: {criteria_set.title}”? No case uses it. "
            "Editions that signed reviews rest on stay in the archive.",
            ("Delete it", "Keep it"),
            partial(self._delete, criteria_set.id),
            is_dangerous=True,
        )

    def _delete(self, set_id: str) -> None:
        job = partial(self._context.services.editions.delete, set_id)
        self._context.commit(job, self._gone, initiator=self)

    def _gone(self, _set_id: str) -> None:
        self._context.notify.info("The set was deleted.")
