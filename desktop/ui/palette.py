"""The command palette: every command and every case by name; it must do nothing that has no command of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.worklist import WorklistQuery, WorklistRow
from desktop.ui.actions import OwnedCommand
from desktop.ui.context import UiContext
from desktop.ui.overlay import Overlay
from desktop.ui.widgets.basics import label
from desktop.ui.worklist.views import service_text

_TARGET = int(Qt.ItemDataRole.UserRole)
_MOST_CASES = 8


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether every typed word begins a word of the text, in any order."""
    parts = text.lower().replace("/", " ").replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)


class CommandPalette(Overlay):
    """Type to narrow, arrows to choose, Enter to run. The key of each command stands beside it."""

    case_chosen = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, 620, 420)
        self._context = context
        self._commands: list[OwnedCommand] = []
        self.setAccessibleName("Command palette")
        self._field = QLineEdit()
        self._field.setPlaceholderText("Type a command, a case number, a payer or a service")
        self._field.setAccessibleName("Search commands and cases")
        self._list = QListWidget()
        self._list.setAccessibleName("Matching commands and cases")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._field)
        self._nothing = label("Nothing matches.", "muted")
        column.addWidget(self._nothing)
        column.addWidget(self._list, 1)
        self._field.textChanged.connect(self._narrow)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._run_item)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(120)
        self._search_timer.timeout.connect(self._search)

    def offer(self, commands: Sequence[OwnedCommand]) -> None:
        """Open with these commands."""
        self._commands = [owned for owned in commands if owned.command.handler_name]
        self._field.clear()
        self._narrow()
        self.open()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._steer(event)
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        count = self._list.count()
        match event.key():
            case Qt.Key.Key_Down if count:
                self._list.setCurrentRow(min(self._list.currentRow() + 1, count - 1))
            case Qt.Key.Key_Up if count:
                self._list.setCurrentRow(max(self._list.currentRow() - 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                item = self._list.currentItem()
                if self._list.currentRow() >= 0:
                    self._run_item(item)
            case _:
                return False
        return True

    def _narrow(self) -> None:
        words = self._field.text().lower().replace("-", " ").split()
        self._list.clear()
        for owned in self._commands:
            if matches(f"{owned.command.group} {owned.command.text}", words):
                key = f"    {owned.command.key_text}" if owned.command.shortcut else ""
                item = QListWidgetItem(f"{owned.command.text}{key}", self._list)
                item.setData(_TARGET, owned)
        self._list.setCurrentRow(0 if self._list.count() else -1)
        self._nothing.setVisible(not self._list.count())
        if words:
            self._search_timer.start()
        else:
            self._search_timer.stop()
            self._context.runner.forget("palette.cases")

    def _search(self) -> None:
        query = WorklistQuery(text=self._field.text().strip(), limit=_MOST_CASES)
        self._context.runner.run(
            partial(self._context.services.cases.worklist, query), self._show_cases, key="palette.cases"
        )

    def _show_cases(self, rows: tuple[WorklistRow, ...]) -> None:
        for row in rows:
            item = QListWidgetItem(f"Case {row.number}  ·  {service_text(row)}", self._list)
            item.setData(_TARGET, row.case_id)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        self._nothing.setVisible(not self._list.count())

    def _run_item(self, item: QListWidgetItem) -> None:
        target: object = item.data(_TARGET)
        self.dismiss()
        if isinstance(target, OwnedCommand):
            target.run()
        elif isinstance(target, str):
            self.case_chosen.emit(target)
