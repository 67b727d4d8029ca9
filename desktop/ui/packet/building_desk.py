"""Builds the packet off the GUI thread, stops it, and saves its files to a folder; it decides nothing about content."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import UserFacingError
from desktop.domain.packet import BuiltPacket, PacketFile
from desktop.letters.wording import counted
from desktop.ui.context import UiContext
from desktop.ui.letter.output import write_file
from desktop.ui.packet.build_panel import BuildPanel

_MOST_TRIED = 1_000


class BuildingDesk(QObject):
    """One packet at a time. What was built before anything changed is dropped, never saved."""

    progressed = Signal(object, int)
    """The run it belongs to, and hundredths done; sent from the building thread."""

    def __init__(self, context: UiContext, panel: BuildPanel, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._panel = panel
        self._window = window
        self._case_id = ""
        self._letter_id = ""
        self._is_draft = False
        self._run: threading.Event | None = None
        """Set to stop it; another object for every run, so that late news of an old one is known."""
        self.built: BuiltPacket | None = None
        self._dialog: QFileDialog | None = None
        self.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_building(self) -> bool:
        """Whether a packet is being built."""
        return self._run is not None

    def show_case(self, case_id: str, letter_id: str, *, is_draft: bool) -> None:
        """Turn to what is read now; another case stops what is built for the one before."""
        if case_id != self._case_id:
            self.stop()
            self.built = None
            self._run = None
            self._panel.show_nothing()
        self._case_id, self._letter_id, self._is_draft = case_id, letter_id, is_draft

    def outdate(self) -> None:
        """Something changed that the packet holds: what is built, or being built, is not it any more."""
        if self.built is not None or self.is_building:
            self.stop()
            self.built, self._run = None, None
            self._panel.show_nothing("Something changed since it was built. Build it again.")

    def build(self) -> None:
        """Build with the size asked for."""
        if self.is_building or not self._letter_id or not self._panel.cap.check():
            return
        run = threading.Event()
        self._run, self.built = run, None
        case_id, letter_id, cap = self._case_id, self._letter_id, self._panel.cap.read()
        packets = self._context.services.packets

        def told(done: int, of: int) -> None:
            self.progressed.emit(run, done * 100 // max(1, of))

        def job() -> BuiltPacket:
            return packets.make(case_id, letter_id, cap_bytes=cap, progress=told, is_cancelled=run.is_set)

        def done(built: BuiltPacket) -> None:
            if run is self._run:
                self._run, self.built = None, built
                self._panel.show_built(built)

        def failed(error: Exception) -> None:
            if run is self._run:
                self._run = None
                self._failed(run, error)

        self._panel.show_progress(0)
        self._context.runner.run(job, done, failed, lane="cpu")

    def stop(self) -> None:
        """Stop building."""
        if self._run is not None:
            self._run.set()

    def ask_for_folder(self) -> None:
        """Ask where the files go."""
        if self.built is None:
            return
        dialog = QFileDialog(self._window, "Save the packet to a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        self._dialog = dialog
        dialog.open()

    def save(self, folder: str) -> None:
        """Write the files; what is there already keeps its name."""
        built, case_id = self.built, self._case_id
        if built is None:
            return
        target, runner, notify = Path(folder), self._context.runner, self._context.notify
        packets, is_draft = self._context.services.packets, self._is_draft

        def job() -> tuple[str, ...]:
            return tuple(_write(target, file, is_draft=is_draft) for file in built.files)

        def note() -> None:
            packets.note_copy(case_id, built.files)

        def done(names: tuple[str, ...]) -> None:
            runner.run(note, None, notify.failure)
            word = counted(len(names), "file")
            notify.info(
                f"Saved {names[0]}." if len(names) == 1 else f"Saved {word}: {names[0]} to {names[-1]}."
            )

        runner.run(job, done, notify.failure, lane="cpu")

    def _failed(self, run: threading.Event, error: Exception) -> None:
        if run.is_set():
            self._panel.show_nothing("Stopped. Nothing was built, and nothing was changed.")
        elif isinstance(error, UserFacingError):
            self._panel.show_failure(error)
        else:
            self._panel.show_nothing()
            self._context.notify.failure(error)

    def _show_progress(self, run: object, percent: int) -> None:
        if run is self._run:
            self._panel.show_progress(percent)


def _write(folder: Path, file: PacketFile, *, is_draft: bool) -> str:
    path = _free(folder, f"DRAFT {file.name}" if is_draft else file.name)
    write_file(path, file.content)
    return path.name


def _free(folder: Path, name: str) -> Path:
    """A name that is not taken. Raises UserFacingError where a thousand are."""
    stem, dot, suffix = name.rpartition(".")
    for number in range(1, _MOST_TRIED):
        path = folder / (name if number == 1 else f"{stem} ({number}){dot}{suffix}")
        if not path.exists():
            return path
    raise UserFacingError(
        f"{name} and a thousand names like it are taken in that folder.",
        safe="Nothing was written.",
        todo="Choose another folder.",
    )
