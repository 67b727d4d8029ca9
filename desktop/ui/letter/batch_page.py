"""Letters of many cases at once: which, onto what, how far it is and what went wrong; it prints nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.case import CaseStatus
from desktop.domain.worklist import WorklistRow
from desktop.ui.chips import ChipRow
from desktop.ui.forms import ChoiceField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header
from desktop.ui.worklist.views import service_text

FOLDER = ""
"""Stands for files in a folder, where a printer's name is meant."""
_CASE = Qt.ItemDataRole.UserRole + 1


class BatchPage(QWidget):
    """Cases to tick with the space bar, and one button."""

    start_wanted = Signal()
    stop_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases = QListWidget()
        self.cases.setAccessibleName("Cases to print")
        self.cases.setUniformItemSizes(True)
        self.cases.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.cases.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.target = ChoiceField("Onto", [(FOLDER, "PDF files in a folder")])
        self.start_button = button("Start", "primary")
        self.stop_button = button("Stop")
        self.all_button = button("Tick all or none", "link")
        self.back_button = button("← Back", "quiet")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far it is")
        self.told = label("", "muted", wraps=True)
        self._trouble = section_header("Not printed")
        self.report = QListWidget()
        self.report.setAccessibleName("What was not printed, and why")
        self.report.setWordWrap(True)
        self._lay_out(theme)
        self.start_button.clicked.connect(self.start_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.back_button.clicked.connect(self.back_wanted)
        self.all_button.clicked.connect(self._tick_all)
        self.cases.itemChanged.connect(self._count)
        self.show_idle("")

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Id and number of every ticked case."""
        return [
            (str(item.data(_CASE)), str(item.data(_CASE + 1)))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def show_cases(self, rows: Sequence[WorklistRow], *, are_chosen: bool = False) -> None:
        """Show cases: ticked those with an issued letter, or all where the reviewer has chosen them before."""
        self.cases.blockSignals(True)
        self.cases.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.number}   {row.payer or 'No payer recorded'} · {service_text(row)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = are_chosen or row.status is CaseStatus.LETTER_ISSUED
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setData(_CASE, row.case_id)
            item.setData(_CASE + 1, row.number)
            self.cases.addItem(item)
        self.cases.blockSignals(False)
        if rows:
            self.cases.setCurrentRow(0)
        self.report.clear()
        self._show_trouble()
        printers = [(name, name) for name in QPrinterInfo.availablePrinterNames()]
        self.target.set_choices([*printers, (FOLDER, "PDF files in a folder")])
        self._count()

    def show_running(self, done: int, count: int) -> None:
        """Show how far it is; nothing can be changed meanwhile."""
        self.progress.setRange(0, count)
        self.progress.setValue(done)
        self.told.setText(f"{done} of {count}")
        self._set_running(True)

    def show_idle(self, words: str) -> None:
        """Show what came of it."""
        self.told.setText(words)
        self._set_running(False)

    def add_trouble(self, number: str, sentence: str) -> None:
        """Say what was not printed, and why."""
        self.report.addItem(f"{number}: {sentence}")
        self._show_trouble()

    def begin(self) -> None:
        """Nothing has gone wrong yet."""
        self.report.clear()
        self._show_trouble()

    def _set_running(self, is_running: bool) -> None:
        self.progress.setVisible(is_running)
        self.stop_button.setVisible(is_running)
        self.start_button.setVisible(not is_running)
        for part in (self.cases, self.target, self.all_button):
            part.setEnabled(not is_running)

    def _show_trouble(self) -> None:
        has_any = self.report.count() > 0
        self._trouble.setVisible(has_any)
        self.report.setVisible(has_any)

    def _count(self) -> None:
        count = len(self.chosen)
        self.start_button.setText(f"Start: {count} {'case' if count == 1 else 'cases'}")
        self.start_button.setEnabled(count > 0)

    def _tick_all(self) -> None:
        items = self._items()
        are_all = all(item.checkState() is Qt.CheckState.Checked for item in items)
        for item in items:
            item.setCheckState(Qt.CheckState.Unchecked if are_all else Qt.CheckState.Checked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.cases.item(row) for row in range(self.cases.count())]

    def _lay_out(self, theme: Theme) -> None:
        px = theme.px
        inner = QWidget()
        # With large text in a small window the parts would squeeze each other: then the page scrolls.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.cases.setMinimumHeight(px(120))
        self.target.setMaximumWidth(px(420))
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(px(16), px(8), px(16), px(16))
        rows.setSpacing(px(8))
        rows.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(label("Letters of many cases", "heading"))
        words = "The latest paper of every ticked case: an issued one as it was sealed, a draft marked as a draft."
        rows.addWidget(label(words, "muted", wraps=True))
        rows.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.cases, 3)
        rows.addWidget(self.target)
        deeds = ChipRow()
        for item in (self.start_button, self.stop_button):
            deeds.flow.addWidget(item)
        rows.addWidget(deeds)
        rows.addWidget(self.progress)
        rows.addWidget(self.told)
        rows.addWidget(self._trouble)
        rows.addWidget(self.report, 2)
