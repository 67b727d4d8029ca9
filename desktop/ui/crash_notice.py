"""Catches what nobody caught, keeps a report without patient data, and shows it at the next start."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.security.redact import dismiss, pending_crash_reports, write_crash_report
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

MOST_REPORTS = 20
"""A fault that repeats must not fill the disk."""


class QtFaultError(Exception):
    """Qt reported a critical fault. Its words are left out: they may quote the record."""


class CrashKeeper:
    """Writes reports; `tell` keeps one too and says so on the screen, in the GUI thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self.tell: Callable[[BaseException], None] | None = None

    def keep(self, error: BaseException) -> None:
        """Write a report. A disk that is full or read-only must not turn one fault into two."""
        try:
            if len(pending_crash_reports(self._folder)) < MOST_REPORTS:
                write_crash_report(self._folder, error, self._clock)
        except OSError:
            sys.stderr.write("A crash report could not be written.\n")

    def install(self) -> None:
        """Take over every hook through which an error would otherwise be lost."""
        sys.excepthook = self._on_exception
        sys.unraisablehook = self._on_unraisable
        threading.excepthook = self._on_thread
        qInstallMessageHandler(self._on_qt_message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if self.tell is not None and threading.current_thread() is threading.main_thread():
            self.tell(error)  # keeps a report as well
        else:
            self.keep(error)

    def _on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_value is not None:
            self.keep(unraisable.exc_value)

    def _on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.keep(arguments.exc_value)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
            self.keep(QtFaultError())


class CrashNotice(QFrame):
    """Says that the program stopped unexpectedly last time; the report can be read and thrown away."""

    dismissed = Signal()

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = pending_crash_reports(folder)
        self.setProperty("role", "banner")
        self.setAccessibleName("Crash report")
        count = len(self._reports)
        words = "a report was kept" if count == 1 else f"{count} reports were kept"
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(theme.font(12, face="mono"))
        self._text.setAccessibleName("Text of the crash report")
        self._text.setMinimumHeight(theme.px(180))
        self._text.hide()
        self._show = button("Read it", "quiet")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._read)
        away = button("Throw away", "quiet")
        away.clicked.connect(self._dismiss)
        column = QVBoxLayout(self)
        column.addWidget(label(f"Something went wrong last time; {words}.", "strong", wraps=True))
        column.addWidget(
            label(
                "Your saved work is safe. The report names places in the program and holds no patient data; "
                "it stays on this computer.",
                "muted",
                wraps=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self._show)
        row.addWidget(away)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._text)
        self.setVisible(bool(self._reports))

    @property
    def has_reports(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._reports)

    def _read(self, is_shown: bool) -> None:
        if is_shown:
            texts = [path.read_text("utf-8", "replace") for path in self._reports if path.exists()]
            self._text.setPlainText("\n\n".join(texts))
        self._text.setVisible(is_shown)

    def _dismiss(self) -> None:
        for path in self._reports:
            dismiss(path)
        self._reports = ()
        self.hide()
        self.dismissed.emit()
