"""Shows a fresh recovery key once, to be printed or saved and then proved by typing; it must not keep it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import UserFacingError
from desktop.ui.entry_page import ErrorText
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_TITLE = "Recovery key for Indicated"
_WHAT = (
    "This key opens your encrypted cases when the password is lost. Nobody else has it. "
    "Keep it on paper, away from this computer."
)


def sheet_text(key: str, day: date) -> str:
    """The sheet as plain text."""
    return f"{_TITLE}\nMade on {day.isoformat()}\n\n{key}\n\n{_WHAT}\n"


class RecoverySheet(QWidget):
    """Confirmed by typing the last group back, which proves that the sheet was read."""

    confirmed = Signal()

    def __init__(self, theme: Theme, key: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._day = day
        shown = label(self._two_lines(), wraps=True)
        shown.setFont(theme.font(15, QFont.Weight.DemiBold, "mono"))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName("Recovery key")
        prints = button("Print…")
        prints.clicked.connect(self._print)
        saves = button("Save…")
        saves.clicked.connect(self._ask_where)
        self._typed = QLineEdit()
        self._typed.setAccessibleName("Last group of the recovery key")
        self._typed.setFont(theme.font(13, face="mono"))
        self._typed.returnPressed.connect(self._check)
        self._done = button("I have it", "primary")
        self._done.clicked.connect(self._check)
        self._error = ErrorText()
        self._told = label("", "ok", wraps=True)
        self._told.hide()
        row = QHBoxLayout()
        row.addWidget(prints)
        row.addWidget(saves)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(label(_WHAT, "muted", wraps=True))
        column.addWidget(shown)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(label("To show that you have it, type its last group:"))
        column.addWidget(self._typed)
        column.addWidget(self._error)
        column.addWidget(self._done)

    def focus_field(self) -> None:
        """Put the keyboard into the confirmation."""
        self._typed.setFocus()

    def save(self, path: Path) -> None:
        """Write the sheet as a text file that only this user may read. Raises OSError."""
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(sheet_text(self._key, self._day))

    def print_on(self, printer: QPrinter) -> None:
        """Paint the sheet on one page."""
        painter = QPainter(printer)
        page = QRectF(painter.viewport())
        painter.setFont(self._print_font(14, QFont.Weight.DemiBold, "ui"))
        painter.drawText(page, Qt.AlignmentFlag.AlignHCenter, _TITLE)
        painter.setFont(self._print_font(16, QFont.Weight.Normal, "mono"))
        painter.drawText(
            page.adjusted(0, page.height() * 0.08, 0, 0), Qt.AlignmentFlag.AlignHCenter, self._two_lines()
        )
        painter.setFont(self._print_font(11, QFont.Weight.Normal, "ui"))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        words = f"{_WHAT}\n\nMade on {self._day.isoformat()}"
        painter.drawText(page.adjusted(0, page.height() * 0.18, 0, 0), flags, words)
        painter.end()

    def _print_font(self, points: int, weight: QFont.Weight, face: str) -> QFont:
        font = self._theme.font(13, weight, "mono" if face == "mono" else "ui")
        font.setPointSize(points)
        return font

    def _two_lines(self) -> str:
        groups = self._key.split("-")
        half = len(groups) // 2
        return "-".join(groups[:half]) + "-\n" + "-".join(groups[half:])

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_TITLE)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)
            self._tell("Sent to the printer. Look whether the sheet came out whole.")

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the recovery key", "indicated-recovery-key.txt", "Text (*.txt)"
        )
        if name:
            self.save_as(name)

    def save_as(self, name: str) -> None:
        """Save the sheet, and say where it is or why it is not."""
        try:
            self.save(Path(name))
        except OSError as error:
            self._error.show_error(
                UserFacingError(
                    what=f"The file could not be written: {error.strerror}.",
                    safe="The key still stands above; nothing is lost.",
                    todo="Save it in another place, or print it.",
                )
            )
            return
        self._tell(f"Saved as {name}. Move it away from this computer.")

    def _tell(self, words: str) -> None:
        self._error.clear()
        self._told.setText(words)
        self._told.show()
        self._typed.setFocus()

    def _check(self) -> None:
        typed = self._typed.text().strip().upper()
        if typed == self._key.rsplit("-", maxsplit=1)[-1]:
            self._error.clear()
            self.confirmed.emit()
        else:
            self._error.show_words("That is not the last group of this key. Compare it with the sheet.")
