"""The papers of a case and the kinds that can be begun; it composes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain.audience import Audience
from desktop.domain.letter import Letter, LetterKind, LetterState
from desktop.ui.chips import Chip, ChipRow
from desktop.ui.letter.paper_words import kind_rows, paper_rows
from desktop.ui.letter.two_line_list import TwoLineList
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header

_EMPTY = (
    "Every paper is composed from the determination, the criteria and the words you linked. "
    "Each sentence keeps its source, and every block can be rewritten."
)


class PapersPage(QWidget):
    """Left what there is, right what can be begun. Enter opens or composes."""

    paper_wanted = Signal(str)
    discard_wanted = Signal()
    """The chosen paper is a draft that is to be thrown away."""
    compose_wanted = Signal(object, object)
    """(`LetterKind`, `Audience`)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters: tuple[Letter, ...] = ()
        self.papers = TwoLineList(theme, "Papers of this case")
        self.kinds = TwoLineList(theme, "Kinds of paper")
        self.compose_button = button("Compose letter", "primary")
        self.open_button = button("Open")
        self.discard_button = button("Throw the draft away", "link")
        self.stationery_button = button("Change the stationery…", "link")
        self.many_button = button("Print letters of many cases…", "link")
        self._nothing = label(_EMPTY, "muted", wraps=True)
        self._begin = label("Begin a paper", "heading")
        self._for = section_header("Written for")
        self._readers = self._make_readers()
        self._lay_out()
        for part in (self.open_button, self.discard_button):
            part.hide()  # until the papers are read there is none to open
        self.papers.row_opened.connect(self.paper_wanted)
        self.open_button.clicked.connect(self._open)
        self.papers.row_chosen.connect(self._offer_discard)
        self.discard_button.clicked.connect(self.discard_wanted)
        self.kinds.row_chosen.connect(self._describe)
        self.kinds.row_opened.connect(self._compose)
        self.compose_button.clicked.connect(self._compose)

    def show_papers(self, letters: Sequence[Letter], current: str) -> None:
        """Show the papers of a case, and which kinds have a draft already."""
        self._letters = tuple(letters)
        self.papers.show_rows(paper_rows(letters), current)
        has_any = bool(letters)
        for part in (self.papers, self.open_button):
            part.setVisible(has_any)
        self._offer_discard()
        self._nothing.setVisible(not has_any)
        self._begin.setText("Begin another" if has_any else "Begin a paper")
        self.kinds.show_rows(kind_rows(letters), self.kinds.current_id or LetterKind.FIRST_LEVEL.value)
        self._describe()

    @property
    def current(self) -> Letter | None:
        """The paper that is chosen in the list."""
        return next((letter for letter in self._letters if letter.id == self.papers.current_id), None)

    @property
    def kind(self) -> LetterKind:
        """The kind that is chosen."""
        return LetterKind(self.kinds.current_id or LetterKind.FIRST_LEVEL.value)

    @property
    def audience(self) -> Audience:
        """The reader that is chosen; the medical director where the kind leaves no choice."""
        if self.kind is LetterKind.PATIENT:
            return Audience.PATIENT
        is_open = self.kind is LetterKind.OPINION
        return next(
            (reader for reader, chip in self.readers.items() if is_open and chip.isChecked()),
            Audience.MEDICAL_DIRECTOR,
        )

    def focus_start(self) -> None:
        """Put the keyboard where the next step is: the papers, or without one the button that composes."""
        target = self.papers if self._letters else self.compose_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_readers(self) -> ChipRow:
        row = ChipRow()
        self.readers: dict[Audience, Chip] = {}
        for reader in Audience:
            chip = Chip(reader.label)
            chip.setAutoExclusive(True)
            chip.setAccessibleName(f"Written for: {reader.label}")
            chip.setChecked(reader is Audience.MEDICAL_DIRECTOR)
            row.flow.addWidget(chip)
            self.readers[reader] = chip
        return row

    def _lay_out(self) -> None:
        px = self._theme.px
        left, right = QWidget(), QWidget()
        have = QVBoxLayout(left)
        have.setContentsMargins(px(16), px(16), px(8), px(16))
        have.setSpacing(px(8))
        have.addWidget(label("Papers of this case", "heading"))
        have.addWidget(self._nothing)
        have.addWidget(self.papers, 1)
        deeds = ChipRow()
        deeds.flow.addWidget(self.open_button)
        deeds.flow.addWidget(self.discard_button)
        have.addWidget(deeds)
        have.addWidget(self.stationery_button, 0, Qt.AlignmentFlag.AlignLeft)
        have.addWidget(self.many_button, 0, Qt.AlignmentFlag.AlignLeft)
        # Keeps the words at the top while there is no list that would fill the column.
        have.addStretch(0)
        new = QVBoxLayout(right)
        new.setContentsMargins(px(16), px(16), px(16), px(16))
        new.setSpacing(px(8))
        new.addWidget(self._begin)
        new.addWidget(self.kinds, 1)
        new.addWidget(self._for)
        new.addWidget(self._readers)
        new.addWidget(self.compose_button, 0, Qt.AlignmentFlag.AlignLeft)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(left)
        panes.addWidget(right)
        for place, stretch in enumerate((2, 3)):
            panes.setStretchFactor(place, stretch)
        panes.setSizes([440, 720])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(panes)

    def _offer_discard(self, _letter_id: str = "") -> None:
        self.discard_button.setVisible(self.current is not None and self.current.state is LetterState.DRAFT)

    def _describe(self) -> None:
        kind = self.kind
        has_draft = any(letter.kind is kind and letter.state is LetterState.DRAFT for letter in self._letters)
        is_open = kind is LetterKind.OPINION
        self._for.setVisible(is_open)
        self._readers.setVisible(is_open)
        words = f"{'Go on with the' if has_draft else 'Compose the'} {kind.label.lower()}"
        self.compose_button.setText(words)
        self.compose_button.setAccessibleName(words)

    def _compose(self) -> None:
        self.compose_wanted.emit(self.kind, self.audience)

    def _open(self) -> None:
        if self.papers.current_id:
            self.paper_wanted.emit(self.papers.current_id)
