"""What the user writes on the references shelf: own entries, checks, marks, and steps taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.reference import OwnReference, Reference, Standing
from desktop.domain.text import listed
from desktop.letters.references.library import ReferenceLibrary
from desktop.services.operation import OperationResult
from desktop.ui.context import UiContext
from desktop.ui.references.deed_strips import MarkStrip, VerifyStrip
from desktop.ui.references.drafts import KEY, NEW, Draft, draft_of
from desktop.ui.references.entry_form import EntryForm
from desktop.ui.references.frame import ReferencesFrame
from desktop.ui.references.wording import short_name


class OwnDesk(QObject):
    """One deed at a time. What is typed in the form and not saved is kept in the store."""

    stored = Signal(str)
    """The id of an entry that was added or changed."""
    left = Signal()
    """The form was left; the page comes back."""

    def __init__(self, context: UiContext, frame: ReferencesFrame) -> None:
        super().__init__(frame)
        self._context = context
        self._frame = frame
        self._reference_id = ""
        self._library: ReferenceLibrary | None = None
        self._when_agreed: Callable[[], None] | None = None
        self._when_declined: Callable[[], None] | None = None
        self.form = EntryForm(context.theme)
        self.verify_strip = VerifyStrip(context.theme)
        self.mark_strip = MarkStrip(context.theme)
        for strip in (self.verify_strip, self.mark_strip):
            frame.add_strip(strip)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self.cancel)
        self.verify_strip.verified.connect(self._verify)
        self.mark_strip.marked.connect(self._mark)
        frame.ask.agreed.connect(self._agreed)
        frame.ask.declined.connect(self._declined)

    @property
    def is_typing(self) -> bool:
        """Whether the form is in front."""
        return self._frame.sheets.currentWidget() is self.form

    def flush(self) -> None:
        """Keep what is typed and not saved."""
        if self.is_typing and self.form.is_changed and not self._context.services.is_read_only:
            self._remember(self.form.draft().text)

    def recall(self) -> None:
        """Put the draft in front that was kept, if there is one."""
        recall = partial(self._context.services.view_state.recall, KEY)
        self._context.runner.run(recall, self._recalled)

    # Own entries

    def add(self, library: ReferenceLibrary) -> None:
        """Have a new entry typed."""
        self._begin(None, library)

    def edit(self, own: OwnReference, library: ReferenceLibrary) -> None:
        """Have an own entry changed."""
        self._begin(own, library)

    def cancel(self) -> None:
        """Leave the form; typed words go only after a yes."""
        if self.form.is_changed:
            self._ask(
                "What you typed is not saved.",
                "Discard it",
                "Go on typing",
                self._leave,
                self._go_on,
                "danger",
            )
        else:
            self._leave()

    def remove(self, reference: Reference, topics: Sequence[str] = ()) -> None:
        """Take an own entry out, after a yes; `topics`: what points at it, and cannot be read without it."""
        self._reference_id = reference.id
        pointing = f"What points at it cannot be read without it: {listed(topics)}. " if topics else ""
        self._ask(
            f"Remove {short_name(reference)}? A draft that cites it then says that its citation leads nowhere. "
            f"{pointing}Undo brings it back.",
            "Remove it",
            "Keep it",
            self._remove,
            None,
            "danger",
        )

    # Checks and marks

    def verify(self, reference: Reference) -> None:
        """Ask where and when an own entry was checked."""
        self._reference_id = reference.id
        self.mark_strip.end()
        self.verify_strip.begin(short_name(reference), self._context.clock.today())

    def mark(self, reference: Reference, standing: Standing, library: ReferenceLibrary) -> None:
        """Ask by whose word an entry no longer stands; a mark is taken off at once."""
        self._reference_id = reference.id
        self.verify_strip.end()
        if standing is Standing.CURRENT:
            self._mark(standing, "", "")
            return
        others = [(item.id, short_name(item)) for item in library.all() if item.id != reference.id]
        others.sort(key=_name_of)
        self.mark_strip.begin(short_name(reference), standing, others)

    def forget(self) -> None:
        """Drop what belongs to an entry that is not in front any more."""
        self.verify_strip.end()
        self.mark_strip.end()
        if self._when_agreed is not None:
            self._when_agreed = self._when_declined = None
            self._frame.ask.hide()

    # Steps

    def undo(self) -> None:
        """Take the last step on references back."""
        self._context.commit(self._context.services.references.undo, self._undone, initiator=self)

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._context.commit(self._context.services.references.redo, self._redone, initiator=self)

    # Carrying out

    def _begin(self, own: OwnReference | None, library: ReferenceLibrary, hint: str = "") -> None:
        self._library = library
        topics = sorted({name for item in library.all() for name in item.topics})
        self._frame.show_sheet(self.form)
        self.form.begin(own, topics, hint)

    def _recalled(self, text: str | None) -> None:
        draft = draft_of(text)
        if draft is None or self.is_typing:
            return
        services = self._context.services
        own = partial(services.references.own, draft.id) if draft.id != NEW else _nothing
        self._context.runner.run(own, partial(self._restore, draft))

    def _restore(self, draft: Draft, own: OwnReference | None) -> None:
        if self._library is None or (draft.id != NEW and own is None):
            self._remember("")
            return
        self._begin(own, self._library, "This is what you had typed and not saved.")
        self.form.restore(draft)

    def know(self, library: ReferenceLibrary) -> None:
        """The library as it is now."""
        self._library = library

    def _save(self, own: OwnReference) -> None:
        library = self._library
        twin = library.sources.find(own.bibliography, but=own.id) if library is not None else None
        if twin is not None:
            self._ask(
                f"It has {twin[1]} as {twin[0]}, which is in the library already.",
                "Save it all the same",
                "Go on typing",
                partial(self._store, own),
                self._go_on,
            )
        else:
            self._store(own)

    def _store(self, own: OwnReference) -> None:
        references = self._context.services.references
        job: Callable[[], OperationResult[OwnReference]]
        job = partial(references.add_own, own) if own.id == NEW else partial(references.change, own)
        self._context.commit(job, self._saved, initiator=self)

    def _saved(self, own: OwnReference) -> None:
        self._leave()
        self._context.notify.info(f"Saved: {own.id}")
        self.stored.emit(own.id)

    def _leave(self) -> None:
        self.form.is_changed = False
        self._remember("")
        self.left.emit()

    def _go_on(self) -> None:
        self.form.title.setFocus()

    def _remember(self, text: str) -> None:
        if not self._context.services.is_read_only:
            self._context.runner.run(partial(self._context.services.view_state.remember, KEY, text))

    def _remove(self) -> None:
        job = partial(self._context.services.references.remove, self._reference_id)
        self._context.commit(job, self._removed, initiator=self)

    def _removed(self, reference_id: str) -> None:
        self._context.notify.info(f"Removed: {reference_id}. Undo on this shelf brings it back.")

    def _verify(self, where: str, on: object) -> None:
        job = partial(self._context.services.references.verify, self._reference_id, where, on)  # type: ignore[arg-type]
        self._context.commit(job, self._verified, initiator=self)

    def _verified(self, own: OwnReference) -> None:
        self.verify_strip.end()
        self._context.notify.info(f"Verified: {own.id}")
        self.stored.emit(own.id)

    def _mark(self, standing: Standing, note: str, successor: str) -> None:
        references = self._context.services.references
        job = partial(references.mark, self._reference_id, standing, note, successor)
        self._context.commit(job, self._marked, initiator=self)

    def _marked(self, reference: Reference) -> None:
        self.mark_strip.end()
        word = (
            "stands" if reference.standing is Standing.CURRENT else f"is marked as {reference.standing.value}"
        )
        self._context.notify.info(f"{reference.id} {word}.")

    def _undone(self, label: str) -> None:
        self._context.notify.info(f"Taken back: {label}")

    def _redone(self, label: str) -> None:
        self._context.notify.info(f"Done again: {label}")

    # Asking

    def _ask(
        self,
        words: str,
        yes: str,
        no: str,
        then: Callable[[], None],
        otherwise: Callable[[], None] | None,
        kind: str = "primary",
    ) -> None:
        self._when_agreed, self._when_declined = then, otherwise
        self._frame.ask.ask(words, yes, no, "danger" if kind == "danger" else "primary")

    def _agreed(self) -> None:
        then, self._when_agreed = self._when_agreed, None
        if then is not None:
            then()

    def _declined(self) -> None:
        self._when_agreed, otherwise = None, self._when_declined
        if otherwise is not None:
            otherwise()
        else:
            self.left.emit()


def _nothing() -> None:
    return None


def _name_of(item: tuple[str, str]) -> str:
    return item[1].casefold()
