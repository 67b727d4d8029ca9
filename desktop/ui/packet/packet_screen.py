"""The packet tab: what is enclosed, what is blacked out, and the files that leave the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.packet import PORTAL_CAP_BYTES, PacketChoice, PacketPlan, Redaction
from desktop.domain.value import new_id
from desktop.letters.wording import counted, one_line
from desktop.ui.actions import Command
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.letter.case_screen import CaseScreen
from desktop.ui.packet.building_desk import BuildingDesk
from desktop.ui.packet.exhibit_order import by_date, moved
from desktop.ui.packet.exhibit_rows import MISSING, exhibit_rows, how_enclosed
from desktop.ui.packet.packet_commands import packet_commands
from desktop.ui.packet.packet_frame import BUILD, REDACTIONS, WARNINGS, PacketFrame
from desktop.ui.packet.packet_pages import empty_page, missing_page
from desktop.ui.packet.packet_reading import ReadPacket, read_packet
from desktop.ui.packet.page_desk import PageDesk
from desktop.ui.widgets.basics import plain_tooltip

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult
    from desktop.ui.packet.page_canvas import Box


class PacketScreen(CaseScreen):
    """The packet of one case. Choices are stored at once, and can be undone with the case."""

    tab_asked = Signal(object)
    """A `CaseTab` to go to."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: ReadPacket | None = None
        self._wanted_redaction = ""
        self._letter_id = ""
        """The letter chosen to be sent; empty: the one that argues the case."""
        self.frame = PacketFrame(context.theme)
        self.pages = PageDesk(context, self.frame.view, self)
        self.building = BuildingDesk(context, self.frame.build, self)
        self.frame.build.cap.show_value(PORTAL_CAP_BYTES)
        self._connect()
        self._hold(self.frame)

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load the case's packet; what was typed before is saved first."""
        self.flush()
        if case_id != self._case_id:
            self._case_id, self._read, self._letter_id = case_id, None, ""
        self._load()

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self.frame.redactions.flush()
        self._save_pages()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return packet_commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [self.frame.list, self.frame.view, self.frame.side]

    # Documents

    def toggle(self) -> None:
        """Enclose the document in front, or leave it out."""
        choice = self._choice()
        if choice is not None:
            self._choose(choice.model_copy(update={"is_left_out": not choice.is_left_out}))

    def move_up(self) -> None:
        """Move the exhibit before its neighbour."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the exhibit after its neighbour."""
        self._move(1)

    def place_by_date(self) -> None:
        """Let the exhibit stand by its date again."""
        if self._read is not None and (choice := by_date(self._read, self._document_id)) is not None:
            self._choose(choice)

    def next_exhibit(self) -> None:
        """Bring the next document to the front."""
        self._step(1)

    def previous_exhibit(self) -> None:
        """Bring the document before to the front."""
        self._step(-1)

    def choose_pages(self) -> None:
        """Go to the field of the pages that are enclosed."""
        self.frame.panes.show_middle()
        if self.frame.view.pages.isVisible():
            self.frame.view.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def flip(self) -> None:
        """Show the pages instead of the text, or the other way round."""
        self.frame.panes.show_middle()
        self.frame.view.flip()

    # Blacking out

    def blacken(self) -> None:
        """Black out the selected words, or begin an area."""
        self.frame.panes.show_middle()
        self.frame.view.blacken()

    def show_redactions(self) -> None:
        """Show what is blacked out."""
        self.frame.side.show_panel(REDACTIONS, takes_keyboard=True)

    def show_warnings(self) -> None:
        """Show what to look at before sending."""
        self.frame.side.show_panel(WARNINGS)
        self.frame.side.button_of(WARNINGS).setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def build(self) -> None:
        """Build the packet."""
        self.flush()
        self.frame.side.show_panel(BUILD)
        self.building.build()

    def stop(self) -> None:
        """Stop building."""
        self.building.stop()

    def save(self) -> None:
        """Ask where the files go."""
        self.building.ask_for_folder()

    def go_to_letter(self) -> None:
        """Go to the letter."""
        self.flush()
        self.tab_asked.emit(CaseTab.LETTER)

    def go_to_intake(self) -> None:
        """Go to the intake, where documents are added."""
        self.flush()
        self.tab_asked.emit(CaseTab.INTAKE)

    # Loading and showing

    @property
    def _document_id(self) -> str:
        return self.frame.list.current_id if self.frame.list.rows else ""

    def _load(self) -> None:
        self._is_outdated = False
        services, case_id, letter_id = self._context.services, self._case_id, self._letter_id

        def job() -> ReadPacket:
            return read_packet(services, case_id, letter_id)

        self._context.runner.run(job, self._show, self._context.notify.failure, key=f"packet-{id(self)}")

    def _show(self, read: ReadPacket) -> None:
        if read.case.id != self._case_id:
            return
        is_first = self._read is None
        self._read = read
        letter_id = read.letter.id if read.letter else ""
        self.building.show_case(self._case_id, letter_id, is_draft=read.is_draft)
        rows = exhibit_rows(read)
        first = read.plan.exhibits[0].document_id if read.plan.exhibits else ""
        self.frame.list.show_rows(rows, first if is_first else "")
        self.frame.build.show_plan(read)
        self.frame.show_warnings(read.plan.warnings)
        self._show_document()

    def _show_document(self) -> None:
        read, view = self._read, self.frame.view
        if read is None:
            return
        document = read.case.document(self._document_id)
        self.frame.redactions.show_redactions(read, document, self._wanted_redaction)
        self._wanted_redaction = ""
        count = len(read.redactions_of(document.id)) if document is not None else 0
        self.frame.side.set_count(REDACTIONS, count)
        self._show_moves()
        if document is None:
            missing = {f"{MISSING}{item.kind.value}": item for item in read.plan.missing}
            found = missing.get(self._document_id)
            view.show_words(missing_page(found) if found is not None else empty_page())
            return
        exhibit = read.exhibit(document.id)
        title = one_line(document.title) or document.kind.label
        view.title.setText(f"{exhibit.letter} · {title}" if exhibit is not None else title)
        day = document.dated_on.isoformat() if document.dated_on else "undated"
        size = counted(exhibit.page_count, "page") if exhibit is not None else "left out"
        detail = " · ".join((document.kind.label, day, size, how_enclosed(read, document.id)))
        view.detail.setText(detail)
        view.detail.setToolTip(plain_tooltip(detail))
        view.title.setToolTip(plain_tooltip(title))
        view.show_deed(is_enclosed=exhibit is not None)
        if not view.pages.editor.hasFocus():
            view.pages.show_value(read.choice(document.id).pages)
        chosen = read.choice(document.id).pages or tuple(range(1, len(document.page_starts) + 1))
        view.text.show_document(
            document,
            read.redactions_of(document.id),
            read.links_of(document.id),
            chosen if exhibit is not None else (),
        )
        view.show_face(has_pages=read.has_pages(document.id), is_enclosed=exhibit is not None)
        self.pages.show_document(read, document)

    def _show_moves(self) -> None:
        read = self._read
        for button, offset in ((self.frame.up_button, -1), (self.frame.down_button, 1)):
            button.setEnabled(read is not None and bool(moved(read, self._document_id, offset)))

    def _choose_row(self, _document_id: str) -> None:
        self.flush()
        self._show_document()
        self.frame.panes.show_middle()

    def _open_row(self, _document_id: str) -> None:
        self.frame.panes.show_middle()
        self.frame.view.focus_document()

    def _step(self, offset: int) -> None:
        ids = [row.id for row in self.frame.list.rows if not row.is_heading]
        if self._document_id in ids:
            place = ids.index(self._document_id) + offset
            if 0 <= place < len(ids):
                self.frame.list.choose(ids[place])

    # Storing

    def _choice(self) -> PacketChoice | None:
        read, document_id = self._read, self._document_id
        if read is None or read.case.document(document_id) is None:
            return None
        return read.choice(document_id)

    def _choose(self, *choices: PacketChoice) -> None:
        case_id, packets = self._case_id, self._context.services.packets
        # One operation each: a group is reordered by few choices, mostly by one.
        for choice in choices:

            def job(chosen: PacketChoice = choice) -> OperationResult[PacketPlan]:
                return packets.choose(case_id, chosen)

            self._context.commit(job)

    def _move(self, offset: int) -> None:
        if self._read is not None:
            self._choose(*moved(self._read, self._document_id, offset))

    def _choose_letter(self, letter_id: str) -> None:
        self._letter_id = letter_id
        self.building.outdate()
        self._load()

    def _save_pages(self) -> None:
        choice, field = self._choice(), self.frame.view.pages
        if (
            choice is not None
            and field.isVisibleTo(self.frame.view)
            and field.check()
            and field.read() != choice.pages
        ):
            self._choose(choice.model_copy(update={"pages": field.read()}))

    def _pages_left(self, _field: object) -> None:
        self._save_pages()

    def _blacken_words(self, start: int, end: int) -> None:
        self._redact(Redaction(id=new_id(), document_id=self._document_id, start=start, end=end))

    def _blacken_area(self, box: Box) -> None:
        made = Redaction(id=new_id(), document_id=self._document_id, page=self.pages.page, box=box)
        self._redact(made)

    def _redact(self, redaction: Redaction) -> None:
        case_id, packets = self._case_id, self._context.services.packets

        def job() -> OperationResult[PacketPlan]:
            return packets.redact(case_id, redaction)

        def done(_plan: PacketPlan) -> None:
            # Where the list takes the document's turn, the next words to black out would be out of sight.
            if case_id == self._case_id and not self.frame.panes.is_folded:
                self.frame.side.show_panel(REDACTIONS)

        self._wanted_redaction = redaction.id
        self._context.commit(job, done)

    def _unredact(self, redaction_id: str) -> None:
        case_id, packets = self._case_id, self._context.services.packets

        def job() -> OperationResult[PacketPlan]:
            return packets.unredact(case_id, redaction_id)

        self._context.commit(job)

    def _show_redaction(self, redaction_id: str) -> None:
        read, view = self._read, self.frame.view
        item = next((one for one in read.redactions if one.id == redaction_id), None) if read else None
        if item is None:
            return
        if item.start is not None and item.end is not None:
            if view.is_page:
                view.flip()
            view.text.select(item.start, item.end)
        elif item.page is not None:
            if not view.is_page:
                view.flip()
            self.pages.go_to(item.page)

    def _nothing_selected(self) -> None:
        self._context.notify.info(
            "Select the words to be blacked out first: with the mouse, or Shift and arrows."
        )

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self and self._case_id and changes.touches(self.depends, self._case_id):
            self.building.outdate()
        super()._committed(changes, initiator)

    def _connect(self) -> None:
        frame, view = self.frame, self.frame.view
        frame.list.row_chosen.connect(self._choose_row)
        frame.list.row_opened.connect(self._open_row)
        frame.list.toggled.connect(self.toggle)
        frame.up_button.clicked.connect(self.move_up)
        frame.down_button.clicked.connect(self.move_down)
        frame.intake_button.clicked.connect(self.go_to_intake)
        view.toggle_button.clicked.connect(self.toggle)
        view.face_changed.connect(self._show_document)
        view.page_stepped.connect(self.pages.step)
        view.pages.left.connect(self._pages_left)
        view.pages.line.returnPressed.connect(self._save_pages)
        view.text.blacken_wanted.connect(self._blacken_words)
        view.text.take_back_wanted.connect(self._unredact)
        view.text.nothing_selected.connect(self._nothing_selected)
        view.canvas.area_drawn.connect(self._blacken_area)
        frame.redactions.chosen.connect(self._show_redaction)
        frame.redactions.take_back_wanted.connect(self._unredact)
        frame.redactions.reason_typed.connect(self._redact)
        frame.build.build_wanted.connect(self.build)
        frame.build.stop_wanted.connect(self.stop)
        frame.build.save_wanted.connect(self.save)
        frame.build.letter_wanted.connect(self.go_to_letter)
        frame.build.letter_chosen.connect(self._choose_letter)
