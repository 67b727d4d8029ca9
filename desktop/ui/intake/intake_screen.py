"""The intake page: every section in one scroll, a rail of what is missing, drafts saved while typing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.document import Document
from desktop.domain.kept_file import ReceivedFile
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.intake.case_edits import AddItem
from desktop.ui.intake.documents_panel import DocumentsPanel
from desktop.ui.intake.draft_desk import DraftDesk, SavingState
from desktop.ui.intake.problem_marks import ProblemMarks
from desktop.ui.intake.section_rail import SectionRail
from desktop.ui.intake.section_view import SectionView
from desktop.ui.intake.sections import SECTIONS
from desktop.ui.scroll_anchor import ScrollAnchor
from desktop.ui.widgets.basics import button, hairline, label, set_role

if TYPE_CHECKING:
    from desktop.domain.determination import Determination

_SHOWS = frozenset({ChangeFlag.CASE, ChangeFlag.DOCUMENTS, ChangeFlag.DETERMINATION})
_ABOVE = 16
"""Room left above a section that was gone to."""
PAGE_WIDTH = 920
"""Widest the page gets at 100 % text; longer lines are hard to read."""


class IntakeScreen(QWidget):
    """The record of a case as a form. Nothing here is lost by closing: drafts are saved while typing."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self.desk = DraftDesk(context, self)
        self.sections = [SectionView(spec, self.desk) for spec in SECTIONS]
        self.rail = SectionRail(context.theme, tuple(spec.title for spec in SECTIONS))
        self.documents_panel = DocumentsPanel(context)
        self.sections[-1].add_below(self.documents_panel, self.documents_panel.paste.area)
        self._saved = label("", "caption", wraps=True)
        self._saved.setAccessibleName("Saved")
        self._save_button = button("Save now", "link")
        self._save_button.hide()
        self.marks = ProblemMarks(context, self.desk, self.sections, self.rail)
        self._veil = label("Drop to add to the record", "title")
        self._lay_out()
        self._is_jumping = False
        self._wait_to_mark = QTimer(self, singleShot=True, interval=60)
        self._connect()
        self.setAcceptDrops(True)
        self.setProperty("role", "page")
        bind(self, self.commands())

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load a case and show it; what was typed into the one before is saved first."""
        self.flush()
        is_other = case_id != self._case_id
        self._case_id = case_id
        if is_other:
            self._saved.setText("")
        services = self._context.services

        def job() -> tuple[Case, Determination]:
            return services.cases.case(case_id), services.determinations.current(case_id)

        self._context.runner.run(job, self._loaded, self._context.notify.failure, key=f"intake-{id(self)}")

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self.desk.save()
        self.documents_panel.flush()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return [
            Command("intake.add", "Add an item to this section", "Ctrl+Return", "add_item", "Intake"),
            Command("intake.next_section", "Go to the next section", "Ctrl+PgDown", "next_section", "Intake"),
            Command(
                "intake.previous_section",
                "Go to the section before",
                "Ctrl+PgUp",
                "previous_section",
                "Intake",
            ),
            Command("intake.next_problem", "Go to the next thing missing", "F8", "next_problem", "Intake"),
            Command("intake.open_files", "Open document files", "Ctrl+O", "open_files", "Intake"),
            Command("intake.save", "Save now", "Ctrl+S", "flush", "Intake"),
        ]

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [self.rail, self._page]

    # Commands

    def add_item(self) -> None:
        """Add the pasted text when the keyboard is in the paste box, else an item to the current section."""
        if self.documents_panel.paste.area.hasFocus():
            self.documents_panel.add_pasted()
            return
        self.sections[self._current_section()].add_item()

    def next_section(self) -> None:
        """Go to the section after the current one."""
        self.go_to(min(len(self.sections) - 1, self._current_section() + 1))

    def previous_section(self) -> None:
        """Go to the section before the current one."""
        self.go_to(max(0, self._current_section() - 1))

    def next_problem(self) -> None:
        """Go to the next field that something is wrong with."""
        self.marks.go_to_next(QApplication.focusWidget())

    def open_files(self) -> None:
        """Choose document files to read."""
        self.documents_panel.choose_files()

    def go_to(self, row: int) -> None:
        """Scroll to a section and put the keyboard into it."""
        self._is_jumping = True
        section = self.sections[row]
        section.focus_first()
        focused = QApplication.focusWidget()
        if focused is None or not section.isAncestorOf(focused):
            self.rail.setFocus()  # a closed section has nothing to type into: the keyboard stays visible
        self._scroll.verticalScrollBar().setValue(max(0, section.y() - _ABOVE))
        self.rail.mark(row)
        self._is_jumping = False

    # Files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and self._case_id:
            event.acceptProposedAction()
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self._veil.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        self._veil.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.documents_panel.read_files(paths)

    # Inside

    def _lay_out(self) -> None:
        theme = self._context.theme
        page = QWidget()
        page.setMaximumWidth(theme.px(PAGE_WIDTH))
        rows = QVBoxLayout(page)
        rows.setContentsMargins(24, 16, 24, 160)
        rows.setSpacing(24)
        for place, section in enumerate(self.sections):
            if place:
                rows.addWidget(hairline())
            rows.addWidget(section)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._scroll.setWidget(page)
        side = QWidget()
        side.setFixedWidth(min(theme.px(190), 300))
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 16, 8, 12)
        column.addWidget(self.rail, 1)
        column.addWidget(self._saved)
        column.addWidget(self._save_button)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(side)
        columns.addWidget(self._scroll, 1)
        self._page, self._side = page, side
        self._anchor = ScrollAnchor(self._scroll, page)
        self._veil.setParent(self)
        self._veil.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._veil.setAutoFillBackground(True)
        self._veil.hide()

    def _connect(self) -> None:
        self.desk.case_shown.connect(self._show)
        self.desk.form_built.connect(self._order_stops)
        self.desk.state_changed.connect(self._show_saving)
        self.documents_panel.document_read.connect(self._add_document)
        self.rail.clicked.connect(self._rail_chosen)
        self.rail.activated.connect(self._rail_chosen)
        self._save_button.clicked.connect(self.flush)
        self._context.refresh.changes_committed.connect(self._committed)
        self._context.theme.changed.connect(self._resize_to_text)
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._wait_to_mark.timeout.connect(self._mark_current)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _loaded(self, found: tuple[Case, Determination]) -> None:
        case, determination = found
        if case.id != self._case_id:
            return
        self.documents_panel.show_case(case.id)
        self.desk.show(case)
        for section in self.sections:
            section.set_closed(determination.is_signed)

    def _show(self, case: Case) -> None:
        for section in self.sections:
            section.show_case(case)
        if self.desk.rows_changed:
            self._order_stops()

    def _order_stops(self) -> None:
        """Qt puts every new widget last in the order of Tab, wherever on the page it stands."""
        self.desk.rows_changed = False
        stops: list[QWidget] = [self.rail, self._save_button]
        for section in self.sections:
            stops.extend(section.stops())
        stops.extend(self.documents_panel.stops())
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is self or not self._case_id:
            return
        if changes.touches(_SHOWS, self._case_id):
            self._reload()

    def _reload(self) -> None:
        case_id, services = self._case_id, self._context.services

        def job() -> tuple[Case, Determination]:
            return services.cases.case(case_id), services.determinations.current(case_id)

        self._context.runner.run(job, self._loaded, self._context.notify.failure, key=f"intake-{id(self)}")

    def _add_document(self, document: Document, file: ReceivedFile | None) -> None:
        self.desk.make(AddItem(("documents",), document, file))
        self.sections[-1].lists[0].open_item(document.id)

    def _show_saving(self, state: SavingState) -> None:
        match state:
            case SavingState.SAVED:
                now = self._context.clock.now().astimezone()
                self._saved.setText(f"Saved {now:%H:%M}")
            case SavingState.TYPING:
                self._saved.setText("Typing…")
            case SavingState.NOT_SAVED:
                count = len(self.desk.unread)
                words = (
                    f"{count} field{'s' if count != 1 else ''} cannot be read" if count else "not saved yet"
                )
                self._saved.setText(f"Not all saved: {words}")
            case SavingState.NOTHING_YET:
                self._saved.setText("")
        set_role(self._saved, "warning" if state is SavingState.NOT_SAVED else "caption")
        self._save_button.setVisible(state is SavingState.NOT_SAVED and not self.desk.unread)

    def _rail_chosen(self, index: QModelIndex) -> None:
        self.go_to(index.row())

    def _scrolled(self, _value: int) -> None:
        if not self._is_jumping:
            self._wait_to_mark.start()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._page.isAncestorOf(now):
            self._wait_to_mark.start()

    def _mark_current(self) -> None:
        focused = QApplication.focusWidget()
        is_seen = (
            focused is not None and self._page.isAncestorOf(focused) and not focused.visibleRegion().isEmpty()
        )
        self.rail.mark(self._current_section() if is_seen else self._section_at_top())

    def _current_section(self) -> int:
        focused = QApplication.focusWidget()
        for row, section in enumerate(self.sections):
            if focused is not None and section.isAncestorOf(focused):
                return row
        return self._section_at_top()

    def _section_at_top(self) -> int:
        top = self._page.mapFrom(self._scroll.viewport(), QPoint(0, 40)).y()
        at = [row for row, section in enumerate(self.sections) if section.y() <= top]
        return at[-1] if at else 0

    def _resize_to_text(self) -> None:
        theme = self._context.theme
        self._page.setMaximumWidth(theme.px(PAGE_WIDTH))
        self._side.setFixedWidth(min(theme.px(190), 300))
