"""A second reader's remarks on blocks: read, added, gone to, settled. It stores nothing, and none of it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.letter_history import LetterComment
from desktop.ui.chips import ChipRow
from desktop.ui.forms import TextField
from desktop.ui.letter.two_line_list import ListRow, TwoLineList
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header
from desktop.ui.widgets.state_badge import StateVisual

_OPEN = StateVisual("Open", "ring", "exception", "exception_soft")
_SETTLED = StateVisual("Settled", "check", "met", "met_soft")
_MOST_ROWS = 6
_LONGEST_QUOTE = 60


class CommentsPanel(QWidget):
    """Open remarks first. Enter goes to the words, a key settles."""

    comment_wanted = Signal(str)
    """The text of a new remark about what is chosen in the block."""
    place_wanted = Signal(object)
    """A `LetterComment` to go to."""
    settle_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comments: tuple[LetterComment, ...] = ()
        self.list = TwoLineList(theme, "Comments")
        self._nothing = label(
            "No remarks. A second reader can comment on a block, or on words chosen in it; "
            "an open remark is pointed out before the letter is issued.",
            "muted",
            wraps=True,
        )
        self.about = label("", "caption", wraps=True)
        self.text = TextField("New remark", least_lines=2)
        self.add_button = button("Add the remark")
        self.go_button = button("Go to the words", "link")
        self.settle_button = button("Settled", "link")
        self._lay_out(theme)
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(self._go)
        self.go_button.clicked.connect(self._go)
        self.settle_button.clicked.connect(self._settle)
        self.add_button.clicked.connect(self._add)
        self.show_comments((), {}, is_read_only=False)

    @property
    def comments(self) -> tuple[LetterComment, ...]:
        """What is listed."""
        return self._comments

    def show_comments(
        self, comments: Sequence[LetterComment], titles: Mapping[str, str], *, is_read_only: bool
    ) -> None:
        """Show the remarks; `titles` names the blocks by id."""
        self._comments = tuple(sorted(comments, key=_open_first))
        self.list.show_rows([_row(comment, titles) for comment in self._comments])
        has_any = bool(comments)
        self.list.setVisible(has_any)
        self.list.setFixedHeight(self.list.wanted_height(_MOST_ROWS) if has_any else 0)
        self._nothing.setVisible(not has_any)
        for part in (self.text, self.add_button, self.about):
            part.setVisible(not is_read_only)
        self._choose()

    def show_subject(self, title: str, quote: str) -> None:
        """Say what a new remark would be about."""
        words = " ".join(quote.split())
        shown = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
        self.about.setText(f"About “{shown}” in {title}" if shown else f"About the whole block: {title}")

    def start(self) -> None:
        """Put the keyboard where a new remark is typed."""
        self.text.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_text(self) -> None:
        """The remark was stored."""
        self.text.show_value("")

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(section_header("Remarks of a second reader"))
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        deeds = ChipRow()
        deeds.flow.addWidget(self.go_button)
        deeds.flow.addWidget(self.settle_button)
        column.addWidget(deeds)
        column.addWidget(self.about)
        column.addWidget(self.text)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _current(self) -> LetterComment | None:
        return next((item for item in self._comments if item.id == self.list.current_id), None)

    def _choose(self, _row_id: str = "") -> None:
        current = self._current()
        self.go_button.setVisible(current is not None)
        self.settle_button.setVisible(current is not None and current.is_open)

    def _go(self, _row_id: object = "") -> None:
        current = self._current()
        if current is not None:
            self.place_wanted.emit(current)

    def _settle(self) -> None:
        current = self._current()
        if current is not None and current.is_open:
            self.settle_wanted.emit(current.id)

    def _add(self) -> None:
        if not self.text.check():
            return
        words = self.text.read().strip()
        if words:
            self.comment_wanted.emit(words)
        else:
            self.text.set_own_problem("Say in a few words what is to be looked at.")
            self.start()


def _open_first(comment: LetterComment) -> tuple[bool, float]:
    return not comment.is_open, -comment.made_at.timestamp()


def _row(comment: LetterComment, titles: Mapping[str, str]) -> ListRow:
    where = titles.get(comment.block_id, "a block that is no longer there")
    quote = f"“{' '.join(comment.quote.split())}” in " if comment.quote else ""
    parts = [f"{comment.made_by}, {comment.made_at.astimezone():%Y-%m-%d}", f"{quote}{where}"]
    if comment.resolved_at is not None:
        parts.insert(0, f"settled by {comment.resolved_by}")
    return ListRow(
        comment.id,
        " ".join(comment.text.split()),
        " · ".join(parts),
        _OPEN if comment.is_open else _SETTLED,
        is_faint=not comment.is_open,
    )
