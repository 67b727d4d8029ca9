"""The desk: find a case, see what it needs, open it; it must not edit one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.worklist import WorklistOrder, WorklistQuery, WorklistRow
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.widgets.basics import button, label
from desktop.ui.worklist.delegate import WorklistDelegate
from desktop.ui.worklist.letters_place import MOST_LETTERS, LettersPlace
from desktop.ui.worklist.model import WorklistModel
from desktop.ui.worklist.preview import CasePreview, Previewed
from desktop.ui.worklist.sample import open_sample
from desktop.ui.worklist.views import VIEWS, SavedView, emptiness

PAGE = 200
_WIDTH_FOR_PREVIEW = 840
_DEPENDS = frozenset({ChangeFlag.CASE_LIST, ChangeFlag.CASE, ChangeFlag.DETERMINATION, ChangeFlag.LETTER})


class WorklistScreen(QWidget):
    """Saved views, the list by due week, and a preview of the selected case."""

    case_opened = Signal(str)
    case_begun = Signal(str)
    """A new case, in which there is nothing yet to review."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_stale = True
        self._offset = 0
        self._wanted_case = ""
        self._model = WorklistModel(self)
        self._model.set_private(context.preferences.settings.privacy_mode)
        self._model.more_wanted.connect(self._load_more)
        self._views = self._make_views()
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Filter by number, payer or service")
        self._filter.setAccessibleName("Filter the cases")
        self._filter.setClearButtonEnabled(True)
        self._list = self._make_list()
        self._preview = CasePreview(context.theme)
        self._preview.hide()  # until there is room: a window is never made wider for it
        self._preview.open_requested.connect(self.open_selected)
        self._empty_title = label("", "heading", wraps=True)
        self._empty_text = label("", "muted", wraps=True)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._list)
        self._middle.addWidget(self._make_empty())
        self._lay_out()
        self._filter_timer = self._timer(150, self.reload)
        self._preview_timer = self._timer(40, self._load_preview)
        self._filter.textChanged.connect(self._filter_timer.start)
        self._filter.returnPressed.connect(self.focus_list)
        self._views.currentRowChanged.connect(self.reload)
        self._list.selectionModel().currentChanged.connect(self._selection_changed)
        self._list.activated.connect(self.open_selected)
        context.refresh.changes_committed.connect(self._on_changes)
        context.preferences.changed.connect(self._on_preferences)
        bind(self, self.commands())

    def commands(self) -> list[Command]:
        """What can be done on the desk."""
        return [
            Command("desk.open", "Open the selected case", "Return", "open_selected", "Desk", is_bound=False),
            Command("desk.filter", "Filter the cases", "Ctrl+F", "focus_filter", "Desk"),
            Command(
                "desk.letters",
                "Print or save the letters of the chosen cases, or of all in this view",
                "Ctrl+Shift+P",
                "print_letters",
                "Desk",
            ),
            Command("desk.privacy", "Mask or show identifiers", "Ctrl+Shift+M", "toggle_privacy", "Desk"),
        ]

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        if self.place.front is not None:
            return [self.place.front]
        return [self._views, self._filter, self._list, self._preview]

    def flush(self) -> None:
        """Nothing is typed here that would be lost."""

    def reload(self) -> None:
        """Read the first page of the current view again."""
        self._is_stale = False
        self._offset = 0
        if not self._wanted_case:
            row = self._model.row_at(self._list.currentIndex())
            self._wanted_case = row.case_id if row else ""
        self._context.runner.run(
            partial(self._context.services.cases.worklist, self._query(0)), self._show_first, key="desk.page"
        )

    def select(self, case_id: str) -> None:
        """Select a case, at once or as soon as its line has been read."""
        self._wanted_case = case_id
        self._restore_selection()

    def open_selected(self) -> None:
        """Open the selected case."""
        row = self._model.row_at(self._list.currentIndex())
        if row is not None:
            self.case_opened.emit(row.case_id)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def focus_list(self) -> None:
        """Put the keyboard into the list, of the letters where those are in front."""
        letters = self.place.front
        target = letters.cases if letters is not None else self._list
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_letters(self) -> None:
        """Show the letters of the chosen cases to print or save; of a single one chosen, of all in the view."""
        rows = [row for index in self._list.selectedIndexes() if (row := self._model.row_at(index))]
        if len(rows) > 1:
            # The order on the screen, not that of choosing.
            self.place.show_letters(sorted(rows, key=self._place_of), are_chosen=True)
        else:
            self._context.runner.run(self._read_view, self.place.show_letters, self._context.notify.failure)

    def open_sample_case(self) -> None:
        """Store the shipped sample case, or open it when it is stored already."""
        self._context.commit(
            partial(open_sample, self._context.services), self._opened, initiator=self, key="desk.sample"
        )

    def new_case(self) -> None:
        """Open an empty draft."""
        self._context.commit(self._context.services.cases.new_case, self._begun, initiator=self)

    def toggle_privacy(self) -> None:
        """Mask or show identifiers in lists."""
        preferences = self._context.preferences
        preferences.update(privacy_mode=not preferences.settings.privacy_mode)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where large text leaves little room, the list needs it more than the preview does.
        self._preview.setVisible(self.width() >= self._context.theme.px(_WIDTH_FOR_PREVIEW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._filter.text():
            self._filter.clear()
            self.focus_list()
            return
        if event.key() == Qt.Key.Key_Down and self._filter.hasFocus():
            self.focus_list()
            return
        super().keyPressEvent(event)

    # Making

    def _make_views(self) -> QListWidget:
        made = QListWidget()
        made.setProperty("role", "rail")
        made.setAccessibleName("Saved views")
        for view in VIEWS:
            QListWidgetItem(view.title, made)
        made.setCurrentRow(0)
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self._model)
        made.setItemDelegate(WorklistDelegate(self._context.theme, self._model, made))
        made.setAccessibleName("Cases")
        made.setMouseTracking(True)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        # Several for their letters; opening and the preview are about the one with the keyboard.
        made.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        return made

    def _make_empty(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "surface")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(12)
        self._sample_button = button("Open the sample case", "primary")
        self._sample_button.clicked.connect(self.open_sample_case)
        self._new_button = button("New case")
        self._new_button.clicked.connect(self.new_case)
        row = QHBoxLayout()
        row.addWidget(self._sample_button)
        row.addWidget(self._new_button)
        row.addStretch(1)
        column.addStretch(1)
        column.addWidget(self._empty_title)
        column.addWidget(self._empty_text)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _lay_out(self) -> None:
        theme = self._context.theme
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.addWidget(self._filter, 1)
        fresh = button("New case", "primary")
        fresh.clicked.connect(self.new_case)
        top.addWidget(fresh)
        column.addLayout(top)
        column.addWidget(self._middle, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        for part, stretch in ((self._views, 0), (middle, 1), (self._preview, 0)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(self._splitter.count() - 1, stretch)
        self._views.setMinimumWidth(theme.px(120))
        self._preview.setMinimumWidth(theme.px(200))
        self._splitter.setSizes([theme.px(164), theme.px(764), theme.px(272)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(8))
        self.place = LettersPlace(self._context, self._splitter)
        self.place.left.connect(self.focus_list)
        outer.addWidget(self.place)

    def _timer(self, interval_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)  # pyright: ignore[reportArgumentType]
        return timer

    # Reading

    @property
    def _view(self) -> SavedView:
        return VIEWS[max(self._views.currentRow(), 0)]

    def _query(self, offset: int) -> WorklistQuery:
        return WorklistQuery(
            statuses=self._view.statuses,
            text=self._filter.text().strip(),
            is_waiting=self._view.is_waiting,
            order=WorklistOrder.DUE if self._view.is_waiting else WorklistOrder.DEADLINE,
            limit=PAGE,
            offset=offset,
        )

    def _kept(self, rows: tuple[WorklistRow, ...]) -> tuple[list[WorklistRow], bool]:
        """The rows that belong to the view, and whether everything has been read."""
        today = self._context.clock.today()
        kept = [row for row in rows if self._view.covers(row, today)]
        return kept, len(rows) < PAGE or self._view.is_past(rows[-1], today)

    def _show_first(self, rows: tuple[WorklistRow, ...]) -> None:
        kept, is_complete = self._kept(rows)
        self._offset = len(rows)
        self._model.show_first_page(
            kept,
            self._context.clock.today(),
            is_complete=is_complete,
            is_waiting=self._view.is_waiting,
        )
        is_empty = not kept and is_complete
        self._middle.setCurrentIndex(1 if is_empty else 0)
        if is_empty:
            self._explain_emptiness()
        if not kept and not is_complete:
            self._load_more()
        self._restore_selection()

    def _load_more(self) -> None:
        self._context.runner.run(
            partial(self._context.services.cases.worklist, self._query(self._offset)),
            self._show_more,
            key="desk.page",
        )

    def _read_view(self) -> list[WorklistRow]:
        """Every case of the view, as far as letters of so many are printed in one go."""
        today, view = self._context.clock.today(), self._view
        query = replace(self._query(0), limit=MOST_LETTERS)
        return [row for row in self._context.services.cases.worklist(query) if view.covers(row, today)]

    def _place_of(self, row: WorklistRow) -> int:
        return self._model.index_of(row.case_id).row()

    def _show_more(self, rows: tuple[WorklistRow, ...]) -> None:
        kept, is_complete = self._kept(rows)
        self._offset += len(rows)
        self._model.add_page(kept, is_complete=is_complete)
        if not kept and not is_complete:
            self._load_more()
        elif self._model.rowCount() == 0:
            self._middle.setCurrentIndex(1)
            self._explain_emptiness()

    def _explain_emptiness(self) -> None:
        title, words, is_bare = emptiness(self._view, is_filtered=bool(self._filter.text().strip()))
        self._empty_title.setText(title)
        self._empty_text.setText(words)
        self._sample_button.setVisible(is_bare)
        self._new_button.setVisible(is_bare)
        self._preview.clear()

    def _restore_selection(self) -> None:
        index = self._model.index_of(self._wanted_case)
        if index.isValid():
            self._wanted_case = ""
        else:
            index = self._list.currentIndex()
            index = index if index.isValid() else self._model.first_case()
        self._list.setCurrentIndex(index)
        self._preview_timer.start()

    def _selection_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._preview_timer.start()

    def _load_preview(self) -> None:
        row = self._model.row_at(self._list.currentIndex())
        if row is None:
            self._preview.clear()
            return
        self._context.runner.run(
            partial(self._read_preview, row.case_id, row.open_count), self._show_preview, key="desk.preview"
        )

    def _read_preview(self, case_id: str, open_count: int) -> Previewed:
        services = self._context.services
        return Previewed(services.cases.case(case_id), services.determinations.current(case_id), open_count)

    def _show_preview(self, previewed: Previewed) -> None:
        row = self._model.row_at(self._list.currentIndex())
        if row is not None and row.case_id == previewed.case.id:
            today = self._context.clock.today()
            self._preview.show_case(previewed, today, is_private=self._model.is_private)

    # Reacting

    def _opened(self, case: Case) -> None:
        self._wanted_case = case.id
        self.case_opened.emit(case.id)

    def _begun(self, case: Case) -> None:
        self._wanted_case = case.id
        self.case_begun.emit(case.id)

    def _on_changes(self, changes: Changes, initiator: object) -> None:
        if not changes.touches(_DEPENDS, None):
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True

    def _on_preferences(self) -> None:
        is_private = self._context.preferences.settings.privacy_mode
        if is_private != self._model.is_private:
            self._model.set_private(is_private)
            self._preview_timer.start()
