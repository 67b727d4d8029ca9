"""What the three shelves of the library share: list and page, keys, reading anew; it knows no kind of entry."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.domain.changes import ChangeFlag, Changes
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.library.page import Page
from desktop.ui.library.row_frame import ShelfFrame


class LibraryShelf(QWidget):
    """A frame with entries left and the page right. `depends`: what has to change for the shelf to be read anew."""

    def __init__(
        self,
        context: UiContext,
        frame: ShelfFrame,
        entries: QListView,
        commands: Sequence[Command],
        depends: frozenset[ChangeFlag],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._common, self._entries = frame, entries
        self._commands = commands
        self._depends = depends
        self._is_stale = True
        self._is_elsewhere = False
        """Whether a report is in front, and not the entry itself."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self._actions: list[QAction] = bind(self, commands)
        frame.search.returnPressed.connect(self.focus_list)
        context.refresh.changes_committed.connect(self._on_changes)

    @property
    @abstractmethod
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""

    @abstractmethod
    def reload(self) -> None:
        """Read the shelf again."""

    @abstractmethod
    def go_back(self) -> None:
        """From a report to the entry; then from a search to all entries."""

    @property
    def may_go_back(self) -> bool:
        """Whether Escape means something here."""
        return self._is_elsewhere or bool(self._common.search.text())

    def commands(self) -> list[tuple[Command, QWidget]]:
        """What can be done here, each with who does it."""
        return [(item, self) for item in self._commands]

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return self._common.panes()

    def flush(self) -> None:
        """Keep what is typed and not saved."""

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        target = self._entries if self._entries.isVisible() else self._common.search
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the keyboard into the search."""
        self._common.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._common.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; Down leaves the search."""
        if event.key() == Qt.Key.Key_Escape and self.may_go_back:
            self.go_back()
        elif event.key() == Qt.Key.Key_Down and self._common.search.hasFocus():
            self.focus_list()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the shelf was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._reload()

    @property
    def _may_write(self) -> bool:
        return not self._context.services.is_read_only

    def _reload(self) -> None:
        self._is_stale = False
        self.reload()

    def _read_page(self, job: Callable[[], Page], key: str) -> None:
        self._context.runner.run(job, self._show_page, self._context.notify.failure, key=key)

    def _show_page(self, page: Page) -> None:
        """Put a report in front."""
        self._is_elsewhere = True
        self._stand_aside()
        self._common.page.show_page(page)
        self._common.show_page_sheet()
        self._common.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_aside(self) -> None:
        """What belongs to the entry goes from sight."""

    def _on_changes(self, changes: Changes, initiator: object) -> None:
        if not changes.flags & self._depends:
            return
        if self.isVisible():
            self._reload()
        else:
            self._is_stale = True
