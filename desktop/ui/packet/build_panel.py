"""Building the packet: with which letter and how large, how far it is, what came of it; it builds nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterState
from desktop.domain.packet import BuiltPacket
from desktop.letters.wording import counted, listed
from desktop.ui.chips import ChipRow
from desktop.ui.forms import ChoiceField, LineField
from desktop.ui.letter.two_line_list import ListRow, TwoLineList
from desktop.ui.packet.file_size import megabytes, read_megabytes, show_megabytes
from desktop.ui.packet.packet_reading import ReadPacket
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header
from desktop.ui.widgets.state_badge import StateVisual

_FILE = StateVisual("Built", "check", "met", "met_soft")
_DRAFT = StateVisual("Draft", "ring", "unclear", "unclear_soft")
_MOST_ROWS = 5


class BuildPanel(QWidget):
    """Says what will be built, shows how far it is, and lists the files."""

    build_wanted = Signal()
    stop_wanted = Signal()
    save_wanted = Signal()
    letter_wanted = Signal()
    letter_chosen = Signal(str)
    """Another letter is to be sent with the exhibits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_draft = False
        self.letter = ChoiceField("Sent with", [])
        self.what = label("", wraps=True)
        self.draft = label("", "warning", wraps=True)
        self.letter_button = button("Go to the letter", "link")
        self.cap = LineField("Largest file, in MB", read_megabytes, show_megabytes)
        self.cap.set_hint(
            "Many portals take 10 MB; a larger packet is divided between exhibits. Empty: one file."
        )
        self.build_button = button("Build the packet", "primary")
        self.stop_button = button("Stop")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How much of the packet is built")
        self.state = label("", "muted", wraps=True)
        self.error = label("", "error", wraps=True)
        self.help = label("", wraps=True)
        self.files = TwoLineList(theme, "Files of the packet")
        self.proof = label("", "ok", wraps=True)
        self.notices = label("", "warning", wraps=True)
        self.save_button = button("Save to a folder…", "primary")
        self._lay_out(theme)
        self.build_button.clicked.connect(self.build_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.letter_button.clicked.connect(self.letter_wanted)
        self.letter.edited.connect(self._letter_edited)
        self.show_nothing()

    def show_plan(self, read: ReadPacket) -> None:
        """Say what the packet will hold."""
        letter, plan = read.letter, read.plan
        self.letter.set_choices([(item.id, _letter_words(item)) for item in read.letters])
        self.letter.show_value(letter.id if letter is not None else None)
        self.letter.setVisible(len(read.letters) > 1)
        pages = sum(item.page_count for item in plan.exhibits)
        exhibits = f"{counted(len(plan.exhibits), 'exhibit')}, {counted(pages, 'page')}"
        self._is_draft = read.is_draft
        self.build_button.setEnabled(letter is not None)
        if letter is None:
            self.what.setText(
                f"No letter is composed yet: the packet is sent with one. {exhibits} are ready."
            )
        else:
            parts = [f"{letter.kind.label} with {exhibits}"]
            if plan.redactions:
                parts.append(f"{counted(plan.redactions, 'redaction')} burned in")
            self.what.setText(f"{', '.join(parts)}; cover, index and page stamps are added.")
        self.draft.setText(
            "! The letter is not issued yet: this packet is marked DRAFT. Issue the letter before anything is sent."
        )
        self.draft.setVisible(read.is_draft)
        self.letter_button.setVisible(letter is None or read.is_draft)

    def show_nothing(self, words: str = "") -> None:
        """Nothing is built."""
        self._show(words=words)

    def show_progress(self, percent: int) -> None:
        """Show how far it is."""
        self.progress.setValue(percent)
        self._show(words=f"Building… {percent} %", is_building=True)

    def show_failure(self, error: UserFacingError) -> None:
        """Say what kept it from being built, and what to do."""
        self.error.setText(f"× {error.what}")
        self.help.setText(f"{error.safe} {error.todo}")
        self._show(is_failed=True)

    def show_built(self, built: BuiltPacket) -> None:
        """List the files, and what was proven."""
        badge = _DRAFT if self._is_draft else _FILE
        self.files.show_rows(
            [
                ListRow(
                    str(place),
                    file.name,
                    f"{counted(file.page_count, 'page')} · {megabytes(len(file.content))}"
                    + _exhibits(file.exhibits),
                    badge,
                )
                for place, file in enumerate(built.files)
            ]
        )
        self.files.setFixedHeight(self.files.wanted_height(_MOST_ROWS))
        self.proof.setText(proof_words(built))
        self.notices.setText("\n".join(f"! {item}" for item in built.notices))
        self._show(words=f"Built: {counted(built.page_count, 'page')}.", is_built=True)

    def _letter_edited(self, _field: object) -> None:
        self.letter_chosen.emit(str(self.letter.read()))

    def _show(
        self, *, words: str = "", is_building: bool = False, is_failed: bool = False, is_built: bool = False
    ) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.progress.setVisible(is_building)
        self.stop_button.setVisible(is_building)
        self.build_button.setVisible(not is_building)
        self.error.setVisible(is_failed)
        self.help.setVisible(is_failed)
        self.files.setVisible(is_built)
        self.proof.setVisible(is_built and bool(self.proof.text()))
        self.notices.setVisible(is_built and bool(self.notices.text()))
        self.save_button.setVisible(is_built)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(section_header("The packet"))
        column.addWidget(self.letter)
        column.addWidget(self.what)
        column.addWidget(self.draft)
        links = ChipRow()
        links.flow.addWidget(self.letter_button)
        column.addWidget(links)
        column.addWidget(self.cap)
        deeds = ChipRow()
        deeds.flow.addWidget(self.build_button)
        deeds.flow.addWidget(self.stop_button)
        column.addWidget(deeds)
        column.addWidget(self.progress)
        column.addWidget(self.state)
        column.addWidget(self.error)
        column.addWidget(self.help)
        column.addWidget(self.files)
        column.addWidget(self.proof)
        column.addWidget(self.notices)
        saving = ChipRow()
        saving.flow.addWidget(self.save_button)
        column.addWidget(saving)
        column.addStretch(1)


def _letter_words(letter: Letter) -> str:
    """`First-level appeal, issued 2026-11-22`: there may be several of a kind."""
    if letter.state is not LetterState.ISSUED:
        return f"{letter.kind.label}, draft"
    day = f" {letter.issued_at:%Y-%m-%d}" if letter.issued_at is not None else ""
    return f"{letter.kind.label}, issued{day}"


def _exhibits(letters: tuple[str, ...]) -> str:
    """` · exhibits A to M`: they are in order, without a gap."""
    if not letters:
        return ""
    return f" · exhibit {letters[0]}" if len(letters) == 1 else f" · exhibits {letters[0]} to {letters[-1]}"


def proof_words(built: BuiltPacket) -> str:
    """What reading the built packet again says of what was blacked out."""
    if not built.proofs:
        return ""
    pages = sorted({item.packet_page for item in built.proofs})
    count = len({item.redaction_id for item in built.proofs})
    verb = "was" if count == 1 else "were"
    where = listed(str(page) for page in pages)
    return (
        f"✓ {counted(count, 'redaction')} {verb} proven: the built files were read again, and on packet page"
        f"{'' if len(pages) == 1 else 's'} {where} none of the words is left and every place is solid black."
    )
