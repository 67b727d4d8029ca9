"""Prints the letters of many cases one after the other, off the GUI thread; one that fails never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.case import CaseStatus
from desktop.domain.errors import UserFacingError
from desktop.domain.worklist import WorklistOrder, WorklistQuery, WorklistRow
from desktop.ui.context import UiContext
from desktop.ui.letter.batch_page import FOLDER, BatchPage
from desktop.ui.letter.output import print_pdf, printer_for, write_file

if TYPE_CHECKING:
    from desktop.services.letter_batch import BatchItem

_STATUSES = (CaseStatus.UNDER_REVIEW, CaseStatus.DETERMINED, CaseStatus.LETTER_ISSUED)
MOST_CASES = 500


class BatchDesk(QObject):
    """One letter at a time: made in the store's lane, put on paper in the other. Stopping leaves what is done done."""

    def __init__(self, context: UiContext, page: BatchPage, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._page = page
        self._window = window
        self._dialog: QFileDialog | None = None
        self._letters: Iterator[BatchItem] | None = None
        self._numbers: dict[str, str] = {}
        self._put: Callable[[str, bytes], None] = _to_folder(Path())
        self._how: Literal["printed", "saved_as_pdf"] = "printed"
        self._is_stopped = False
        self._done = self._failures = 0
        page.start_wanted.connect(self._start)
        page.stop_wanted.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether letters are on their way."""
        return self._letters is not None

    def show_cases(self) -> None:
        """Read which cases there are; not while letters are on their way."""
        if not self.is_running:
            query = WorklistQuery(statuses=_STATUSES, order=WorklistOrder.UPDATED, limit=MOST_CASES)
            worklist = partial(self._context.services.cases.worklist, query)
            self._context.runner.run(worklist, self._page.show_cases, self._context.notify.failure)

    def show_rows(self, rows: Sequence[WorklistRow], *, are_chosen: bool = False) -> None:
        """Show cases of another list, ticked where they were chosen there; not while letters are on their way."""
        if not self.is_running:
            self._page.show_idle("")
            self._page.show_cases(rows, are_chosen=are_chosen)

    def stop(self) -> None:
        """Stop after the letter that is being printed."""
        self._is_stopped = True

    def run_into(self, folder: str) -> None:
        """Write a PDF for every ticked case into a folder."""
        self._how = "saved_as_pdf"
        self._begin(_to_folder(Path(folder)))

    def _start(self) -> None:
        printer: str = self._page.target.read()
        if printer != FOLDER:
            self._how = "printed"
            self._begin(_to_printer(printer))
            return
        dialog = QFileDialog(self._window, "Folder for the letters")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.run_into)
        self._dialog = dialog
        dialog.open()

    def _begin(self, put: Callable[[str, bytes], None]) -> None:
        if self.is_running:
            return
        self._numbers = dict(self._page.chosen)
        self._put, self._is_stopped = put, False
        self._done = self._failures = 0
        self._letters = self._context.services.letter_batch.print_many(list(self._numbers))
        self._page.begin()
        self._next()

    def _next(self) -> None:
        letters = self._letters
        if letters is None or self._is_stopped:
            self._end()
            return
        self._page.show_running(self._done, len(self._numbers))

        def job() -> BatchItem | None:
            return next(letters, None)

        self._context.runner.run(job, self._made, self._broke)

    def _made(self, item: BatchItem | None) -> None:
        if item is None:
            self._end()
            return
        number = self._numbers[item.case_id]
        if not item.is_done:
            self._count(item.case_id, item.sentence)
            return
        put, content = self._put, item.content

        def job() -> tuple[str, str]:
            try:
                put(number, content)
            except UserFacingError as error:
                return item.case_id, f"{error.what} {error.todo}"
            return item.case_id, ""

        self._context.runner.run(job, self._printed, self._broke, lane="cpu")

    def _printed(self, told: tuple[str, str]) -> None:
        case_id, sentence = told
        if not sentence:
            letters, how = self._context.services.letters, self._how

            def note() -> None:
                letters.note_copy(case_id, how)

            self._context.runner.run(note, None, self._context.notify.failure)
        self._count(case_id, sentence)

    def _count(self, case_id: str, sentence: str) -> None:
        self._done += 1
        if sentence:
            self._failures += 1
            self._page.add_trouble(self._numbers[case_id], sentence)
        self._next()

    def _broke(self, error: Exception) -> None:
        self._context.notify.failure(error)
        self._end()

    def _end(self) -> None:
        self._letters = None
        good = self._done - self._failures
        verb = "sent to the printer" if self._how == "printed" else "saved"
        words = [f"{good} of {len(self._numbers)} {verb}."]
        if self._failures:
            words.append(f"{self._failures} could not be.")
        if self._is_stopped:
            words.append("Stopped; what was done stays done.")
        self._page.show_idle(" ".join(words))


def _to_folder(folder: Path) -> Callable[[str, bytes], None]:
    def put(number: str, content: bytes) -> None:
        name = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in number)
        write_file(folder / f"Letter {name}.pdf", content)

    return put


def _to_printer(name: str) -> Callable[[str, bytes], None]:
    def put(number: str, content: bytes) -> None:
        printer = printer_for(f"Letter {number}")
        printer.setPrinterName(name)
        print_pdf(printer, content)

    return put
