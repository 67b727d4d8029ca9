"""Keeps letterheads, snippets and templates as they are typed; store and files are touched off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.stationery import Letterhead, LetterTemplate, Snippet, TemplatePart
from desktop.domain.value import new_id
from desktop.services.operation import OperationResult
from desktop.settings.paths import resources_dir
from desktop.ui.letter.output import write_file
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers
from desktop.ui.letter.stationery_page import NEW_TEMPLATE, StationeryPage, Thing

if TYPE_CHECKING:
    from desktop.domain.changes import Changes
    from desktop.domain.kept_file import KeptFile
    from desktop.services.stationery import Stationery

_SAVE_AFTER_MS = 700
_LARGEST_TEMPLATE = 1_000_000
_PLAIN = (
    BlockKind.LETTERHEAD,
    BlockKind.DATE,
    BlockKind.ADDRESSEE,
    BlockKind.RE,
    BlockKind.OPENING,
    BlockKind.SIGNATURE,
    BlockKind.REFERENCES,
)
"""What a template begins with where no paper is in front."""


class StationeryDesk(QObject):
    """Between the page and the store. What is typed is saved after a pause, and when the page is left."""

    def __init__(self, desk: PaperDesk, page: StationeryPage, window: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._page = page
        self._window = window
        self._wanted = ""
        self._in_form: Thing | None = None
        self._is_dirty = self._is_new = False
        self._picture_for = ""
        self._dialog: QFileDialog | None = None
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        desk.shown.connect(self._show)
        page.chosen.connect(self._show_thing)
        page.new_letterhead_wanted.connect(self._new_letterhead)
        page.new_snippet_wanted.connect(self._new_snippet)
        page.template_wanted.connect(self._add_template)
        page.export_wanted.connect(self._ask_for_export)
        page.remove_confirmed.connect(self._remove)
        for form in (page.letterhead, page.snippet, page.template):
            form.edited.connect(self._edited)
        page.template.preview_wanted.connect(self._preview)
        page.undo_wanted.connect(self.undo)
        page.redo_wanted.connect(self.redo)
        page.letterhead.logo.wanted.connect(self._ask_for_logo)
        page.letterhead.signature.wanted.connect(self._ask_for_signature)
        page.letterhead.logo.removed.connect(self._remove_logo)
        page.letterhead.signature.removed.connect(self._remove_signature)

    def flush(self) -> None:
        """Save what is typed."""
        self._pause.stop()
        if not self._is_dirty:
            return
        thing = self._typed()
        if thing is None:
            return  # it says itself what is missing, and stays in the form as it was typed
        self._is_dirty = False
        if thing != self._in_form:
            self._in_form = thing
            self._put(thing)
            self._fill(thing)

    def take_picture(self, path: str) -> None:
        """Take a picture file in, for what was asked for last."""
        name, stationery = self._picture_for, self._desk.context.services.stationery
        file = Path(path)

        def job() -> OperationResult[KeptFile]:
            return stationery.keep_picture(_read(file, 20_000_000), file.name)

        def done(kept: KeptFile) -> None:
            typed = self._typed()
            if isinstance(typed, Letterhead):
                self._put(typed.model_copy(update={name: kept.sha256}))

        self._desk.commit(job, done)

    def take_template(self, path: str) -> None:
        """Take a template file in."""
        file = Path(path)

        stationery = self._desk.context.services.stationery

        def job() -> OperationResult[str]:
            from desktop.letters.template_file import template_of

            content = _read(file, _LARGEST_TEMPLATE).decode("utf-8", errors="replace")
            template = _beside(template_of(content, file.name), stationery.templates())
            return OperationResult(template.id, stationery.put(template).changes)

        self._desk.commit(job, self._take)

    def write_template(self, path: str) -> None:
        """Write the chosen template to a file."""
        template = self._page.current
        if not isinstance(template, LetterTemplate):
            return
        file = Path(path)

        def job() -> str:
            from desktop.letters.template_file import template_text

            write_file(file, template_text(template).encode())
            return file.name

        self._desk.context.runner.run(job, self._written, self._desk.context.notify.failure, lane="cpu")

    def undo(self) -> None:
        """Take the last step on stationery back."""
        self.flush()
        self._desk.commit(self._desk.context.services.stationery.undo, self._undone)

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._desk.commit(self._desk.context.services.stationery.redo, self._redone)

    # Showing

    def _show(self, read: ReadPapers) -> None:
        if not self._is_dirty:
            wanted, self._wanted = self._wanted, ""
            self._page.show_house(read.house, wanted)
        context = self._desk.context
        context.runner.run(
            context.services.stationery.undo_labels, self._page.show_steps, key=f"stationery-steps-{id(self)}"
        )

    def _show_thing(self, thing: Thing) -> None:
        if self._is_dirty and (self._in_form is None or thing.id != self._in_form.id):
            self.flush()
            self._is_dirty = False  # what cannot be kept is left behind with its form
        stationery = self._desk.context.services.stationery
        wanted = (
            {thing.logo_sha256, thing.signature_sha256} - {""}
            if isinstance(thing, Letterhead)
            else set[str]()
        )

        def job() -> tuple[Thing, dict[str, bytes]]:
            return thing, {sha256: stationery.picture(sha256) for sha256 in wanted}

        self._desk.context.runner.run(
            job, self._shown, self._desk.context.notify.failure, key=f"stationery-{id(self)}"
        )

    def _shown(self, read: tuple[Thing, dict[str, bytes]]) -> None:
        if read[0] == self._page.current and not self._is_dirty:
            self._in_form = read[0]
            self._page.show_thing(*read)
            self._fill(read[0])
            if self._is_new:
                self._is_new = False
                self._page.focus_form()

    def _fill(self, thing: Thing) -> None:
        """Show how a snippet reads in the case."""
        case_id = self._desk.case_id
        if isinstance(thing, Snippet) and case_id:
            context = self._desk.context
            context.runner.run(
                partial(context.services.letters.fill, case_id, thing.text),
                self._page.snippet.filled.show_filled,
                key=f"stationery-fill-{id(self)}",
            )

    def _preview(self, template: LetterTemplate) -> None:
        context, case_id = self._desk.context, self._desk.case_id
        if case_id:
            context.runner.run(
                partial(context.services.letters.in_template, case_id, template),
                self._page.template.show_preview,
                context.notify.failure,
                key=f"stationery-preview-{id(self)}",
            )

    def _typed(self) -> Thing | None:
        match self._in_form:
            case Letterhead():
                return self._page.letterhead.read()
            case Snippet():
                return self._page.snippet.read()
            case LetterTemplate():
                return self._page.template.read()
            case _:
                return None

    # Doing

    def _edited(self) -> None:
        self._is_dirty = True
        self._pause.start()

    def _put(self, thing: Thing) -> None:
        stationery = self._desk.context.services.stationery

        def job() -> OperationResult[str]:
            return OperationResult(thing.id, _kept(stationery, thing))

        self._desk.commit(job, self._take if self._is_new else None)

    def _take(self, thing_id: str) -> None:
        self._wanted = thing_id
        self._desk.load()

    def _new_letterhead(self) -> None:
        self.flush()
        self._is_new = True
        self._put(Letterhead(id=new_id(), name="New letterhead"))

    def _new_snippet(self) -> None:
        self.flush()
        self._is_new = True
        self._put(Snippet(id=new_id(), name="new snippet", text="We thank you for your attention."))

    def _add_template(self, name: str) -> None:
        if name == NEW_TEMPLATE:
            self.flush()
            self._is_new = True
            self._put(_as_composed(self._desk.read))
            return
        if not name:
            self._ask("Template", "Template (*.yaml *.yml)", self.take_template)
            return
        self.take_template(str(resources_dir() / "templates" / name))

    def _remove(self, thing: Thing) -> None:
        stationery, self._is_dirty = self._desk.context.services.stationery, False

        def job() -> OperationResult[None]:
            return stationery.remove(type(thing), thing.id)

        def done(_nothing: None) -> None:
            self._desk.context.notify.info(f"Removed: {thing.name}. Ctrl+Z brings it back.")

        self._desk.commit(job, done)

    def _ask_for_logo(self) -> None:
        self._picture_for = "logo_sha256"
        self._ask("Logo", "Pictures (*.png *.jpg *.jpeg)", self.take_picture)

    def _ask_for_signature(self) -> None:
        self._picture_for = "signature_sha256"
        self._ask("Signature", "Pictures (*.png *.jpg *.jpeg)", self.take_picture)

    def _remove_logo(self) -> None:
        self._without("logo_sha256")

    def _remove_signature(self) -> None:
        self._without("signature_sha256")

    def _without(self, name: str) -> None:
        typed = self._typed()
        if isinstance(typed, Letterhead):
            self._put(typed.model_copy(update={name: ""}))

    def _ask(self, title: str, kinds: str, chosen: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        self._dialog = dialog
        dialog.open()

    def _ask_for_export(self, template: LetterTemplate) -> None:
        dialog = QFileDialog(self._window, "Save the template")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Template (*.yaml)")
        dialog.setDefaultSuffix("yaml")
        dialog.selectFile(f"{template.id}.yaml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_template)
        self._dialog = dialog
        dialog.open()

    def _undone(self, label: str) -> None:
        self._desk.context.notify.info(f"Taken back: {label}")

    def _redone(self, label: str) -> None:
        self._desk.context.notify.info(f"Done again: {label}")

    def _written(self, name: str) -> None:
        self._desk.context.notify.info(f"Saved {name}.")


def _beside(template: LetterTemplate, own: tuple[LetterTemplate, ...]) -> LetterTemplate:
    """The template as it comes in: never in the place of one that was worked on since it came from the same file."""
    there = next((item for item in own if item.id == template.id), None)
    if there is None or there == template:
        return template
    names = {item.name for item in own}
    number = next(at for at in range(2, len(names) + 3) if f"{template.name} {at}" not in names)
    return template.model_copy(update={"id": new_id(), "name": f"{template.name} {number}"})


def _as_composed(read: ReadPapers | None) -> LetterTemplate:
    """A template with the blocks of the paper in front, in their order."""
    letter = read.letter if read is not None else None
    blocks = letter.content.blocks if letter is not None else ()
    kinds = dict.fromkeys(block.kind for block in blocks if block.kind is not BlockKind.OWN)
    return LetterTemplate(
        id=new_id(),
        name="New template",
        kind=letter.kind if letter is not None else LetterKind.FIRST_LEVEL,
        parts=tuple(TemplatePart(block=kind) for kind in kinds or _PLAIN),
    )


def _kept(stationery: Stationery, thing: Thing) -> Changes:
    match thing:
        case Letterhead():
            return stationery.put(thing).changes
        case Snippet():
            return stationery.put(thing).changes
        case LetterTemplate():
            return stationery.put(thing).changes


def _read(path: Path, most: int) -> bytes:
    """The bytes of a file from outside, of a size that can be looked at. Raises UserFacingError."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise UserFacingError(
            f"{path.name} could not be read ({error.strerror or 'no reason given'}).",
            safe="Nothing was changed.",
            todo="Check that the file is still there and may be read.",
        ) from error
    if len(content) > most:
        raise UserFacingError(
            f"{path.name} is larger than {most // 1_000_000} MB.",
            safe="Nothing was changed.",
            todo="Choose a smaller file.",
        )
    return content
